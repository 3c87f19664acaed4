"""What is answered to a draft: an order, nothing, or what it meant. Whoever presses first has answered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalog.errors import Conflict, Invalid, ShopError
from catalog.households.tokens import new_token
from catalog.live.intent import CANCEL, CHANGE
from catalog.live.shows.hold import hold, release, too_small
from catalog.live.shows.model import CLAIM_SECONDS, LITTLE, Draft, Show, ShowItem, Want, wants_json
from catalog.live.shows.queries import SQL, draft_by_id, items_of, note, to_draft
from catalog.orders.checkout import Wish, place_within
from catalog.orders.codes import new_short_code
from catalog.orders.model import Order, may_become
from catalog.orders.progress import cancel
from catalog.orders.queries import order_by_id
from catalog.storage.database import now_ms
from catalog.storage.queries import enqueue
from catalog.storage.sql import Connection
from catalog.words.keyed import N_
from catalog.words.quantities import read_quantity

SEND_CODE = "live.reply"
"""The job that tells the buyer the code below the comment, where its network can."""

CLAIM_LENGTH = 6
"""887 million codes for the few hundred orders that wait at a time, and tries are counted."""

TO_COMPLETE = N_("Chốt trên live, chờ người mua điền nốt.")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmed draft made: its orders, and the code with which the buyer fills in the rest."""

    claim: str
    orders: tuple[Order, ...]


async def confirm(connection: Connection, show: Show, draft: Draft, *, version: int, person_id: str) -> Confirmed:
    """The orders of the draft, their goods taken, in the caller's one transaction.

    Raises `Conflict` where somebody has answered or changed it since, or where it isn't clear yet;
    `OutOfStock` and the others of `place_order`. A cancellation makes no order.
    """
    items = {item.pin: item for item in await items_of(connection, show.id)}
    is_cancel = draft.intent == CANCEL
    if not is_cancel and not (draft.is_sure or (draft.intent == CHANGE and draft.wants)):
        raise Conflict("Đơn này còn chưa rõ. Chọn hàng, số lượng trước.")
    claim = "" if is_cancel else new_short_code(CLAIM_LENGTH)
    settled = await _settle(connection, draft, "confirmed", version=version, person_id=person_id, claim=claim or None)
    if draft.intent in (CANCEL, CHANGE) and draft.about_id:
        await _undo(connection, show, draft.about_id, person_id)
    await release(connection, settled)
    if is_cancel:
        await note(connection, show.id, "draft", person_id=person_id, draft=draft.id, state="confirmed")
        return Confirmed("", ())
    comment = await SQL.comment_by_id(connection, id=draft.comment_id)
    author = comment["author"]
    if comment["source"] == "facebook":
        await enqueue(connection, SEND_CODE, key=f"{SEND_CODE}:{draft.id}", payload={"draft_id": draft.id}, lane="networks")
    orders = []
    for want in settled.wants:
        item = items.get(want.pin or "")
        if item is None or not want.amount:
            raise Conflict("Đơn này còn chưa rõ. Chọn hàng, số lượng trước.")
        order = await place_within(connection, Wish(
            listing_id=item.listing.id, amount=want.amount, sold_by=item.listing.unit, buyer_name=author,
            buyer_phone=draft.phone, buyer_place="", delivery="coach", payment="transfer", request_key=new_token(),
            channel="L", note=TO_COMPLETE), hold_seconds=CLAIM_SECONDS)
        await SQL.add_order(connection, order_id=order.id, show_id=show.id, pin=item.pin, draft_id=draft.id, claim=claim,
                            now_ms=now_ms())
        await note(connection, show.id, "order", person_id=person_id, pin=item.pin, amount=want.amount, order=order.id)
        orders.append(order)
    return Confirmed(claim, tuple(orders))


async def refuse(connection: Connection, show: Show, draft: Draft, *, version: int, person_id: str) -> None:
    """Lay the draft aside; what was kept for it is back on the stall. Raises `Conflict` as `confirm`."""
    settled = await _settle(connection, draft, "refused", version=version, person_id=person_id)
    await release(connection, settled)
    await note(connection, show.id, "draft", person_id=person_id, draft=draft.id, state="refused")


async def choose(connection: Connection, show: Show, draft: Draft, pin: str, *, version: int, person_id: str) -> Draft:
    """The draft with this product wherever none was clear; the amount is read as it was said."""
    items = {item.pin: item for item in await items_of(connection, show.id)}
    if pin not in items:
        raise Conflict
    wants = tuple(want if want.pin else Want(pin, _amount(want.said, items[pin].listing.unit), want.said)
                  for want in draft.wants) or (Want(pin, _amount("", items[pin].listing.unit)),)
    return await _change(connection, show, draft, wants, items, version=version, person_id=person_id)


async def rewrite(connection: Connection, show: Show, draft: Draft, pin: str, amount: int, *, version: int,
                  person_id: str) -> Draft:
    """The draft with one product and amount, as a person has written them. Raises `Invalid` for less than is sold."""
    items = {item.pin: item for item in await items_of(connection, show.id)}
    if pin not in items or amount <= 0:
        raise Conflict
    if (least := too_small(Want(pin, amount), items, draft.held)) is not None:
        raise Invalid(fields={"amount": least})
    return await _change(connection, show, draft, (Want(pin, amount),), items, version=version, person_id=person_id)


async def mean_it(connection: Connection, show: Show, draft: Draft, *, version: int, person_id: str) -> Draft:
    """The draft as it stands, no longer in doubt: a repeat that is meant as more, a large amount that is right."""
    items = {item.pin: item for item in await items_of(connection, show.id)}
    return await _change(connection, show, draft, draft.wants, items, version=version, person_id=person_id)


async def _change(connection: Connection, show: Show, draft: Draft, wants: tuple[Want, ...], items: dict[str, ShowItem], *,
                  version: int, person_id: str) -> Draft:
    unclear = "product" if any(want.pin is None for want in wants) else "amount" if any(not want.amount for want in wants) else ""
    if not unclear and any(too_small(want, items, draft.held) for want in wants):
        unclear = LITTLE
    row = await SQL.change_draft(connection, id=draft.id, items=wants_json(wants), intent=draft.intent, unsure=unclear,
                                 version=version, person_id=person_id, now_ms=now_ms())
    if row is None:
        raise Conflict
    changed = to_draft(row)
    await release(connection, changed)
    if changed.is_sure:
        await hold(connection, replace(changed, held=(), hold_until_ms=None), items)
    await note(connection, show.id, "draft", person_id=person_id, draft=draft.id, state="waiting")
    fresh = await draft_by_id(connection, show.id, draft.id)
    assert fresh is not None
    return fresh


async def _settle(connection: Connection, draft: Draft, state: str, *, version: int, person_id: str,
                  claim: str | None = None) -> Draft:
    row = await SQL.settle_draft(connection, id=draft.id, state=state, claim=claim, version=version,
                                 person_id=person_id, now_ms=now_ms())
    if row is None:
        raise Conflict
    return to_draft(row)


async def _undo(connection: Connection, show: Show, draft_id: str, person_id: str) -> None:
    """Take an earlier draft back: laid aside where it waits, its orders cancelled where they still can be."""
    earlier = await draft_by_id(connection, show.id, draft_id)
    if earlier is None:
        return
    if earlier.state == "waiting":
        await refuse(connection, show, earlier, version=earlier.version, person_id=person_id)
    for row in await SQL.orders_of_draft(connection, draft_id=draft_id):
        order = await order_by_id(connection, row["order_id"])
        if order is not None and may_become(order, "cancelled") and not order.paid_vnd:
            await cancel(connection, order.id, reason="changed_mind", person_id=person_id)


def _amount(said: str, unit: str) -> int | None:
    try:
        return read_quantity(said or "1", unit)
    except (ValueError, ShopError):
        return None
