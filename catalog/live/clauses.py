"""A comment as clauses, each with the products and amounts that stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.live.lemmas import names_of
from catalog.live.pins import Mention, Pins
from catalog.words.amounts import IN_KG, Amount, read_amount, unit_at
from catalog.words.sums import read_sum
from catalog.words.tokens import LINE, NUMBER, PHONE, SIGN, WORD, Text, Token

_CUTS = frozenset(",.;!?…|\n/\\")
_STARTERS = frozenset(("nhưng", "nhưg", "mà", "nên"))
# A number behind one of these is an address, a time, an age, a rank, a count of people.
_NOT_COUNTED_AFTER = frozenset("""
    ngõ ngo ngách ngach hẻm hem quận quan q phường phuong p tổ to khu tầng tang phòng phong lầu lau đường duong số so thôn ấp ap km quốc lộ ql
    block chung toà tòa nhà kiệt xóm xom đội khối lô lo ngày ngay tháng thang thứ thu lúc luc tầm khoảng năm tuổi lớp top đơn don giá gia lần lan
    sn """.split())
_NOT_COUNTED_BEFORE = frozenset("""
    tuổi tuoi người nguoi ngày ngay giờ gio h phút phut tháng thang năm nam lần lan hôm hom đêm bữa bua tuần tuan đứa dua nhà mạng like tim view sao
    số so km tầng tang lớp phòng bác cháu con tim share lượt mắt star triệu trieu tr đ đồng dong vnd nghìn ngàn ngan nghin trăm tram
    chữ tiếng tieng độ phần trăm % giây m mét cm ml chỗ shop live video clip ảnh lời câu mùa vụ món mon mẫu mau mã loại loai thứ thu khách đơn don bên
    """.split())
_KIN = frozenset("anh chị chi a c cô co chú chu bác bac ông ong bà ba dì di em cậu mợ thím út".split())
_AFTER_A_COUNT = frozenset("""nhe nha a di voi thoi luon cho gui ve ship giao nua nghen hen nhen shop em chi anh co chu bac o ad ban va dc duoc lay dat nhoa sop lien con
    khong ko k nghe hi he de lam ngay roi thu dau tien den tan qua nay do kia gium giup toi minh cod tra ck chuyen lun""".split())
_BUY_WORDS = frozenset("lấy lay chốt chot đặt dat mua thêm them múc hốt cho order oder xin để giữ được x sl lượng +".split())


def counts_goods(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether nothing but small words, a name or a sign stands behind an amount: "1 ký nắng" counts no goods."""
    if amount.end >= len(tokens):
        return True
    after = tokens[amount.end]
    return after.kind != WORD or after.plain in _AFTER_A_COUNT or after.plain in _KIN or after.text in _NICE


_NICE = frozenset("""to nhỏ ngon tươi loại đẹp chín xanh khô sấy nhé mai chiều sáng tối trước sau giống như với và ăn biếu cúng làm để ở từ hộ dùm giùm nữa coi xem hôm tuần
    trưa kẻo chia thử đó đây ấy kia này vô vào lên xuống ra mà thì rồi cùng chung trong ngoài chuyển thanh bỏ đóng gói mang tặng có giá như thôi cả trọn tính tên về dìa
    hàng tại nè nà nhen nghe hỉ hè rứa gấp liền cái con luôn lấy đặt mua nhanh cộng trả kèm thêm đúng ý vị cay quà mừng theo đi giữ dành nhận qua cảm đang gửi""".split())


@dataclass
class Clause:
    """One stretch between signs: `start`..`end` in the tokens, its mentions, amounts and sums."""

    start: int
    end: int
    mentions: list[Mention] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    vague: list[Amount] = field(default_factory=list)
    money: bool = False


def clauses_of(text: Text, pins: Pins) -> list[Clause]:
    """The clauses with what was found in each; empty ones are left out."""
    tokens = text.tokens
    clauses, current, index = [], Clause(0, 0), 0
    named = names_of(text)
    while index < len(tokens):
        token = tokens[index]
        if (token.kind in (SIGN, LINE) and token.text in _CUTS) or (token.text in _STARTERS and index > current.start):
            current.end = index
            clauses.append(current)
            current = Clause(index if token.kind == WORD else index + 1, index + 1)
            index += 1
            continue
        if token.text in ("thì", "thi") and current.amounts and _another_takes(tokens, index + 1):
            # "chị kia lấy 5kg thì em lấy 7kg": the second speaks for herself.
            current.end = index
            clauses.append(current)
            current = Clause(index + 1, index + 1)
            index += 1
            continue
        if index in named and not pins.mention_at(tokens, index, marked=text.has_marks):
            index += 1
            continue
        index = _take(tokens, index, pins, current, text.has_marks)
    current.end = len(tokens)
    clauses.append(current)
    return [clause for clause in clauses if clause.end > clause.start]


def _another_takes(tokens: Sequence[Token], index: int) -> bool:
    words = [token.plain for token in tokens[index:index + 3]]
    return bool(words) and words[0] in ("em", "minh", "tui", "toi", "chi", "anh", "e") and bool({"lay", "mua", "chot", "dat", "muc"} & set(words[1:]))


def _take(tokens: Sequence[Token], index: int, pins: Pins, clause: Clause, marked: bool) -> int:
    """Note what begins at `index`; returns the index after it."""
    token = tokens[index]
    if token.kind not in (WORD, NUMBER):
        return index + 1
    mention = pins.mention_at(tokens, index, marked=marked)
    if mention:
        if not _is_other(tokens, mention):
            clause.mentions.append(mention)
        return mention.end
    if money := _price_of_one(tokens, index):
        clause.money = True
        return money
    if money := read_sum(tokens, index):
        if _counts_kilos(tokens, money.start, money.end, pins, marked):
            clause.amounts.append(Amount(Decimal(tokens[index].text), "kg", index, money.end))
        else:
            clause.money = True
            return _past_its_unit(tokens, money.end)
        return money.end
    if vague := _vague(tokens, index, pins, marked):
        clause.vague.append(vague)
        return vague.end
    amount = read_amount(tokens, index, bare_unit=_bare_unit_is_meant(tokens, index, pins, marked))
    if amount is None:
        return index + 1
    if amount.unit in IN_KG and (piece := read_amount(tokens, amount.end) if amount.end < len(tokens) else None) and (
            piece.unit in ("quả", "con") and piece.value == 1 and tokens[amount.start - 1].plain in ("loai", "co", "size", "nang") and amount.start):
        return piece.end
    if _is_meant(tokens, amount, pins, marked):
        clause.amounts.append(amount)
    return amount.end


_ADDRESS = frozenset(("toa", "nha", "block", "chung", "khu", "phong", "lo", "kiet", "duong", "bai", "cong", "tang", "to", "so"))


def _is_other(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a product is named only to be put aside ("không phải bưởi"), or a code is an address ("toà A1")."""
    before = [token.plain for token in tokens[max(0, mention.start - 2):mention.start]]
    if mention.by_code and mention.product and before and before[-1] in _ADDRESS:
        return True
    after = [token.plain for token in tokens[mention.end:mention.end + 2]]
    if "kieng" in before or before[-2:] == ["di", "ung"] or before[-2:] == ["khong", "an"]:
        return True
    if after in (["thi", "khoi"], ["thi", "thoi"], ["thi", "khong"]):
        return True
    return before[-2:] in (["khong", "lay"], ["ko", "lay"], ["k", "lay"], ["khoi", "lay"], ["khong", "can"], ["k", "can"], ["ko", "can"], ["khong", "phai"], ["chu", "khong"], ["ko", "phai"], ["k", "phai"], ["chu", "ko"], ["khong", "co"]) or before[-1:] == ["tru"]


def _past_its_unit(tokens: Sequence[Token], index: int) -> int:
    """The index behind "một ký", "/kg": what a sum of money is for counts no goods."""
    if index < len(tokens) and tokens[index].text in ("một", "mot", "1", "/", "mỗi", "moi") and (unit := unit_at(tokens, index + 1)):
        return unit[1]
    return index


def _price_of_one(tokens: Sequence[Token], index: int) -> int | None:
    """The index after "300 một cân", "40/kg": a number without nghìn that is the price of one."""
    if tokens[index].kind != NUMBER or index + 2 >= len(tokens) or not tokens[index].text.isdigit() or int(tokens[index].text) < 15:
        return None
    if tokens[index + 1].text in ("một", "mot", "1", "/", "mỗi", "moi") and (unit := unit_at(tokens, index + 2)):
        return unit[1]
    return None


def _counts_kilos(tokens: Sequence[Token], start: int, end: int, pins: Pins, marked: bool) -> bool:
    """"2k xoài", "A2 3k": a small number with k beside a product is kilograms, since nothing costs so little."""
    if end - start != 2 or tokens[start + 1].text != "k" or tokens[start].kind != NUMBER or not tokens[start].text.isdigit():
        return False
    if int(tokens[start].text) > 10:
        return False
    before = tokens[start - 1] if start else None
    if before and before.plain in ("bot", "giam", "con", "gia", "them", "dung", "ck", "coc", "lai"):
        return False
    follows = end < len(tokens) and tokens[end].kind in (WORD, NUMBER) and pins.mention_at(tokens, end, marked=marked)
    precedes = start >= 1 and any(pins.mention_at(tokens, place, marked=marked) and _ends_at(pins, tokens, place, start, marked)
                                  for place in range(max(0, start - 4), start))
    corrects = end < len(tokens) and tokens[end].text == "," and any(
        token.plain in ("nham", "lon") for token in tokens[end:end + 3])
    return bool(follows or precedes or corrects)


def _ends_at(pins: Pins, tokens: Sequence[Token], place: int, end: int, marked: bool) -> bool:
    mention = pins.mention_at(tokens, place, marked=marked)
    return mention is not None and mention.end == end


def _vague(tokens: Sequence[Token], index: int, pins: Pins, marked: bool) -> Amount | None:
    """"vài quả bưởi", "quả bưởi", "ít xoài": a unit whose number was not said, in front of a product."""
    token = tokens[index]
    start, after = index, index
    if token.text in ("vài", "vai", "ít", "mấy", "may", "mớ"):
        after += 1
    unit = unit_at(tokens, after)
    if unit is None or (unit[0] not in ("quả",) and after == index) or (after == index and index and tokens[index - 1].kind == NUMBER):
        return None
    if token.text in ("mấy", "may") and not any(near.text in ("nhé", "nha", "cho", "lấy", "lay", "gửi", "gởi", "gui") for near in (*tokens[max(0, index - 3):index], *tokens[unit[1]:unit[1] + 5])):
        return None
    end = unit[1]
    if after == index and (token.text == token.plain and marked or not (end < len(tokens) and pins.mention_at(tokens, end, marked=marked))):
        return None
    if after == index and index and (tokens[index - 1].plain in ("moi", "mot", "may", "nay", "cai", "nhieu") or read_amount(
            tokens, index - 1) is not None):
        return None
    return Amount(Decimal(0), unit[0], start, end)


def _bare_unit_is_meant(tokens: Sequence[Token], index: int, pins: Pins, marked: bool) -> bool:
    """"cho cân trâu", "chục bưởi": a unit alone counts one where a product follows or buying goes before."""
    token = tokens[index]
    if token.kind != WORD or token.plain in ("con", "cai", "doi", "cay", "phan", "goc", "canh", "ong", "bo", "qua", "trai"):
        return False
    if index and (tokens[index - 1].kind == NUMBER or tokens[index - 1].plain in ("may", "mot", "moi", "tung", "nhieu", "vai", "it", "theo", "1")):
        return False
    after = index + 1
    if token.text == token.plain and token.plain not in ("kg", "ki", "ky", "can", "yen", "chuc", "cap", "lang", "goi", "tui", "bich"):
        return False
    if after < len(tokens) and (tokens[after].plain in ("qua", "trai", "ruoi") or (token.plain == "chuc" and unit_at(tokens, after))):
        after += 1
    if after < len(tokens) and tokens[after].kind in (WORD, NUMBER) and pins.mention_at(tokens, after, marked=marked):
        return not (token.text == token.plain and (marked or token.plain in ("goi", "tui", "bich")) and token.plain not in ("kg", "ki"))
    return bool(index and tokens[index - 1].plain in ("cho", "lay", "chot", "them", "dat", "mua", "em", "chi", "anh", "minh")
                and token.text != token.plain and token.text in ("cân", "ký", "kí", "yến", "tạ", "chục", "lạng", "cặp"))


def _is_meant(tokens: Sequence[Token], amount: Amount, pins: Pins, marked: bool) -> bool:
    """Whether an amount counts goods, and not people, a street, an hour or an age."""
    before = tokens[amount.start - 1] if amount.start else None
    after = tokens[amount.end] if amount.end < len(tokens) else None
    if before is not None and before.text == "/" and before.glued:
        return False
    if amount.unit in IN_KG and before is not None and before.text in ("cỡ", "size", "nặng", "loại", "cân", "tầm", "co", "nang"):
        return before.text not in ("cỡ", "size", "nặng", "nang", "loại") and not _kin_after(tokens, amount)
    if amount.unit is not None:
        if amount.unit in ("con", "cái", "phần", "suất", "cây", "bộ", "set", "combo", "gốc"):
            return amount.unit in ("cái", "suất", "combo", "set")
        if before is not None and before.text in ("mỗi", "moi", "/") or (before is not None and before.plain == "mot" and amount.implied):
            return before.text in ("mỗi", "moi")
        return True
    if amount.value > 500 or amount.value <= 0:
        return False
    if after is not None and after.text in ("/", "%") and after.glued:
        return False
    if before is not None and before.kind == WORD and before.text in _NOT_COUNTED_AFTER:
        return False
    if after is not None and after.plain in ("em", "ong", "anh", "chu", "be", "co", "ba") and amount.end + 1 < len(tokens) and (
            tokens[amount.end + 1].kind == WORD) and pins.mention_at(tokens, amount.end + 1, marked=marked) and amount.value < 20:
        return True
    product_after = after is not None and after.kind in (WORD, NUMBER) and pins.mention_at(tokens, amount.end, marked=marked)
    product_before = any((mention := pins.mention_at(tokens, place, marked=marked)) and mention.end == amount.start
                         for place in range(max(0, amount.start - 4), amount.start))
    if after is not None and after.kind == WORD and after.text in _NOT_COUNTED_BEFORE and not product_after:
        return False
    if amount.in_words and not marked and amount.unit is None and tokens[amount.start].plain in ("sau", "nam", "ba", "tu", "bay"):
        return False
    if _follows_a_name(tokens, amount, pins, marked):
        return True
    if amount.in_words:
        if before is not None and before.plain in _KIN and (product_after or product_before) and _named_like(tokens, amount):
            return False
        return bool(product_after or (_ends_clause(tokens, amount.end) and (
            product_before or (before is not None and before.plain in ("lay", "chot", "mua", "dat", "them")))))
    if product_after or product_before:
        return True
    if before is None:
        return after is None
    if after is not None and after.kind == WORD and after.plain not in _AFTER_A_COUNT:
        return False
    return before.plain in _BUY_WORDS or before.text in ("+", "x") or (before.plain in _KIN | {"minh"} and amount.start >= 2
                                                                     and tokens[amount.start - 2].plain in _BUY_WORDS)


def _follows_a_name(tokens: Sequence[Token], amount: Amount, pins: Pins, marked: bool) -> bool:
    """"A4, 4", "bưởi, bốn; xoài, hai ký": a number alone between signs behind a product."""
    if amount.start < 2 or tokens[amount.start - 1].text not in (",", ":", "(", "-", "="):
        return False
    if amount.end < len(tokens) and tokens[amount.end].kind in (WORD, NUMBER):
        return False
    return any((mention := pins.mention_at(tokens, place, marked=marked)) and mention.end == amount.start - 1
               for place in range(max(0, amount.start - 5), amount.start - 1))


def _kin_after(tokens: Sequence[Token], amount: Amount) -> bool:
    """"cân tui giờ 72kg": somebody's own weight."""
    return amount.start >= 2 and tokens[amount.start - 1].plain == "can" and tokens[amount.start - 2].plain in _KIN


def _named_like(tokens: Sequence[Token], amount: Amount) -> bool:
    """Whether the number word may be a name behind a kin term, as southern families call by rank: "chị Ba"."""
    return amount.end - amount.start == 1 and tokens[amount.start].plain in ("hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")


def _ends_clause(tokens: Sequence[Token], index: int) -> bool:
    return index >= len(tokens) or tokens[index].kind in (SIGN, LINE, PHONE) or tokens[index].plain in (
        "nhe", "nha", "a", "di", "thoi", "nghen", "voi", "cho", "shop", "nua", "ve", "gui")
