"""Amounts inside a sentence: "2,5 cân", "nửa ký", "1kg2", "3 lạng rưỡi", "tạ tư", "năm chục bưởi", "x2"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.words.number_words import HALF_MORE, read_number_words
from catalog.words.numbers import meanings
from catalog.words.spelling import Lexicon
from catalog.words.tokens import NUMBER, PHONE, WORD, Token
from catalog.words.unit_words import UNIT_WORDS

UNITS = Lexicon(UNIT_WORDS, plain=[
    "kg", "kgs", "can", "ky", "ki", "kilo", "kilogam", "lang", "g", "gr", "gram", "gam", "yen", "ta", "tan", "qua",
    "trai", "tui", "bich", "goi", "bao", "boc", "cap", "doi", "chuc", "thung", "hop", "ket", "hu", "lo", "chai", "lit",
    "con", "cay", "mo", "bo", "ro", "sot", "kien", "buong", "nai", "bap", "khay", "vi", "chau", "gio", "cai", "chiec",
    "suat", "slot", "phan", "combo", "set", "xuat", "banh", "xau", "mieng", "khuc", "bau", "canh", "ong", "goc", "binh"])
IN_KG = {"kg": Decimal(1), "lạng": Decimal("0.1"), "g": Decimal("0.001"), "yến": Decimal(10), "tạ": Decimal(100),
         "tấn": Decimal(1000)}
COUNTS = {"chục": 10, "cặp": 2, "tá": 12}
_LIQUIDS = frozenset(("mat", "dau", "nuoc", "ruou", "mam", "giam", "lit", "xang"))
_HALF = Lexicon({"nửa": True, "nưa": True})
_TENS_UNIT = Lexicon({"chục": 10})
_UNIT_AFTER_TENS = {"quả", "kg", "lạng", "con", "cây", "túi", "gói", "hộp", "lít", "cái", "bó", "chai", "hũ", "bịch"}
_ENDS = frozenset(("nhé", "nha", "ạ", "nhe", "a", "đi", "di", "thôi", "nghen", "nghe", "hen", "luôn", "với", "voi", "về", "cho"))
_SCALES = frozenset(("k", "tr", "triệu", "trieu", "nghìn", "nghin", "ngàn", "ngan"))
_HALF_WORDS = ("tư", "hai", "ba", "năm", "sáu", "bảy", "tám", "mốt", "bốn", "chín", "lăm")


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` of `unit` (None where none was said) in the tokens `start`..`end`; `each` is how many pieces one counts.

    A chục keeps its name: two chục of fruit are value 2, and `each` 10 says how many one is.
    """

    value: Decimal
    unit: str | None
    start: int
    end: int
    each: int = 1
    in_words: bool = False
    implied: bool = False

    def in_kg(self) -> Decimal | None:
        """Its weight, or None for pieces."""
        return self.value * IN_KG[self.unit] if self.unit in IN_KG else None


def read_amount(tokens: Sequence[Token], index: int, *, bare_unit: bool = False) -> Amount | None:
    """The amount that begins at `index`, or None. With `bare_unit` a unit alone is one of it ("cân trâu")."""
    start = index
    token = tokens[index]
    if token.kind == WORD and _HALF.get(token.text):
        unit = unit_at(tokens, index + 1)
        return Amount(Decimal("0.5"), unit[0], start, unit[1], each=COUNTS.get(unit[0], 1)) if unit else None
    if fraction := _fraction(tokens, index):
        value, index = fraction
        unit = unit_at(tokens, index)
        return Amount(value, unit[0], start, unit[1]) if unit else None
    if token.kind == NUMBER:
        values = meanings(token.text)
        if not values:
            return None
        value, index, in_words = values[0], index + 1, False
        if index < len(tokens) and tokens[index].plain == "tram" and unit_at(tokens, index + 1):
            value, index = value * 100, index + 1
        unit = unit_at(tokens, index)
        if unit and unit[0] == "cái" and (packed := unit_at(tokens, unit[1])):
            unit = packed
        if len(values) == 2 and unit and unit[0] not in ("kg", "tạ", "tấn", "yến", "lạng", "lít"):
            value = values[1]
    elif token.kind == WORD and (said := read_number_words(tokens, index)):
        value, index, in_words = Decimal(said[0]), said[1], True
        unit = unit_at(tokens, index)
    elif bare_unit and (unit := unit_at(tokens, index)):
        return _with_rest(tokens, Amount(Decimal(1), unit[0], start, unit[1], each=COUNTS.get(unit[0], 1), implied=True))
    else:
        # "tạ tư", "tạ rưỡi", "yến rưỡi", "chục rưỡi": the one is not said.
        unit = unit_at(tokens, index) if token.kind == WORD else None
        if unit and _rest_in_words(tokens, unit[1], unit[0], implied=True) is not None:
            return _with_rest(tokens, Amount(Decimal(1), unit[0], start, unit[1], each=COUNTS.get(unit[0], 1), implied=True))
        return None
    if unit is None:
        return Amount(value, None, start, index, in_words=in_words)
    return _with_rest(tokens, Amount(value, unit[0], start, unit[1], each=COUNTS.get(unit[0], 1), in_words=in_words))


def unit_at(tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
    """The unit that stands at `index` and the index after it, or None."""
    if index >= len(tokens) or tokens[index].kind != WORD:
        return None
    token = tokens[index]
    unit = UNITS.get(token.text)
    after = index + 1
    if token.text == "goi" and after < len(tokens) and tokens[after].kind == PHONE:
        return None  # "gọi 0912…" without its marks.
    if token.text == "can":
        following = tokens[after].plain if after < len(tokens) else ""
        counted = tokens[after + 1].plain if after + 1 < len(tokens) and tokens[after].kind == NUMBER else ""
        unit = "can" if following in _LIQUIDS or counted in ("lit", "l") else "kg"
    if unit is None:
        # Words written together: "2kgtrâu", "3quảbưởi".
        if token.plain.startswith("kg") and len(token.plain) > 4 and tokens[index - 1].kind == NUMBER:
            return "kg", after
        if token.glued and tokens[index - 1].kind == NUMBER and token.plain in ("q", "t"):
            return {"q": "quả", "t": "túi"}[token.plain], after
        return None
    if unit == "kg" and after < len(tokens) and tokens[after].plain in ("lo", "logam", "gam"):
        after += 1
    return unit, after


def _with_rest(tokens: Sequence[Token], amount: Amount) -> Amount:
    """The amount with what follows its unit: "rưỡi", "1kg2", "1 cân 2 lạng", "tạ tư", "2 chục quả"."""
    index, unit, value = amount.end, amount.unit, amount.value
    assert unit is not None
    if (rest := _rest_in_words(tokens, index, unit, implied=amount.implied)) is not None:
        value, index = value + rest, index + 1
    elif unit in IN_KG and index < len(tokens) and tokens[index].kind == NUMBER and tokens[index].text.isdigit():
        smaller = unit_at(tokens, index + 1)
        glued, digits = tokens[index].glued, tokens[index].text
        if smaller and smaller[0] in IN_KG and IN_KG[smaller[0]] < IN_KG[unit] and smaller[0] != "kg":
            value += Decimal(digits) * IN_KG[smaller[0]] / IN_KG[unit]
            index = smaller[1]
        elif smaller and smaller[0] == "kg" and unit in ("tạ", "tấn", "yến") and Decimal(digits) < IN_KG[unit]:
            value += Decimal(digits) / IN_KG[unit]
            index = smaller[1]
        elif smaller is None and len(digits) <= 3 and not _is_money(tokens, index + 1) and (glued or (len(digits) == 1 and (
                unit in ("tạ", "tấn") or _is_end(tokens, index + 1)))):
            value += Decimal(f"0.{digits}")
            index += 1
    elif unit in IN_KG and index < len(tokens) and tokens[index].kind == WORD:
        said = read_number_words(tokens, index)
        smaller = unit_at(tokens, said[1]) if said else None
        if said and smaller and smaller[0] in IN_KG and IN_KG[smaller[0]] < IN_KG[unit] and smaller[0] not in ("kg", "yến"):
            value += Decimal(said[0]) * IN_KG[smaller[0]] / IN_KG[unit]
            index = smaller[1]
    if unit == "chục":
        return _tens_of(tokens, Amount(value, unit, amount.start, index, each=10, in_words=amount.in_words,
                                       implied=amount.implied))
    return Amount(value, unit, amount.start, index, each=amount.each, in_words=amount.in_words, implied=amount.implied)


def _tens_of(tokens: Sequence[Token], amount: Amount) -> Amount:
    """A chục and what it counts: fruit, or with a weight or a pack behind it ten of those."""
    index, value = amount.end, amount.value
    inner = unit_at(tokens, index)
    if inner and inner[0] in _UNIT_AFTER_TENS:
        after = inner[1]
        if after < len(tokens) and HALF_MORE.get(tokens[after].text):
            value, after = value + Decimal("0.5"), after + 1
        if inner[0] != "quả":
            return Amount(value * 10, inner[0], amount.start, after, in_words=amount.in_words)
        return Amount(value, "chục", amount.start, after, each=10, in_words=amount.in_words, implied=amount.implied)
    return amount


def _rest_in_words(tokens: Sequence[Token], index: int, unit: str, *, implied: bool = False) -> Decimal | None:
    """"rưỡi" after a unit, or the tenths of "tạ tư"."""
    if index >= len(tokens) or tokens[index].kind != WORD:
        return None
    if HALF_MORE.get(tokens[index].text):
        return Decimal("0.5")
    plain_ta = unit in ("tạ", "tấn") and tokens[index - 1].text in ("ta", "tan") and tokens[index].text in ("tu", "hai", "ba", "nam", "sau", "bay", "tam")
    if unit in ("tạ", "tấn", "kg", "yến") and (tokens[index].text in _HALF_WORDS or plain_ta) and unit_at(tokens, index + 1) is None:
        said = (4, index + 1) if plain_ta and tokens[index].text == "tu" else read_number_words(tokens, index)
        if said and said[1] == index + 1 and said[0] < 10 and (unit in ("tạ", "tấn", "kg") or implied or _is_end(tokens, index + 1)):
            return Decimal(said[0]) / 10
    return None


def _fraction(tokens: Sequence[Token], index: int) -> tuple[Decimal, int] | None:
    """"1/2", "1/4", "3/4" before a unit."""
    if index + 2 < len(tokens) and tokens[index].kind == NUMBER and tokens[index + 1].text == "/" and tokens[
            index + 2].kind == NUMBER:
        pair = tokens[index].text, tokens[index + 2].text
        if pair in (("1", "2"), ("1", "4"), ("3", "4"), ("1", "3")) and unit_at(tokens, index + 3):
            return Decimal(pair[0]) / Decimal(pair[1]), index + 3
    return None


def _is_money(tokens: Sequence[Token], index: int) -> bool:
    """Whether the number before `index` is a sum: "tạ 2 triệu", "gà ta 4k"."""
    return index < len(tokens) and tokens[index].text in _SCALES


def _is_end(tokens: Sequence[Token], index: int) -> bool:
    return index >= len(tokens) or tokens[index].kind not in (WORD, NUMBER) or tokens[index].text in _ENDS
