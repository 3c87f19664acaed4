"""How much there is and how little is sold: the amounts that belong to no price."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalog.listings.sentence.bounds import REACH
from catalog.listings.sentence.cues import BROUGHT, FILLER, GIFT, PAIRS, STOCK, UP
from catalog.listings.sentence.model import Said
from catalog.listings.sentence.parts import AMOUNT, CUT, NUMBER_ONLY, PACK, PRICE, SKIPPED, TEXT, Part
from catalog.words.amounts import IN_KG, Amount

_LEAST = ("tối thiểu", "toi thieu", "ít nhất", "it nhat", "min", "không bán dưới", "khong ban duoi")
_LEAST_LAST = ("từ", "tu", "trên", "tren", "dưới", "duoi", "đổ lên", "chỉ nhận", "nhận đơn", "chi nhan")
_GROWING = frozenset(("gốc", "cây", "tổ", "đàn", "bầu"))
_HEAVY = frozenset(("yến", "tạ", "tấn"))
_TAKEN = frozenset(("lấy", "mua", "đặt", "lay", "dat", "nhập"))
_ABOUT = frozenset("hơn có còn được khoảng gần chừng tầm hon co con duoc khoang gan chung tam".split())
_ONE_OF = frozenset(("quả", "con", "củ", "cây", "bắp"))
_NOT_OF_STOCK = frozenset("""nặng nang cân size cỡ đóng dong loại loai mỗi moi tặng tang kèm biếu thùng bao túi gói hộp cao dài ship
    sâu rộng đường cách thêm up thử thu""".split())
_BEHIND = frozenset("tại ở trong hàng cắt sẵn loại đẹp to thôi nhé nha ạ có chín đang mới ai giao ship bán cho gửi lấy mua và".split())
_KEPT = frozenset(("tồn", "còn", "sl", "lượng", "kho", "ton"))


def read_stock(parts: Sequence[Part], used: set[int], unit: str | None, *, wanted: bool = False) -> tuple[Said | None, Said | None]:
    """The stock and the least order, each None where not said; `unit` is the price's, `wanted` where a price takes it all."""
    least: Said | None = None
    sure: list[Said] = []
    maybe: list[Said] = []
    each = _each_of_ten(parts)
    is_priced = False
    for place, part in enumerate(parts):
        is_priced = is_priced or part.kind == PRICE
        if part.kind not in (AMOUNT, PACK) or place in used or part.amount is None or part.amount.unit is None:
            continue
        low, high = _stretch(parts, place)
        before = [near.word for near in parts[low:place]]
        after = [near.word for near in parts[place + 1:high]]
        if _is_gift(before + after):
            continue
        said = _said(part.amount, unit, each)
        if _is_least(_since_amount(parts, low, place), after) and not part.is_range:
            is_brought = bool(BROUGHT & set(before + after)) and not (UP | {"mới"}) & set(after)
            is_one = part.amount.implied and part.amount.value == 1 and part.amount.unit not in ("chục", "tá")
            if least is None and not is_brought and not is_one:
                least = said
        elif _is_goods(parts, place, before, unit):
            if STOCK & set(before[-4:]):
                sure.append(said)
            elif wanted or _stands_alone(parts, place, before, after, is_priced=is_priced):
                maybe.append(said)
    return next(iter(sure + maybe), _kept(parts, unit)), least


def _stretch(parts: Sequence[Part], place: int) -> tuple[int, int]:
    low = high = place
    while low > max(0, place - REACH) and parts[low - 1].kind not in (CUT, PRICE):
        low -= 1
    while high < min(len(parts), place + REACH) and parts[high].kind not in (CUT, PRICE):
        high += 1
    return low, high


def _since_amount(parts: Sequence[Part], low: int, place: int) -> list[str]:
    """The words in front of an amount that no amount before it has taken: "tối thiểu 5 hũ còn 200 hũ"."""
    last = next((at for at in range(place - 1, low - 1, -1) if parts[at].kind in (AMOUNT, PACK)), low - 1)
    return [near.word for near in parts[last + 1:place]]


def _is_gift(words: list[str]) -> bool:
    """Whether the stretch speaks of a gift or of free delivery from an amount on."""
    pairs = set(zip(words, words[1:], strict=False))
    return bool(GIFT & set(words)) or bool(pairs & {("miễn", "ship"), ("bao", "ship"), ("mien", "ship")})


def _is_least(before: list[str], after: list[str]) -> bool:
    line = " ".join(before[-4:])
    if any(f" {cue} " in f" {line} " for cue in _LEAST) or UP & set(after[:3]) or any(line == cue or line.endswith(f" {cue}") for cue in _LEAST_LAST):
        return True
    return after[:1] == ["mới"] or after[:1] == ["moi"] and after[1:2] != ["loai"]


def _is_goods(parts: Sequence[Part], place: int, before: list[str], unit: str | None) -> bool:
    """Whether the amount is of the goods: not the weight of one, what a pack holds, or the trees of an orchard."""
    amount = parts[place].amount
    assert amount is not None
    said = bool(STOCK & set(before[-4:]))
    if amount.implied and amount.value == 1 and not (amount.unit in _HEAVY and before and before[-1] in _ABOUT):
        return False
    if amount.unit in _GROWING and unit is not None and unit != amount.unit:
        return False
    if parts[place].kind == PACK and amount.value == 1:
        return False
    if before and before[-1] in ("mấy", "vài"):
        return False
    if before and before[-1] in _TAKEN or len(before) > 1 and before[-1] in _NOT_OF_STOCK and not said:
        return False
    return not (amount.unit in IN_KG and _is_of_one(parts, place, before))


def _is_of_one(parts: Sequence[Part], place: int, before: list[str]) -> bool:
    """"trái 1kg2", "mỗi con 2kg", "8-12 kg một con": how heavy one is."""
    part = parts[place]
    assert part.amount is not None
    weight = part.amount.in_kg() or Decimal(0)
    last = parts[place - 1] if place else None
    after = parts[place + 1] if place + 1 < len(parts) else None
    if after is not None and (after.word == "/" or after.amount is not None and after.amount.value == 1 and after.amount.unit in _ONE_OF):
        return True
    if last is not None and last.kind == PRICE and last.per is not None and last.per.unit in _ONE_OF and weight < 10:
        return True
    near = next((parts[at].amount for at in range(place - 1, max(-1, place - 5), -1) if parts[at].kind in (AMOUNT, PACK, CUT)), None)
    if near is not None and near.implied and near.unit not in IN_KG:
        return True
    if last is not None and last.word == "(" and place > 1 and parts[place - 2].kind == PACK:
        return True
    return part.is_range and weight < 20 or len(before) > 1 and before[-1] in ("nặng", "cỡ", "nang", "tầm", "cân") and weight < 15 and not (
        {"còn", "có"} & set(before))


def _stands_alone(parts: Sequence[Part], place: int, before: list[str], after: list[str], *, is_priced: bool) -> bool:
    """Whether an amount without any cue is said of the goods: beside their name or in a stretch of its own."""
    amount = parts[place].amount
    assert amount is not None
    if after and parts[place + 1].kind in (TEXT, SKIPPED) and after[0] and after[0] not in _BEHIND and not (amount.unit == "con" and not before):
        return not before and not is_priced and len(after) <= 6
    return not (is_priced and [word for word in before if word not in FILLER]) and amount.value > 1


def _each_of_ten(parts: Sequence[Part]) -> int | None:
    """How many a chục is, where the message tells: "chục 14 trái", "(chục 12)"."""
    for place, part in enumerate(parts):
        if part.amount is None or part.amount.unit != "chục" or part.amount.value != 1:
            continue
        if part.content is not None and part.content.unit == "quả":
            return int(part.content.value)
        following = parts[place + 1] if place + 1 < len(parts) else None
        if following is not None and following.kind == NUMBER_ONLY and following.word.isdigit() and 10 <= int(following.word) <= 20:
            return int(following.word)
    return None


def _kept(parts: Sequence[Part], unit: str | None) -> Said | None:
    """"Tồn: 18": a number alone behind its heading, in the price's unit."""
    for place, part in enumerate(parts):
        if part.kind != NUMBER_ONLY or not part.word.isdigit() or unit is None or place < 1:
            continue
        head = parts[place - 1].word if parts[place - 1].word != ":" else parts[place - 2].word
        if head in _KEPT and (place + 1 == len(parts) or parts[place + 1].kind == CUT):
            return Said(Decimal(part.word), unit)
    return None


def _said(amount: Amount, unit: str | None, each: int | None) -> Said:
    assert amount.unit is not None
    if amount.unit == "lạng":
        return Said(amount.value, "lạng")
    if amount.unit in IN_KG:
        return Said(amount.value * IN_KG[amount.unit], "kg")
    if amount.unit in ("chục", "tá"):
        ten = each if each is not None and amount.unit == "chục" else amount.each
        return Said(amount.value * ten, "quả" if unit is None or unit in IN_KG or unit in ("chục", "tá", *PAIRS) else unit)
    return Said(amount.value, amount.unit)


def whole(value: Decimal) -> int | float:
    """The number as JSON writes it."""
    return int(value) if value == int(value) else float(value)
