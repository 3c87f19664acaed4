"""Orders and goods as their seller sees them: rows with a picture, a sentence and one thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.households.model import Actor
from catalog.listings.access import listing_path
from catalog.listings.consent import Consent, consents_waiting
from catalog.listings.model import Listing
from catalog.listings.queries import listings_of_household
from catalog.orders.model import Order
from catalog.orders.offer import show_left
from catalog.orders.order_view import Thumb
from catalog.orders.queries import SQL, ended_orders, open_orders
from catalog.orders.steps import Step, by_urgency, next_step, tab_of
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import clock, day, waited
from catalog.web.locale import say, translate
from catalog.words.keyed import N_
from catalog.words.money import show_vnd
from catalog.words.units import show_quantity

LISTING_TAGS = {"draft": N_("Chưa đăng"), "waiting": N_("Chờ nhà đồng ý"), "withdrawn": N_("Đã rút khỏi sạp")}
DOT = "\u00a0· "
"""A dot between two facts; a line never begins with it."""

LONG_WAIT_MS = 10 * 60_000
"""From here on a buyer's wait is told in red."""


@dataclass(frozen=True, slots=True)
class Row:
    """An order in a list. `tag` and `tag_kind` tell how its money or its waiting stands."""

    order: Order
    step: Step
    href: str
    title: str
    detail: str
    tag: str
    tag_kind: str
    kind: str
    photo: Thumb | None


@dataclass(frozen=True, slots=True)
class Goods:
    """A listing on the household's own page; `state` is "" on the stall, else words for a tag."""

    href: str
    name: str
    kind: str
    price_vnd: int
    unit: str
    left_text: str
    state: str
    photo: Thumb | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Something the household is asked to agree to; `href` is where that is done or shown."""

    href: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Home:
    """All that a household's home shows. `money_vnd` came to the bank and has found no order yet."""

    todo: list[Row]
    goods: list[Goods]
    requests: list[Asked]
    money_vnd: int


async def home_of(connection: Connection, actor: Actor) -> Home:
    """What the household has to do and to sell."""
    base = f"/n/{actor.household.code}"
    listings = await listings_of_household(connection, actor.household.id)
    thumbs = await _thumbs(connection, actor.household.id)
    orders = [order for order in await open_orders(connection, actor.household.id) if tab_of(order) == "todo"]
    asked = await consents_waiting(connection, actor.household.id)
    shows = await SQL.shows_asked(connection, household_id=actor.household.id)
    known = {listing.id: listing for listing in listings}
    money = await SQL.money_to_sort(connection, household_id=actor.household.id)
    return Home([_row(order, base, known, thumbs) for order in by_urgency(orders)],
                [_goods(listing, base, thumbs) for listing in listings],
                [_asked(consent, known[consent.listing_id], actor) for consent in asked
                 if consent.listing_id in known] + [_asked_of_show(row, actor) for row in shows],
                int(money["amount_vnd"]))


async def rows_of(connection: Connection, actor: Actor) -> dict[str, list[Row]]:
    """The household's orders by their tab, each in the order in which they are to be seen to."""
    base = f"/n/{actor.household.code}"
    known = {listing.id: listing for listing in await listings_of_household(connection, actor.household.id)}
    thumbs = await _thumbs(connection, actor.household.id)
    rows: dict[str, list[Row]] = {"todo": [], "sent": [], "ended": []}
    for order in by_urgency(await open_orders(connection, actor.household.id)):
        rows[tab_of(order)].append(_row(order, base, known, thumbs))
    for order in await ended_orders(connection, actor.household.id):
        rows["ended"].append(_row(order, base, known, thumbs))
    return rows


def money_tag(order: Order) -> tuple[str, str]:
    """The words and the kind of tag that tell how the order's money stands; empty where there is nothing to tell."""
    if order.surplus_vnd:
        return translate("Chuyển thừa {amount}").format(amount=show_vnd(order.surplus_vnd)), "waiting"
    if order.is_paid:
        return translate("Đã trả tiền"), "done"
    if order.paid_vnd:
        return translate("Thiếu {amount}").format(amount=show_vnd(order.missing_vnd)), "waiting"
    return "", ""


def _row(order: Order, base: str, known: dict[str, Listing], thumbs: dict[str, str]) -> Row:
    step = next_step(order)
    tag, tag_kind = money_tag(order)
    waited_ms = now_ms() - order.created_ms
    if not tag and step.does == "call":
        tag = waited(order.created_ms, now_ms())
        tag_kind = "wrong" if waited_ms > LONG_WAIT_MS else "waiting"
    listing = known.get(order.listing_id)
    return Row(order, step, f"{base}/orders/{order.code}", say(step.title, {"name": order.buyer_name}),
               f"{show_quantity(order.amount, order.unit)} {order.listing_name}{DOT}{show_vnd(order.total_vnd)}",
               tag, tag_kind, listing.kind if listing else "other", _thumb(order.listing_id, thumbs))


def _goods(listing: Listing, base: str, thumbs: dict[str, str]) -> Goods:
    state = translate(LISTING_TAGS[listing.state]) if listing.state in LISTING_TAGS else (
        translate("Hết hàng") if listing.is_sold_out else "")
    return Goods(f"{base}/listings/{listing.code.lower()}", listing.name, listing.kind, listing.price_vnd,
                 listing.unit, show_left(listing.on_hand, listing.unit), state, _thumb(listing.id, thumbs))


def _asked(consent: Consent, listing: Listing, actor: Actor) -> Asked:
    href = listing_path(actor, listing) if actor.is_for_other else f"/c/{consent.code}"
    price_vnd = listing.price_vnd if consent.new_price_vnd is None else consent.new_price_vnd
    title = (translate("Đăng {name}") if consent.verb == "publish" else translate("Đổi giá {name}"))
    return Asked(href, title.format(name=listing.name),
                   translate("{name} hỏi · {price}/{unit}").format(name=consent.asked_by_name,
                                                                    price=show_vnd(price_vnd), unit=listing.unit))


def _asked_of_show(row: Any, actor: Actor) -> Asked:
    room = f"/n/{actor.household.code}/shows/{row['code'].lower()}"
    href = room if actor.is_for_other else f"/b/{row['joining'].lower()}"
    return Asked(href, translate("Bán trên buổi phát {title}").format(title=row["title"]),
                 translate("{name} hỏi · {when}").format(name=row["asked_by_name"],
                                                         when=f"{clock(row['starts_ms'])} {day(row['starts_ms'])}"))


async def _thumbs(connection: Connection, household_id: str) -> dict[str, str]:
    """The cover's small picture of each listing: rows come with the cover last, so that it stays."""
    rows = await SQL.thumbs_of_household(connection, household_id=household_id)
    return {row["listing_id"]: row["object_key"] for row in rows}


def _thumb(listing_id: str, thumbs: dict[str, str]) -> Thumb | None:
    return Thumb(f"/m/{thumbs[listing_id]}") if listing_id in thumbs else None
