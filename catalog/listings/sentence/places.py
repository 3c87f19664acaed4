"""Where the goods are or go: a stretch that names a village, a market, a street, or nothing but a name written large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.listings.sentence.cues import both, heard
from catalog.words.tokens import LINE, LINK, NUMBER, PHONE, SIGN, WORD, Text, Token

_NOUNS = both("""bản xã huyện chợ thôn xóm ấp phường quận ngõ ngách hẻm phố tỉnh cổng ngã cảng bến kcn buôn khóm dốc km ql bv hồ trại kho
    cầu đường vựa tổ đội""") | {"trấn"}
_NUMBERED = both("ngõ ngách hẻm quận phường km ql tổ đội ngã cổng")
_BEFORE_NOUN = both("đầu cuối cạnh sau trước cổng gần thị ngã chợ số nhà đối trường quán")
_LEAD = both("""ở tại ship giao gửi lấy nhận bán về gần quanh nhà vườn em mình hàng xe đậu đỗ đ c dc add địa chỉ nơi đón gom chở tới đến
    trong ra qua ghé ngay bên cơ sở hái tận và chỗ điểm cod từ bưu điện xưởng kho freeship""")
_AT = both("ở tại đc")
_TITLES = both("chị anh em cô chú bác ông bà a c e o ms mr gặp gọi zalo lh alo mợ dì thím")
_SURNAMES = frozenset("""lò cầm quàng giàng sùng vừ thào lường nguyễn trần phạm hoàng bùi vi cà tòng mùa lý lê đặng đỗ ngô dương vũ phan lầu hạng ly và
    lèng tẩn chảo bạc điêu vàng tráng mã hờ thị văn""".split())
_STOP = both("""gọi liên lh sđt alo zalo ib inbox nhé nha ạ ai giá bao ship từ cho còn có trồng mới sáng chiều nào giúp em hẹn cần mời xem nhận trong khi
    cả cũng thì là để trước ngày phút giờ tuỳ vào hú gặp cách free hoặc nếu mai mua mình luôn""") | {"bán"}  # Without marks it may be a bản.
_HEADINGS = frozenset(("sđt", "sdt", "đt", "dt", "lh", "hotline", "zalo", "tel", "fb", "test", "cod"))
_OPENING = frozenset(("chợ", "bản", "xã", "huyện", "thôn", "xóm", "ngõ", "cổng", "phường", "ấp"))
_SCALES = frozenset(("k", "kg", "nghìn", "ngàn", "tr", "triệu", "nghin", "cân", "quả", "can", "trai", "ta", "con", "%"))
_MOST_WORDS = 8
_LONGEST = 16
"""So many words "bản … xã … huyện … tỉnh …" may have, where each goes on with a name written large."""

_MOST_NAMES = 3
_BY_NOUN, _AFTER_AT, _BY_LETTERS = 3, 2, 1


@dataclass(frozen=True, slots=True)
class _Span:
    """A place in the tokens `start`..`end`; of several the higher `rank` is believed."""

    rank: int
    start: int
    end: int


def place_of(text: Text, product: str) -> str | None:
    """The place as said, in the writer's own letters, or None; a person's name is none."""
    large = _large_words(text)
    tokens = [replace(token, text=heard(token.text, marked=text.has_marks)) for token in text.tokens]
    names = frozenset(product.lower().split())
    found = [span for start, end in _stretches(tokens) if (span := _place_in(tokens, large, start, end, names, marked=text.has_marks))]
    if not found:
        return None
    best = max(span.rank for span in found)
    chosen = [span for span in found if span.rank == best]
    low = high = found.index(chosen[-1] if best == _BY_LETTERS else chosen[0])
    # "Tam Bình, Vĩnh Long": names that follow each other are one place.
    while high + 1 < len(found) and _follows(text, found[high], found[high + 1]):
        high += 1
    while best == _BY_LETTERS and low and _follows(text, found[low - 1], found[low]):
        low -= 1
    return ", ".join(text.shown[text.tokens[span.start].start:text.tokens[span.end - 1].end] for span in found[low:high + 1][:_MOST_NAMES])


def _follows(text: Text, first: _Span, second: _Span) -> bool:
    between = text.tokens[first.end:second.start]
    return len(between) == 1 and between[0].text == ","


def _large_words(text: Text) -> frozenset[int]:
    """The words written large; none where nearly all are, since that tells nothing."""
    words = [index for index, token in enumerate(text.tokens) if token.kind == WORD]
    large = frozenset(index for index in words if text.shown[text.tokens[index].start].isupper())
    return frozenset() if len(words) > 4 and 5 * len(large) > 4 * len(words) else large


def _stretches(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The stretches of words and house numbers between signs, lines and phone numbers."""
    found, start = [], 0
    for index, token in enumerate(tokens):
        if token.kind in (PHONE, LINK, LINE) or token.kind == SIGN and not _goes_on(tokens, index):
            if index > start:
                found.append((start, index))
            start = index + 1
    return [*found, (start, len(tokens))] if start < len(tokens) else found


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether a sign stands inside a name or a house number: "Q.7", "Cư M'gar", "12/4"."""
    if not 0 < index < len(tokens) - 1 or tokens[index].text not in "/'." or not tokens[index].glued:
        return False
    if tokens[index].text == ".":
        return tokens[index - 1].text in ("q", "p", "tp", "tx", "tt", "x", "h")
    return tokens[index + 1].glued and (tokens[index].text == "'" or tokens[index - 1].kind == tokens[index + 1].kind == NUMBER)


def _place_in(tokens: Sequence[Token], large: frozenset[int], start: int, end: int, product: frozenset[str], *, marked: bool) -> _Span | None:
    for index in range(start, end - 1):
        if tokens[index].text in _NOUNS and _names_a_place(tokens, large, start, index, end, marked=marked):
            while index > start and tokens[index - 1].text in _BEFORE_NOUN and (marked or index - 1 in large):
                index -= 1
            return _clean(tokens, _Span(_BY_NOUN, index, _end_of(tokens, large, index, end)))
    at = next((index + 1 for index in range(start, end - 1) if tokens[index].text in _AT and (
        index + 1 in large and tokens[index + 1].text not in _TITLES or index + 2 in large and tokens[index + 1].kind == NUMBER)), None)
    if at is not None:
        return _clean(tokens, _Span(_AFTER_AT, at, _end_of(tokens, large, at, end)))
    return _by_letters(tokens, large, start, end, product)


def _names_a_place(tokens: Sequence[Token], large: frozenset[int], start: int, index: int, end: int, *, marked: bool) -> bool:
    """Whether a name or a number makes the noun at `index` a place, or it opens its stretch in a text of small letters."""
    noun, after = tokens[index], tokens[index + 1]
    if after.kind == NUMBER:
        return noun.text in _NUMBERED and (index + 2 >= end or tokens[index + 2].text not in _SCALES)
    if after.kind != WORD or after.text in _TITLES and index + 1 not in large and noun.text != "ngã":
        return False
    if index + 1 in large or index + 2 in large and index + 2 < end:
        return True
    opens = all(tokens[near].text in _LEAD for near in range(start, index))
    return opens and end - index <= 6 and marked and noun.text in _OPENING


def _by_letters(tokens: Sequence[Token], large: frozenset[int], start: int, end: int, product: frozenset[str]) -> _Span | None:
    """The last run of words written large, where it is neither the product nor a person."""
    begin = start
    while begin < end and tokens[begin].text in _LEAD and begin + 1 < end and (begin not in large or begin + 1 not in large):
        begin += 1
    run_end = next((index for index in range(end, begin, -1) if index - 1 in large), None)
    if run_end is None or run_end < end and tokens[run_end].text not in _STOP | _TITLES:
        return None
    run = run_end - 1
    while run > begin and (run - 1 in large or tokens[run - 1].text == "'"):
        run -= 1
    if run == start and run_end - run > 1 and tokens[run].text in ("giao", "ship", "ở", "tại"):
        run += 1
    words = [tokens[index].text for index in range(run, run_end) if tokens[index].kind == WORD]
    numbered = run > begin and tokens[run - 1].kind == NUMBER and len(words) > 1
    if not words or words[0] in _HEADINGS or set(words) <= product:
        return None
    if run > start and tokens[run - 1].text in _TITLES or words[0] in _TITLES:
        return _behind_person(words, run_end)
    if not numbered and (len(words) > 2 and words[0] in _SURNAMES or {"thị", "văn"} & set(words[1:-1])):
        return None
    if len(words) > 5 or len(words) == 1 and run == start:
        return None
    if run > begin and not numbered and any(tokens[index].kind == NUMBER for index in range(begin, run)):
        return None
    return _Span(_BY_LETTERS, run - 1 if numbered else run, run_end)


def _behind_person(words: list[str], run_end: int) -> _Span | None:
    """The place behind a person's name: "chị Én Thanh Xương"; a long name is a person alone."""
    names = [word for word in words if word not in _TITLES]
    if len(names) == 3 and names[0] not in _SURNAMES and names[1] not in ("thị", "văn"):
        return _Span(_BY_LETTERS, run_end - 2, run_end)
    return None


def _end_of(tokens: Sequence[Token], large: frozenset[int], start: int, end: int) -> int:
    """Where the place that begins at `start` ends: at a small word that begins something else, in the midst of no name."""
    most = min(end, start + _MOST_WORDS)
    while most < min(end, start + _LONGEST) and (most in large or tokens[most].text in _NOUNS and most + 1 in large):
        most += 1
    for index in range(start + 1, most):
        if index in large or tokens[index].kind != WORD:
            continue
        if tokens[index].text in _STOP or tokens[index].text in _TITLES and index + 1 in large:
            return index
    return most


def _clean(tokens: Sequence[Token], span: _Span) -> _Span | None:
    """The span, unless a price or an amount stands in it."""
    priced = any(tokens[index].kind == NUMBER and index + 1 < len(tokens) and tokens[index + 1].text in _SCALES
                 for index in range(span.start, span.end))
    return None if priced or span.end - span.start < 2 and tokens[span.start].kind != WORD else span
