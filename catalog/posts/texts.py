"""Post texts from a listing's facts alone, in each network's manner and length.

A voice is a way to open, to name the price and to call. Each household has its own order of voices, and
its listings take them in turn by their rank: two in a row never open alike, and a listing reads the same
every time. Nothing is praised: what the facts don't say, the text doesn't say.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TypeVar

from catalog.posts.model import Facts
from catalog.posts.sms import sms_text
from catalog.posts.voices import (BY_POST, CALLS, EMOJI, KIND_TAGS, MINIMUM, MORE, OPENINGS, PHONES, PICK_UP, PRICES, PROOFS, SENDING,
                                  SOLD_OUT, SOLD_OUT_CALL, SOLD_OUT_PRICE)
from catalog.words.fold import fold

LONGEST_TAG = 30
SHAPES = 3
"""Of a Facebook post: where its one or two emoji stand."""

T = TypeVar("T")


def facebook_text(facts: Facts) -> str:
    """A few short lines with an emoji or two: what, price and stock, food's dates, where, how to buy, tags."""
    opening, shape = _opening(facts, "facebook"), turn(facts, "facebook-shape", SHAPES)
    lines = [f"{EMOJI[facts.kind]} {opening}" if shape == 0 else opening,
             _price_line(facts, "facebook"), *_fact_lines(facts)]
    if not facts.is_sold_out:
        where = _where(facts, opening, "facebook")
        lines.append(f"📍 {where}" if shape == 1 else where)
    lines += ["", f"{'👉 ' if shape != 2 or not facts.phone else ''}{_call(facts, 'facebook')}"]
    if facts.phone:
        phone = _turn(PHONES, facts, "facebook-phone").format(phone=facts.phone)
        lines.append(f"📞 {phone}" if shape == 2 else phone)
    return "\n".join([*lines, "", " ".join(_tags(facts))])


def zalo_text(facts: Facts) -> str:
    """A message for a group: one breath, then the link on its own line, where Zalo makes a card of it."""
    opening = _opening(facts, "zalo")
    if facts.is_sold_out:
        return f"{opening} {_price_line(facts, 'zalo')} {SOLD_OUT_CALL.format(link='').strip()}\n{facts.link}"
    breath = " ".join([opening + _price_line(facts, "zalo"), *_fact_lines(facts), _where(facts, opening, "zalo")])
    return f"{breath} {_turn(CALLS['zalo'], facts, 'zalo-call')}\n{facts.link}"


def tiktok_text(facts: Facts) -> str:
    """A caption: one line and tags without marks. Its links can't be pressed, so the phone stands there."""
    opening = _opening(facts, "tiktok")
    if facts.is_sold_out:
        return f"{opening}\n{' '.join(_tags(facts))}"
    sentences = [f"{opening}, {_low(facts.left_text)}" if facts.left_text else opening]
    if facts.packed_on and facts.best_before:
        sentences.append(f"Đóng gói {facts.packed_on}, dùng đến {facts.best_before}")
    sentences += [proof.title for proof in facts.proofs]
    seller = "" if facts.household in opening else f"nhà {facts.household}"
    if facts.phone:
        sentences.append(_turn(CALLS["tiktok"], facts, "tiktok-call").format(phone=f"{seller} {facts.phone}".strip()))
    elif seller:
        sentences.append(f"Hàng {seller}")
    return f"{'. '.join(sentences)}.\n{' '.join(_tags(facts))}"


def portal_text(facts: Facts) -> str:
    """A sober description for a portal: a title, then a fact a line."""
    rows = [
        ("Giá", f"{facts.price_text}/{facts.unit}"),
        ("Tình trạng", "hết hàng" if facts.is_sold_out else _low(facts.left_text or "")),
        ("Giá mua nhiều", facts.tiers_text), ("Bán từ", facts.minimum or ""), (_harvest_label(facts), facts.harvested_on or ""),
        ("Ngày đóng gói", facts.packed_on or ""), ("Hạn dùng", facts.best_before or ""),
        ("Thành phần", facts.ingredients),
        *(("Chứng nhận", f"{proof.title}, số {proof.number}, hạn đến {proof.until}") for proof in facts.proofs),
        ("Người bán", f"nhà {facts.household}"), ("Nơi lấy hàng", facts.place_and_province),
        ("Giao hàng", "đến lấy hoặc gửi xe khách" if facts.is_alive else "đến lấy, gửi xe khách hoặc gửi bưu điện"), ("Điện thoại", facts.phone or "")]
    lines = [_opening(facts, "portal"), "", *(f"{label}: {words}" for label, words in rows if words), _call(facts, "portal")]
    return "\n".join(lines)


WRITERS = {"facebook": facebook_text, "zalo": zalo_text, "tiktok": tiktok_text, "portal": portal_text}


def compose(network: str, facts: Facts) -> str:
    """The network's text; raises KeyError for a network that isn't known."""
    if network == "sms":
        return sms_text(facts, _words(facts), _turn(OPENINGS["sms"], facts, "sms")[0], _turn(CALLS["sms"], facts, "sms-call"))
    return WRITERS[network](facts)


def turn(facts: Facts, salt: str, count: int) -> int:
    """Which of `count` forms the listing takes: the household's own order of them, one after another by rank."""
    return turn_of(facts.household_code, facts.rank, salt, count)


def turn_of(code: str, rank: int, salt: str, count: int) -> int:
    """The place of `rank` in the order of `count` forms that a household's or a village's code gives."""
    order = sorted(range(count), key=lambda at: hashlib.sha256(f"{salt}:{code}:{at}".encode()).digest())
    return order[rank % count]


def harvest_words(facts: Facts) -> str:
    """When it was harvested, inside a sentence: `hái hôm 24/11`; empty where that isn't told."""
    if not facts.harvested_on:
        return ""
    verb = "hái" if facts.kind in ("grapefruit", "mango") else "thu hoạch"
    day, month, _ = facts.harvested_on.split("/")
    return f"{verb} hôm {int(day)}/{int(month)}"


def low_first(name: str) -> str:
    """The name inside a sentence: its first letter small, unless the first word is written all large."""
    first = name.split(" ", 1)[0]
    return name if len(first) > 1 and first.isupper() else name[:1].lower() + name[1:]


def _turn(choices: Sequence[T], facts: Facts, salt: str) -> T:
    return choices[turn(facts, salt, len(choices))]


def _opening(facts: Facts, network: str) -> str:
    if facts.is_sold_out and network in ("facebook", "zalo", "tiktok"):
        return _cap(_turn(SOLD_OUT, facts, "sold-out").format(**_words(facts)))
    plain, harvested = _turn(OPENINGS[network], facts, network)
    return _cap((harvested if facts.harvested_on else plain).format(**_words(facts)))


def _price_line(facts: Facts, network: str) -> str:
    if facts.is_sold_out:
        return SOLD_OUT_PRICE.format(**_words(facts))
    line = _turn(PRICES[network], facts, f"{network}-price")
    return (line if facts.left_text else line.partition("{unit}")[0] + "{unit}.").format(**_words(facts))


def _where(facts: Facts, opening: str, network: str) -> str:
    """How one gets the goods; with seller and place where the opening hasn't named them."""
    seller = [words for words, is_said in ((f"nhà {facts.household}", facts.household in opening),
                                           (facts.place, facts.place in opening)) if not is_said]
    forms = [form for form in (PICK_UP if seller else SENDING) if not (facts.is_alive and BY_POST in form)]
    return _turn(forms, facts, f"{network}-where").format(seller=", ".join(seller))


def _call(facts: Facts, network: str) -> str:
    if facts.is_sold_out:
        return SOLD_OUT_CALL.format(link=facts.link)
    return _turn(CALLS[network], facts, f"{network}-call").format(link=facts.link)


def _words(facts: Facts) -> dict[str, str]:
    left = facts.left_text or ""
    return {"name": facts.name, "Name": facts.name, "low": low_first(facts.name), "household": facts.household,
            "place": facts.place, "Place": _cap(facts.place), "price": facts.price_text, "unit": facts.unit,
            "left": _low(left), "Left": _cap(left), "h": harvest_words(facts)}


def _fact_lines(facts: Facts) -> list[str]:
    """Minimum, prices by amount, food's dates and ingredients, valid certificates: each a line of its own."""
    lines = [_turn(MINIMUM, facts, "minimum").format(minimum=facts.minimum)] if facts.minimum else []
    if facts.tiers:
        lines.append(_turn(MORE, facts, "more").format(tiers=facts.tiers_text))
    if facts.ingredients:
        lines.append(f"Thành phần: {facts.ingredients}.")
    if facts.packed_on and facts.best_before:
        lines.append(f"Đóng gói {facts.packed_on}, dùng đến {facts.best_before}.")
    return lines + [_turn(PROOFS, facts, "proof").format(title=proof.title, until=proof.until) for proof in facts.proofs]


def _tags(facts: Facts) -> list[str]:
    """Hashtags without marks, since networks split words at them: product, kind, commune, province."""
    commune = re.sub(r"^(xa|phuong|thi tran|ban) ", "", fold(facts.place.rsplit(",", 1)[-1]))
    wanted = (fold(facts.name)[:80], KIND_TAGS[facts.kind], commune, fold(facts.province))
    tags = dict.fromkeys(re.sub(r"[^a-z0-9]", "", one)[:LONGEST_TAG] for one in wanted)
    return [f"#{tag}" for tag in tags if tag]


def _harvest_label(facts: Facts) -> str:
    return "Ngày hái" if facts.kind in ("grapefruit", "mango") else "Ngày thu hoạch"



def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]
