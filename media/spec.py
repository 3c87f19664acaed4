"""What media/ is asked for and what it gives back: plain data, no image library."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

KINDS = ("grapefruit", "mango", "dried_meat", "other")
PICTURE_ROLES = ("square", "portrait", "story", "preview")
LOOK_VERSION = 2
"""Raised when media/ draws differently, so that every product's pictures are made anew."""

_PATH_LISTS = ("photos", "videos")
_DAYS = ("packed_on", "best_before", "harvested_on")


@dataclass(frozen=True, slots=True)
class BankPanel:
    """The bank half of a stall sign: a VietQR payload and the words beneath it."""

    payload: str
    bank_name: str
    account_name: str
    account_number: str


@dataclass(frozen=True, slots=True)
class PriceTier:
    """One row of prices by amount: its words ("từ 5 kg") and the price of one unit then.

    With `is_whole` the price pays for the whole amount ("10 kg").
    """

    label: str
    price_vnd: int
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class CardSpec:
    """Everything that a picture, clip or sign of one product shows.

    `photos` are cleaned files, the best one first; it may be empty. `focus` holds for each photo the
    point that must stay in sight, as shares of its width and height, or None; it may be shorter than
    `photos`. `videos` are short pieces for the clip. `order_link` is the whole link that the QR
    carries (drawn in upper case), `short_link` what people read beneath it. `unit` stands after the
    slash of the price ("kg", "túi"); `stock_text` is whole ("Còn 40 kg"). `was_vnd` is the price
    before a promotion. `ocop_stars` are those of a valid certificate, 0 without one. `captions` is
    what the seller typed, shown while the voice speaks.
    """

    kind: str
    name: str
    price_vnd: int
    unit: str
    household: str
    household_code: str
    order_link: str
    short_link: str
    photos: tuple[Path, ...] = ()
    place: str | None = None
    phone: str | None = None
    stock_text: str | None = None
    packed_on: date | None = None
    best_before: date | None = None
    bank: BankPanel | None = None
    voice: Path | None = None
    focus: tuple[tuple[float, float] | None, ...] = ()
    videos: tuple[Path, ...] = ()
    captions: str | None = None
    was_vnd: int | None = None
    tiers: tuple[PriceTier, ...] = ()
    ocop_stars: int = 0
    is_vietgap: bool = False
    harvested_on: date | None = None
    ingredients: str | None = None
    net_text: str | None = None

    def to_json(self) -> dict[str, Any]:
        """A form that `json.dumps` takes; `from_json` reads it back."""
        fields = asdict(self)
        for name in _PATH_LISTS:
            fields[name] = [str(path) for path in fields[name]]
        fields["voice"] = str(self.voice) if self.voice else None
        for name in _DAYS:
            fields[name] = fields[name].isoformat() if fields[name] else None
        return fields

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> CardSpec:
        """The spec that `to_json` wrote."""
        read = dict(fields)
        for name in _PATH_LISTS:
            read[name] = tuple(Path(path) for path in fields.get(name, ()))
        read["voice"] = Path(fields["voice"]) if fields.get("voice") else None
        for name in _DAYS:
            read[name] = date.fromisoformat(fields[name]) if fields.get(name) else None
        read["bank"] = BankPanel(**fields["bank"]) if fields.get("bank") else None
        read["focus"] = tuple((point[0], point[1]) if point else None for point in fields.get("focus", ()))
        read["tiers"] = tuple(PriceTier(**tier) for tier in fields.get("tiers", ()))
        return cls(**read)


@dataclass(frozen=True, slots=True)
class Take:
    """A stretch of a show that a clip plays with its own sound: the video at `path`, from its beginning.

    `lines` are shown one after another as captions. `covered` is the share of the picture's height, at its
    foot, over which something was laid that the clip must not show.
    """

    path: Path
    lines: tuple[str, ...] = ()
    covered: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """A form that `json.dumps` takes; `from_json` reads it back."""
        return {"path": str(self.path), "lines": list(self.lines), "covered": self.covered}

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Take:
        """The take that `to_json` wrote."""
        return cls(Path(fields["path"]), tuple(fields["lines"]), fields["covered"])


@dataclass(frozen=True, slots=True)
class DigestSpec:
    """A village's picture of the day: at most MOST_ON_DIGEST goods of several households.

    `title` is the village's, `day_text` the day; `more_text` what there is beside ("và 7 món nữa", or ""),
    `short_link` where all of it stands. The band is woven from `code`, the village's.
    """

    code: str
    title: str
    day_text: str
    short_link: str
    goods: tuple[CardSpec, ...]
    more_text: str = ""

    def to_json(self) -> dict[str, Any]:
        """A form that `json.dumps` takes; `from_json` reads it back."""
        return {"code": self.code, "title": self.title, "day_text": self.day_text, "short_link": self.short_link,
                "more_text": self.more_text, "goods": [spec.to_json() for spec in self.goods]}

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> DigestSpec:
        """The spec that `to_json` wrote."""
        return cls(**{**fields, "goods": tuple(CardSpec.from_json(one) for one in fields["goods"])})


@dataclass(frozen=True, slots=True)
class PosterSpec:
    """A poster of a live show: at most MOST_ON_POSTER goods, the first ones first.

    `hour_text` is as on a clock ("19:30"), `day_lines` the two short lines beside it ("tối thứ Bảy", "28 tháng 11").
    `seller_text` is who shows and where, on one line; `sellers`, as long as `goods`, who sells each where that is
    several. `payload` is the page's link as its QR carries it, `short_link` what people read, `more_text` what there
    is beside ("và 5 món nữa", or ""). The band is woven from `code`, the household's or the village's.
    """

    code: str
    title: str
    hour_text: str
    day_lines: tuple[str, str]
    seller_text: str
    payload: str
    short_link: str
    goods: tuple[CardSpec, ...]
    sellers: tuple[str, ...] = ()
    more_text: str = ""

    def to_json(self) -> dict[str, Any]:
        """A form that `json.dumps` takes; `from_json` reads it back."""
        return {**{name: getattr(self, name) for name in self.__slots__}, "day_lines": list(self.day_lines),
                "sellers": list(self.sellers), "goods": [spec.to_json() for spec in self.goods]}

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> PosterSpec:
        """The spec that `to_json` wrote."""
        return cls(**{**fields, "day_lines": tuple(fields["day_lines"]), "sellers": tuple(fields["sellers"]),
                      "goods": tuple(CardSpec.from_json(one) for one in fields["goods"])})


MOST_ON_POSTER = 4
MOST_ON_DIGEST = 6
"""Goods on one picture: with more a phone shows none of them well."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A finished file. `role` is its stem; `seconds` is 0 for what does not move."""

    path: Path
    role: str
    width: int
    height: int
    bytes: int
    content_type: str
    seconds: float = 0.0
