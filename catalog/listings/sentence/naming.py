"""The product's name: the words in front of the first number, without "nhà em bán"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.listings.sentence.parts import AMOUNT, CUT, PACK, PRICE, TEXT, Part
from catalog.words.tokens import LINE, PHONE, WORD, Text

_LEAD = frozenset("""em e anh a chị chi mình minh nhà nha tôi tui cô chú bác bà mẹ vườn vuon bên ben bán ban cần can có co còn con đang dang thanh lý ly nhượng
    hôm nay nay mới moi sẵn san hàng hang ai mua lấy lay cả mọi người mn ơi ạ shop giá gia bà con các khách cho xin chào order nhận dư du ra gom bay về ve
    cuối mùa mua_ vụ hơn hon khoảng chừng tầm được duoc lô kho chốt đợt lại lai tiếp phiên chợ cắt hái thu vừa mỗi rao đây day nè là""".split())
_TAIL = frozenset("""giá gia chỉ chi còn con bán ban tầm khoảng là la được duoc em mình nhà nha này có co lẻ sỉ từ tu đang giảm sale hôm nay loại loai size to nhỏ lớn đẹp
    mỗi moi ngon ngọt ngot chuẩn cho ai mua lấy lay đồng chín cần can tươi_ ạ nhé nha rẻ : - = trồng tại ở o tuỳ tùy cực kỳ siêu nguyên đủ hàng với và hoặc đây""".split())
_STOP = frozenset("nhà_ giá gia còn ship giao alo lh liên lien sđt sdt".split())
_PEOPLE = frozenset("em anh chị chi cô co chú chu bác bac ông ong bà ba mẹ me a c e".split())


def name_of(text: Text, parts: Sequence[Part]) -> str:
    """The product as said, short, in the writer's own letters; empty where there is none."""
    words = _first_run(text, parts)
    return _shown(text, words)


def also_of(text: Text, parts: Sequence[Part], at: int) -> str | None:
    """The second product: the words in front of its price."""
    start = at
    while start > 0 and parts[start - 1].kind not in (CUT, PRICE):
        start -= 1
    words = [part.start for part in parts[start:at] if part.kind == TEXT and text.tokens[part.start].kind == WORD]
    return _shown(text, _trimmed(text, words)) or None


def telling_words(text: Text, parts: Sequence[Part]) -> frozenset[int]:
    """The tokens that may name a product: no small words, no people, no places after "ở"."""
    return frozenset(part.start for part in parts if part.kind == TEXT and text.tokens[part.start].kind == WORD
                     and part.word not in _LEAD and part.word not in _TAIL and part.word not in _SMALL)


_SMALL = frozenset("""kg k trên tren dưới duoi trở tro lên len mới moi thì thi sẽ se để de nếu neu khi hết het cả ca bớt bot sỉ si buôn buon tính tinh tại tai chốt chot
    combo ưu đãi xuống xuong cũ cu gốc goc thường thuong nhất nhat nhì nhi a b c vip i ii xô xo xấu bi dạt đại trung phí phi freeship tặng tang đặt dat trước truoc sau
    phần nửa đơn don riêng ngoài thôi thoi chiết khấu nhiều nhieu bé be vừa lỡ nữa rồi mình cùng gói túi mang vác tận nơi theo bịch nhận trả hơn cơ mà đâu
    tiền tien khách quen lẻ le ký kí ki cân dùng ăn thử vip mai hái đóng bao khứa lúc gấp""".split())


def _first_run(text: Text, parts: Sequence[Part]) -> list[int]:
    best: list[int] = []
    run: list[int] = []
    for part in parts:
        token = text.tokens[part.start]
        if part.word in ("?",) or (part.word in ("hết", "het") and len(run) <= 3 and run):
            run = []
            continue
        if part.kind == TEXT and token.kind == WORD and not (run and part.word in _STOP):
            run.append(part.start)
            continue
        best = _trimmed(text, run)
        run = []
        if best and any(text.tokens[at].text not in _LEAD for at in best):
            return best
        best = []
    return _trimmed(text, run)


def _trimmed(text: Text, words: list[int]) -> list[int]:
    while words and text.tokens[words[0]].text in _LEAD:
        words = words[1:]
        # "cô Lả bán trâu khô": the name of a person goes with the word before it.
        if words and len(words) > 1 and text.tokens[words[0] - 1].text in _PEOPLE and text.shown[text.tokens[words[0]].start].isupper() and (
                not text.shown[text.tokens[words[0]].start:text.tokens[words[0]].end].isupper()):
            rest = [at for at in words if text.tokens[at].text in ("bán", "ban", "có", "co", "còn", "con")]
            words = words[words.index(rest[0]):] if rest else words
    while words and text.tokens[words[-1]].text in _TAIL:
        words = words[:-1]
    return words[:8]


def _shown(text: Text, words: list[int]) -> str:
    if not words:
        return ""
    return re.sub(r"\s+", " ", text.shown[text.tokens[words[0]].start:text.tokens[words[-1]].end]).strip()
