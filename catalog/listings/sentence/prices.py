"""Which price is the retail price, which a tier, a bundle, an old price or a fee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.listings.sentence.model import Tier
from catalog.listings.sentence.parts import AMOUNT, CUT, NUMBER_ONLY, PACK, PRICE, SKIPPED, TEXT, Part
from catalog.words.amounts import IN_KG, Amount
from catalog.words.sums import Sum

_FROM = frozenset("từ tu trên tren đủ du lấy lay mua đặt dat chốt chot nhận hơn gom đơn don order sỉ si buôn buon ai khách".split())
_HARD_FROM = frozenset("từ trên tren tu đủ hơn".split())
_ALL = frozenset("hết het cả ca nguyên nguyen trọn tron bao tất tat hêt".split())
_CHEAPER = frozenset("bớt bot giảm giam trừ tru".split())
_NOW = frozenset("còn con nay giờ gio chỉ chi xuống xuong sale thành lại".split())
_OLD = frozenset("cũ cu gốc goc thường niêm trước truoc".split())
_FEE = frozenset("ship phí cọc coc cước cuoc freeship trợ".split())
_GRADES = frozenset("""loại loai size to lớn lon nhỏ nho bé be nhất nhat nhì nhi đẹp dep xô xo bi vip đầu dau lỡ vừa vua đại thường thuong tuyển chọn
    xấu dạt trung nhỡ mỡ a b c i ii khủng bự bu hàng""".split())
_WHOLESALE = frozenset("sỉ si buôn buon".split())
_FILLER = frozenset("""giá gia là la chỉ chi còn con được duoc tính tinh bán ban em để de thì thi : = - sẽ se lấy lay mua cho khoảng tầm cỡ có co luôn
    này nay nhé nha ạ a mình chị anh shop trở tro lên len đồng giảm đang hôm thôi khách nhà e c đổ do xuống đi nguyên vườn tại bao trọn chốt gói combo + ~ – trở_lên
    ai mới ngoài trong với mỗi moi theo đ / ~ * ❤ 👉 → > hoặc phí""".split())
_LEAST_PER_KILO = 1500


@dataclass
class Prices:
    """What was found; `used` are the parts that belong to a price and are no stock."""

    price: int | None = None
    most: int | None = None
    unit: str | None = None
    tiers: list[Tier] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    also_at: int | None = None
    cheaper_all: list[int] = field(default_factory=list)
    graded: bool = False
    content: Amount | None = None


def read_prices(parts: Sequence[Part], words_between: "Words") -> Prices:
    """The prices of a message; the caller fills in tiers that speak of the whole stock (`cheaper_all`)."""
    found = Prices()
    places = [place for place, part in enumerate(parts) if part.kind == PRICE]
    has_weight = any(part.per is not None and part.per.unit == "kg" for part in parts if part.kind == PRICE) or any(
        part.kind == AMOUNT and part.amount and part.amount.unit == "kg" and part.amount.value == 1 and parts[place + 1].kind == PRICE
        for place, part in enumerate(parts[:-1]))
    found.graded = any(part.word in ("loại", "size", "hạng", "loai") for part in parts)
    for order, place in enumerate(places):
        _take(parts, place, found, words_between, places[order + 1] if order + 1 < len(places) else None, has_weight)
    return found


class Words:
    """Which words of a message say something of their own, so that a second product is seen."""

    def __init__(self, telling: frozenset[int]) -> None:
        self.telling = telling

    def between(self, parts: Sequence[Part], start: int, end: int) -> list[Part]:
        """The telling words among those parts."""
        return [part for part in parts[start:end] if part.kind == TEXT and part.start in self.telling]


def _take(parts: Sequence[Part], place: int, found: Prices, words: Words, following: int | None, has_weight: bool) -> None:
    part = parts[place]
    price = part.sum
    assert price is not None
    start = _segment_start(parts, place)
    before = [part.word for part in parts[start:place] if part.kind == TEXT]
    if _is_fee(before, parts, place):
        return
    if found.also_at is not None and not _returns(before):
        return
    amount_at = _amount_before(parts, place, start)
    after_at = _amount_after(parts, place)
    if set(before) & _CHEAPER and not set(before[-2:]) & _NOW and found.price is not None and price.vnd < found.price:
        if _take_cheaper(parts, place, found, price, amount_at, after_at):
            return
    if _ALL & set(before) and found.price is not None and price.vnd <= found.price and (amount_at is None or "nguyên" in before or "hết" in before):
        found.cheaper_all.append(price.vnd)
        return
    if amount_at is not None and parts[amount_at].amount is not None:
        said = parts[amount_at].amount
        assert said is not None
        if part.per is not None and (said.implied or (found.price is None and part.per.value == 1)):
            amount_at = None
        elif said.implied and amount_at - 1 >= start and parts[amount_at - 1].kind == AMOUNT and found.price is not None:
            amount_at -= 1
    if amount_at is not None:
        _take_with_amount(parts, place, amount_at, found, price, before, has_weight, words)
        return
    if after_at is not None and (part.per is None or found.price is not None) and _take_after(parts, after_at, found, price, part):
        return
    if part.per is not None and part.per.value != 1 and part.per.unit is not None:
        _bundle(found, part.per, price)
        return
    _take_retail(parts, place, start, found, price, before, words)


def _take_retail(parts: Sequence[Part], place: int, start: int, found: Prices, price: Sum, before: list[str], words: Words) -> None:
    part = parts[place]
    piece = _piece_before(parts, place, start)
    if part.per is None and piece is not None and found.price is not None and piece.unit != found.unit and found.unit is not None:
        quantity, unit_said = _in_units_of(piece, found.unit)
        found.tiers.append(Tier(quantity, unit_said, total_vnd=price.vnd))
        return
    unit = part.per.unit if part.per else piece.unit if piece else None
    if found.price is not None and found.content is not None and unit == found.content.unit and unit is not None:
        found.tiers.append(Tier(found.content.value, unit, total_vnd=found.price))
        found.price, found.most, found.unit, found.content = price.vnd, price.most_vnd, unit, None
        return
    if found.price is None:
        found.price, found.most, found.unit = price.vnd, price.most_vnd, unit
        return
    telling = [word for word in words.between(parts, start, place) if word.word not in _GRADES]
    graded = found.graded or bool(_GRADES & set(before[-4:])) or _is_grade_after(parts, place)
    if set(before) & (_NOW | {"mới", "moi"}) and price.vnd < found.price and not telling and not graded and (unit in (None, found.unit) or found.unit is None):
        found.price, found.most, found.unit = price.vnd, price.most_vnd, unit or found.unit
        return
    if _became(parts, place) and price.vnd < found.price:
        found.price, found.unit = price.vnd, unit or found.unit
        return
    if set(before) & _WHOLESALE:
        return
    if unit is not None and found.unit is not None and unit != found.unit and not telling:
        found.tiers.append(Tier(Decimal(1), unit, total_vnd=price.vnd))
        return
    if telling and not graded:
        found.also_at = place if found.also_at is None else found.also_at
        if found.unit is None and unit:
            found.unit = unit
        return
    if found.unit is None:
        found.unit = unit
    top = max(found.most or found.price, price.most_vnd or price.vnd)
    low = min(found.price, price.vnd)
    if top > low:
        found.price, found.most = low, top


def _take_with_amount(parts: Sequence[Part], place: int, at: int, found: Prices, price: Sum, before: list[str], has_weight: bool,
                      words: Words) -> None:
    part, source = parts[place], parts[at]
    amount = source.amount
    assert amount is not None and amount.unit is not None
    found.used.add(at)
    between = {near.word for near in parts[max(_segment_start(parts, at), at - 4):place] if near.kind == TEXT}
    asked = bool(between & _FROM) or bool({near.word for near in parts[at + 1:place]} & {"trở", "tro"})
    if found.price is not None and found.also_at is None and not asked:
        telling = [word for word in words.between(parts, _segment_start(parts, at), at) if word.word not in _GRADES]
        if telling and source.kind != PACK and amount.value == 1:
            found.also_at = place
            return
    piece = _piece_before(parts, at, _segment_start(parts, at))
    if piece is not None and source.kind == AMOUNT and not amount.implied and amount.unit != piece.unit and (
            amount.unit in IN_KG or amount.unit in ("quả", "con", "cây")) and piece.unit not in IN_KG and part.per is None:
        _take_pack(found, Part(PACK, source.start, source.end, amount=piece, content=amount), price, has_weight=False)
        return
    if source.kind == PACK and source.content is not None and amount.value == 1:
        _take_pack(found, source, price, has_weight)
        return
    if source.kind == PACK and source.content is not None and found.unit not in (amount.unit, None) and source.content.unit in IN_KG:
        amount = Amount(amount.value * (source.content.in_kg() or 1), "kg", amount.start, amount.end)
    if amount.value == 1 and not asked and (found.price is None or (amount.unit == found.unit and not amount.implied) or found.unit is None and amount.implied):
        if found.price is None:
            found.price, found.most, found.unit = price.vnd, price.most_vnd, amount.unit
            return
        graded = bool(_GRADES & set(before[-4:]))
        if graded:
            found.price, found.most = min(found.price, price.vnd), max(found.most or found.price, price.most_vnd or price.vnd)
            return
    _tier(found, amount, price, part, asked=asked)


def _take_pack(found: Prices, source: Part, price: Sum, has_weight: bool) -> None:
    amount, content = source.amount, source.content
    assert amount is not None and content is not None
    if found.price is None and not (has_weight and content.unit in IN_KG):
        found.price, found.most, found.unit, found.content = price.vnd, price.most_vnd, amount.unit, content
        return
    if amount.unit == found.unit and found.price is not None:
        found.price, found.most = min(found.price, price.vnd), max(found.most or found.price, price.vnd)
        return
    size, unit = (content.in_kg(), "kg") if content.unit in IN_KG else (content.value, content.unit)
    assert size is not None and unit is not None
    if unit == "con" or (found.unit and unit != found.unit and unit != "kg"):
        found.tiers.append(Tier(Decimal(1), amount.unit or "", total_vnd=price.vnd))
        return
    found.tiers.append(Tier(size, unit, total_vnd=price.vnd))


def _tier(found: Prices, amount: Amount, price: Sum, part: Part, *, asked: bool) -> None:
    quantity, unit = _in_units_of(amount, found.unit)
    if part.per is not None and part.per.value == 1 and found.price is not None:
        found.tiers.append(Tier(quantity, unit, price_vnd=price.vnd))
    elif found.price is not None and price.vnd <= found.price and _same_measure(unit, found.unit) and (quantity > 1 or asked and quantity == 1):
        found.tiers.append(Tier(quantity, unit, price_vnd=price.vnd))
    elif part.per is not None and part.per.value == 1 and part.per.unit is not None:
        found.price, found.unit = price.vnd, part.per.unit
        found.used.discard(-1)
    else:
        found.tiers.append(Tier(quantity, unit, total_vnd=price.vnd))
        if found.price is None and found.unit is None:
            found.unit = unit


def _bundle(found: Prices, amount: Amount, price: Sum) -> None:
    quantity, unit = _in_units_of(amount, found.unit)
    found.tiers.append(Tier(quantity, unit, total_vnd=price.vnd))
    if found.price is None and found.unit is None:
        found.unit = unit


def _take_cheaper(parts: Sequence[Part], place: int, found: Prices, price: Sum, amount_at: int | None, after_at: int | None) -> bool:
    """"bớt 2k cho ai lấy 15 ký", "từ 20kg giảm 2k": the tier is the price less what is taken off."""
    at = after_at if after_at is not None else amount_at
    if at is None:
        at = next((near for near in range(place + 1, min(len(parts), place + 9)) if parts[near].kind == AMOUNT), None)
    if at is None:
        at = next((near for near in range(place - 1, max(-1, place - 9), -1) if parts[near].kind == AMOUNT), None)
    if at is None or found.price is None:
        return False
    amount = parts[at].amount
    assert amount is not None
    if amount.value == 1 and amount.unit == found.unit:
        return False
    quantity, unit = _in_units_of(amount, found.unit)
    found.used.add(at)
    found.tiers.append(Tier(quantity, unit, price_vnd=found.price - price.vnd))
    return True


def read_percent(parts: Sequence[Part], found: Prices) -> None:
    """"giảm 10% từ 20kg", worked out."""
    for place, part in enumerate(parts[:-1]):
        if part.kind in (NUMBER_ONLY, SKIPPED) and parts[place + 1].word == "%" and found.price:
            near = [at for at in range(max(0, place - 8), min(len(parts), place + 9)) if parts[at].kind == AMOUNT and at not in found.used]
            less = {near.word for near in parts[max(0, place - 4):place]} & (_CHEAPER | {"chiết", "khấu", "ck", "sale"})
            if near and less and part.word.isdigit():
                amount = parts[near[0]].amount
                assert amount is not None
                quantity, unit = _in_units_of(amount, found.unit)
                found.used.add(near[0])
                found.tiers.append(Tier(quantity, unit, price_vnd=found.price * (100 - int(part.word)) // 100))


def _take_after(parts: Sequence[Part], at: int, found: Prices, price: Sum, part: Part) -> bool:
    """"15k từ 30kg", "100k 3 ký": the amount behind its price."""
    amount = parts[at].amount
    assert amount is not None
    between = {near.word for near in parts[parts.index(part) + 1:at]}
    if between & (_FROM | {"khi", "nếu", "cho"}) and amount.value > 1:
        if found.price is None:
            found.price, found.unit = price.vnd, part.per.unit if part.per else amount.unit
            return False
        found.used.add(at)
        _tier(found, amount, price, part, asked=True)
        return True
    if at + 1 < len(parts) and parts[at + 1].kind == PRICE and amount.value != Decimal("0.5"):
        return False
    if not between and amount.value < 1 and part.per is None:
        found.used.add(at)
        _bundle(found, amount, price)
        return True
    if not between and amount.value > 1 and part.per is None and (found.price is None or price.vnd > found.price) and amount.unit in (
            "kg", "quả", "mớ", "bó", "cái", "túi", "hộp", "gói", "con") and price.vnd / amount.value >= _LEAST_PER_KILO * (
                1 if amount.unit == "kg" else 1) and amount.value <= 12:
        found.used.add(at)
        _bundle(found, amount, price)
        return True
    return False


def _in_units_of(amount: Amount, unit: str | None) -> tuple[Decimal, str]:
    """A tier's amount in the price's own unit: weights in kg unless the price is per that very unit, chục as pieces."""
    assert amount.unit is not None
    if amount.unit == unit or amount.unit == "lạng":
        return amount.value, amount.unit
    if amount.unit in IN_KG:
        return amount.value * IN_KG[amount.unit], "kg"
    if amount.unit in ("chục", "cặp", "tá") and unit not in ("chục", "cặp", "tá"):
        return amount.value * amount.each, unit if unit not in (None, "kg") else "quả"
    return amount.value, amount.unit


def _same_measure(unit: str, other: str | None) -> bool:
    return other is None or unit == other or (unit in IN_KG) == (other in IN_KG)


def _segment_start(parts: Sequence[Part], place: int) -> int:
    for at in range(place - 1, -1, -1):
        if parts[at].kind == CUT or parts[at].kind == PRICE:
            return at + 1
    return 0


def _amount_before(parts: Sequence[Part], place: int, start: int) -> int | None:
    """The amount that a price speaks of: in front of it, with nothing but small words between."""
    for at in range(place - 1, start - 1, -1):
        part = parts[at]
        if part.kind in (AMOUNT, PACK):
            return at
        if part.kind != TEXT or part.word not in _FILLER:
            break
    # "từ 30kg, giá 15k": the amount may end the stretch before.
    at = place - 1
    while at >= 0 and parts[at].kind == TEXT and parts[at].word in _FILLER:
        at -= 1
    if at > 0 and parts[at].kind == CUT and parts[at].word in (",", "(", ":") and at >= 1:
        inner = at - 1
        while inner >= 0 and parts[inner].kind == TEXT and parts[inner].word in ("trở", "lên", "tro", "len"):
            inner -= 1
        if inner >= 0 and parts[inner].kind in (AMOUNT, PACK) and {near.word for near in parts[max(0, inner - 3):inner]} & (
                _FROM - {"đơn"}) and not any(near.kind == PRICE for near in parts[max(0, inner - 3):inner]):
            return inner
    return None


def _amount_after(parts: Sequence[Part], place: int) -> int | None:
    for at in range(place + 1, min(len(parts), place + 6)):
        part = parts[at]
        if part.kind in (AMOUNT, PACK):
            return at
        if part.kind != TEXT or not (part.word in _FILLER or part.word in _FROM or part.word in ("khi", "nếu", "cho")):
            return None
    return None


def _piece_before(parts: Sequence[Part], place: int, start: int) -> Amount | None:
    """The unit said alone earlier in the stretch: "mớ rau muống 8k", "cặp trống mái 2tr3"."""
    for at in range(place - 1, start - 1, -1):
        amount = parts[at].amount
        if parts[at].kind in (AMOUNT, PACK) and amount is not None:
            return amount if amount.implied else None
    return None


def _is_fee(before: list[str], parts: Sequence[Part], place: int) -> bool:
    if set(before[-3:]) & _FEE and not set(before) & {"bao", "free", "miễn"}:
        return True
    after = parts[place + 1] if place + 1 < len(parts) else None
    return after is not None and after.word in ("ship", "cọc") and not before


def _became(parts: Sequence[Part], place: int) -> bool:
    """Whether an arrow or "xuống" leads from the price before to this one."""
    return any(part.word in ("➡", "→", ">", "xuống", "còn") for part in parts[max(0, place - 2):place])


def _is_grade_after(parts: Sequence[Part], place: int) -> bool:
    near = [part.word for part in parts[place + 1:place + 4]]
    return bool(near) and (near[0] in ("loại", "size") or (near[0] == "(" and len(near) > 1 and near[1] in ("loại", "size", "to", "nhỏ", "bé", "lớn")))


def _returns(before: list[str]) -> bool:
    return False
