"""What is ordered: amounts given to products, sums made, slips of the tongue mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.live.clauses import Clause
from catalog.live.pins import MEAT, Mention, Pins
from catalog.words.amounts import COUNTS, IN_KG, UNITS, Amount
from catalog.words.tokens import NUMBER, Text, Token

_PACKS = {"bịch": "túi", "gói": "túi", "bọc": "túi", "bao": "túi"}
_BOXES = frozenset(("thùng", "hộp", "sọt", "bao", "kiện", "rổ", "giỏ", "két", "túi", "bịch", "gói", "bọc", "khay", "can", "vỉ", "hũ", "lọ", "chai", "bình", "xe", "suất"))
_NO_UNIT = frozenset(("suất", "cái", "combo", "set"))
_SLIP = re.compile(r" (?:nhầm|lộn|(?:ui|úi|ý|í) (?:lon|lộn|thôi|nhầm)|ủa(?: mà)?(?: thôi)?|à (?:không|thôi|quên)|ý (?:là|em là|mình là|tôi là|anh là|chị là)|không phải(?= ,)|quên|xin lỗi|xl|sorry|…|à)(?= )|"
                   r" (?:thôi|\.\.\.|à|hay thôi)(?= (?:lấy |cho |để )?(?:em |mình |chị )?(?:#|một|hai|ba|bốn|năm|sáu|nửa))")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing ordered: `product` a pin's code, MEAT or None; `quantity` and `unit` None where not said."""

    product: str | None
    quantity: Decimal | None
    unit: str | None
    start: int = 0
    at: int = 0


def items_of(text: Text, words: Sequence[str], clauses: Sequence[Clause], pins: Pins,
             everywhere: Sequence[Clause] = ()) -> list[Item]:
    """The items of those clauses, in the order said; the same product in the same unit is summed.

    Where they name none, the one product of the other clauses (`everywhere`) is meant: "xoài 40k hả, lấy 3kg".
    """
    mentions = _joined([mention for clause in clauses for mention in clause.mentions], text.tokens)
    amounts = _measured([amount for clause in clauses for amount in clause.amounts], text.tokens, pins)
    each = _each(text.tokens, amounts)
    if vague := [amount for clause in clauses for amount in clause.vague]:
        mentions, vague_items = _of_vague(mentions, vague)
    else:
        vague_items = []
    if each is not None:
        items = [_item(mention, each, pins) for mention in mentions] or [_item(None, each, pins)]
    else:
        items = _paired(mentions, amounts, text.tokens, clauses, pins)
    items = _named(sorted(items + vague_items, key=lambda item: item.start), clauses, everywhere)
    return _summed(_told(_mended(items, words, text.tokens), pins))


def _told(items: list[Item], pins: Pins) -> list[Item]:
    """"gác bếp hai túi, trâu ấy": the animal said alone tells which dried meat was meant."""
    alone = [item for item in items if item.quantity is None and item.product in pins.by_code and pins.by_code[item.product].is_meat]
    open_ones = [item for item in items if item.product == MEAT and item.quantity is not None]
    if len(alone) == 1 and len(open_ones) == 1:
        return [replace(item, product=alone[0].product) if item is open_ones[0] else item for item in items if item is not alone[0]]
    return items


def _named(items: list[Item], clauses: Sequence[Clause], everywhere: Sequence[Clause]) -> list[Item]:
    if any(item.product for item in items):
        return items
    named = {mention.product for clause in everywhere if clause not in clauses for mention in clause.mentions}
    return [replace(item, product=next(iter(named))) for item in items] if len(named) == 1 else items


def _of_vague(mentions: list[Mention], vague: list[Amount]) -> tuple[list[Mention], list[Item]]:
    """The mentions left over, and an item without a quantity for each "vài quả bưởi"."""
    items, left = [], list(mentions)
    for amount in vague:
        mention = next((mention for mention in left if mention.start == amount.end), None)
        if mention:
            left.remove(mention)
        items.append(Item(mention.product if mention else None, None, _PACKS.get(amount.unit or "", amount.unit), amount.start, amount.start))
    return left, items


def _joined(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Name and code of one product side by side are one mention."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last and last.product == mention.product and last.end <= mention.start <= last.end + 2 and not any(
                token.text in ("và", "với", "+", "va", "voi") for token in tokens[last.end:mention.start]):
            joined[-1] = replace(last, end=mention.end)
        elif last and last.by_code != mention.by_code and mention.start == last.end and (mention.by_code or last.product is None):
            joined[-1] = replace(mention, start=last.start)
        else:
            joined.append(mention)
    return joined


def _measured(amounts: list[Amount], tokens: Sequence[Token], pins: Pins) -> list[Amount]:
    """Boxes with their content are summed ("3 thùng mỗi thùng 5kg" is 15 kg); packs said with theirs stay packs."""
    explicit = {amount.unit for amount in amounts if not amount.implied}
    if len(amounts) > 1:
        # "túi A3 cho anh 3 túi": the unit alone only names the pack.
        amounts = [amount for amount in amounts if not (amount.implied and amount.unit in explicit)
                   and not ("túi" in explicit and _describes_a_pack(tokens, amount, pins))]
    measured: list[Amount] = []
    told = -1
    for place, amount in enumerate(amounts):
        last = measured[-1] if measured else None
        following = amounts[place + 1] if place + 1 < len(amounts) else None
        if last and following and amount.value == 1 and amount.unit == last.unit and amount.unit in _BOXES and following.start <= amount.end + 1 and (
                following.unit not in (None, amount.unit)):
            measured[-1] = replace(last, end=amount.end)
            told = amount.end
            continue
        if last and told == last.end and amount.start <= told + 1:
            measured[-1] = replace(amount, value=last.value * amount.value, start=last.start)
            told = -1
            continue
        people = _shared_by(tokens, amount)
        if people:
            measured.append(replace(amount, value=amount.value * people))
        elif last and _is_content(tokens, last, amount):
            is_pack = last.unit in ("túi", "bịch", "gói") and amount.in_kg() is not None and _pack_holds(amount, pins)
            measured[-1] = replace(last, end=amount.end) if is_pack else replace(
                amount, value=last.value * amount.value, start=last.start)
        else:
            measured.append(amount)
    return measured


def _describes_a_pack(tokens: Sequence[Token], amount: Amount, pins: Pins) -> bool:
    """Whether a weight only says which pack is meant: "loại túi 500g cho em 2 túi"."""
    if amount.start < 1 or UNITS.get(tokens[amount.start - 1].text) != "túi" or not _pack_holds(amount, pins):
        return False
    return amount.start < 2 or tokens[amount.start - 2].text in ("loại", "loai", "cái", "trâu", "lợn", "heo")


def _is_content(tokens: Sequence[Token], box: Amount, inner: Amount) -> bool:
    """Whether `inner` tells what each of the boxes holds: "mỗi thùng 5kg", "1 thùng 4kg", or "thùng 5kg" at once."""
    if box.unit not in _BOXES or inner.unit is None or inner.unit == box.unit:
        return False
    between = [token.text for token in tokens[box.end:inner.start]]
    if 2 <= len(between) <= 6 and between[-2] in (",", "(", "-") and UNITS.get(between[-1]) == box.unit:
        return True
    if not between or between in (["x"], ["*"], ["("], ["loại"], ["loai"]):
        return inner.unit in IN_KG
    return len(between) >= 2 and between[-2] in ("mỗi", "moi", "1", "một", "mot") and UNITS.get(between[-1]) == box.unit or (
        between[-1] in ("mỗi", "moi"))


def _shared_by(tokens: Sequence[Token], amount: Amount) -> int | None:
    """How many people or places get the amount each: "5 đứa mỗi đứa 1 túi"."""
    if amount.start < 2 or tokens[amount.start - 2].text not in ("mỗi", "moi"):
        return None
    noun = tokens[amount.start - 1].text
    for place in range(amount.start - 3, 0, -1):
        if tokens[place].text == noun and tokens[place - 1].kind == NUMBER and UNITS.get(noun) is None:
            return int(tokens[place - 1].text) if tokens[place - 1].text.isdigit() else None
    return None


def _pack_holds(amount: Amount, pins: Pins) -> bool:
    weight = amount.in_kg()
    packs = [pin.pack for pin in pins.pins if pin.pack]
    return any(_weight_of(pack) == weight for pack in packs)


def _weight_of(pack: str) -> Decimal | None:
    found = re.search(r"([0-9]+(?:[.,][0-9]+)?) ?(kg|g)\b", pack)
    return Decimal(found[1].replace(",", ".")) * IN_KG[found[2]] if found else None


def _each(tokens: Sequence[Token], amounts: list[Amount]) -> Amount | None:
    """The one amount of "mỗi thứ 1kg", "mỗi loại 2 túi", "mỗi mã 1"."""
    for amount in amounts:
        before = [token.plain for token in tokens[max(0, amount.start - 2):amount.start]]
        after = [token.plain for token in tokens[amount.end:amount.end + 2]]
        if (before and before[0] == "moi" and len(before) > 1 and before[1] in ("thu", "loai", "ma", "mon", "cai", "con", "em")) or (
                before and before[-1] == "moi") or (after and after[0] == "moi" and len(after) > 1 and after[1] in (
                    "thu", "loai", "ma", "mon", "cai")):
            return amount
    line = " ".join(token.plain for token in tokens)
    return amounts[0] if len(amounts) == 1 and re.search(r"(?<!\S)moi (?:thu|loai|mon|ma)(?!\S)", line) else None


def _paired(mentions: list[Mention], amounts: list[Amount], tokens: Sequence[Token], clauses: Sequence[Clause],
            pins: Pins) -> list[Item]:
    """Every amount with the product that it stands nearest to, in the order of the text."""
    if 1 < len(mentions) == len(amounts) and (mentions[-1].start < amounts[0].start or amounts[-1].start < mentions[0].start):
        return [_item(mention, amount, pins) for mention, amount in zip(mentions, amounts, strict=True)]
    owner: dict[int, int] = {}
    taken: dict[int, list[int]] = {place: [] for place in range(len(mentions))}
    costs = sorted((_distance(mention, amount, tokens, clauses), at, to) for at, amount in enumerate(amounts)
                   for to, mention in enumerate(mentions))
    after_first = _says_product_first(mentions, amounts)
    costs.sort(key=lambda cost: (cost[0] + (0 if (mentions[cost[2]].start < amounts[cost[1]].start) == after_first else 1.5)))
    for cost, at, to in costs:
        if at in owner or taken[to] or cost > 40:
            continue
        owner[at], taken[to] = to, [at]
    items = []
    for at, amount in enumerate(amounts):
        if at not in owner and mentions:
            near = [to for to in range(len(mentions)) if mentions[to].start < amount.start] or [0]
            near = [to for to in near if any(amounts[other].unit == amount.unit for other in taken[to])] or near
            like = [to for to in near if any(amounts[other].unit == amount.unit for other in taken[to])]
            if len(mentions) == 1 or like or _same_clause(mentions[near[-1]], amount, clauses):
                owner[at] = near[-1]
                taken[near[-1]].append(at)
    for at, amount in enumerate(amounts):
        mention = mentions[owner[at]] if at in owner else None
        items.append(_item(mention, amount, pins))
    for to, mention in enumerate(mentions):
        if not taken[to] and (not amounts or not any(other.product == mention.product for place, other in enumerate(mentions)
                                                     if taken[place])):
            items.append(Item(mention.product, None, None, mention.start, mention.start))
    return sorted(items, key=lambda item: item.start)


def _says_product_first(mentions: list[Mention], amounts: list[Amount]) -> bool:
    return bool(mentions and amounts and mentions[0].start < amounts[0].start)


def _distance(mention: Mention, amount: Amount, tokens: Sequence[Token], clauses: Sequence[Clause]) -> float:
    gap = amount.start - mention.end if mention.start < amount.start else mention.start - amount.end
    low, high = sorted((mention.start, amount.start))
    signs = sum(token.text in (",", ".", ";", "\n", "+", "và", "với", "va", "voi", "vs") for token in tokens[low:high])
    return gap + 3 * signs


def _same_clause(mention: Mention, amount: Amount, clauses: Sequence[Clause]) -> bool:
    return any(clause.start <= mention.start < clause.end and clause.start <= amount.start < clause.end for clause in clauses)


def _item(mention: Mention | None, amount: Amount, pins: Pins) -> Item:
    quantity, unit = _normal(amount, pins.by_code.get(mention.product or "") if mention else None)
    start = min(amount.start, mention.start) if mention else amount.start
    return Item(mention.product if mention else None, quantity, unit, start, amount.start)


def _normal(amount: Amount, pin: object) -> tuple[Decimal, str | None]:
    """The quantity in kg, quả, túi, or whatever else the pin is sold in."""
    unit, value = amount.unit, amount.value
    units = getattr(pin, "units", ()) or ("kg", "quả", "túi")
    if unit is None or unit in _NO_UNIT:
        return value, None
    if unit in IN_KG and unit not in units:
        return value * IN_KG[unit], "kg"
    if unit in COUNTS and unit not in units:
        return value * amount.each, "quả"
    if unit in _PACKS and unit not in units:
        return value, _PACKS[unit]
    return value, unit


def _mended(items: list[Item], words: Sequence[str], tokens: Sequence[Token]) -> list[Item]:
    """A slip inside the comment ("2k, nhầm, 2kg") keeps what was said last."""
    line, place_of = "", []
    for at, word in enumerate(words):
        place_of.append(len(line) + 1)
        line += " " + word
    found = _SLIP.search(line)
    if not found or len(items) < 2:
        return items
    at = next((place for place, start in enumerate(place_of) if start >= found.start()), len(words))
    before = [item for item in items if item.at < at]
    after = [item for item in items if item.at >= at]
    if not before or not after:
        return items
    new, old = after[0], before[-1]
    if new.product is None:
        after[0] = replace(new, product=old.product)
        before = before[:-1]
    else:
        if new.quantity is None:
            after[0] = replace(new, quantity=old.quantity, unit=old.unit)
        before = [item for item in before if item is not old]
    return before + after


def _summed(items: list[Item]) -> list[Item]:
    summed: list[Item] = []
    for item in items:
        same = next((place for place, other in enumerate(summed) if (other.product, other.unit) == (item.product, item.unit)), None)
        if same is None:
            summed.append(item)
        elif item.quantity is not None:
            before = summed[same].quantity
            summed[same] = replace(summed[same], quantity=item.quantity if before is None else before + item.quantity)
    said = {item.product for item in summed if item.quantity is not None}
    return [item for item in summed if item.quantity is not None or item.product not in said]
