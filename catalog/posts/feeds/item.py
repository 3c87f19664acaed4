"""One thing for sale as a feed tells it: facts and a photo, no phone number, nothing that is praise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.listings.model import KIND_NAMES, order_link
from catalog.web.clock import full_date
from catalog.words.fold import fold
from catalog.words.money import show_vnd
from catalog.words.units import show_quantity

GOOD_PX = 500
"""The least width and height of a picture that Meta takes for a product."""

# XML 1.0, 2.2: no other characters may stand in a document, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = "=+-@＝＋－＠ "
"""A cell of a CSV that begins so is a formula to Excel, in some languages also in full width (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The product's photo as pages show it, without any text on it; `url` is whole."""

    url: str
    width: int
    height: int
    bytes: int

    @property
    def is_good(self) -> bool:
        """Whether it is large enough for every feed."""
        return min(self.width, self.height) >= GOOD_PX


@dataclass(frozen=True, slots=True)
class Item:
    """A published listing. `key` is where a feed goes on after it; `public_url` begins its links."""

    key: str
    code: str
    kind: str
    name: str
    title: str
    description: str
    price_vnd: int
    unit: str
    is_in_stock: bool
    household: str
    picture: Picture | None
    published_ms: int
    changed_ms: int
    public_url: str

    @property
    def address(self) -> str:
        """The product page's own address."""
        return order_link(self.public_url, self.code)

    def link(self, channel: str) -> str:
        """The product page's address with the letter that tells where a visitor came from."""
        return order_link(self.public_url, self.code, channel)

    @property
    def kind_name(self) -> str:
        """What sort of goods it is, in Vietnamese."""
        return KIND_NAMES[self.kind]

    @property
    def price(self) -> str:
        """The price as Meta and Google read it: `25000 VND`."""
        return f"{self.price_vnd} VND"


def to_item(row: Any, *, public_url: str) -> Item:
    """The item of one row of `goods`. The price is for one `unit`, so the title says which."""
    name, household = plain(row["name"]), plain(row["household_name"])
    return Item(
        key=f"{row['published_ms']}-{row['id']}", code=row["code"], kind=row["kind"], name=name,
        title=f"{name} (1 {plain(row['unit'])})", description=_description(row, name, household),
        price_vnd=row["price_vnd"], unit=plain(row["unit"]), is_in_stock=row["on_hand"] > 0, household=household,
        picture=Picture(f"{public_url}/m/{row['object_key']}", row["width"], row["height"], row["bytes"])
        if row["object_key"] else None,
        published_ms=row["published_ms"], changed_ms=max(row["changed_ms"], row["published_ms"]), public_url=public_url)


def plain(text: str) -> str:
    """The text on one line, without what XML can't hold and without a beginning that a spreadsheet would run."""
    return " ".join(_UNWRITABLE.sub("", text).split()).lstrip(_FORMULA)


def cut(text: str, most: int) -> str:
    """At most that many characters, cut at the end of a word, with a sign that something is missing."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0][:most - 1].rstrip(" ,.;:(") + "…"


def _description(row: Any, name: str, household: str) -> str:
    """Whole sentences of what is known, for a buyer who sees nothing else."""
    place = plain(row["place"] or row["household_place"])
    if fold(row["province"]) not in fold(place):
        place = f"{place}, {plain(row['province'])}".lstrip(", ")
    sentences = [f"{name} của nhà {household}, {place}", f"Giá {show_vnd(row['price_vnd'])}/{plain(row['unit'])}"]
    if row["min_order"]:
        sentences.append(f"Mua ít nhất {show_quantity(row['min_order'], row['unit'])}")
    if row["ingredients"]:
        sentences.append(f"Thành phần: {plain(row['ingredients'])}")
    if row["packed_on"] and row["best_before"]:
        sentences.append(f"Đóng gói {_day(row['packed_on'])}, dùng đến {_day(row['best_before'])}")
    if row["harvested_on"]:
        sentences.append(f"Hái ngày {_day(row['harvested_on'])}")
    sentences.append("Gửi xe khách hoặc bưu điện, người mua trả cước, hoặc đến lấy")
    return ". ".join(sentence.rstrip(". ") for sentence in sentences) + "."


def _day(text: str) -> str:
    return full_date(date.fromisoformat(text))
