"""A message as what it is made of: prices, amounts, packs, and the words between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.listings.sentence.bare import bare_price
from catalog.listings.sentence.cues import heard
from catalog.listings.sentence.measures import Scan, amount_at, content_at, per_at
from catalog.listings.sentence.no_goods import is_no_goods
from catalog.listings.sentence.own_units import own_units
from catalog.listings.sentence.packs import PACKS
from catalog.words.amounts import Amount, read_amount, unit_at
from catalog.words.sums import Sum, read_sum
from catalog.words.tokens import LINE, LINK, NUMBER, PHONE, SIGN, WORD, Text, Token

PRICE, AMOUNT, PACK, TEXT, CUT, NUMBER_ONLY, SKIPPED = "price", "amount", "pack", "text", "cut", "number", "skipped"
_CUTS = frozenset(",.;!?…()|\n•➡")
_MOST_VND = 100_000_000_000
_MOST = 1_000_000_000
_SAID_BEFORE = frozenset(("giá", "gia", "tính", "là", "chỉ", "còn", "lấy", "em", "để", "được", ":", "=", "cho"))
_HAVING = frozenset("còn có được khoảng hơn sẵn tổng đó đâu trên chừng tầm gần".split())


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of tokens. A price may carry what it is for (`per`); a pack says what one holds (`content`)."""

    kind: str
    start: int
    end: int
    sum: Sum | None = None
    amount: Amount | None = None
    per: Amount | None = None
    content: Amount | None = None
    word: str = ""
    is_range: bool = False


def parts_of(text: Text) -> list[Part]:
    """The whole message, from left to right."""
    tokens = text.tokens
    sums = sum(token.kind == NUMBER and read_sum(tokens, place) is not None for place, token in enumerate(tokens))
    words = [token for token in tokens if token.kind == WORD and not token.glued]
    # A place or a product spelled out does not make the rest of a hasty message a spelled one.
    marked = 4 * sum(token.text != token.plain for token in words) >= len(words) > 0
    return list(_parts(Scan(tokens, _names(text), own_units(tokens), marked=marked, sums=sums)))


def _names(text: Text) -> frozenset[int]:
    """The words written large inside a sentence: parts of names, so neither units nor numbers ("Tam Bình", "Lạng Sơn")."""
    words = [index for index, token in enumerate(text.tokens) if token.kind == WORD]
    large = {index for index in words if text.shown[text.tokens[index].start].isupper()}
    if 3 * len(large) > 2 * len(words):
        return frozenset()
    firsts = {index for index in large if not index or text.tokens[index - 1].kind != WORD}
    return frozenset(index for index in large if index not in firsts or index + 1 in large)


def _parts(scan: Scan) -> Iterator[Part]:
    index = 0
    last: Part | None = None
    while index < len(scan.tokens):
        part = None
        if index not in scan.names:
            counted = last is not None and last.kind in (AMOUNT, PACK)
            named = last is not None and last.kind == TEXT
            if found := bare_price(scan, index, counted=counted, named=named):
                part = Part(PRICE, index, found[0].end if found[1] is None else found[1].end, sum=found[0], per=found[1])
        part = part or _part_at(scan, index)
        if not _is_sane(part):
            part = Part(SKIPPED, index, index + 1)
        yield part
        if part.kind != TEXT or part.word not in _SAID_BEFORE:
            last = part
        index = part.end


def _is_sane(part: Part) -> bool:
    """Whether its numbers can be of a farm: nothing of nought, nothing of a thousand million."""
    if part.sum is not None and not 0 < part.sum.vnd < _MOST_VND:
        return False
    return all(amount is None or 0 < amount.value < _MOST for amount in (part.amount, part.per, part.content))


def _part_at(scan: Scan, index: int) -> Part:
    tokens, token = scan.tokens, scan.tokens[index]
    if token.kind == WORD and (index in scan.names or token.text == "chín" and _text(tokens, index + 1) == "cây"):
        return Part(TEXT, index, index + 1, word="" if index in scan.names else token.text)
    if token.kind in (PHONE, LINK):
        return Part(CUT, index, index + 1, word=token.kind)
    if token.kind in (SIGN, LINE):
        return Part(CUT if token.text in _CUTS or _is_dash(tokens, index) else TEXT, index, index + 1, word=token.text)
    if token.kind == NUMBER and token.glued and index and tokens[index - 1].kind == WORD and len(tokens[index - 1].text) <= 4:
        return Part(SKIPPED, index, index + 1, word=token.text)
    if (end := is_no_goods(scan, index)) is not None:
        return Part(SKIPPED, index, end, word=token.text)
    return _price_at(scan, index) or _amount_at(scan, index) or Part(
        NUMBER_ONLY if token.kind == NUMBER else TEXT, index, index + 1, word=heard(token.text, marked=scan.marked))


def _is_dash(tokens: Sequence[Token], index: int) -> bool:
    """Whether a dash or a stroke stands between two things said: "50k 2 ký - 120k 5 ký", "100g 35k / 500g 160k"."""
    if tokens[index].text not in "-/" or tokens[index].glued or index + 1 >= len(tokens) or tokens[index + 1].glued:
        return False
    if tokens[index].text == "-":
        return True
    inner = read_amount(tokens, index + 1)
    return inner is not None and inner.unit is not None and read_sum(tokens, inner.end) is not None


def _price_at(scan: Scan, index: int) -> Part | None:
    tokens = scan.tokens
    found = read_sum(tokens, index, slang=not _counts_roots(tokens, index))
    if found is not None and tokens[found.end - 1].text in ("lít", "lit", "củ") and tokens[found.end - 1].kind == WORD:
        found = read_sum(tokens, index)
    if found is None or found.scaled and _counts_goods(scan, found):
        return None
    per, end = per_at(scan, found.end)
    if per is None:
        return Part(PRICE, index, found.end, sum=found, is_range=found.most_vnd is not None)
    content = content_at(tokens, per) if per.value == 1 and per.unit in PACKS else None
    if content is not None and read_sum(tokens, content.end):
        content = None
    return Part(PRICE, index, content.end if content else end, sum=found, per=per, content=content, is_range=found.most_vnd is not None)


def _counts_roots(tokens: Sequence[Token], index: int) -> bool:
    """Whether "củ" is a root with its price behind it and no million: "6 củ 25k"."""
    return _text(tokens, index + 1) == "củ" and index + 2 < len(tokens) and read_sum(tokens, index + 2) is not None


def _counts_goods(scan: Scan, found: Sum) -> bool:
    """Whether the number counts goods ("2.000 cây", "còn 3 nghìn quả", "có 2 trăm cái") and is no money."""
    tokens = scan.tokens
    last = tokens[found.end - 1]
    unit = unit_at(tokens, found.end)
    if unit is None:
        return False
    if last.kind == NUMBER:
        return found.end - found.start == 1 and (unit[0] != "kg" or found.vnd < 5000)
    before = {tokens[near].text for near in range(max(0, found.start - 3), found.start)}
    return unit[0] in ("quả", "cái", "con", "cây", "bông", "bắp", "củ") and scan.sums > 1 and bool(before & _HAVING) and "giá" not in before and (
        last.plain in ("tram", "nghin", "ngan"))


def _amount_at(scan: Scan, index: int) -> Part | None:
    tokens = scan.tokens
    counted = read_sum(tokens, index)
    if counted is not None and tokens[counted.end - 1].kind == WORD and _counts_goods(scan, counted):
        unit, end = unit_at(tokens, counted.end) or ("", counted.end)
        value = Decimal(counted.vnd) / (1000 if tokens[counted.end - 1].plain == "tram" else 1)
        return Part(AMOUNT, index, end, amount=Amount(value, unit, index, end))
    found = amount_at(scan, index)
    if found is None:
        return None
    amount, end, is_range = found
    assert amount.unit is not None
    if end - 1 in scan.names and end - index > 1 and tokens[index].kind == NUMBER:
        return None
    if end + 1 < len(tokens) and tokens[end].text == "/" and (per := unit_at(tokens, end + 1)):
        pack = Amount(Decimal(1), per[0], end + 1, per[1], implied=True)
        if amount.in_kg() is not None and per[0] in PACKS and per[1] < len(tokens) and read_sum(tokens, per[1]):
            return Part(PACK, index, per[1], amount=pack, content=amount)
        return Part(SKIPPED, index, per[1], word="")
    if not is_range and amount.unit in ("quả", "con", "túi", "gói", "hộp", "bắp") and amount.value > 1 and end < len(tokens):
        inner = read_amount(tokens, end)
        if inner is not None and inner.value == 1 and inner.unit in PACKS | {"kg"} and inner.end < len(tokens) and read_sum(tokens, inner.end):
            return Part(SKIPPED, index, end, word="")
    if not is_range and amount.unit in PACKS and (inner := content_at(tokens, amount)):
        return Part(PACK, index, inner.end, amount=amount, content=inner)
    return Part(AMOUNT, index, end, amount=replace(amount, end=end), is_range=is_range)


def _text(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text if index < len(tokens) else ""
