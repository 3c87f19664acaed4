"""Amounts of a message as a seller writes them: units alone, and packs with what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.listings.sentence.packs import ALONE, HOLDERS
from catalog.words.amounts import COUNTS, IN_KG, Amount, read_amount, unit_at
from catalog.words.sums import read_sum
from catalog.words.tokens import NUMBER, WORD, Token
from catalog.words.unit_words import UNIT_WORDS

_ONE = frozenset(("một", "mot", "1", "mỗi", "moi", "per"))
_HOLDING = frozenset(("(", "loại", "loai", "x", "nặng", "to", "khoảng", "tầm", "cỡ", "size", ":", "có"))
_NAMES_OF_OTHERS = frozenset((("mat", "ong"), ("tha", "doi"), ("thao", "quả"), ("hoa", "quả"), ("thao", "qua"), ("dang", "ký"), ("gia", "gốc"),
                               ("dau", "bắp"), ("trai", "cây"), ("tren", "cây"), ("an", "cây"), ("chin", "cây")))
_OTHER_BEFORE = {
    "trái": ("tim", "cay", "vu", "ngot"), "quả": ("tim", "cay", "vu", "ngot"), "con": ("gai", "trai", "em", "giong", "duong"),
    "cây": ("giong", "an", "nha", "trai", "con", "ghep", "buoi", "xoai", "so", "the")}
_LOOKS = ("to", "be", "nho", "lon", "dat", "dep", "xau", "bu", "bi", "nhat")
_SMALL_WORDS = ("con", "bao", "cai", "ta", "bo", "mo", "lo", "can", "doi", "vi", "hu", "ong", "canh", "goc", "qua")
_WRAPPED = ("xốp", "xop", "lưới", "giấy", "nhựa", "zip", "hút")
_AS_SAID = {"chiếc": "chiếc", "đôi": "đôi", "chiec": "chiếc"}
_RANGE = ("-", "đến", "tới", "den")


@dataclass(frozen=True, slots=True)
class Scan:
    """A message's tokens with what all its readers ask: names, its own units, whether marks are typed, how many sums."""

    tokens: Sequence[Token]
    names: frozenset[int]
    own: frozenset[str]
    marked: bool
    sums: int


def per_at(scan: Scan, index: int, *, told: bool = False) -> tuple[Amount | None, int]:
    """What a price is for, from `index` on: "/kg", "một cân", "1 ký", "ký"; `told` wants one of the first three."""
    tokens = scan.tokens
    if index >= len(tokens):
        return None, index
    token = tokens[index]
    if token.text in ("/", "="):
        amount = _known(scan, index + 1, alone=True)
        if amount is None or not token.glued and read_sum(tokens, amount.end):
            return None, index
        return amount, amount.end
    if token.text in _ONE:
        amount = _known(scan, index, alone=False) if token.text in ("một", "mot", "1") else None
        if amount is not None and amount.value != 1:
            return amount, amount.end
        amount = _unit_alone(scan, index + 1)
        return (replace(amount, start=index), amount.end) if amount else (None, index)
    if told or token.kind != WORD:
        return None, index
    amount = _unit_alone(scan, index)
    if amount is None or amount.unit not in ALONE and not _is_end(tokens, amount.end) or _may_be_small(tokens, index, amount):
        return None, index
    return amount, amount.end


def _may_be_small(tokens: Sequence[Token], index: int, amount: Amount) -> bool:
    """Whether a unit typed without marks may as well be "còn", "báo", "mở": only at the end of its stretch it is none."""
    token = tokens[index]
    if token.text != token.plain or token.text not in _SMALL_WORDS:
        return False
    return amount.unit != "quả" and not _is_end(tokens, index + 1)


def amount_at(scan: Scan, index: int) -> tuple[Amount, int, bool] | None:
    """The amount at `index`, where it ends, and whether it is the lower end of a range; None where there is none."""
    tokens = scan.tokens
    if not scan.marked and tokens[index].text == "ba" and index + 1 < len(tokens) and tokens[index + 1].text == "con":
        return None  # "bà con ơi" is said to everybody, three heads are typed with a 3.
    amount = _known(scan, index, alone=False)
    if amount is None:
        amount = _standing_alone(scan, index)
    if amount is None:
        number = read_amount(tokens, index)
        end = number.end if number and number.unit is None and not number.in_words else len(tokens)
        high = read_amount(tokens, end + 1) if number and end + 1 < len(tokens) and tokens[end].text in _RANGE else None
        return (replace(high, value=number.value, start=index), high.end, True) if number and high and high.unit else None
    if amount.unit in IN_KG and amount.end + 1 < len(tokens) and tokens[amount.end].text in _RANGE and (
            high := read_amount(tokens, amount.end + 1)) and high.unit == amount.unit:
        return amount, high.end, True
    return amount, amount.end, False


def content_at(tokens: Sequence[Token], pack: Amount) -> Amount | None:
    """What one of a pack holds, said right behind it: "hộp 200g", "gói nửa ký", "chục 14 trái", "thùng (10kg)"."""
    index = pack.end
    while index < len(tokens) and tokens[index].text in _HOLDING and index < pack.end + 2:
        index += 1
    if index + 1 < len(tokens) and tokens[index].text in _WRAPPED and tokens[index + 1].kind == NUMBER:
        index += 1
    if index >= len(tokens) or read_sum(tokens, index):
        return None
    inner = read_amount(tokens, index)
    if inner is None or inner.unit is None or inner.unit == pack.unit or inner.implied:
        return None
    if inner.unit not in IN_KG and inner.unit != "lít" and pack.unit not in HOLDERS:
        return None
    closed = inner.end < len(tokens) and tokens[inner.end].text == ")" and tokens[pack.end].text == "("
    return replace(inner, end=inner.end + 1) if closed else inner


def _known(scan: Scan, index: int, *, alone: bool) -> Amount | None:
    """The amount with a unit that all or this message knows, in the word that was said."""
    tokens = scan.tokens
    if index >= len(tokens):
        return None
    amount = read_amount(tokens, index, bare_unit=alone)
    if amount is not None and amount.unit is None and amount.end < len(tokens) and tokens[amount.end].text in scan.own:
        return replace(amount, unit=_own_name(tokens[amount.end].text), end=amount.end + 1)
    if amount is None and alone and tokens[index].text in scan.own:
        return Amount(Decimal(1), _own_name(tokens[index].text), index, index + 1, implied=True)
    if amount is None or amount.unit is None:
        return None
    word = tokens[amount.end - 1].text
    if word == "can" and amount.unit == "kg" and scan.marked:
        return replace(amount, unit="can")
    return replace(amount, unit=_AS_SAID[word]) if word in _AS_SAID else amount


def _own_name(word: str) -> str:
    return {"l": "lít", "met": "mét", "khoi": "khối", "bia": "bìa", "tang": "tảng", "xap": "xấp"}.get(word, word)


def _unit_alone(scan: Scan, index: int) -> Amount | None:
    """One of the unit at `index`."""
    amount = _known(scan, index, alone=True) if index < len(scan.tokens) and scan.tokens[index].kind == WORD else None
    if amount is None or amount.unit is None:
        return None
    if amount.value == 1 or amount.implied or scan.tokens[index].plain == "chuc":
        return replace(amount, implied=True) if amount.value == 1 else amount
    unit = unit_at(scan.tokens, index)
    return Amount(Decimal(1), unit[0], index, unit[1], each=COUNTS.get(unit[0], 1), implied=True) if unit else None


def _standing_alone(scan: Scan, index: int) -> Amount | None:
    """A unit without a number that stands for one: "mớ 8k", "cân 25k", "xâu 50k"."""
    tokens, token = scan.tokens, scan.tokens[index]
    if token.kind != WORD:
        return None
    amount = _unit_alone(scan, index)
    if amount is None:
        return None
    priced = amount.end < len(tokens) and read_sum(tokens, amount.end) is not None
    if amount.unit not in ALONE and not (priced or _holds(tokens, amount.end)):
        return None
    if token.text == token.plain and not (token.text in UNIT_WORDS or token.text == "can" if scan.marked else _is_unit_here(tokens, index)):
        return None
    return None if _is_other_word(scan, index, priced=priced) else amount


def _holds(tokens: Sequence[Token], index: int) -> bool:
    """Whether what one holds is said at `index`, and its price behind it: "bó 50 bông 120k"."""
    inner = read_amount(tokens, index) if index < len(tokens) else None
    return inner is not None and inner.unit is not None and not inner.implied


def _is_other_word(scan: Scan, index: int, *, priced: bool) -> bool:
    """Whether a unit alone is none here: "trái tim", "quả to", "bình thường", and "con 20k" typed for còn."""
    tokens, word = scan.tokens, scan.tokens[index].text
    after = tokens[index + 1].plain if index + 1 < len(tokens) else ""
    before = tokens[index - 1].plain if index else ""
    if word == "con" and not scan.marked or (before, word) in _NAMES_OF_OTHERS or after in _OTHER_BEFORE.get(word, ()):
        return True
    if word in ("trái", "quả", "củ", "con") and after in _LOOKS:
        return True
    return word in ("bình", "bao", "cái") and index > 0 and not (priced or _holds(tokens, index + 1))


def _is_unit_here(tokens: Sequence[Token], index: int) -> bool:
    """A unit without marks counts where a price follows it or a text without marks is read ("can 25k", "ta 1tr7")."""
    token, after = tokens[index], index + 1
    if token.text in ("kg", "ky", "ki", "combo", "set"):
        return True
    if after < len(tokens) and tokens[after].kind == NUMBER and token.text in (
            "thung", "hop", "tui", "goi", "can", "chai", "hu", "bao", "bich", "lo", "ro"):
        inner = read_amount(tokens, after)
        if inner is not None and inner.unit in (*IN_KG, "lít"):
            return True
    return after < len(tokens) and (tokens[after].kind == NUMBER or tokens[after].text == ":") and read_sum(tokens, after) is not None


def _is_end(tokens: Sequence[Token], index: int) -> bool:
    return index >= len(tokens) or tokens[index].kind not in (WORD, NUMBER)
