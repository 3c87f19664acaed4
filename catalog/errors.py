"""The words the shop uses when something can't be done.

Each carries a message key — the Vietnamese sentence itself, with {placeholders} — and the values
for it, so that the sentence is translated where it is shown and nowhere earlier.
"""

from __future__ import annotations

from collections.abc import Mapping


class ShopError(Exception):
    """What went wrong, as a message key with its values. `status` is its HTTP answer."""

    status = 400
    default_key = "Có trục trặc. Thử lại sau một lát."

    def __init__(self, key: str | None = None, /, **values: object) -> None:
        self.key = key or self.default_key
        self.values = values
        super().__init__(self.key)


class Invalid(ShopError):
    """What was entered can't be taken. `fields` maps a field's name to its own error."""

    status = 422
    default_key = "Còn chỗ cần sửa. Chữ đã gõ vẫn còn đây."

    def __init__(self, key: str | None = None, /, *, fields: Mapping[str, ShopError] | None = None,
                 **values: object) -> None:
        super().__init__(key, **values)
        self.fields = dict(fields or {})


class FieldError(ShopError):
    """What is wrong with one field, and what to do about it."""

    status = 422


class Unauthorized(ShopError):
    """Nobody has signed in, or the key is unknown."""

    status = 401
    default_key = "Cần mở sạp bằng thẻ hoặc đường dẫn của nhà mình."


class Forbidden(ShopError):
    """The person is known and may not do this."""

    status = 403
    default_key = "Việc này chỉ người trong nhà mới làm được."


class NotFound(ShopError):
    """There is no such thing, or it is not this person's to see."""

    status = 404
    default_key = "Không tìm thấy trang này."


class Gone(ShopError):
    """There was such a thing, and it has ended."""

    status = 410
    default_key = "Đường dẫn này không dùng được nữa."


class OutOfStock(ShopError):
    """Less is left than was asked for; `left` is what is left, in the listing's base amount."""

    status = 409
    default_key = "Vừa hết hàng."

    def __init__(self, key: str | None = None, /, *, left: int = 0, **values: object) -> None:
        super().__init__(key, **values)
        self.left = left


class Conflict(ShopError):
    """The thing has moved on since the page was opened."""

    status = 409
    default_key = "Có người vừa đổi mục này. Tải lại trang để xem."


class AlreadyPaid(Conflict):
    """The order's money has come already."""

    default_key = "Đơn này đã nhận tiền rồi."


class TooLarge(ShopError):
    """More bytes than are taken; `limit_mb` is in the values."""

    status = 413
    default_key = "Tệp quá lớn. Nhiều nhất {limit_mb} MB."


class UnsupportedMedia(ShopError):
    """A file that is not one of the kinds taken."""

    status = 415
    default_key = "Tệp này không phải ảnh. Chọn ảnh JPEG, PNG, WebP, HEIC hoặc AVIF."


class TooManyTries(ShopError):
    """Too often in too short a time; `retry_seconds` tells how long to wait."""

    status = 429
    default_key = "Bấm hơi nhiều. Chờ {retry_seconds} giây rồi thử lại."

    def __init__(self, key: str | None = None, /, *, retry_seconds: int, **values: object) -> None:
        super().__init__(key, retry_seconds=retry_seconds, **values)
        self.retry_seconds = retry_seconds


class CrossOrigin(ShopError):
    """A request that would change something came from another site's page."""

    status = 403
    default_key = "Trang khác không được gửi thay. Mở lại trang này rồi thử lại."


class Busy(ShopError):
    """The shop can't do it just now."""

    status = 503
    default_key = "Máy đang bận. Thử lại sau một lát."
