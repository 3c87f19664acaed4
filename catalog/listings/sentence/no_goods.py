"""Numbers that are a street, a date, an age or a length: nothing that is sold."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.listings.sentence.measures import Scan
from catalog.words.amounts import read_amount, unit_at
from catalog.words.number_words import read_number_words
from catalog.words.sums import read_sum
from catalog.words.tokens import NUMBER, WORD, Token

STREET_WORDS = frozenset("""ngõ ngo ngách ngach hẻm hem quận quan q phường phuong tổ đội khu tầng phòng lô km quốc ql block số so kiệt xóm thôn ấp ap đường
    duong cn cổng ngày thứ tháng năm lúc khóm tòa toà nhà sn chung kios kiot sạp ki ốt tuổi""".split())
_STREETS = frozenset("ngõ ngo ngách ngach hẻm hem kiệt đường duong quận phường tổ số".split())
_LENGTHS = frozenset("khổ dài cao rộng sâu dày ngang".split())
_AFTER_NUMBER_ONLY = frozenset("""năm nam tháng thang ngày ngay giờ gio h tuổi tuoi người nguoi km phút phut ha công sào mẫu lần % độ m2 cm giây buổi
    ngôi vụ mùa lứa đời hecta hec nhà sao star phần tiếng tỉnh tết""".split())


def is_no_goods(scan: Scan, index: int) -> int | None:
    """The end of a number that is a street, a date, an age, a length: nothing that is sold. None for any other."""
    tokens = scan.tokens
    if tokens[index].kind != NUMBER:
        return None
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is not None and before.text in _LENGTHS and after is not None and after.text == "m":
        tail = index + 2
        return tail + 1 if tail < len(tokens) and tokens[tail].kind == NUMBER and tokens[tail].glued else tail
    if after is not None and after.text == "/" and index + 2 < len(tokens) and tokens[index + 2].kind == NUMBER:
        if _is_date(tokens, index):
            return index + 3
        if read_amount(tokens, index) is None:
            return index + 1
    if before is not None and before.kind == WORD and before.text in STREET_WORDS and not read_sum(tokens, index) and (
            unit_at(tokens, index + 1) is None or before.text in _STREETS):
        return index + 1
    if after is None or after.kind != WORD:
        return None
    if after.text == "t" and after.glued and before is not None and before.text in ("dưới", "trên", "đủ"):
        return index + 2
    if after.text in ("cm", "ml"):
        return index + 2
    return index + 1 if after.text in _AFTER_NUMBER_ONLY and not (after.text == "năm" and read_number_words(tokens, index + 1)
                                                                   and unit_at(tokens, index + 2)) else None


def _is_date(tokens: Sequence[Token], index: int) -> bool:
    day, month = tokens[index].text, tokens[index + 2].text
    if not (day.isdigit() and month.isdigit() and int(day) <= 31 and 1 <= int(month) <= 12 and len(month) <= 2):
        return False
    if (day, month) in (("1", "2"), ("1", "4"), ("3", "4"), ("1", "3")) and unit_at(tokens, index + 3):
        return False
    return read_sum(tokens, index + 2) is None
