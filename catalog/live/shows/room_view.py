"""What the control room shows: comments with their tags, drafts with their buttons, what is pinned."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from catalog.households.model import Actor
from catalog.live.intent import CANCEL, CHANGE
from catalog.live.shows.access import sees_phones
from catalog.live.shows.hold import too_small
from catalog.live.shows.mask import mask_phone, mask_phones
from catalog.live.shows.model import LITTLE, Draft, Show, ShowItem, Want
from catalog.live.shows.queries import SQL, items_of, to_draft
from catalog.live.shows.sellers import owners_of
from catalog.live.shows.stage import following
from catalog.orders.offer import show_left
from catalog.orders.order_view import Thumb
from catalog.orders.queries import SQL as ORDERS
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import clock
from catalog.web.locale import say, translate
from catalog.words.keyed import N_
from catalog.words.phones import show_phone
from catalog.words.units import show_quantity

MOST_COMMENTS = 80
MOST_DRAFTS = 40
MOST_CONFIRMED = 12
WORKING_MS = 5 * 60_000
SOURCES = {"facebook": "Facebook", "youtube": "YouTube", "paste": N_("dán"), "typed": N_("gõ"), "page": N_("Trang phát")}
TAGS = {"order": N_("Đặt"), "add": N_("Thêm"), "change": N_("Đổi"), "cancel": N_("Huỷ"), "price": N_("Hỏi giá"),
        "shipping": N_("Hỏi gửi hàng"), "stock": N_("Hỏi còn hàng"), "payment": N_("Báo đã trả tiền"), "spam": N_("Rác"),
        "question": N_("Hỏi"), "later": N_("Để sau"), "chatter": N_("Trò chuyện")}
TAG_KINDS = {"order": "info", "add": "info", "change": "waiting", "cancel": "wrong", "price": "done", "shipping": "done",
             "stock": "done", "payment": "done", "question": "done"}


@dataclass(frozen=True, slots=True)
class Line:
    """A comment: who, from where, the words (numbers covered where they must be), and what it is."""

    author: str
    source: str
    text: str
    tag: str
    tag_kind: str


@dataclass(frozen=True, slots=True)
class Card:
    """A draft that waits.

    `asks` says which buttons it has: sure, product, repeat, amount, little, cancel, change or look.
    `little` says from how much on the goods are sold, where it asks for less.
    """

    draft: Draft
    author: str
    title: str
    quote: str
    total_vnd: int
    asks: str
    is_first: bool
    held_until: str
    earlier: str
    is_short: bool
    first_pin: str
    amount_text: str
    little: str


@dataclass(frozen=True, slots=True)
class Done:
    """A confirmed draft whose buyer has the code: what it is worth, and the words to send."""

    author: str
    title: str
    claim: str
    phone: str
    href: str
    words: str
    is_claimed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A product of the show as it stands now."""

    item: ShowItem
    photo: Thumb | None
    left_text: str
    orders: int
    held: int
    seller: str = ""
    """Whose it is on a team's show, as people read it."""

    @property
    def held_text(self) -> str:
        """What drafts keep of it, or ""."""
        return show_quantity(self.held, self.item.listing.unit) if self.held else ""


@dataclass(frozen=True, slots=True)
class Room:
    """The whole control room. `pinned` is None before and after the show."""

    goods: tuple[Shown, ...]
    pinned: Shown | None
    next_pin: str
    lines: tuple[Line, ...]
    cards: tuple[Card, ...]
    done: tuple[Done, ...]
    together: tuple[str, ...]


async def room_of(connection: Connection, actor: Actor, show: Show, *, public_url: str,
                  pins: frozenset[str] | None = None) -> Room:
    """All of it, as this person may see it; with `pins` only these products, and what is asked for of them alone."""
    goods = tuple(one for one in await goods_of(connection, show) if pins is None or one.item.pin in pins)
    items = {one.item.pin: one.item for one in goods}
    whole = sees_phones(actor, show)
    lines = [_line(row, items, whole) for row in await SQL.comments(connection, show_id=show.id, most=MOST_COMMENTS)
             if is_of(pins, [pin for pin, *_ in json.loads(row["reading"])["wants"]])]
    rows = [row for row in await SQL.waiting_drafts(connection, show_id=show.id, most=MOST_DRAFTS)
            if is_of(pins, _pins(row)) and (pins is None or row["intent"] not in TEAMS)]
    first = next((row["id"] for row in rows if _asks(to_draft(row), items) == "sure"), None)
    cards = [await _card(connection, row, items, whole, is_first=row["id"] == first) for row in rows]
    done = [await _done(connection, row, items, whole, public_url)
            for row in await SQL.confirmed_drafts(connection, show_id=show.id, most=MOST_CONFIRMED)
            if is_of(pins, _pins(row))]
    together = [row["name"] for row in await SQL.working_on(connection, show_id=show.id, since_ms=now_ms() - WORKING_MS)]
    return Room(goods, next((one for one in goods if one.item.pin == show.pinned), None),
                following([one.item for one in goods], show.pinned), tuple(lines), tuple(cards), tuple(done), tuple(together))


TEAMS = (CANCEL, CHANGE)
"""What may touch an earlier order of other goods is for who runs the show."""


def is_of(pins: frozenset[str] | None, asked: list[str | None]) -> bool:
    """Whether all that is asked for is of these products; without `pins` anything is."""
    return pins is None or (bool(asked) and all(pin in pins for pin in asked))


def _pins(row: Any) -> list[str | None]:
    return [want.pin for want in to_draft(row).wants]


async def goods_of(connection: Connection, show: Show) -> tuple[Shown, ...]:
    """The products with their pictures, orders and what drafts keep of them."""
    held: dict[str, int] = {}
    for row in await SQL.held_of_show(connection, show_id=show.id):
        for listing_id, amount in json.loads(row["held"]):
            held[listing_id] = held.get(listing_id, 0) + amount
    sold = {row["pin"]: row["orders"] for row in await SQL.sold(connection, show_id=show.id)}
    owners = await owners_of(connection, show)
    thumbs = {row["listing_id"]: Thumb(f"/m/{row['object_key']}")
              for row in await SQL.thumbs(connection, show_id=show.id)}
    shown = []
    for item in await items_of(connection, show.id):
        owner = owners.get(item.listing.household_id)
        shown.append(Shown(item, thumbs.get(item.listing.id),
                           show_left(item.listing.on_hand, item.listing.unit), sold.get(item.pin, 0),
                           held.get(item.listing.id, 0),
                           translate("Nhà {name}").format(name=owner.name) if owner else ""))
    return tuple(shown)


async def thumb_of(connection: Connection, listing_id: str) -> Thumb | None:
    """The small picture of a product."""
    thumb = await ORDERS.thumb_of_listing(connection, listing_id=listing_id)
    return Thumb(f"/m/{thumb['object_key']}") if thumb else None


def want_text(want: Want, items: dict[str, ShowItem]) -> str:
    """One thing asked for: `2 túi A1`, `5 kg ?`."""
    item = items.get(want.pin or "")
    amount = show_quantity(want.amount, item.listing.unit) if item and want.amount else want.said.replace(".", ",")
    return f"{amount} {want.pin or '?'}".strip()


def _covered(text: str, whole: bool) -> str:
    """The words as this person may read them: an author's name may hold a number too."""
    return text if whole else mask_phones(text)


def _line(row: Any, items: dict[str, ShowItem], whole: bool) -> Line:
    reading = json.loads(row["reading"])
    intent, wants = reading["intent"], [Want(*one) for one in reading["wants"]]
    said = " + ".join(want_text(want, items) for want in wants)
    tag, kind = translate(TAGS.get(intent, TAGS["chatter"])), TAG_KINDS.get(intent, "quiet")
    if wants and (reading["unsure"] or any(not want.pin or not want.amount for want in wants)):
        tag, kind = translate("Chưa rõ: {words}").format(words=said), "waiting"
    elif wants:
        tag = f"{tag} {said}"
    return Line(_covered(row["author"], whole), translate(SOURCES[row["source"]]), _covered(row["text"], whole), tag, kind)


def _asks(draft: Draft, items: dict[str, ShowItem]) -> str:
    if draft.intent in ("cancel", "change"):
        return draft.intent
    if _little(draft, items):
        return "little"
    if draft.is_sure:
        return "sure"
    if draft.unsure == "repeat":
        return "repeat"
    if any(want.pin not in items for want in draft.wants):
        return "product"
    if any(not want.amount for want in draft.wants):
        return "amount"
    return "look"


async def _card(connection: Connection, row: Any, items: dict[str, ShowItem], whole: bool, *, is_first: bool) -> Card:
    draft = to_draft(row)
    totals = [items[want.pin].listing.total_vnd(want.amount) for want in draft.wants if want.pin in items and want.amount]
    earlier = ""
    if draft.about_id and (about := await SQL.draft_by_id(connection, id=draft.about_id, show_id=draft.show_id)):
        before = to_draft(about)
        earlier = translate("Đã đặt {what} lúc {clock}.").format(
            what=" + ".join(want_text(want, items) for want in before.wants), clock=clock(before.created_ms))
    asks, (want, *_) = _asks(draft, items), (*draft.wants, Want(None, None))
    item = items.get(want.pin or "")
    return Card(draft, _covered(row["author"], whole), " + ".join(want_text(one, items) for one in draft.wants),
                _covered(row["text"], whole), sum(totals), asks, is_first,
                clock(draft.hold_until_ms) if draft.hold_until_ms else "", earlier,
                asks == "sure" and not draft.hold_until_ms and not _is_enough(draft, items), want.pin or "",
                show_quantity(want.amount, item.listing.unit) if item and want.amount else want.said,
                _little(draft, items) if asks == "little" else "")


def _little(draft: Draft, items: dict[str, ShowItem]) -> str:
    faults = [fault for want in draft.wants if (fault := too_small(want, items, draft.held))]
    return say(faults[0].key, faults[0].values) if faults and draft.unsure in ("", LITTLE) else ""


def _is_enough(draft: Draft, items: dict[str, ShowItem]) -> bool:
    return all(items[want.pin].listing.on_hand >= (want.amount or 0) for want in draft.wants if want.pin in items)


async def _done(connection: Connection, row: Any, items: dict[str, ShowItem], whole: bool, public_url: str) -> Done:
    draft = to_draft(row)
    orders = await SQL.orders_of_claim(connection, claim=draft.claim)
    what = ", ".join(f"{show_quantity(want.amount, items[want.pin].listing.unit)} {items[want.pin].listing.name}"
                     for want in draft.wants if want.pin in items and want.amount)
    href = f"/x/{draft.claim}"
    author = _covered(row["author"], whole)
    words = f"{author} ơi, đã chốt {what}. Điền nốt tên, số điện thoại, chỗ nhận ở {public_url}{href.lower()} giúp nhà mình nhé."
    phone = (show_phone(draft.phone) if whole else mask_phone(draft.phone)) if draft.phone else ""
    return Done(author, " + ".join(want_text(want, items) for want in draft.wants), draft.claim or "", phone,
                href.lower(), words, any(order["claimed_ms"] for order in orders))
