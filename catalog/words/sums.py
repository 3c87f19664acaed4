"""Sums of money inside a sentence: "25k", "1tr2", "70 ngàn", "trăm rưỡi", "20-25k", "9.200đ"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.words.number_words import HALF_MORE, read_number_words
from catalog.words.numbers import meanings
from catalog.words.spelling import Lexicon
from catalog.words.tokens import NUMBER, WORD, Token

_SCALES = Lexicon({"k": 1000, "ka": 1000, "n": 1000, "ng": 1000, "nghìn": 1000, "ngàn": 1000, "nghin": 1000, "ngìn": 1000,
                   "nghàn": 1000, "cành": 1000, "tr": 1_000_000, "triệu": 1_000_000, "củ": 1_000_000, "chẹo": 1_000_000,
                   "lít": 100_000, "xị": 100_000, "trăm": 100_000, "chăm": 100_000},
                  plain=["k", "ka", "n", "ng", "nghin", "ngan", "ngin", "tr", "trieu", "tram"])
_GLUED_ONLY = frozenset(("n", "ng", "ka"))
_DONG = frozenset(("đ", "d", "đồng", "dong", "vnd", "vnđ", "₫", "đ/"))
_TO = Lexicon({"-": True, "đến": True, "tới": True, "den": True})
_SLANG = frozenset(("củ", "chẹo", "lít", "xị", "cành"))
_AFTER_SUM = frozenset(("còn", "thôi", "nhé", "nha", "ạ", "nhe", "thoi", "luôn", "bao", "chưa", "đã", "và", "cho"))
LEAST_PLAIN = 1000


@dataclass(frozen=True, slots=True)
class Sum:
    """`vnd` whole đồng in the tokens `start`..`end`; of a range the lower, and `most_vnd` the upper.

    `scaled` tells that nghìn, triệu or đồng was said or the number is long enough to be meant so.
    """

    vnd: int
    start: int
    end: int
    most_vnd: int | None = None
    scaled: bool = True


def read_sum(tokens: Sequence[Token], index: int, *, slang: bool = False) -> Sum | None:
    """The sum that begins at `index`, or None. A bare number below a thousand is none.

    `slang` takes "củ" and "lít" for a million and a hundred thousand, where nothing is counted in them.
    """
    low = _one(tokens, index, slang=slang)
    if low is None:
        # "20-25k": the first number has its scale behind the second.
        return _range_with_one_scale(tokens, index, slang=slang)
    after = low.end
    if after + 1 < len(tokens) and _TO.get(tokens[after].text):
        high = _one(tokens, after + 1, slang=slang)
        if high and low.vnd < high.vnd <= 10 * low.vnd:
            return Sum(low.vnd, index, high.end, most_vnd=high.vnd)
    return low


def read_bare(tokens: Sequence[Token], index: int) -> Sum | None:
    """A number without nghìn where a price is expected: "25 một cân", "sáu trăm hai", in thousands."""
    token = tokens[index]
    if token.kind == NUMBER:
        values = meanings(token.text)
        if not values or not 1 <= values[0] < LEAST_PLAIN:
            return None
        value, end = values[0], index + 1
    elif token.kind == WORD and (said := read_number_words(tokens, index)):
        value, end = Decimal(said[0]), said[1]
    else:
        return None
    low = int(value * 1000)
    if end + 1 < len(tokens) and _TO.get(tokens[end].text) and (high := read_bare(tokens, end + 1)) and high.vnd > low:
        return Sum(low, index, high.end, most_vnd=high.most_vnd or high.vnd, scaled=False)
    return Sum(low, index, end, scaled=False)


def _one(tokens: Sequence[Token], index: int, *, slang: bool) -> Sum | None:
    if index >= len(tokens):
        return None
    token = tokens[index]
    if token.kind == NUMBER:
        values = meanings(token.text)
        if not values:
            return None
        scale = _scale(tokens, index + 1, slang=slang)
        if scale is None:
            grouped = values[-1]
            is_dong = index + 1 < len(tokens) and tokens[index + 1].text in _DONG
            if grouped >= LEAST_PLAIN and (len(values) == 2 or is_dong or (grouped % 500 == 0 and grouped >= 5000)):
                return Sum(int(grouped), index, index + 2 if is_dong else index + 1)
            if is_dong and grouped >= 100 and not tokens[index + 1].text.startswith("d"):
                return Sum(int(grouped), index, index + 2)
            return None
        return _with_rest(tokens, index, values[0] * scale, index + 2, scale)
    if token.kind != WORD:
        return None
    said = read_number_words(tokens, index)
    if said and (scale := _scale(tokens, said[1], slang=slang)) and scale != 100_000:
        return _with_rest(tokens, index, Decimal(said[0]) * scale, said[1] + 1, scale)
    if said and said[0] == 10 * (said[0] // 10) and tokens[said[1] - 1].plain != "muoi" and said[1] < len(tokens) and tokens[
            said[1]].plain == "chuc":
        return None
    # "năm chục nghìn", "triệu hai", "nghìn rưỡi": a ten counted, or the one is not said.
    if said and said[1] + 1 < len(tokens) and tokens[said[1]].plain == "chuc" and (
            scale := _scale(tokens, said[1] + 1, slang=slang)):
        return _with_rest(tokens, index, Decimal(said[0] * 10) * scale, said[1] + 2, scale)
    if (token.text in ("triệu", "trieu") or slang and token.text == "củ") and index + 1 < len(tokens):
        found = _with_rest(tokens, index, Decimal(1_000_000), index + 1, 1_000_000)
        return found if found.end > index + 1 else None
    return None


def _with_rest(tokens: Sequence[Token], start: int, vnd: Decimal, index: int, scale: int) -> Sum:
    """The sum with what follows its scale: "1tr2", "1tr150", "25 nghìn rưỡi", "một triệu hai", "1 triệu 250 nghìn"."""
    if index < len(tokens):
        token = tokens[index]
        if token.kind == WORD and HALF_MORE.get(token.text):
            vnd, index = vnd + scale // 2, index + 1
        elif token.kind == NUMBER and token.text.isdigit() and len(token.text) <= 3:
            smaller = _scale(tokens, index + 1, slang=False)
            if smaller == 1000 and scale == 1_000_000:
                vnd, index = vnd + Decimal(token.text) * 1000, index + 2
            elif smaller is None and (token.glued and not (token.text == "1" and _is_counted(tokens, index + 1)) or (len(token.text) == 1 and _is_last(tokens, index + 1, scale))):
                vnd, index = vnd + Decimal(f"0.{token.text}") * scale, index + 1
        elif token.kind == WORD and (said := read_number_words(tokens, index)):
            smaller = _scale(tokens, said[1], slang=False)
            if smaller == 1000 and scale == 1_000_000:
                vnd, index = vnd + Decimal(said[0]) * 1000, said[1] + 1
            elif scale == 1_000_000 and said[0] < 1000 and not _counts(tokens, said[1], tokens[index]):
                vnd, index = vnd + (said[0] * 100_000 if said[0] < 10 else said[0] * (10_000 if said[0] < 100 else 1000)), said[1]
            elif scale == 1000 and said[1] == index + 1 and token.text in ("hai", "ba", "tư", "năm", "sáu", "bảy", "tám"
                                                                         ) and not _counts(tokens, said[1], token) and not _is_counted(tokens, said[1]) and not (
                                                                             vnd >= 10_000 and _is_weighed(tokens, said[1])):
                vnd, index = vnd + said[0] * 100, said[1]
    if index < len(tokens) and tokens[index].text in _DONG and tokens[index].text != "d":
        index += 1
    return Sum(int(vnd), start, index)


def _is_last(tokens: Sequence[Token], index: int, scale: int) -> bool:
    """Whether a lone digit before `index` is a tenth of the scale: "1 triệu 8", "5 nghìn 2 một cân", and counts nothing."""
    if index >= len(tokens) or tokens[index].kind != WORD:
        return scale == 1_000_000 or index < len(tokens) and tokens[index].text == "/"
    if tokens[index].text in ("một", "mot", "mỗi"):
        return True
    return scale == 1_000_000 and tokens[index].text in _AFTER_SUM


def _is_counted(tokens: Sequence[Token], index: int) -> bool:
    """Whether pieces are counted at `index`: in "20 nghìn hai quả" the two belongs to them."""
    return index < len(tokens) and tokens[index].plain in ("qua", "trai", "con", "bo", "mo", "tui", "goi", "hop", "bich", "cay", "cai", "bap", "cu")


def _is_weighed(tokens: Sequence[Token], index: int) -> bool:
    """Whether a weight is counted at `index`: in "hai mươi nghìn ba cân" the three belongs to it, nobody asks 20.300."""
    return index < len(tokens) and tokens[index].text in ("cân", "kg", "ký", "kí", "lạng", "yến", "tạ", "lít")


def _counts(tokens: Sequence[Token], after: int, digit: Token) -> bool:
    """Whether a number word after the scale counts the unit behind it, as in "một triệu một ký"."""
    from_one = digit.text in ("một", "mot", "1")
    return from_one and after < len(tokens) and tokens[after].kind == WORD


def _range_with_one_scale(tokens: Sequence[Token], index: int, *, slang: bool) -> Sum | None:
    if index + 2 >= len(tokens) or not _TO.get(tokens[index + 1].text) or tokens[index].text.startswith("0"):
        return None
    high = _one(tokens, index + 2, slang=slang)
    low = read_bare(tokens, index) if tokens[index].kind == NUMBER else None
    if high is None or high.vnd < 1000:
        return None
    values = meanings(tokens[index].text) if tokens[index].kind == NUMBER else ()
    if not values or low is None and not values:
        return None
    scale = _scale(tokens, index + 3, slang=slang) or 1000
    vnd = int(values[0] * scale)
    return Sum(vnd, index, high.end, most_vnd=high.vnd) if 0 < vnd < high.vnd <= 10 * vnd else None


def _scale(tokens: Sequence[Token], index: int, *, slang: bool) -> int | None:
    if index >= len(tokens) or tokens[index].kind != WORD:
        return None
    token = tokens[index]
    if (token.text in _SLANG and not slang) or (token.text in _GLUED_ONLY and not token.glued):
        return None
    if token.text == "m" and token.glued:
        # "2m" may be money, "100m" is a length.
        return 1_000_000 if len(tokens[index - 1].text) == 1 else None
    return _SCALES.get(token.text)
