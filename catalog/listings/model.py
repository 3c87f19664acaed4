"""What is sold: listings, their photos and finished files, and what may be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.errors import FieldError, Invalid
from catalog.listings.tiers import Tiers, least_amount, total_vnd
from catalog.words.keyed import N_
from catalog.words.units import show_quantity

KIND_NAMES = {"grapefruit": N_("Bưởi"), "mango": N_("Xoài"), "dried_meat": N_("Thịt sấy"), "other": N_("Khác")}
KINDS = tuple(KIND_NAMES)
STATES = ("draft", "waiting", "published", "withdrawn")
MOST_PHOTOS = 8
MOST_PIECES = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """One product of one household. `on_hand` is what is left, in whole grams or pieces, as is `min_order`.

    `price_vnd` is for one `unit`; what an amount costs is told by `total_vnd`, which knows the tiers.
    """

    id: str
    code: str
    household_id: str
    kind: str
    name: str
    price_vnd: int
    unit: str
    on_hand: int
    place: str
    packed_on: date | None
    best_before: date | None
    ingredients: str
    state: str
    created_by: str | None
    created_ms: int
    changed_ms: int
    published_ms: int | None
    captions: str = ""
    harvested_on: date | None = None
    min_order: int = 0
    tiers: Tiers = ()

    @property
    def is_sold_out(self) -> bool:
        """Whether nothing is left to order."""
        return self.on_hand == 0

    @property
    def least(self) -> int:
        """The least that may be ordered now, in base units; 0 where any amount may."""
        return least_amount(self.min_order, self.on_hand)

    def total_vnd(self, amount: int) -> int:
        """What `amount` of the base costs."""
        return total_vnd(self.price_vnd, self.tiers, amount, self.unit)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person tells of a product; the rest of a listing is the shop's own."""

    kind: str
    name: str
    price_vnd: int
    unit: str
    on_hand: int
    place: str
    packed_on: date | None = None
    best_before: date | None = None
    ingredients: str = ""
    min_order: int = 0
    tiers: Tiers = ()


@dataclass(frozen=True, slots=True)
class Photo:
    """A cleaned photo. It belongs to its uploader's draft until `listing_id` is set."""

    id: str
    household_id: str
    listing_id: str | None
    upload_key: str
    position: int
    object_key: str
    width: int
    height: int
    created_ms: int
    focus: tuple[float, float] | None = None
    """The point that must stay in sight, as shares of width and height, where the seller has set one."""
    sharpness: float = 1.0
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a listing is certified for, as the paper says it: `kind` is ocop, with `stars`, or vietgap."""

    kind: str
    stars: int
    number: str
    valid_until: date

    @property
    def title(self) -> str:
        """As buyers know it: `OCOP 4 sao`, `VietGAP`."""
        return f"OCOP {self.stars} sao" if self.kind == "ocop" else "VietGAP"


@dataclass(frozen=True, slots=True)
class Recording:
    """The seller's voice for one listing: an M4A made anew, at most a minute long."""

    id: str
    listing_id: str
    object_key: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A short piece of video for one listing's clip: a silent MP4 made anew, at most eight seconds long."""

    id: str
    listing_id: str
    upload_key: str
    object_key: str
    width: int
    height: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Parts:
    """What a listing's pictures and clip are made of beside its facts."""

    photos: tuple[Photo, ...] = ()
    voice: Recording | None = None
    certificates: tuple[Certificate, ...] = ()
    pieces: tuple[Piece, ...] = ()

    def valid(self, kind: str, today: date) -> Certificate | None:
        """The certificate of that kind, unless it has ended."""
        return next((one for one in self.certificates if one.kind == kind and one.valid_until >= today), None)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A finished picture, clip, sign or page picture. `url` is its address for ever."""

    role: str
    spec_key: str
    object_key: str
    content_type: str
    width: int
    height: int
    bytes: int
    seconds: float
    created_ms: int
    listing_id: str | None = None
    photo_id: str | None = None
    left_out: str = ""

    @property
    def url(self) -> str:
        """The path that serves it; the name is the digest of its bytes."""
        return f"/m/{self.object_key}"


def cover_jpeg(page_files: list[KeptFile], role: str) -> KeptFile | None:
    """The JPEG of that role of the first photo; `page_files` are a listing's, the cover's first."""
    return next((file for file in page_files if file.role == role and file.content_type == "image/jpeg"), None)


def left_text(listing: Listing) -> str:
    """What is left, as a tag says it: `Còn 18 túi`, or `Hết hàng`."""
    if listing.is_sold_out:
        return "Hết hàng"
    return f"Còn {show_quantity(listing.on_hand, listing.unit)}"


def publish_faults(facts: Facts, *, photos: int, photo_needed: bool, today: date) -> dict[str, FieldError]:
    """What must still be filled in before buyers may see the listing, field by field.

    Food labels carry dates and ingredients (Decree 43/2017/NĐ-CP): dried meat without them is not shown.
    """
    wrong: dict[str, FieldError] = {}
    if photo_needed and not photos:
        wrong["photos"] = FieldError("Chưa có ảnh. Chụp hoặc chọn ít nhất 1 ảnh.")
    if facts.kind == "dried_meat":
        if not facts.packed_on:
            wrong["packed_on"] = FieldError("Thịt sấy phải có ngày đóng gói. Bấm để chọn ngày.")
        if not facts.best_before:
            wrong["best_before"] = FieldError("Thịt sấy phải có hạn dùng. Bấm để chọn ngày.")
        if not facts.ingredients:
            wrong["ingredients"] = FieldError("Thịt sấy phải ghi thành phần, ví dụ: thịt trâu, muối, mắc khén.")
    if facts.packed_on and facts.packed_on > today:
        wrong["packed_on"] = FieldError("Ngày đóng gói ở sau hôm nay. Xem lại ngày.")
    if facts.best_before and facts.best_before < today:
        wrong["best_before"] = FieldError("Hàng đã quá hạn dùng thì không đăng được.")
    elif facts.packed_on and facts.best_before and facts.best_before <= facts.packed_on:
        wrong["best_before"] = FieldError("Hạn dùng phải sau ngày đóng gói.")
    return wrong


def check_publishable(facts: Facts, *, photos: int, photo_needed: bool, today: date) -> None:
    """Raises `Invalid` with all of `publish_faults`, if there are any."""
    if wrong := publish_faults(facts, photos=photos, photo_needed=photo_needed, today=today):
        raise Invalid(fields=wrong)


def order_path(code: str, channel: str = "") -> str:
    """The path of the buyer's page, in lower case as people see it: `/o/k7m2/z`."""
    return f"/o/{code}{'/' + channel if channel else ''}".lower()


def order_link(public_url: str, code: str, channel: str = "") -> str:
    """The whole order link; a QR carries it in upper case."""
    return public_url + order_path(code, channel)


def short_link(public_url: str, code: str) -> str:
    """What people read beneath a QR: no scheme, the code in capitals."""
    return f"{public_url.split('://', 1)[-1]}/o/{code.upper()}"
