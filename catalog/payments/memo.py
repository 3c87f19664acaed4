"""Finding the order that a transfer's memo means, however the banks have mangled it.

Banks and wallets put references before and names behind it, drop marks and signs, turn dots into
blanks, and break long text at a fixed width, so that a blank can stand inside a code. Wrong money
on an order is worse than a transfer that a person has to look at: doubt gives None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.orders.codes import is_order_code
from catalog.words.fold import strip_marks

_ONE = re.compile("[A-Z0-9]")
# With fewer characters, the end of one word and the beginning of the next make a code too easily.
_LEAST_FOR_CUT = 5


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and digits of a text in a row, and the places where something parted them.

    `parted` are the offsets before which anything stood, the two ends included; `cut` those of
    them where it was more than hyphens, which count as nothing inside a code.
    """

    row: str
    parted: frozenset[int]
    cut: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A code found at `start` to `end` of the row; `is_joined` over at least one blank."""

    row: str
    start: int
    end: int
    is_joined: bool


def match_memo(content: str, open_codes: Iterable[str]) -> str | None:
    """The one of `open_codes` that `content` names, as it was given; None for none or more than one.

    Codes may have any form; case, marks and hyphens do not count. A code glued to further digits is
    another number and no hit; glued letters are allowed. A code that is a part of a longer open one
    gives way to it.
    """
    text = _letters(content)
    given: dict[str, set[str]] = {}
    hits: list[_Hit] = []
    for code in open_codes:
        letters = _letters(code)
        if letters.row and letters.row in text.row:
            if letters.row not in given:
                hits += _hits(text, letters)
            given.setdefault(letters.row, set()).add(code)
    found = {hit.row for hit in _not_hidden(hits)}
    meant = [code for row in found for code in given[row]]
    return meant[0] if len(meant) == 1 else None


def _letters(text: str) -> _Letters:
    flat = strip_marks(text).upper()
    places = [found.start() for found in _ONE.finditer(flat)]
    parted, cut = {0, len(places)}, {0, len(places)}
    for offset in range(1, len(places)):
        between = flat[places[offset - 1] + 1:places[offset]]
        if between:
            parted.add(offset)
            if between.strip("-"):
                cut.add(offset)
    return _Letters("".join(flat[place] for place in places), frozenset(parted), frozenset(cut))


def _hits(text: _Letters, code: _Letters) -> Iterator[_Hit]:
    """Every place where the code stands in the text and can be meant."""
    start = text.row.find(code.row)
    while start >= 0:
        end = start + len(code.row)
        # Where the code itself is written with a sign, a blank is no cut.
        cuts = [at for at in range(start + 1, end) if at in text.cut and at - start not in code.parted]
        if not _is_glued_to_digit(text, start, end) and (not cuts or _may_be_joined(text, start, end, cuts)):
            yield _Hit(code.row, start, end, is_joined=bool(cuts))
        start = text.row.find(code.row, start + 1)


def _not_hidden(hits: list[_Hit]) -> Iterator[_Hit]:
    """The hits that are no part of a longer one standing there in one piece."""
    reach = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.end > reach:
            yield hit
            reach = reach if hit.is_joined else hit.end


def _is_glued_to_digit(text: _Letters, start: int, end: int) -> bool:
    before = start not in text.parted and text.row[start - 1].isdigit()
    return before or (end not in text.parted and text.row[end].isdigit())


def _may_be_joined(text: _Letters, start: int, end: int, cuts: list[int]) -> bool:
    """Whether a code that only appears over blanks is likely one that a bank has cut.

    An order code of the shop is: nothing else spells one. Of other codes, words ("HANG VE") and
    numbers ("174242 090822") are not, nor the end of a word and what follows it ("TAB 1234" for
    AB1234): a piece that is glued to more letters must hold a digit.
    """
    code = text.row[start:end]
    if is_order_code(code):
        return True
    if len(code) < _LEAST_FOR_CUT or code.isdigit() or code.isalpha():
        return False
    first, last = text.row[start:cuts[0]], text.row[cuts[-1]:end]
    return ((start in text.parted or not first.isalpha())
            and (end in text.parted or not last.isalpha()))
