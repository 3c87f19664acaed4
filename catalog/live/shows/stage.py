"""What happens on air: begin, pin, flash prices, stock, a note to oneself, the end. Each change is an event."""

from __future__ import annotations

import json

from catalog.errors import Conflict, FieldError, Forbidden, Invalid
from catalog.households.model import Actor
from catalog.households.queries import record
from catalog.listings.queries import SQL as LISTINGS
from catalog.live.shows.model import Show, ShowItem
from catalog.live.shows.queries import SQL, is_muted, items_of, note
from catalog.storage.database import now_ms
from catalog.storage.queries import FOREVER_MS, enqueue
from catalog.storage.sql import Connection
from catalog.words.keyed import N_
from catalog.words.money import show_vnd
from catalog.words.units import show_quantity

END_FLASH, CUT = "live.end_flash", "live.cut"
FLASH_MINUTES = (5, 10, 15, 30)
LONGEST_NOTES = 900
"""Three reminders of a few lines each, of several who wrote at the same time."""


async def start(connection: Connection, show: Show, *, person_id: str) -> None:
    """Go on air with the first product pinned. Raises `Conflict` where it began before, `Invalid` without products."""
    items = await items_of(connection, show.id)
    if not items:
        raise Invalid(fields={"items": FieldError("Chưa có món nào. Chọn hàng sẽ bán trước.")})
    if await SQL.start_show(connection, id=show.id, now_ms=now_ms()) is None:
        raise Conflict("Buổi này đã bắt đầu rồi.")
    await note(connection, show.id, "started", person_id=person_id)
    await pin(connection, show, items[0].pin, person_id=person_id)


async def pin(connection: Connection, show: Show, code: str, *, person_id: str) -> None:
    """Put this product on air; nothing happens where it is there already. Raises `Conflict` after the end."""
    if show.state == "ended" or code not in {item.pin for item in await items_of(connection, show.id)}:
        raise Conflict
    if await SQL.pin(connection, id=show.id, pin=code) is not None:
        await note(connection, show.id, "pinned", person_id=person_id, pin=code)


def following(items: list[ShowItem], pinned: str) -> str:
    """The pin code after the pinned one that has something left, going round; "" where there is none."""
    codes = [item.pin for item in items]
    at = codes.index(pinned) if pinned in codes else -1
    ahead = items[at + 1:] + items[:max(at, 0)]
    return next((item.pin for item in ahead if not item.listing.is_sold_out), "")


async def begin_flash(connection: Connection, actor: Actor, show: Show, item: ShowItem, price_vnd: int, minutes: int) -> None:
    """Sell for `price_vnd` from now on, for so many minutes. A helper may only use what the household agreed to.

    Raises `Invalid` for a price that is no lower, `Forbidden`, `Conflict` where one is on, in another show too. Wake
    the job runner afterwards.
    """
    if item.is_flash or show.state != "live":
        raise Conflict
    if actor.is_for_other and price_vnd != item.flash_vnd:
        raise Forbidden("Giá chớp này chủ nhà chưa đặt trước. Nhờ chủ nhà bấm.")
    before_vnd = (await LISTINGS.lock_listing(connection, id=item.listing.id))["price_vnd"]
    if await SQL.flash_of_listing(connection, listing_id=item.listing.id) is not None:
        # The price of before would be the other show's flash price, and come back for good.
        raise Conflict("Món này đang có giá chớp ở buổi khác. Chờ hết rồi bật.")
    if price_vnd >= before_vnd:
        raise Invalid(fields={"price": FieldError(N_("Giá chớp phải thấp hơn {price}."), price=show_vnd(before_vnd))})
    until = now_ms() + minutes * 60_000
    row = await SQL.begin_flash(connection, show_id=show.id, pin=item.pin, flash_vnd=price_vnd, until_ms=until,
                                before_vnd=before_vnd)
    if row is None:
        raise Conflict
    await LISTINGS.change_price(connection, id=item.listing.id, price_vnd=price_vnd, now_ms=now_ms())
    await enqueue(connection, END_FLASH, key=f"{END_FLASH}:{show.id}:{item.pin}:{until}",
                  payload={"show_id": show.id, "pin": item.pin}, run_at_ms=until)
    await record(connection, household_id=item.listing.household_id, person_id=actor.person_id, verb=N_("bật giá chớp"),
                 listing_id=item.listing.id, detail=f"{item.listing.name} {show_vnd(price_vnd)}")
    await note(connection, show.id, "flash", person_id=actor.person_id, pin=item.pin, price_vnd=price_vnd, until_ms=until)


async def end_flash(connection: Connection, show_id: str, code: str, *, only_if_over: bool = False,
                    person_id: str | None = None) -> bool:
    """Whether a flash price ended just now. The price of before is back, unless somebody has set another meanwhile."""
    row = await SQL.end_flash(connection, show_id=show_id, pin=code, now_ms=now_ms() if only_if_over else FOREVER_MS)
    if row is None:
        return False
    await LISTINGS.change_price_back(connection, id=row["listing_id"], price_vnd=row["before_vnd"],
                                     agreed_price_vnd=row["flash_vnd"], now_ms=now_ms())
    await note(connection, show_id, "flash_over", person_id=person_id, pin=code)
    return True


async def set_stock(connection: Connection, actor: Actor, show: Show, item: ShowItem, on_hand: int, *, seen: int,
                    at_event: int) -> None:
    """Say what is left, by the difference to what was `seen`: orders that came meanwhile stay counted.

    `at_event` is the show's event that was the last one then: raises `Conflict` where somebody has counted since, as
    two who count the same goods would otherwise both add what was missing.
    """
    change = on_hand - seen
    if change == 0:
        return
    counted = await SQL.stock_set_after(connection, show_id=show.id, number=at_event)
    if any(json.loads(row["detail"])["pin"] == item.pin for row in counted):
        raise Conflict
    if await LISTINGS.change_stock(connection, id=item.listing.id, change=change, now_ms=now_ms()) is None:
        raise Invalid(fields={"stock": FieldError("Vừa có người đặt, kho không còn nhiều như vậy. Xem lại số còn.")})
    sign = "+" if change > 0 else "−"
    await record(connection, household_id=item.listing.household_id, person_id=actor.person_id, verb=N_("sửa số còn"),
                 listing_id=item.listing.id,
                 detail=f"{item.listing.name} {sign}{show_quantity(abs(change), item.listing.unit)}")
    await note(connection, show.id, "stock", person_id=actor.person_id, pin=item.pin)


async def set_note(connection: Connection, show: Show, text: str, *, seen: str, person_id: str) -> None:
    """Keep a reminder for whoever speaks; where it is no longer the one that was `seen`, both stand.

    Raises `Invalid` where they are too long together.
    """
    kept = text
    if show.note != seen:
        kept = show.note if text in show.note else " · ".join(filter(None, (show.note, text)))
    if len(kept) > LONGEST_NOTES:
        raise Invalid(fields={"note": FieldError(N_("Dài quá. Nhiều nhất {longest} chữ."), longest=LONGEST_NOTES)})
    await SQL.set_note(connection, id=show.id, note=kept)
    await note(connection, show.id, "note", person_id=person_id)


async def set_sound(connection: Connection, show: Show, *, is_off: bool, person_id: str) -> None:
    """Turn the show's sound off or on, for all who run it; nothing happens where it is so already."""
    if await is_muted(connection, show.id) != is_off:
        await note(connection, show.id, "muted" if is_off else "loud", person_id=person_id)


async def end(connection: Connection, show: Show, *, person_id: str) -> None:
    """Go off air; flash prices end, what was filmed is cut. Drafts that wait may still be answered.

    Raises `Conflict` where it isn't on air. Wake the job runner afterwards.
    """
    if await SQL.end_show(connection, id=show.id, now_ms=now_ms()) is None:
        raise Conflict("Buổi này đã hết rồi.")
    for row in await SQL.running_flashes(connection, show_id=show.id):
        await end_flash(connection, show.id, row["pin"], person_id=person_id)
    await note(connection, show.id, "ended", person_id=person_id)
    await enqueue(connection, CUT, key=f"{CUT}:{show.id}:0", payload={"show_id": show.id}, lane="recordings")
