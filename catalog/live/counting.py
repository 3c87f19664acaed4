"""What a number in a comment counts: goods, or people, streets, hours, money."""

from __future__ import annotations

from decimal import Decimal

from catalog.live.rule_files import word_lists
from catalog.live.scene import Scene
from catalog.words.amounts import IN_KG, Amount, read_amount, unit_at
from catalog.words.tokens import LINE, NUMBER, PHONE, SIGN, WORD

_WORDS = word_lists("small_words.txt")
KIN, ADDRESS = _WORDS["kin"], _WORDS["address"]
_MOST_BARE = 500
_COUNTED_PACKS = ("cái", "suất", "combo", "set")
_NEVER_GOODS = ("con", "phần", "cây", "bộ", "gốc", "đôi")
_RANKS = ("hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_PERSONIFIED = ("em", "ong", "anh", "chu", "be", "co", "ba")
_AFTER_KIN = ("", ",", ".", "!", "nha", "nhe", "nua", "oi", "a", "nghen", "voi", "di", "thoi", "luon", "gui", "ship", "giao")
_DESCRIBES = ("cỡ", "size", "nặng", "nang", "loại")


def counts_goods(scene: Scene, amount: Amount) -> bool:
    """Whether nothing but small words, a name or a sign stands behind an amount: "1 ký nắng" counts no goods."""
    if amount.end >= len(scene.tokens):
        return True
    after = scene.tokens[amount.end]
    return after.kind != WORD or after.plain in _WORDS["after_a_count"] | KIN or after.text in _WORDS["nice"]


def is_meant(scene: Scene, amount: Amount) -> bool:
    """Whether an amount counts goods, and not people, a street, an hour or an age."""
    before = scene.tokens[amount.start - 1] if amount.start else None
    if before is not None and before.text == "/" and before.glued:
        return False
    if amount.unit is not None:
        return _measure_is_meant(scene, amount)
    after = scene.tokens[amount.end] if amount.end < len(scene.tokens) else None
    if not 0 < amount.value <= _MOST_BARE or (after is not None and after.text in ("/", "%") and after.glued):
        return False
    if before is not None and before.kind == WORD and before.text in _WORDS["not_counted_after"]:
        return False
    if scene.plain(amount.end) in _PERSONIFIED and scene.names(amount.end + 1) and amount.value < 20:
        return True
    is_named_after, is_named_before = scene.names(amount.end), amount.start in scene.ends
    if after is not None and after.kind == WORD and after.text in _WORDS["not_counted_before"] and not is_named_after:
        return False
    if amount.in_words and not scene.marked and scene.plain(amount.start) in ("sau", "nam", "ba", "tu", "bay"):
        return False
    if _stands_behind_a_name(scene, amount):
        return True
    if amount.in_words:
        if scene.plain(amount.start - 1) in KIN and (is_named_after or is_named_before) and _may_be_a_rank(scene, amount):
            return False
        return is_named_after or (_ends_there(scene, amount.end) and (
            is_named_before or scene.plain(amount.start - 1) in ("lay", "chot", "mua", "dat", "them")))
    if is_named_after or is_named_before:
        return True
    if after is not None and after.plain in KIN and scene.plain(amount.end + 1) not in _AFTER_KIN:
        return False
    if before is None or (after is not None and after.kind == WORD and after.plain not in _WORDS["after_a_count"]):
        return before is None and after is None
    return before.plain in _WORDS["buying"] or before.text in ("+", "x") or (
        before.plain in KIN | {"minh"} and scene.plain(amount.start - 2) in _WORDS["buying"])


def _measure_is_meant(scene: Scene, amount: Amount) -> bool:
    """An amount with a unit, unless it tells a size, a weight of one's own, or what each of some gets."""
    before = scene.tokens[amount.start - 1] if amount.start else None
    if amount.unit in IN_KG and before is not None:
        if before.text in _DESCRIBES:
            return False
        if before.text == "cân" and scene.plain(amount.start - 2) in KIN:
            return False
    if amount.unit in _NEVER_GOODS + _COUNTED_PACKS:
        return amount.unit in _COUNTED_PACKS
    if before is not None and (before.text == "/" or (before.plain == "mot" and amount.implied)):
        return False
    return True


def bare_unit_is_meant(scene: Scene, index: int) -> bool:
    """"cho cân trâu", "chục bưởi": a unit alone counts one where a product follows or buying goes before."""
    token = scene.tokens[index]
    if token.kind != WORD or token.plain in ("con", "cai", "doi", "cay", "phan", "goc", "canh", "ong", "bo", "qua", "trai"):
        return False
    if index and (scene.tokens[index - 1].kind == NUMBER or scene.plain(index - 1) in (
            "may", "mot", "moi", "tung", "nhieu", "vai", "it", "theo", "1")):
        return False
    is_plain = token.text == token.plain
    if is_plain and token.plain not in ("kg", "ki", "ky", "can", "yen", "chuc", "cap", "lang", "goi", "tui", "bich"):
        return False
    after = index + 1
    if scene.plain(after) in ("qua", "trai", "ruoi") or (token.plain == "chuc" and unit_at(scene.tokens, after)):
        after += 1
    if scene.names(after):
        return not is_plain or token.plain in ("kg", "ki") or not (scene.marked or token.plain in ("goi", "tui", "bich"))
    return not is_plain and token.text in ("cân", "ký", "kí", "yến", "tạ", "chục", "lạng", "cặp") and scene.plain(
        index - 1) in ("cho", "lay", "chot", "them", "dat", "mua", "em", "chi", "anh", "minh")


def read_vague(scene: Scene, index: int) -> Amount | None:
    """"vài quả bưởi", "quả bưởi", "mấy túi … nhé": a unit whose number was not said, as an amount of 0."""
    token = scene.tokens[index]
    after = index + 1 if token.text in ("vài", "vai", "ít", "mấy", "may", "mớ") else index
    unit = unit_at(scene.tokens, after)
    if unit is None or (after == index and (unit[0] != "quả" or (index and scene.tokens[index - 1].kind == NUMBER))):
        return None
    if token.text in ("mấy", "may"):
        near = (*scene.tokens[max(0, index - 3):index], *scene.tokens[unit[1]:unit[1] + 5])
        if not any(one.text in ("nhé", "nha", "cho", "lấy", "lay", "gửi", "gởi", "gui") for one in near):
            return None
    if after == index:
        if (token.text == token.plain and scene.marked) or not scene.names(unit[1]):
            return None
        if index and (scene.plain(index - 1) in ("moi", "mot", "may", "nay", "cai", "nhieu") or read_amount(
                scene.tokens, index - 1) is not None):
            return None
    return Amount(Decimal(0), unit[0], index, unit[1])


def counts_kilos(scene: Scene, start: int, end: int) -> bool:
    """"2k xoài", "A2 3k": a small number with k beside a product is kilograms, since nothing costs so little."""
    tokens = scene.tokens
    if end - start != 2 or tokens[start + 1].text != "k" or not tokens[start].text.isdigit() or int(tokens[start].text) > 10:
        return False
    if scene.plain(start - 1) in ("bot", "giam", "con", "gia", "them", "dung", "ck", "coc", "lai"):
        return False
    corrects = scene.plain(end) == "," and bool({"nham", "lon"} & {token.plain for token in tokens[end:end + 3]})
    return scene.names(end) or start in scene.ends or corrects


def past_its_unit(scene: Scene, index: int) -> int:
    """The index behind "một ký", "/kg": what a sum of money is for counts no goods."""
    if scene.plain(index) in ("mot", "1", "/", "moi") and (unit := unit_at(scene.tokens, index + 1)):
        return unit[1]
    return index


def past_a_price(scene: Scene, index: int) -> int | None:
    """The index behind "300 một cân", "40/kg": a number without nghìn that is the price of one."""
    token = scene.tokens[index]
    if token.kind != NUMBER or not token.text.isdigit() or int(token.text) < 15:
        return None
    after = past_its_unit(scene, index + 1)
    return after if after > index + 1 else None


def _stands_behind_a_name(scene: Scene, amount: Amount) -> bool:
    """"A4, 4", "bưởi, bốn; xoài, hai ký": a number alone between signs behind a product."""
    if amount.start < 2 or scene.plain(amount.start - 1) not in (",", ":", "(", "-", "="):
        return False
    if amount.end < len(scene.tokens) and scene.tokens[amount.end].kind in (WORD, NUMBER):
        return False
    return amount.start - 1 in scene.ends


def _may_be_a_rank(scene: Scene, amount: Amount) -> bool:
    """Whether the number word may be a name behind a kin term, as southern families call by rank: "chị Ba"."""
    return amount.end - amount.start == 1 and scene.plain(amount.start) in _RANKS


def _ends_there(scene: Scene, index: int) -> bool:
    return index >= len(scene.tokens) or scene.tokens[index].kind in (SIGN, LINE, PHONE) or scene.plain(index) in (
        "nhe", "nha", "a", "di", "thoi", "nghen", "voi", "cho", "shop", "nua", "ve", "gui")
