"""A show planned: title, hour, goods in their order; its talking points and agreed flash prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalog.errors import Conflict, FieldError, Invalid
from catalog.households.model import Actor
from catalog.households.queries import record
from catalog.listings.model import Listing
from catalog.listings.queries import listings_of_household
from catalog.live.shows.model import MOST_ITEMS, Show, ShowItem, pin_code
from catalog.live.shows.queries import SQL, items_of, lock_show, note, planned_items_of, show_by_code
from catalog.live.team.joining import ask_households
from catalog.orders.codes import new_short_code
from catalog.posts.digest.queries import goods_of_village
from catalog.storage.database import new_id, now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import VIETNAM, local
from catalog.web.forms import Form
from catalog.words.keyed import N_
from catalog.words.money import read_vnd, show_vnd

CODE_LENGTH = 5
LONGEST_TITLE = 80
LONGEST_POINTS = 400
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What was typed and ticked. `listing_ids` are in the order of the show."""

    title: str
    starts_ms: int
    listing_ids: tuple[str, ...]
    helpers_see_phones: bool


def read_plan(form: Form, goods: list[Listing]) -> Plan:
    """The plan; raises `Invalid` with every mistake. Goods are named by their codes, in the order of the page."""
    title = form.text("title", missing="Buổi này tên gì? Ví dụ: Bưởi mới hái.", longest=LONGEST_TITLE)
    starts_ms = _moment(form)
    ticked = {value for value in form.data.getlist("goods") if isinstance(value, str)}
    chosen = [listing for listing in goods if listing.code in ticked]
    numbers = {listing.code: form.raw(f"at-{listing.code}").strip() for listing in chosen}
    chosen.sort(key=lambda listing: int(numbers[listing.code]) if numbers[listing.code].isdecimal() else len(goods))
    if not chosen:
        form.wrong("goods", FieldError("Chọn ít nhất 1 món sẽ bán."))
    if len(chosen) > MOST_ITEMS:
        form.wrong("goods", FieldError(N_("Nhiều nhất {most} món."), most=MOST_ITEMS))
    form.check()
    return Plan(title, starts_ms, tuple(listing.id for listing in chosen), form.raw("phones") == "yes")


async def plan_show(connection: Connection, actor: Actor, plan: Plan, *, is_team: bool = False) -> Show:
    """The planned show under a free code. With `is_team` it is the team's of the village: its households are asked."""
    while True:
        code = new_short_code(CODE_LENGTH)
        if await show_by_code(connection, code) is None:
            break
    show_id = new_id()
    await SQL.add_show(connection, id=show_id, code=code, household_id=actor.household.id,
                       village_id=actor.household.village_id if is_team else None, title=plan.title,
                       starts_ms=plan.starts_ms, created_by=actor.person_id, now_ms=now_ms(),
                       helpers_see_phones=int(plan.helpers_see_phones and not actor.is_for_other))
    await _set_items(connection, show_id, plan.listing_ids, {})
    await record(connection, household_id=actor.household.id, person_id=actor.person_id, verb=N_("hẹn buổi phát"),
                 detail=plan.title)
    show = await show_by_code(connection, code)
    assert show is not None
    if is_team:
        await ask_households(connection, actor, show)
    return show


async def change_plan(connection: Connection, actor: Actor, show: Show, plan: Plan) -> None:
    """The show planned anew, before it is on air; points and flash prices of goods that stay are kept.

    Only the household itself says whether helpers see whole phone numbers. Raises `Conflict` once it has begun.
    """
    show = await lock_show(connection, show.id)
    if show.state != "planned":
        raise Conflict("Buổi này đã bắt đầu rồi.")
    sees = show.helpers_see_phones if actor.is_for_other else plan.helpers_see_phones
    await SQL.change_show(connection, id=show.id, title=plan.title, starts_ms=plan.starts_ms, helpers_see_phones=int(sees))
    kept = {item.listing.id: item for item in await planned_items_of(connection, show.id)}
    await SQL.drop_items(connection, show_id=show.id)
    await _set_items(connection, show.id, plan.listing_ids, kept)
    if show.village_id is not None:
        is_other_day = local(plan.starts_ms).date() != local(show.starts_ms).date()
        await ask_households(connection, actor, show, before=kept.values(), is_other_day=is_other_day)
    await note(connection, show.id, "planned", person_id=actor.person_id)


async def write_points(connection: Connection, actor: Actor, show: Show, form: Form, *,
                       pins: frozenset[str] | None = None) -> None:
    """Keep what was changed at each product: talking points, and by the household alone the flash price it agrees to.

    With `pins` only at these. Raises `Invalid` for a flash price that can't be read or is no lower than the price.
    """
    show = await lock_show(connection, show.id)
    for item in await items_of(connection, show.id):
        if pins is not None and item.pin not in pins:
            continue
        field, flash_vnd = f"flash-{item.listing.code}", item.flash_vnd
        if not actor.is_for_other and not item.is_flash and _is_changed(form, field):
            flash_vnd = form.read(field, read_vnd, None) if form.raw(field).strip() else None
            if flash_vnd is not None and flash_vnd >= item.listing.price_vnd:
                form.wrong(field, FieldError(N_("Giá chớp phải thấp hơn {price}."), price=show_vnd(item.listing.price_vnd)))
        field, points = f"points-{item.listing.code}", item.points
        if _is_changed(form, field):
            points = form.raw(field).strip()[:LONGEST_POINTS]
        await SQL.change_item(connection, show_id=show.id, pin=item.pin, flash_vnd=flash_vnd, points=points)
    form.check()
    await note(connection, show.id, "points", person_id=actor.person_id)


async def goods_to_show(connection: Connection, actor: Actor, *, is_team: bool = False) -> list[Listing]:
    """What may be sold on air: what stands on the stall, the newest first; for a team household by household."""
    if is_team:
        return [good.listing for good in await goods_of_village(connection, actor.household.village_id)]
    return [listing for listing in await listings_of_household(connection, actor.household.id)
            if listing.state == "published"]


async def _set_items(connection: Connection, show_id: str, listing_ids: tuple[str, ...], kept: dict[str, ShowItem]) -> None:
    for position, listing_id in enumerate(listing_ids):
        before = kept.get(listing_id)
        await SQL.add_item(connection, show_id=show_id, pin=pin_code(position), position=position, listing_id=listing_id,
                           points=before.points if before else "", flash_vnd=before.flash_vnd if before else None)


def _is_changed(form: Form, field: str) -> bool:
    """Whether the person wrote it: not what the page didn't show, nor what stands as it was shown, for somebody else
    may have written there meanwhile."""
    return field in form.data and (f"was-{field}" not in form.data or form.raw(field) != form.raw(f"was-{field}"))


def _moment(form: Form) -> int:
    """Milliseconds of the day and hour that were chosen, in Vietnam's time."""
    try:
        moment = datetime.fromisoformat(f"{form.raw('day').strip()}T{form.raw('hour').strip()}")
        if moment.tzinfo is None and 2020 <= moment.year <= 2100:
            return int(moment.replace(tzinfo=VIETNAM).timestamp() * 1000)
    except ValueError:
        pass
    form.wrong("day", FieldError("Ngày giờ chưa đúng. Bấm để chọn."))
    raise Invalid(fields=form.errors)
