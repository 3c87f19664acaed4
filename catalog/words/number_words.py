"""Numbers below a thousand in words, as they are spoken: "hai mươi lăm", "trăm rưỡi", "sáu trăm hai"."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.words.spelling import Lexicon
from catalog.words.tokens import WORD, Token

_DIGITS = Lexicon({"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
                   "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9},
                  plain=("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"))
_SECOND_ONLY = Lexicon({"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "rưởi": 5, "rưỡi": 5}, plain=("lam", "nham", "ruoi"))
_TEN = Lexicon({"mười": 10})
_TENS = Lexicon({"mươi": 10, "mưoi": 10})
_HUNDRED = Lexicon({"trăm": 100, "chăm": 100})
_ODD = Lexicon({"linh": 0, "lẻ": 0}, plain=("linh", "le"))
HALF_MORE = Lexicon({"rưỡi": True, "rưởi": True, "rữi": True, "rửi": True, "rưõi": True})
_TWENTY = Lexicon({"hăm": 20, "băm": 30}, plain=("ham",))
_COUNTED = frozenset("kg ky ki can cai con qua trai lang chuc cap tui goi hop yen ta tan lit thung bo mo cay lan".split())

_SCALED = frozenset(("nghin", "ngan", "ngin", "k"))


def read_number_words(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """The number that begins at `index` and the index after it, or None.

    Without marks any word may be another ("nam" is five, south and a man's name): the caller asks
    for something countable after it.
    """
    hundreds = _hundreds(tokens, index)
    if hundreds is None:
        return _tens(tokens, index)
    value, index = hundreds
    if _means(HALF_MORE, tokens, index):
        return value + 50, index + 1
    if _means(_ODD, tokens, index) is not None:
        digit = _means(_DIGITS, tokens, index + 1)
        return (value + digit, index + 2) if digit else (value, index)
    rest = _tens(tokens, index)
    if rest is None:
        return value, index
    small, after = rest
    # "bảy trăm hai chục": the tens are counted by name.
    if small < 10 and after < len(tokens) and tokens[after].text in ("chục", "chuc") and tokens[after + 1:after + 2] and (
            tokens[after + 1].plain in _SCALED):
        return value + 10 * small, after + 1
    if small >= 10:
        return value + small, after
    # "sáu trăm hai" is 620, but in "năm trăm một cân" the one counts what follows.
    if tokens[index].text in ("một", "mot", "hai", "ba") and after < len(tokens) and tokens[after].plain in _COUNTED:
        return value, index
    return value + 10 * small, after


def _hundreds(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    if _means(_HUNDRED, tokens, index):
        return 100, index + 1
    digit = _means(_DIGITS, tokens, index)
    return (100 * digit, index + 2) if digit and _means(_HUNDRED, tokens, index + 1) else None


def _tens(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    if _means(_TEN, tokens, index) and not _is_place(tokens, index):
        digit = _means(_DIGITS, tokens, index + 1)
        return (10 + digit, index + 2) if digit else (10, index + 1)
    if twenty := _means(_TWENTY, tokens, index):
        digit = _means(_DIGITS, tokens, index + 1)
        return (twenty + digit, index + 2) if digit else None
    digit = _means(_DIGITS, tokens, index)
    if digit is None:
        return None
    if _means(_TENS, tokens, index + 1):
        second = _means(_DIGITS, tokens, index + 2)
        if second and not _counts_next(tokens, index + 2):
            return 10 * digit + second, index + 3
        return 10 * digit, index + 2
    second = _means(_SECOND_ONLY, tokens, index + 1)
    if second and not _means(HALF_MORE, tokens, index + 1) and tokens[index].text not in ("mốt", "lăm"):
        return 10 * digit + second, index + 2
    return digit, index + 1


def _counts_next(tokens: Sequence[Token], index: int) -> bool:
    """Whether the digit at `index` is a "một" that counts the unit after it."""
    return tokens[index].text in ("một", "mot") and index + 1 < len(tokens) and tokens[index + 1].plain in _COUNTED


def _is_place(tokens: Sequence[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].plain == "hang" and tokens[index].text != "mười"


def _means(lexicon: Lexicon[int] | Lexicon[bool], tokens: Sequence[Token], index: int) -> int | None:
    return lexicon.get(tokens[index].text) if 0 <= index < len(tokens) and tokens[index].kind == WORD else None
