"""How `read.py` answers a line of words: a livestream's comment, or one message about a product."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from catalog.listings.sentence.reader import as_json as listing_as_json
from catalog.listings.sentence.reader import read_listing
from catalog.live.pins import Pin, Pins
from catalog.live.reader import as_json as comment_as_json
from catalog.live.reader import read_comment


def answer_listing(text: str) -> dict[str, Any]:
    """What the message says of the product for sale; what was not said is null."""
    return listing_as_json(text, read_listing(text))


def answer_comment(text: str, pins: Pins) -> dict[str, Any]:
    """Whether the comment orders, what of the products on air, and the number to call."""
    return comment_as_json(text, read_comment(text, pins))


def pins_of_file(path: Path) -> Pins:
    """The products on air of a context file; raises OSError, or ValueError that says what is missing."""
    given = json.loads(path.read_text(encoding="utf-8-sig"))
    pinned = given.get("pinned") if isinstance(given, dict) else None
    if not isinstance(pinned, list) or not pinned:
        raise ValueError("it has no list “pinned”")
    return Pins([_pin(one) for one in pinned])


def _pin(given: Any) -> Pin:
    if not isinstance(given, dict) or not all(isinstance(given.get(key), str) and given[key] for key in ("code", "product")):
        raise ValueError("each of “pinned” needs a “code” and a “product”")
    units = given.get("units") or []
    if not isinstance(units, list) or not all(isinstance(unit, str) for unit in units):
        raise ValueError("“units” is a list of words")
    pack = given.get("pack")
    return Pin(given["code"], given["product"], tuple(units), pack if isinstance(pack, str) else "")
