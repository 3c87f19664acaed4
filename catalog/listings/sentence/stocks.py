"""How much there is and how little is sold: the amounts that belong to no price."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalog.listings.sentence.model import Said
from catalog.listings.sentence.parts import AMOUNT, CUT, PACK, PRICE, TEXT, Part
from catalog.words.amounts import IN_KG, Amount

_LEAST = ("tối thiểu", "toi thieu", "ít nhất", "it nhat", "tối thiêu", "min", "không bán dưới", "khong ban duoi", "dưới", "duoi", "trở lên", "tro len",
          "đặt từ", "dat tu", "nhận từ", "nhan tu", "lấy từ", "lay tu", "mua từ", "mua tu", "bán từ", "ban tu", "giao từ", "giao tu", "đơn từ", "don tu",
          "hàng từ", "hang tu", "ship từ", "ship tu", "chỉ nhận", "từ", "đổ lên", "trên", "nhận đơn")
_STOCK = frozenset("""còn con có co sẵn san được duoc hơn hon khoảng khoang vườn vuon nhà nha bán ban tồn dư du thu hái hai tổng tầm độ chừng gần
    cần can ra hiện kho đang mới cắt hết rồi thanh lý trồng đợt lứa chuồng đàn ao ruộng nguyên cả làm""".split())
_SIZE_AFTER = frozenset(("quả", "trái", "qua", "trai", "con", "củ", "cây", "bắp"))
_NOT_STOCK_BEFORE = frozenset("nặng nang cân size cỡ co_ đóng dong loại loai mỗi moi tặng tang kèm biếu thùng bao túi gói hộp nhà_ cao dài ship freeship sâu rộng đường cách".split())


def read_stock(parts: Sequence[Part], used: set[int], *, wanted: bool = False) -> tuple[Said | None, Said | None]:
    """The stock and the least order, each None where not said; `wanted` where a price speaks of the whole stock."""
    stock = least = None
    sizes: list[Said] = []
    maybe: list[tuple[int, int, Said]] = []
    for place, part in enumerate(parts):
        if part.kind != AMOUNT or place in used or part.amount is None or part.amount.unit is None:
            continue
        before = _words_before(parts, place)
        if _is_gift(parts, place) or (place and parts[place - 1].word == "(" and place > 1 and parts[place - 2].kind == PACK):
            continue
        after = [near.word for near in parts[place + 1:place + 4]]
        if _is_least(before, after) and not part.is_range:
            if least is None:
                least = _said(part.amount)
            continue
        if part.amount.implied:
            continue
        if _is_size(parts, place, before):
            sizes.append(_said(part.amount))
            continue
        cue = bool(_STOCK & set(before[-4:]))
        if before and before[-1] in _NOT_STOCK_BEFORE and not cue:
            continue
        maybe.append((0 if cue else 1, place, _said(part.amount)))
    if not maybe and wanted and sizes:
        return sizes[0], least
    if maybe:
        stock = min(maybe, key=lambda one: (one[0], one[1]))[2]
    return stock, least


def _is_gift(parts: Sequence[Part], place: int) -> bool:
    """Whether the stretch speaks of a gift or of free delivery from an amount on."""
    low = high = place
    while low > 0 and parts[low - 1].kind != CUT:
        low -= 1
    while high < len(parts) and parts[high].kind != CUT:
        high += 1
    words = [part.word for part in parts[low:high]]
    return bool({"tặng", "tang", "freeship", "trợ", "biếu"} & set(words)) or any(
        pair in (("free", "ship"), ("miễn", "ship"), ("bao", "ship")) for pair in zip(words, words[1:], strict=False))


def _words_before(parts: Sequence[Part], place: int) -> list[str]:
    words: list[str] = []
    for at in range(place - 1, -1, -1):
        if parts[at].kind == CUT or parts[at].kind == PRICE or len(words) > 5:
            break
        words.insert(0, parts[at].word)
    return words


def _is_least(before: list[str], after: list[str]) -> bool:
    line = " ".join(before[-4:])
    if any(line.endswith(cue) or f"{cue} " in line for cue in _LEAST[:8]):
        return True
    if "lên" in after or "len" in after or "trở" in after[:1] or "mới" in after[:1]:
        return True
    return any(line == cue or line.endswith(" " + cue) for cue in _LEAST[8:])


def _is_size(parts: Sequence[Part], place: int, before: list[str]) -> bool:
    """"trái 1kg2", "mỗi con 2kg", "8-12 kg một con": how big one is, not how much there is."""
    part = parts[place]
    assert part.amount is not None
    after = parts[place + 1] if place + 1 < len(parts) else None
    if part.amount.unit in IN_KG:
        if after is not None and after.kind in (AMOUNT,) and after.amount is not None and after.amount.value == 1 and after.amount.unit in _SIZE_AFTER:
            return True
        if after is not None and after.word == "/":
            return True
        priced = parts[place - 1] if place else None
        if priced is not None and priced.kind == PRICE and priced.per is not None and priced.per.unit in _SIZE_AFTER and (part.amount.in_kg() or 0) < 10:
            return True
        last = parts[place - 1] if place else None
        if last is not None and last.kind in (AMOUNT, PACK) and last.amount is not None and last.amount.implied:
            return True
        if part.is_range and part.amount.in_kg() is not None and (part.amount.in_kg() or 0) < 20:
            return True
        if before and before[-1] in ("nặng", "cỡ", "nang", "tầm", "cân") and (part.amount.in_kg() or 0) < 15 and not {"còn", "có"} & set(before):
            return True
    return bool(before) and before[-1] in ("mỗi", "moi", "tặng", "tang")


def _said(amount: Amount) -> Said:
    assert amount.unit is not None
    if amount.unit == "lạng":
        return Said(amount.value, "lạng")
    if amount.unit in IN_KG:
        return Said(amount.value * IN_KG[amount.unit], "kg")
    if amount.unit in ("chục", "tá"):
        return Said(amount.value * amount.each, "quả")
    return Said(amount.value, amount.unit)


def whole(value: Decimal) -> int | float:
    """The number as JSON writes it."""
    return int(value) if value == int(value) else float(value)
