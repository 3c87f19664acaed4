"""Comments brought to one spelling, so that the rules can be read: "e k lấy nx" is "em không lấy nữa".

A word with marks is itself. A word without is restored where only one reading is likely; more are
restored where the whole comment was typed without marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.words.spelling import spelling
from catalog.words.tokens import LINK, NUMBER, PHONE, WORD, Text, Token

# Teencode and slips, whatever else the comment looks like.
_SHORT = {
    "không": "ko k hok hong hông khg kh khum khom hk hog hổng kg kog khong khôg hơm",
    "được": "dc đc đx dk đk duoc đươc đựơc dược được", "rồi": "r rùi rui ròi rùii", "gì": "j gi ji", "vậy": "z v zậy dậy vây zay zị",
    "em": "e m̉", "anh": "a ah", "chị": "c chj chị", "mình": "mk mik mh mìn minh", "shop": "sốp sop sh sốpp shóp shốp sop shopp",
    "nhiêu": "nhiu nhju bnhiu bnhiêu bn nhiu bnh", "chuyển khoản": "ck chuyểnkhoản ckhoan", "order": "oder ord od ỏder ordẻ",
    "ship": "síp sip xíp shíp", "lấy": "lay láy lấi lâys", "chốt": "chot chôt chotd", "đặt": "dat đăt", "lên": "len", "với": "vs vơi", "ad": "admin",
    "điện thoại": "đt dt đth", "số điện thoại": "sđt sdt sđth", "nữa": "nx nưã nửa̛", "nhé": "nhe nhá nha nhaa nhoa nhen nhenn nghen nghe hen hén nhế",
    "cho": "cko", "biết": "bik bít biet", "thì": "thi", "cũng": "cx cug", "bây giờ": "bh bgio", "người": "ng ngừi", "hủy": "huỷ hũy",
    "muốn": "mún mun", "yêu": "iu", "vào": "dô vô zô", "mua": "muaa mwa", "thôi": "thui thoai thoi", "ib": "inb inbox", "thế": "thé",
    "không được": "kđc kdc kođc kodc", "bao nhiêu": "baonhieu bnhieu", "tiền": "tìn xiền xèng", "giờ": "jo giờ", "sữa": "sữa", "ok": "oke okie okela okê oki", "hàng": "hàg",
    "thêm": "them", "quá": "qúa wá qá wa", "luôn": "lun luon", "gửi": "gởi gủi gui", "hỏi": "hõi", "giúp": "giùm dùm giup jup", 
}
# Only where the comment has no marks at all; with marks these letters are words of their own.
_UNMARKED = {
    "gia": "giá", "nhieu": "nhiêu", "may": "mấy", "tien": "tiền", "het": "hết", "roi": "rồi", "huy": "hủy",
    "doi": "đổi", "sua": "sửa", "bot": "bớt", "giam": "giảm", "nua": "nữa", "hoi": "hỏi", "neu": "nếu", "mai": "mai",
    "mot": "một", "de": "để", "giu": "giữ", "xin": "xin", "ban": "bán", "don": "đơn", "hang": "hàng", "nhan": "nhận", "cho": "cho",
    "co": "có", "con": "còn", "la": "là", "lam": "lắm", "da": "đã", "vua": "vừa", "moi": "mới", "hom": "hôm", "qua": "qua",
    "truoc": "trước", "lan": "lần", "tuan": "tuần", "thang": "tháng", "nao": "nào", "dau": "đâu", "sao": "sao",
    "the": "thế", "ngon": "ngon", "ngot": "ngọt", "re": "rẻ", "phi": "phí", "gui": "gửi", "goi": "gọi", "chuyen": "chuyển",
    "khoan": "khoản", "chi": "chị", "dua": "đưa", "tang": "tặng", "chong": "chồng", "vo": "vợ", "me": "mẹ", "xe": "xe", "an": "ăn", "lai": "lại", "toan": "toán", "vuon": "vườn", "sang": "sang", "dinh": "định", "tinh": "tính",
    "xem": "xem", "doan": "đoán", "kia": "kia", "day": "đây", "ay": "ấy", "ai": "ai", "ra": "ra", "sau": "sau", "hay": "hay",
    "luong": "lương", "nguoi": "người", "tra": "trả", "so": "số", "bo": "bỏ", "khoi": "khỏi", "can": "cần", "ma": "mà",
    "dam": "dám", "dong": "đóng", "ve": "về", "du": "đủ", "thu": "thử", "muon": "muốn", "nho": "nhớ", "bao": "bao",
    "duoc": "được", "khong": "không", "vay": "vậy", "thieu": "thiếu", "hong": "hỏng", "dap": "dập", "moc": "mốc", "dung": "đúng", "xong": "xong", "nghe": "nghe", "noi": "nói", "ben": "bên", "gio": "giờ", "ngay": "ngày", "lai": "lại", "nham": "nhầm", "chac": "chắc",
    "nghi": "nghĩ", "cuoi": "cuối", "thich": "thích", "tieng": "tiếng", "giao": "giao", "loai": "loại", "ho": "hộ",
}
_HELD = re.compile(r"([^\W\d_])\1+$")
# Endings of a sentence, where nothing follows them: "ha" is hả, in "Ha Noi" it is not.
_LAST = {"ha": "hả", "chua": "chưa", "hem": "không", "a": "ạ", "nhi": "nhỉ", "ta": "ta"}
_TITLES = frozenset("chi anh em co chu bac ong ba di me be ten o ve tp huyen xa tinh quan phuong duong ship gui goi nha xe cho ban".split())
_AT_THE_END = frozenset("vay shop a em chi anh ad z v the nhi sop".split())
_TO_LEMMA = {spelling(variant): lemma for lemma, variants in _SHORT.items() for variant in variants.split()}
_ALWAYS_PLAIN = frozenset("bot giam het hoi neu giu gui nham khoi thich doan dinh nhieu khoan chuyen".split())
# "k" and "kg" mean không only where no number stands before them, "c" and "a" not in front of a number.
_AFTER_NUMBER = frozenset(("k", "kg", "kh", "r", "m", "c", "g", "z", "v", "e", "a", "j", "q"))


def lemmas(text: Text) -> list[str]:
    """One word for each token: its usual spelling, "#" for a number, "@" for a phone, "&" for a link."""
    tokens, marked = text.tokens, text.has_marks
    named = names_of(text)
    return ["^" + token.text if index in named else _lemma(tokens, index, marked) for index, token in enumerate(tokens)]


def names_of(text: Text) -> set[int]:
    """The words that are part of a name: written large after a title, or beside another one ("chị Mai", "Rạch Giá")."""
    large = {index for index, token in enumerate(text.tokens)
             if token.kind == WORD and text.shown[token.start].isupper() and len(token.text) > 1}
    words = sum(token.kind == WORD for token in text.tokens)
    if not large or 2 * len(large) > words + 2:
        return set()
    if any(text.shown[text.tokens[index].end - 1].isupper() for index in large):
        return set()
    return {index for index in large if index and text.tokens[index - 1].kind == WORD and (
        index - 1 in large or text.tokens[index - 1].plain in _TITLES)} | {
            index for index in large if index + 1 in large and index and text.tokens[index - 1].kind == WORD}


def _lemma(tokens: Sequence[Token], index: int, marked: bool) -> str:
    token = tokens[index]
    if token.kind != WORD:
        return {NUMBER: "#", PHONE: "@", LINK: "&"}.get(token.kind, token.text)
    key = spelling(token.text)
    if key in _AFTER_NUMBER and index and token.glued and tokens[index - 1].kind == NUMBER:
        return token.text
    if key in ("a", "c", "m", "e") and index + 1 < len(tokens) and tokens[index + 1].glued and tokens[index + 1].kind == NUMBER:
        return token.text
    found = _TO_LEMMA.get(key)
    if found is not None:
        return found
    is_last = index + 1 >= len(tokens) or tokens[index + 1].kind != WORD or tokens[index + 1].plain in _AT_THE_END
    if is_last and token.text in _LAST and not marked:
        return _LAST[token.text]
    if token.text == "thanh" and not marked:
        return "thanh" if index + 1 < len(tokens) and tokens[index + 1].plain == "toan" else "thành"
    if token.text == "toi" and not marked:
        following = tokens[index + 1].plain if index + 1 < len(tokens) else ""
        return "tới" if following in ("dau", "chua", "noi", "noi") else "tôi"
    if token.text == "roi" and (not index or tokens[index - 1].plain != "nam"):
        return "rồi"
    if token.text == token.plain and (not marked or token.text in _ALWAYS_PLAIN):
        return _UNMARKED.get(key, key)
    return _HELD.sub(r"\1", token.text)
