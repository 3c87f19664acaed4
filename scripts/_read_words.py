"""How `read.py` answers a line of words: what one message tells of a product."""

from __future__ import annotations

from typing import Any

from catalog.listings.sentence.reader import as_json, read_listing


def answer_listing(text: str) -> dict[str, Any]:
    """What the message says of the product for sale; what was not said is null."""
    return as_json(text, read_listing(text))
