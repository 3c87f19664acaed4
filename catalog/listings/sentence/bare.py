"""Prices without nghìn: "cặp trăm hai", "4 quả 100", "550 1kg, 280 nửa kg", "nhất 45, nhì 32"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.listings.sentence.measures import Scan, per_at
from catalog.listings.sentence.no_goods import STREET_WORDS
from catalog.words.amounts import Amount, read_amount
from catalog.words.sums import Sum, read_bare, read_sum
from catalog.words.tokens import NUMBER, WORD, Token

_LAST = frozenset(("thôi", "nhé", "nha", "ạ", "thoi", "chẵn", "chan", "luôn", "nhe"))
_SORT = frozenset(("nhất", "nhì", "ba", "to", "nhỏ", "bé", "lớn", "đẹp", "a", "b", "c", "1", "2", "3", "vip", "xô", "bi", "dạt", "nhat", "nhi", "nho", "be"))
_PRICED = frozenset(("giá", "gia", "tính", "tinh", "còn", "để", "bán", "nay"))


def bare_price(scan: Scan, index: int, *, counted: bool, named: bool) -> tuple[Sum, Amount | None] | None:
    """The price at `index` with what it is for, or None; `counted` after an amount, `named` after a word."""
    tokens, token = scan.tokens, scan.tokens[index]
    if token.kind not in (NUMBER, WORD) or read_sum(tokens, index):
        return None
    found = read_bare(tokens, index)
    if found is None or found.vnd < 1000 or token.kind == NUMBER and token.text.startswith("0"):
        return None
    if found.end < len(tokens) and tokens[found.end].text in ("%", "/") and (tokens[found.end].text == "%" or (
            found.end + 1 < len(tokens) and tokens[found.end + 1].kind == NUMBER)):
        return None
    per, _ = per_at(scan, found.end, told=True)
    if per is not None and per.value == 1:
        return found, per
    if token.kind == NUMBER and not token.text.isdigit():
        return None
    if found.vnd >= 10_000 and (half := _half_behind(tokens, found)):
        return found, half
    return (whole, None) if (whole := _last_said(scan, index, found, counted=counted, named=named)) else None


def _half_behind(tokens: Sequence[Token], found: Sum) -> Amount | None:
    """"280 nửa kg": the half behind its price."""
    if found.end >= len(tokens) or tokens[found.end].text not in ("nửa", "nua"):
        return None
    half = read_amount(tokens, found.end)
    return half if half is not None and (half.end >= len(tokens) or read_sum(tokens, half.end) is None) else None


def _last_said(scan: Scan, index: int, found: Sum, *, counted: bool, named: bool) -> Sum | None:
    """The price that ends its stretch, where something before it wants one."""
    tokens, token = scan.tokens, scan.tokens[index]
    end = found.end
    if counted and end < len(tokens) and tokens[end].text in ("chục", "chuc") and is_over(tokens, end + 1) and found.vnd < 100_000:
        return Sum(found.vnd * 10, index, end + 1, scaled=False)
    if not is_over(tokens, end) or found.vnd < 10_000:
        return None
    if end < len(tokens) and tokens[end].text in _LAST:
        found = replace(found, end=end + 1) if tokens[end].text in ("chẵn", "chan") else found
    before = tokens[index - 1] if index else None
    if before is not None and before.plain == "chuc" and found.vnd <= 20_000:
        return None
    said = before is not None and before.text in _PRICED
    if (counted or said and token.kind == WORD) and (token.kind == NUMBER or end - index > 1 or said):
        return found
    if token.kind != NUMBER or before is None:
        return None
    if scan.sums or before.kind == NUMBER:
        return found if before.text in _SORT and is_over(tokens, end) and _is_listed(tokens, end) else None
    if before.kind != WORD or before.text in STREET_WORDS:
        return None
    return found if named and token.text.endswith(("0", "5")) else None


def _is_listed(tokens: Sequence[Token], end: int) -> bool:
    """Whether a sort with its price follows: "nhất 45, nhì 32, ba 20 ngàn"."""
    return end + 2 < len(tokens) and tokens[end].text == "," and tokens[end + 1].text in _SORT | {"loại", "loai", "size"} and (
        tokens[end + 2].kind == NUMBER)


def is_over(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing more is said of the number that ends before `index`."""
    return index >= len(tokens) or tokens[index].kind not in (WORD, NUMBER) or tokens[index].text in _LAST
