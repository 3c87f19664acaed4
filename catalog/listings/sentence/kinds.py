"""What kind of product a name is: by its raw material, so that dried mango is mango and mango wood is not."""

from __future__ import annotations

import re

from catalog.listings.sentence.model import KIND_GRAPEFRUIT, KIND_MANGO, KIND_MEAT, KIND_OTHER
from catalog.words.spelling import plain_letters

_NEAR = 3
"""So many words before or after a fruit may say that it is not the fruit that is sold."""


class _Words:
    """A set of words found in a text with marks by their spelling, in one without by their letters."""

    def __init__(self, pattern: str) -> None:
        self._spelled = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
        self._plain = re.compile(rf"(?<!\w)(?:{plain_letters(pattern)})(?!\w)")

    def find(self, words: str) -> re.Match[str] | None:
        """The first of them in lower-case `words`."""
        return (self._plain if words.isascii() else self._spelled).search(words)


_POMELO = _Words(r"bưởi|bưỡi|buởi|bươi|buổi diễn|buoi|năm roi|thanh trà|phúc trạch|bưởi\w{2,}|da xanh")
_MANGO = _Words(r"xoài|xòai|xaòi|xoaì|soài|xoai|hoà lộc|hòa lộc|cát chu|xoài\w+")
_OF_ANOTHER = _Words(r"giống|gốc|cành|mắt|cây con|tinh dầu|dầu|nước|bồ kết|mật|gỗ|ghế|bàn|thớt|tủ|củi|trà|xà phòng|xà bông|nến|phân|thuốc|bao|túi bọc|sọt|xốp|kéo"
                     r"|lưới|hoa|chè|lá|bonsai|rượu|sáp|son|serum|nón|máy|cây giống|cây ghép|cây chiết|cây cảnh|mầm|hạt")
_FOR_PLANTING = _Words(r"giống|cảnh|bonsai|chiết|chiết cành|cây con|ghép bầu")
_TREE = _Words(r"cây")
_FOOD = r"trâu|bò|lợn|heo|gà|vịt|ngan|ngỗng|nai|dê|cừu|ngựa|thịt|thỏ|chim|bê|sườn|ba chỉ|ba rọi|nạc|dồi|lòng|chân giò|mán"
_DRIED = r"gác bếp|gác|sấy|khô|hun khói|hun|khói|xông khói|một nắng|1 nắng|một sương|giàng|treo bếp|treo|phơi|xé|hút chân không"
_MEAT = _Words(rf"(?:{_FOOD})(?: \w+){{0,3}} (?:{_DRIED})|(?:{_DRIED})(?: \w+)? (?:{_FOOD})")
_MADE = _Words(r"lạp xưởng|lạp sườn|lạp xường|lạp xướng|lap xuog|lạp|xúc xích|ruốc|chà bông|jambon|giăm bông|dăm bông|bacon|xông khói|khô bò|khô gà|khô heo|khô nai|khô trâu"
               r"|khô vịt|trâu khô|bò khô|thịt khô|thịt chua khô")
_NO_MEAT = _Words(r"cá|mực|tôm|cua|ghẹ|ốc|lươn|ếch|hàu|sò|sứa|bạch tuộc|nấm|măng|chuối|mít|khoai|vải|nhãn|táo|hồng|gừng|nghệ|quế|ớt|chè|trà|mắm|ngô|đậu|sắn|thanh long"
                  r"|thóc|rơm|cỏ|phân|bánh|hạt|miến|mía|rau|củi|ba khía|cám|thức ăn|máy")
_TITLES = frozenset("chị anh em cô bà ông chú bác chi co ba ong chu bac".split())


def goods_at(name: str) -> int | None:
    """Where in the name the fruit or the meat stands, None without one."""
    return min((found.start() for words in (_POMELO, _MANGO, _MEAT, _MADE) if (found := words.find(name))), default=None)


def is_told(name: str) -> bool:
    """Whether the name alone tells its kind, also where that is other: fish, bamboo shoots."""
    return goods_at(name) is not None or _NO_MEAT.find(name) is not None


def kind_of(name: str) -> str:
    """The kind of a product by its lower-case name; what is neither fruit nor dried meat is other."""
    meat = min((found.start() for words in (_MADE, _MEAT) if (found := words.find(name))), default=None)
    if meat is not None:
        before = name[:meat].split()[-_NEAR:]
        is_named = bool(_TITLES & set(before))
        if not (_finds(_NO_MEAT, before, name) and not is_named or _finds(_NO_MEAT, name[meat:].split()[:2], name)):
            return KIND_MEAT
    fruits = ((_POMELO, KIND_GRAPEFRUIT), (_MANGO, KIND_MANGO))
    found = [(match.start(), match.end(), kind) for words, kind in fruits if (match := words.find(name))]
    if not found:
        return KIND_OTHER
    start, end, kind = min(found)
    before, after = name[:start].split()[-_NEAR:], name[end:].split()[:_NEAR]
    # An ASCII rest of a marked name must not be read as one without marks.
    if _finds(_OF_ANOTHER, before, name) or _finds(_FOR_PLANTING, after, name) or _finds(_TREE, before[-1:], name):
        return KIND_OTHER
    return kind


def _finds(words: _Words, near: list[str], name: str) -> bool:
    mark = "" if name.isascii() else " ạ"
    return bool(near) and words.find(" ".join(near) + mark) is not None
