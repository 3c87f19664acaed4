"""The control room: pin, prices, stock, comments, drafts. Every press goes back to the room as it stands then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, OutOfStock
from catalog.households.model import Actor
from catalog.live.encoders.hooks import encoders_of
from catalog.live.shows.access import Seat, room_path, rooms_of, seat_at, sees_phones
from catalog.live.shows.camera_pages import broadcasts_of
from catalog.live.shows.comments import Said, take_comments
from catalog.live.shows.disk import disk_words
from catalog.live.shows.drafts import choose, confirm, mean_it, refuse, rewrite
from catalog.live.shows.model import Show, ShowItem
from catalog.live.shows.paste import LONGEST_AUTHOR, LONGEST_TEXT, read_pasted
from catalog.live.shows.place_pages import standings_of
from catalog.live.shows.plan_pages import planned_page
from catalog.live.shows.queries import draft_by_id, is_muted, items_of, lock_show, show_by_id
from catalog.live.shows.refused import NOTHING, Refusal, refusal_of
from catalog.live.shows.report_pages import report_page
from catalog.live.shows.room_view import TEAMS, is_of, room_of
from catalog.live.shows.stage import FLASH_MINUTES, begin_flash, end, end_flash, following, pin, set_note, set_sound, set_stock, start
from catalog.live.sources.view import replies_of, standings
from catalog.live.team.part_pages import part_page
from catalog.storage.sql import Connection
from catalog.web.band import motif_of
from catalog.web.forms import Form
from catalog.web.render import page, shop_of
from catalog.words.keyed import N_
from catalog.words.money import read_vnd
from catalog.words.quantities import read_quantity

LARGE_BODIES = [(r"/n/[^/]+/shows/[^/]+/comments", 256 * 1024)]
"""Two hundred long comments fit."""

Act = Callable[[Connection, Actor, Show, Form], Awaitable[None]]


async def show_room(request: Request) -> Response:
    """The show as it stands: being prepared, on air, or over."""
    return await _show(request, await seat_at(request))


async def act(request: Request) -> Response:
    """Do what the path's verb says, once, and show the room again; a household on a team's show with its own goods."""
    seat = await seat_at(request)
    name, form = request.path_params["verb"], Form(await request.form())
    verb = ACTS.get(name)
    if verb is None or not (seat.runs or (name in OWN_GOODS and form.raw("pin") in (seat.pins or ()))):
        raise NotFound
    at = f"{name}-{form.raw('pin')}" if name in OWN_GOODS else name
    return await _do(request, seat, verb, form, at=at)


async def add_comments(request: Request) -> Response:
    """Take in what was pasted (`pasted`), or one comment that somebody heard (`text`, perhaps `author`)."""
    seat = await seat_at(request)
    if not seat.runs:
        raise NotFound
    form = Form(await request.form())
    pasted = form.data.get("pasted")
    if isinstance(pasted, str) and pasted.strip():
        said = [Said(author, text, "paste") for author, text in read_pasted(pasted.replace("\0", ""))]
    else:
        text = form.text("text", longest=LONGEST_TEXT)
        said = [Said(form.text("author")[:LONGEST_AUTHOR], text, "typed")] if text else []

    async def take(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
        if not said:
            raise Invalid(N_("Chưa có bình luận nào trong chữ vừa dán."))
        if not await take_comments(connection, show, said, seller=actor.household.name, person_id=actor.person_id):
            raise Conflict(N_("Bình luận này đã dán rồi."))

    return await _do(request, seat, take, form, at="talk")


async def answer_draft(request: Request) -> Response:
    """What the pressed button says: confirm, refuse, add, a product, or one that was written."""
    seat = await seat_at(request)
    draft_id = request.path_params["draft"]

    async def answer(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
        draft = await draft_by_id(connection, show.id, draft_id)
        if draft is None or not is_of(seat.pins, [want.pin for want in draft.wants]):
            raise NotFound
        if not seat.runs and (form.raw("answer") not in OWN_ANSWERS or draft.intent in TEAMS):
            raise NotFound
        version = _number(form, "version", 0)
        what, person = form.raw("answer"), actor.person.id
        if what == "confirm":
            await confirm(connection, show, draft, version=version, person_id=person)
        elif what == "refuse":
            await refuse(connection, show, draft, version=version, person_id=person)
        elif what == "mean":
            await mean_it(connection, show, draft, version=version, person_id=person)
        elif what.startswith("pin:"):
            await choose(connection, show, draft, what.removeprefix("pin:"), version=version, person_id=person)
        else:
            item = await _item(connection, show, form)
            amount = form.read("amount", lambda text: read_quantity(text, item.listing.unit), 0)
            form.check()
            await rewrite(connection, show, draft, item.pin, amount, version=version, person_id=person)

    return await _do(request, seat, answer, Form(await request.form()), at=f"d-{draft_id}")


async def _do(request: Request, seat: Seat, verb: Act, form: Form, *, at: str) -> Response:
    """The room after the verb; what it refuses is said there with what was typed in the form `at`, and not done."""
    shop, show, refused = shop_of(request), seat.show, NOTHING
    try:
        async with shop.db.write() as connection:
            await verb(connection, seat.actor, await lock_show(connection, show.id), form)
    except (Invalid, Conflict, OutOfStock, Forbidden) as error:
        refused = refusal_of(error, at, form)
    shop.jobs.wake()
    rooms_of(request).ring(show.id)
    await _tell_broadcast(request, show)
    if not refused.words:
        return RedirectResponse(room_path(seat.actor, show), status_code=303)
    async with shop.db.read() as connection:
        fresh = await show_by_id(connection, show.id)
    return await _show(request, replace(seat, show=fresh), refused)


async def _show(request: Request, seat: Seat, refused: Refusal = NOTHING) -> Response:
    actor, show = seat.actor, seat.show
    if not seat.runs:
        return await part_page(request, seat, refused)
    if show.state == "planned":
        return await planned_page(request, actor, show, refused)
    if show.state == "ended" and not refused.words and "room" not in request.query_params:
        return await report_page(request, actor, show)
    shop, airing = shop_of(request), broadcasts_of(request).running(show.id)
    async with shop.db.read() as connection:
        room = await room_of(connection, actor, show, public_url=shop.settings.public_url)
        places = await standings_of(connection, show, airing)
        muted = await is_muted(connection, show.id)
        sources = await standings(connection, show)
        replies = await replies_of(connection, show, whole=sees_phones(actor, show))
    return page(request, "live/room.html", status=refused.status, actor=actor, household=actor.household, show=show,
                room=room, places=places, muted=muted, airing=airing, disk=disk_words(airing.minutes_left) if airing else "",
                sources=sources, told={one.claim: one for one in replies}, refused=refused, minutes=FLASH_MINUTES,
                motif=motif_of(actor.household.code), base=f"/n/{actor.household.code}", here=room_path(actor, show),
                viewers=rooms_of(request).viewers(show.id))


async def _tell_broadcast(request: Request, show: Show) -> None:
    """The picture follows: another card, an encoder that waited for the beginning, or the end."""
    broadcasts = broadcasts_of(request)
    if show.state == "planned":
        await encoders_of(request).look(show.id)
    if broadcasts.running(show.id) is None:
        return
    async with shop_of(request).db.read() as connection:
        fresh = await show_by_id(connection, show.id)
    if fresh.state == "ended":
        broadcasts.end(show.id)
    else:
        await broadcasts.pin(show.id)
        await broadcasts.sound(show.id)


async def _item(connection: Connection, show: Show, form: Form) -> ShowItem:
    code = form.raw("pin")
    found = next((item for item in await items_of(connection, show.id) if item.pin == code), None)
    if found is None:
        raise Conflict
    return found


def _number(form: Form, name: str, otherwise: int) -> int:
    """What the page wrote into a hidden field, or the second where it holds no number."""
    text = form.raw(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else otherwise


async def _start(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
    await start(connection, show, person_id=actor.person.id)


async def _pin(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
    """The product, unless another than the page showed has been pinned since."""
    code = form.raw("pin")
    if show.pinned not in (form.raw("seen"), code):
        raise Conflict
    await pin(connection, show, code, person_id=actor.person.id)


async def _next(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
    """The product after the one that the page showed: pressed by two at once, it moves on once."""
    seen = form.raw("seen")
    if seen != show.pinned:
        raise Conflict
    if code := following(await items_of(connection, show.id), seen):
        await pin(connection, show, code, person_id=actor.person.id)


async def _flash(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
    item = await _item(connection, show, form)
    price_vnd = form.read("price", read_vnd, 0) if form.raw("price").strip() else item.flash_vnd or 0
    typed = form.raw("minutes")
    minutes = int(typed) if typed in {str(one) for one in FLASH_MINUTES} else FLASH_MINUTES[1]
    if price_vnd <= 0:
        form.wrong("price", FieldError("Chưa có giá. Ví dụ: 150 nghìn."))
    form.check()
    await begin_flash(connection, actor, show, item, price_vnd, minutes)


async def _flash_over(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
    await end_flash(connection, show.id, form.raw("pin"), person_id=actor.person.id)


async def _stock(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
    item = await _item(connection, show, form)
    unit = item.listing.unit
    on_hand = form.read("stock", lambda text: read_quantity(text, unit, zero=True), item.listing.on_hand)
    form.check()
    await set_stock(connection, actor, show, item, on_hand, seen=_number(form, "seen", item.listing.on_hand),
                    at_event=_number(form, "at", show.last_event))


async def _note(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
    await set_note(connection, show, form.raw("note").strip(), seen=form.raw("seen"), person_id=actor.person.id)


async def _mute(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
    await set_sound(connection, show, is_off=form.raw("on") == "1", person_id=actor.person.id)


async def _end(connection: Connection, actor: Actor, show: Show, form: Form) -> None:
    await end(connection, show, person_id=actor.person.id)


ACTS: dict[str, Act] = {"start": _start, "pin": _pin, "next": _next, "flash": _flash, "flash-over": _flash_over,
                        "stock": _stock, "note": _note, "mute": _mute, "end": _end}

OWN_GOODS = ("flash", "flash-over", "stock")
OWN_ANSWERS = ("confirm", "refuse", "mean")
"""What a household does on a team's show: with its own goods, and with orders of nothing else."""

ROUTES = [
    Route("/n/{household}/shows/{show}", show_room),
    Route("/n/{household}/shows/{show}/comments", add_comments, methods=["POST"]),
    Route("/n/{household}/shows/{show}/drafts/{draft}", answer_draft, methods=["POST"]),
    Route("/n/{household}/shows/{show}/do/{verb}", act, methods=["POST"]),
]
