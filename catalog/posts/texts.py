"""Post texts from a listing's facts alone, in each network's manner and length.

A voice is a way to open and to call; it is chosen by the listing's code, so that two listings of a
household read differently and the same one reads the same every time. Nothing is praised: what the
facts don't say, the text doesn't say.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from catalog.posts.model import Facts
from catalog.words.fold import fold

OPENINGS = (
    "{name} nhà {household}, {place}.",
    "Nhà {household} ở {place} đang có {name_low}.",
    "{place}: nhà {household} bán {name_low}.",
    "{name} của nhà {household}, bán tại {place}.",
)
CALLS = (
    "Ai lấy thì đặt ở đây: {link}",
    "Đặt hàng tại: {link}",
    "Bấm vào đây để đặt: {link}",
    "Đặt trước ở đây nhé: {link}",
)
SHORT_OPENINGS = (
    "{name}, {price}/{unit}.",
    "Nhà {household} có {name_low}, {price}/{unit}.",
    "{name} {place}, giá {price}/{unit}.",
)

KIND_TAGS = {"grapefruit": "buoi", "mango": "xoai", "dried_meat": "thitsay", "other": "nongsan"}
LONGEST_TAG = 30


def facebook_text(facts: Facts) -> str:
    """Several short lines: what, price and stock, dates of food, how to buy, tags."""
    lines = [_opening(OPENINGS, facts, "facebook"), ""]
    lines += [f"Giá {facts.price_text}/{facts.unit}"]
    lines += [facts.left_text] if facts.left_text else []
    lines += _food_lines(facts)
    lines += ["", _voice(CALLS, facts, "facebook-call").format(link=facts.link)]
    lines += [f"Gọi {facts.phone}"] if facts.phone else []
    lines += ["", " ".join(_tags(facts))]
    return "\n".join(lines)


def zalo_text(facts: Facts) -> str:
    """A message for a group: one breath, then the link on its own line, where Zalo makes a card of it."""
    head = _opening(OPENINGS, facts, "zalo")
    parts = [f"Giá {facts.price_text}/{facts.unit}", *([facts.left_text.lower()] if facts.left_text else [])]
    lines = [f"{head} {', '.join(parts)}.", *_food_lines(facts), f"Đặt ở đây: {facts.link}"]
    return "\n".join(lines)


def tiktok_text(facts: Facts) -> str:
    """A caption: one line and tags without marks. Its links can't be pressed, so the phone stands there."""
    line = _opening(SHORT_OPENINGS, facts, "tiktok")
    dates = f" Đóng gói {facts.packed_on}, dùng đến {facts.best_before}." if facts.packed_on else ""
    call = f" Gọi {facts.phone}." if facts.phone else ""
    return f"{line}{dates}{call}\n{' '.join(_tags(facts))}"


WRITERS = {"facebook": facebook_text, "zalo": zalo_text, "tiktok": tiktok_text}


def compose(network: str, facts: Facts) -> str:
    """The network's text; raises KeyError for a network that isn't known."""
    return WRITERS[network](facts)


def _opening(choices: Sequence[str], facts: Facts, salt: str) -> str:
    line = _voice(choices, facts, salt).format(**_words(facts))
    return line[:1].upper() + line[1:]


def _words(facts: Facts) -> dict[str, str]:
    return {"name": facts.name, "name_low": _lower_first(facts.name), "household": facts.household,
            "place": facts.place, "price": facts.price_text, "unit": facts.unit}


def _lower_first(name: str) -> str:
    """The name inside a sentence: its first letter small, unless the first word is written all large."""
    first = name.split(" ", 1)[0]
    return name if len(first) > 1 and first.isupper() else name[:1].lower() + name[1:]


def _food_lines(facts: Facts) -> list[str]:
    lines = []
    if facts.ingredients:
        lines.append(f"Thành phần: {facts.ingredients}")
    if facts.packed_on and facts.best_before:
        lines.append(f"Đóng gói {facts.packed_on}, dùng đến {facts.best_before}")
    return lines


def _tags(facts: Facts) -> list[str]:
    """Hashtags without marks, since networks split words at them."""
    named = re.sub(r"[^a-z0-9]", "", fold(facts.name))[:LONGEST_TAG]
    region = re.sub(r"[^a-z0-9]", "", fold(facts.province))
    tags = dict.fromkeys((named, KIND_TAGS[facts.kind], region))
    return [f"#{tag}" for tag in tags if tag]


def _voice(choices: Sequence[str], facts: Facts, salt: str) -> str:
    digest = hashlib.sha256(f"{salt}:{facts.code}".encode()).digest()
    return choices[digest[0] % len(choices)]
