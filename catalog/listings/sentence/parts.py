"""A message as what it is made of: prices, amounts, packs, and the words between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.words.amounts import IN_KG, Amount, read_amount, unit_at
from catalog.words.sums import Sum, read_bare, read_sum
from catalog.words.tokens import LINE, LINK, NUMBER, PHONE, SIGN, WORD, Text, Token

PRICE, AMOUNT, PACK, TEXT, CUT, NUMBER_ONLY, SKIPPED = "price", "amount", "pack", "text", "cut", "number", "skipped"
_CUTS = frozenset(",.;!?…()|\n•➡")
_ONE = frozenset(("một", "mot", "1", "mỗi", "moi", "/", "per"))
_ADDRESS = frozenset("""ngõ ngo ngách ngach hẻm hem quận quan q phường phuong tổ đội khu tầng phòng lô km quốc ql block số so kiệt xóm thôn ấp ap đường
    duong cn cổng ngày thứ tháng năm lúc khóm tòa toà nhà sn chung kios kiot sạp ki ốt tuổi năm""".split())
_STREETS = frozenset("ngõ ngo ngách ngach hẻm hem kiệt đường duong quận phường tổ".split())
_AFTER_NUMBER_ONLY = frozenset("""năm nam tháng thang ngày ngay giờ gio h tuổi tuoi người nguoi km phút phut ha công sào mẫu lần % độ m m2 mét met cm giây buổi
    ngôi vụ mùa lứa đời hecta hec nhà sao star phần""".split())
_PACKS = frozenset(("túi", "bịch", "gói", "hộp", "thùng", "hũ", "lọ", "chai", "bao", "can", "bình", "sọt", "rổ", "khay", "vỉ", "kiện", "giỏ", "két",
                    "chục", "bó", "combo", "set", "cặp", "cái", "con", "xâu", "bọc", "bánh", "ống"))
_MAYBE = frozenset(("kg", "quả", "lạng", "chục", "cặp", "yến", "tạ", "tấn", "lít", "túi", "hộp", "gói", "bịch", "hũ", "chai", "thùng", "con", "mớ", "bó",
                    "cây", "lọ", "bao", "combo", "khay", "nải", "buồng", "vỉ", "rổ", "giỏ", "bánh", "cái", "bình", "tá", "set", "két", "sọt"))


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
    return list(_parts(text.tokens, _names(text), text.has_marks))


def _names(text: Text) -> frozenset[int]:
    """The words written large inside a sentence: parts of names, so neither units nor numbers ("Tam Bình", "Lạng Sơn")."""
    words = [index for index, token in enumerate(text.tokens) if token.kind == WORD]
    large = [index for index in words if text.shown[text.tokens[index].start].isupper()]
    if 3 * len(large) > 2 * len(words):
        return frozenset()
    firsts = {index for index in large if not index or text.tokens[index - 1].kind != WORD}
    return frozenset(index for index in large if index not in firsts or index + 1 in large)


def _parts(tokens: Sequence[Token], names: frozenset[int], marked: bool) -> Iterator[Part]:
    index = 0
    last: Part | None = None
    is_priced = any(token.kind == NUMBER and read_sum(tokens, place) for place, token in enumerate(tokens))
    while index < len(tokens):
        part = (_spoken_price(tokens, index, last, is_priced=is_priced) if index not in names else None) or _part_at(tokens, index, names, marked)
        yield part
        if part.kind != TEXT or part.word not in _SAID_BEFORE:
            last = part
        index = part.end


def _spoken_price(tokens: Sequence[Token], index: int, last: Part | None, *, is_priced: bool) -> Part | None:
    """A price without nghìn at the end of its stretch: "cặp trăm hai", "4 quả 100", "mỗi trái hai chục", "trâu khô 900"."""
    token = tokens[index]
    if token.kind not in (NUMBER, WORD) or read_sum(tokens, index):
        return None
    found = read_bare(tokens, index)
    if found is None or found.end < len(tokens) and tokens[found.end].text == "%":
        return None
    counted = last is not None and last.kind in (AMOUNT, PACK)
    if counted and found.end < len(tokens) and tokens[found.end].text in ("chục", "chuc") and _is_over(tokens, found.end + 1) and found.vnd < 100_000:
        return Part(PRICE, index, found.end + 1, sum=Sum(found.vnd * 10, index, found.end + 1, scaled=False))
    if not _is_over(tokens, found.end):
        return None
    said = index > 0 and tokens[index - 1].text in ("giá", "gia", "tính", "tinh", "còn", "để", "bán")
    if token.kind == NUMBER and not token.text.isdigit():
        return None
    if (counted or (said and token.kind == WORD)) and found.vnd >= 10_000 and (token.kind == NUMBER or found.end - found.start > 1 or said):
        return Part(PRICE, index, found.end, sum=found)
    if not is_priced and token.kind == NUMBER and 10_000 <= found.vnd and last is not None and last.kind == TEXT and index and (
            tokens[index - 1].kind == WORD and tokens[index - 1].text not in _ADDRESS) and token.text.endswith(("0", "5")):
        return Part(PRICE, index, found.end, sum=found)
    return None


_SAID_BEFORE = frozenset(("giá", "gia", "tính", "là", "chỉ", "còn", "lấy", "em", "để", "được", ":", "=", "cho"))


def _is_over(tokens: Sequence[Token], index: int) -> bool:
    return index >= len(tokens) or tokens[index].kind not in (WORD, NUMBER) or tokens[index].text in ("thôi", "nhé", "nha", "ạ", "thoi")


def _part_at(tokens: Sequence[Token], index: int, names: frozenset[int], marked: bool) -> Part:
    token = tokens[index]
    if token.kind == WORD and index in names:
        return Part(TEXT, index, index + 1, word=token.text)
    if token.kind == NUMBER and token.glued and index and tokens[index - 1].kind == WORD and len(tokens[index - 1].text) <= 4:
        return Part(SKIPPED, index, index + 1, word=token.text)
    if token.kind in (PHONE, LINK):
        return Part(CUT, index, index + 1, word=token.kind)
    if token.kind in (SIGN, LINE):
        return Part(CUT if token.text in _CUTS else TEXT, index, index + 1, word=token.text)
    if _is_address(tokens, index):
        return Part(SKIPPED, index, index + 1, word=token.text)
    if price := _price_at(tokens, index):
        return price
    amount = _amount_at(tokens, index, marked)
    if amount and amount.amount and not (amount.end - 1 in names and amount.end - index > 1 and token.kind == NUMBER):
        if amount.end + 1 < len(tokens) and tokens[amount.end].text == "/" and (per := unit_at(tokens, amount.end + 1)):
            return Part(SKIPPED, index, per[1], word="size")
        inner = read_amount(tokens, amount.end) if amount.end < len(tokens) and amount.amount.unit in ("quả", "con", "túi", "gói", "hộp", "bắp") else None
        if inner is not None and inner.value == 1 and inner.unit in _PACKS and inner.end < len(tokens) and read_sum(tokens, inner.end) and (
                amount.amount.value > 1):
            return Part(SKIPPED, index, amount.end, word="size")
        return amount
    return Part(NUMBER_ONLY if token.kind == NUMBER else TEXT, index, index + 1, word=token.text)


def _is_address(tokens: Sequence[Token], index: int) -> bool:
    """Whether the number at `index` is a street, a date, an age: nothing that is sold."""
    if tokens[index].kind != NUMBER:
        return False
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is not None and before.kind == WORD and before.text in _ADDRESS and not read_sum(tokens, index):
        return unit_at(tokens, index + 1) is None or before.text in _STREETS
    if before is not None and before.text == "/" and before.glued and index >= 2 and tokens[index - 2].kind == NUMBER:
        return not (index >= 3 and unit_at(tokens, index + 1))
    if after is not None and after.text == "/" and index + 2 < len(tokens) and tokens[index + 2].kind == NUMBER and (
            read_amount(tokens, index) is None):
        return True
    return after is not None and after.kind == WORD and after.text in _AFTER_NUMBER_ONLY and not (after.text == "m" and after.glued)


def _price_at(tokens: Sequence[Token], index: int) -> Part | None:
    found = read_sum(tokens, index, slang=True)
    if found is not None and tokens[found.end - 1].text in ("lít", "lit", "củ") and tokens[found.end - 1].kind == WORD:
        found = read_sum(tokens, index)
    if found is not None and found.scaled and _is_counted(tokens, found):
        return None
    per, end = _per_at(tokens, found.end) if found else (None, 0)
    if found is None:
        found = read_bare(tokens, index)
        if found is None or found.vnd < 1000 or (index + 2 < len(tokens) and tokens[index + 1].text == "/" and tokens[index + 2].kind == NUMBER):
            return None
        per, end = _per_at(tokens, found.end, told=True)
        if per is None or per.value != 1:
            return None
    if per is None:
        end = found.end
    return Part(PRICE, index, end, sum=found, per=per, is_range=found.most_vnd is not None)


def _is_counted(tokens: Sequence[Token], found: Sum) -> bool:
    """Whether the number counts goods ("2.000 cây", "1.500 quả"), since no đồng or nghìn was said."""
    last = tokens[found.end - 1]
    return last.kind == NUMBER and found.end - found.start == 1 and (unit := unit_at(tokens, found.end)) is not None and (
        unit[0] not in ("kg",) or found.vnd < 5000)


def _per_at(tokens: Sequence[Token], index: int, *, told: bool = False) -> tuple[Amount | None, int]:
    """What a price is for, from `index` on: "/kg", "một cân", "1 ký", "ký"; `told` wants one of the first three."""
    if index >= len(tokens):
        return None, index
    token = tokens[index]
    if token.text in ("/", "=") or token.text in _ONE:
        after = index + 1
        if token.text in ("/", "=") and after < len(tokens):
            amount = read_amount(tokens, after, bare_unit=True)
            if amount and amount.unit:
                return amount, amount.end
            return None, index
        unit = unit_at(tokens, after)
        if unit and unit[0] in _MAYBE:
            amount = read_amount(tokens, index) if token.text in ("một", "mot", "1") else None
            if amount is not None and amount.unit and amount.value != 1:
                return amount, amount.end
            return Amount(_one(tokens, after), unit[0], index, unit[1], each=10 if unit[0] == "chục" else 1), unit[1]
        return None, index
    unit = unit_at(tokens, index) if token.kind == WORD and not told else None
    if unit and unit[0] in _MAYBE and not (token.text == token.plain and token.text in ("con", "bao", "cai", "ta", "bo", "mo", "lo", "can", "doi", "vi", "hu")
                                           and not _unit_is_meant(tokens, index)):
        amount = read_amount(tokens, index, bare_unit=True)
        if amount is not None and amount.value == 1:
            return amount, amount.end
        return Amount(_one(tokens, index), unit[0], index, unit[1]), unit[1]
    return None, index


def _unit_is_meant(tokens: Sequence[Token], index: int) -> bool:
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return tokens[index].text in ("can", "ta") and (after is None or after.kind != WORD)


def _one(tokens: Sequence[Token], index: int) -> Decimal:
    return Decimal(1)


def _amount_at(tokens: Sequence[Token], index: int, marked: bool) -> Part | None:
    token = tokens[index]
    amount = read_amount(tokens, index)
    if amount is None and token.kind == WORD and (unit := unit_at(tokens, index)) and unit[0] in _MAYBE and (
            token.text != token.plain or _is_unit_here(tokens, index)) and not _is_other_word(tokens, index, marked):
        amount = read_amount(tokens, index, bare_unit=True)
    if amount is None or amount.unit is None:
        if amount is not None and not amount.in_words:
            end = amount.end
            if end + 1 < len(tokens) and tokens[end].text in ("-", "đến", "tới", "den") and (high := read_amount(tokens, end + 1)) and high.unit:
                return Part(AMOUNT, index, high.end, amount=replace(high, value=amount.value, start=index), is_range=True)
        return None
    if amount.unit in IN_KG and amount.end + 1 < len(tokens) and tokens[amount.end].text in ("-", "đến", "tới", "den") and (
            high := read_amount(tokens, amount.end + 1)) and high.unit == amount.unit:
        return Part(AMOUNT, index, high.end, amount=amount, is_range=True)
    if amount.unit in _PACKS and (inner := _content_at(tokens, amount)):
        return Part(PACK, index, inner.end, amount=amount, content=inner)
    return Part(AMOUNT, index, amount.end, amount=amount)


def _content_at(tokens: Sequence[Token], pack: Amount) -> Amount | None:
    """What one of a pack holds, said right behind it: "hộp 200g", "gói nửa ký", "chục 14 trái", "thùng (10kg)"."""
    index = pack.end
    while index < len(tokens) and tokens[index].text in ("(", "loại", "loai", "x", "nặng", "to", "khoảng", "tầm", "cỡ", "size", ":") and index < pack.end + 2:
        index += 1
    if index + 1 < len(tokens) and tokens[index].text in ("lưới", "giấy", "nhựa", "zip", "hút") and tokens[index + 1].kind == NUMBER:
        index += 1
    if index >= len(tokens) or read_sum(tokens, index):
        return None
    inner = read_amount(tokens, index)
    if inner is None or inner.unit is None or inner.unit == pack.unit:
        return None
    if inner.unit in IN_KG or inner.unit in ("lít", "quả", "con", "gói", "túi", "hộp", "cái", "bó", "bánh", "hũ"):
        end = inner.end
        if end < len(tokens) and tokens[end].text == ")" and tokens[pack.end].text == "(":
            inner = replace(inner, end=end + 1)
        if inner.unit not in IN_KG and inner.unit != "lít" and pack.unit not in ("chục", "thùng", "hộp", "combo", "set", "túi", "khay", "vỉ", "rổ", "giỏ"):
            return None
        return inner
    return None


def _is_other_word(tokens: Sequence[Token], index: int, marked: bool) -> bool:
    """Whether a unit alone is none here: "trái tim", "trái cây", "bình thường", and "con 20k" typed for còn."""
    after = tokens[index + 1].plain if index + 1 < len(tokens) else ""
    token = tokens[index]
    return (token.text in ("trái", "quả") and after in ("tim", "cay", "vu", "ngot")) or (token.text == "con" and not marked) or (
        token.text == "cây" and after in ("giong", "an", "nha", "trai", "con", "ghep", "buoi", "xoai")) or (
        token.text == "con" and after in ("gai", "trai", "em", "giong", "duong")) or token.text in ("bình", "bao", "cái") and index > 0


def _is_unit_here(tokens: Sequence[Token], index: int) -> bool:
    """A unit without marks counts where a price follows it or a text without marks is read ("can 25k", "ta 1tr7")."""
    token = tokens[index]
    after = index + 1
    if token.text in ("kg", "ky", "ki", "combo", "set"):
        return True
    if after < len(tokens) and tokens[after].kind == NUMBER and token.text in ("thung", "hop", "tui", "goi", "can", "chai", "hu", "bao", "bich", "lo", "ro"):
        inner = read_amount(tokens, after)
        if inner is not None and inner.unit in (*IN_KG, "lít"):
            return True
    return after < len(tokens) and (tokens[after].kind == NUMBER or tokens[after].text in (":",)) and read_sum(tokens, after) is not None
