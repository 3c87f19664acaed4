"""Units that a message makes its own: whatever noun it puts a price to, beyond those everybody knows."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.words.amounts import unit_at
from catalog.words.sums import read_sum
from catalog.words.tokens import NUMBER, WORD, Token

_KNOWN = frozenset("""hom mét met m khối khoi tảng tang xấp xap lưới bìa bia xô lốc tút tấm tải phên dây chùm lồng bức thếp mẹt hom tép rọ mẻ
    niêu lượng l""".split())
_NO_UNIT = frozenset("""ngày ngay tháng thang năm nam giờ gio h tuổi tuoi người nguoi loại loai lần km phút công sào mẫu nghìn ngàn nghin ngan k tr
    triệu trieu trăm tram n đ d đồng chẵn rưỡi một mot hai ba bốn năm sáu bảy tám chín vnd cm ship là nhé nha ạ thôi giá còn cho
    đến tới mỗi tính lấy mua để bán được chỉ thì kèm tặng đồng hết về ml tiếng tỉnh tết""".split())


def own_units(tokens: Sequence[Token]) -> frozenset[str]:
    """The words that this message counts in, and no list knows: "2k/hom", "3 lưới 250k", "800đ một bìa"."""
    found = set()
    for index, token in enumerate(tokens):
        if token.kind != NUMBER:
            continue
        word = _word(tokens, index + 1)
        if word and (word in _KNOWN or index + 2 < len(tokens) and read_sum(tokens, index + 2)) and not read_sum(tokens, index):
            found.add(word)
        price = read_sum(tokens, index)
        if price is None or price.end >= len(tokens):
            continue
        if tokens[price.end].text in ("/", "một", "mot", "mỗi") and (word := _word(tokens, price.end + 1)):
            if tokens[price.end].text == "/" or word in _KNOWN or _is_end(tokens, price.end + 2):
                found.add(word)
        elif (word := _word(tokens, price.end)) and word in _KNOWN:
            found.add(word)
    return frozenset(found)


def _word(tokens: Sequence[Token], index: int) -> str | None:
    """The word at `index` that could be such a unit."""
    if index >= len(tokens) or tokens[index].kind != WORD or tokens[index].text in _NO_UNIT or unit_at(tokens, index):
        return None
    word = tokens[index].text
    return word if len(word) > 1 or word in ("m", "l") else None


def _is_end(tokens: Sequence[Token], index: int) -> bool:
    return index >= len(tokens) or tokens[index].kind not in (WORD, NUMBER)
