"""Goods kept for a draft while a person sees to it: taken off the stall, given back once."""

from __future__ import annotations

import json

from catalog.errors import FieldError
from catalog.listings.queries import SQL as LISTINGS
from catalog.listings.tiers import least_amount, too_little
from catalog.live.shows.model import HOLD_MS, Draft, ShowItem, Want
from catalog.live.shows.queries import SQL, lock_show, to_draft
from catalog.orders.queries import SQL as ORDERS
from catalog.storage.database import now_ms
from catalog.storage.queries import enqueue
from catalog.storage.sql import Connection

END_HOLD = "live.end_hold"


async def hold(connection: Connection, draft: Draft, items: dict[str, ShowItem]) -> bool:
    """Whether all that the draft asks for is now kept for it; where one thing is short nothing is."""
    taken: list[tuple[str, int]] = []
    for want in draft.wants:
        item = items.get(want.pin or "")
        row = None
        if item is not None and want.amount:
            row = await ORDERS.take_stock(connection, listing_id=item.listing.id, amount=want.amount,
                                          unit=item.listing.unit)
        if row is None or item is None or want.amount is None:
            await _give(connection, taken)
            return False
        taken.append((item.listing.id, want.amount))
    until = now_ms() + HOLD_MS
    await SQL.set_held(connection, id=draft.id, held=json.dumps(taken), hold_until_ms=until)
    await enqueue(connection, END_HOLD, key=f"{END_HOLD}:{draft.id}:{until}", payload={"draft_id": draft.id},
                  run_at_ms=until)
    return True


def too_small(want: Want, items: dict[str, ShowItem], held: tuple[tuple[str, int], ...] = ()) -> FieldError | None:
    """What to say where this is less than is sold at once, else None. `held` is what the draft itself keeps."""
    item = items.get(want.pin or "")
    if item is None or not want.amount:
        return None
    listing = item.listing
    least = least_amount(listing.min_order, listing.on_hand + dict(held).get(listing.id, 0))
    return too_little(least, listing.unit) if want.amount < least else None


async def release(connection: Connection, draft: Draft) -> None:
    """Put what is kept for the draft back on the stall; the draft is as it stands inside this transaction."""
    if draft.hold_until_ms is None:
        return
    await _give(connection, list(draft.held))
    await SQL.set_held(connection, id=draft.id, held="[]", hold_until_ms=None)


async def end_hold(connection: Connection, draft_id: str) -> str | None:
    """The show whose draft lost its hold just now, or None: it was settled, or held anew."""
    row = await SQL.lapsed_hold(connection, id=draft_id, now_ms=now_ms())
    if row is not None:
        # Whoever answers the draft at this moment gives the goods back too: looked at again when they are done.
        await lock_show(connection, row["show_id"])
        row = await SQL.lapsed_hold(connection, id=draft_id, now_ms=now_ms())
    if row is None:
        return None
    await release(connection, to_draft(row))
    return str(row["show_id"])


async def _give(connection: Connection, taken: list[tuple[str, int]]) -> None:
    for listing_id, amount in taken:
        await LISTINGS.change_stock(connection, id=listing_id, change=amount, now_ms=now_ms())
