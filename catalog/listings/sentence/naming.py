"""The product's name: the words for sale in front of the first number, without "nhà em bán"."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.listings.sentence.cues import FILLER, GRADES, UP, WHOLESALE, both, heard
from catalog.listings.sentence.kinds import goods_at
from catalog.listings.sentence.parts import CUT, PRICE, TEXT, Part
from catalog.words.tokens import WORD, Text

_LEAD = both("""mấy ờ ừ à ừm ơ thì em e anh a chị mình nhà tôi tui cô chú bác bà mẹ bố vườn bên bán cần có còn đang thanh lý hôm nay mới sẵn hàng ai mua lấy ăn
    cả mọi người mn ơi ạ dạ shop giá gia con các khách cho xin chào order nhận dư du ra gom bay về cuối mùa vụ hơn khoảng chừng
    tầm cỡ được lô kho chốt đợt lại tiếp phiên chợ cắt hái thu vừa mỗi rao đây nè là chỉ đúng nốt gấp nguyên sale xả flash qua
    trước chiều sáng không đi mang theo tên sản phẩm sỉ lẻ buôn""") | {"mặt"}
_TAIL = both("""giá chỉ còn bán tầm khoảng là được em mình nhà này có lẻ sỉ từ đang giảm sale hôm nay loại size to nhỏ lớn đẹp mỗi mới ngon
    ngọt chuẩn cho ai mua lấy đồng chín cần ạ nhé nha rẻ trồng tại ở tuỳ cực kỳ siêu nguyên đủ hàng với và hoặc đây không nữa rồi""") | {":", "-", "="}
_VERBS = both("bán có còn làm đặt lấy ăn mua được mang hái trồng nuôi")
_PEOPLE = both("em anh chị cô chú bác ông bà mẹ me a c e")
_ENDS = both("giá còn ship giao alo lh liên sđt nhà")
_NO_NAME = both("""kg k trên dưới trở lên mới thì sẽ để nếu khi hết cả bớt sỉ buôn tính tại chốt combo ưu đãi xuống cũ gốc thường nhất nhì vip
    xô xấu dạt đại trung phí freeship tặng đặt trước sau phần nửa đơn riêng ngoài thôi chiết khấu nhiều bé vừa lỡ cùng gói túi
    tận nơi bịch trả cơ mà đâu tiền quen ký kí cân dùng thử đóng bao lúc""") | {
    "a", "b", "c", "i", "ii"}
_SELLER = frozenset("em chi anh nha minh toi ban co con hom nay ba oi moi nguoi da a day".split())
_MOST_WORDS = 8


def name_of(text: Text, parts: Sequence[Part]) -> str:
    """The product as said, short, in the writer's own letters; empty where there is none."""
    runs = _runs(text, parts)
    told = next((run for run in runs if goods_at(_lowered(text, run)) is not None), None)
    if told is not None:
        return _shown(text, _trimmed(text, _from_goods(text, told)))
    # Without marks the goods may look like small words: "mang kho", "ca kho", "le".
    priced = next((part.start for part in parts if part.kind == PRICE), 0)
    front = [run for run in runs if run[0] < priced]
    if front and not text.has_marks and not any(_trimmed(text, run) for run in front):
        if rest := next((rest for run in front if (rest := _behind_seller(text, run))), None):
            return _shown(text, rest)
    return next((name for run in runs if (name := _shown(text, _trimmed(text, run)))), "")


def also_of(text: Text, parts: Sequence[Part], at: int) -> str | None:
    """The second product: the words in front of its price."""
    start = at
    while start > 0 and parts[start - 1].kind not in (CUT, PRICE):
        start -= 1
    words = [part.start for part in parts[start:at] if part.kind == TEXT and text.tokens[part.start].kind == WORD]
    return _shown(text, _trimmed(text, words)) or None


def telling_words(text: Text, parts: Sequence[Part]) -> frozenset[int]:
    """The tokens that may name a product: no small words, no people, no sorts."""
    small = {""} | _LEAD | _TAIL | _NO_NAME | FILLER | GRADES | UP | WHOLESALE
    return frozenset(part.start for part in parts if part.kind == TEXT and text.tokens[part.start].kind == WORD
                     and heard(text.tokens[part.start].text, marked=text.has_marks) not in small)


def _runs(text: Text, parts: Sequence[Part]) -> list[list[int]]:
    """The runs of words that may hold the name, in order; what was asked or is gone comes last."""
    runs: list[list[int]] = []
    gone: list[list[int]] = []
    run: list[int] = []
    for part in parts:
        if part.start and text.tokens[part.start - 1].text == "#":
            continue
        word = text.tokens[part.start].text
        if part.kind == TEXT and text.tokens[part.start].kind == WORD and not (run and part.word in _ENDS):
            run.append(part.start)
            continue
        if run:
            said = [text.tokens[index].text for index in run]
            is_gone = word == "?" or said[-1] in ("hết", "het") or "kèm" in said
            (gone if is_gone else runs).append(run)
        run = []
    return [*runs, *([run] if run else []), *gone]


def _from_goods(text: Text, run: list[int]) -> list[int]:
    """The run from the last verb in front of the goods on: "Tết này nhà Mai nhận đặt trâu gác bếp"."""
    at = goods_at(_lowered(text, run)) or 0
    base = text.tokens[run[0]].start
    front = [index for index in run if text.tokens[index].end - base <= at]
    verb = max((index for index in front if text.tokens[index].text in _VERBS), default=None)
    if verb is not None and verb + 1 < len(text.tokens):
        return [index for index in run if index > verb]
    # A whole sentence in front of the goods is no part of their name.
    return run if len(front) <= 3 else [index for index in run if index not in front]


def _lowered(text: Text, run: list[int]) -> str:
    return text.lowered[text.tokens[run[0]].start:text.tokens[run[-1]].end]


def _trimmed(text: Text, words: list[int]) -> list[int]:
    cues = {index: heard(text.tokens[index].text, marked=text.has_marks) for index in words}
    while words and cues[words[0]] in _LEAD:
        is_person = cues[words[0]] in _PEOPLE or cues[words[0]] == "nhà"
        words = words[1:]
        # "cô Lả bán trâu khô": the name of a person goes with the word before it.
        if is_person and len(words) > 1 and _is_name(text, words[0]):
            verb = next((place for place, index in enumerate(words) if cues[index] in _VERBS), None)
            words = words[verb if verb is not None else 1:]
        elif is_person and len(words) == 1 and _is_name(text, words[0]) and _sells(text, words[0] + 1):
            return []
    sorted_by = [index for index in words if cues[index] in ("to", "nhỏ", "bé", "lớn", "đẹp")]
    while words and cues[words[-1]] in _TAIL:
        words = words[:-1]
    # "bưởi da xanh quả to": the piece goes with its size.
    if len(words) > 1 and cues[words[-1]] in ("quả", "trái", "củ") and words[-1] + 1 in sorted_by:
        words = words[:-1]
    return words[:_MOST_WORDS]


def _sells(text: Text, index: int) -> bool:
    """Whether a seller's verb follows: "nhà Lả còn …"."""
    return index < len(text.tokens) and text.tokens[index].text in ("còn", "đang", "mới")


def _behind_seller(text: Text, words: list[int]) -> list[int]:
    """What is left of words without marks when the seller and the selling are taken off; a long rest is no name."""
    lead = list(words)
    while words and (text.tokens[words[0]].text in _SELLER or words != lead and len(words) == 1 and _is_name(text, words[0])):
        words = words[1:]
    while words and text.tokens[words[-1]].text in _SELLER | {"gia"}:
        words = words[:-1]
    return words if len(words) <= 3 else []


def _is_name(text: Text, index: int) -> bool:
    shown = text.shown[text.tokens[index].start:text.tokens[index].end]
    return shown[:1].isupper() and not shown.isupper()


def _shown(text: Text, words: list[int]) -> str:
    if not words:
        return ""
    return " ".join(text.shown[text.tokens[words[0]].start:text.tokens[words[-1]].end].split())
