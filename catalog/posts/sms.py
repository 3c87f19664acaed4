"""The text message: one SMS of 160 characters without marks, its link included."""

from __future__ import annotations

import re

from catalog.posts.model import Facts
from catalog.words.fold import strip_marks

MOST_CHARACTERS = 160
"""One message in the 7-bit alphabet of 3GPP TS 23.038; with Vietnamese marks only 70 fit."""

_OUTSIDE = re.compile(r"[^A-Za-z0-9 @$_!\"#%&'()*+,\-./:;<=>?\n]")
"""What is not in that alphabet's basic table, or counts twice."""


def sms_text(facts: Facts, words: dict[str, str], lead: str, call: str) -> str:
    """The message, at most MOST_CHARACTERS long: what fits after name, price, food's last day and link.

    `words` fill the forms `lead` and `call`.

    The place goes first where room is short, then who sells, then the stock; at last the name is cut at a word.
    """
    end = call.format(link=facts.link)
    use_by = f" HSD {facts.best_before}." if facts.best_before else ""
    price = f", giá {facts.price_text}/{facts.unit}"
    left = f", {facts.left_text.lower()}" if facts.left_text else ""
    if facts.is_sold_out:
        price, use_by, left, lead, end = " hết hàng", "", "", "{Name} nha {household}", f"Xem khi co lai: {facts.link}"
    wanted = (lead, left), ("Nha {household} co {low}", left), ("{Name}", left), ("{Name}", "")
    for form, stock in wanted:
        text = plain(f"{form.format(**words)}{price}{stock}.{use_by} ") + end
        if len(text) <= MOST_CHARACTERS:
            return text
    rest = plain(f"{price}.{use_by} ") + end
    name = plain(facts.name)[:max(0, MOST_CHARACTERS - len(rest)) + 1].rpartition(" ")[0]
    return (name + rest if name else end)[:max(MOST_CHARACTERS, len(facts.link))]


def plain(text: str) -> str:
    """The text in that alphabet: no marks, and nothing that a phone can't send in one byte."""
    return re.sub(" +", " ", _OUTSIDE.sub("", strip_marks(text).replace("–", "-")))

