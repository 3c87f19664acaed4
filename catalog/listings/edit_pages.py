"""A listing that exists: its form, leaving the stall and coming back, how far its pictures are."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Invalid
from catalog.households.model import Actor
from catalog.listings import queries
from catalog.listings.access import listing_path, own_listing
from catalog.listings.fields import read_facts, said_price, unit_options
from catalog.listings.form_photos import MOST_FIELDS, MOST_FILES, photos_of_form
from catalog.listings.model import KIND_NAMES, MOST_PHOTOS, Listing
from catalog.listings.publish import change_listing, publish, withdraw
from catalog.listings.renders import page_version, plan_renders, plan_square, render_state, stop_clip
from catalog.listings.tier_fields import tier_rows, tier_values
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.render import page, shop_of
from catalog.words.units import show_number

MOST_DIGITS = 15
"""No stock has more, and databases keep no number of more than 18."""


async def show_edit(request: Request) -> Response:
    """The form of a listing as it stands."""
    actor, listing = await own_listing(request)
    return await _edit_page(request, actor, listing, values=_values(listing), errors={})


async def save_edit(request: Request) -> Response:
    """Changed facts; a helper's new price waits for the household."""
    actor, listing = await own_listing(request)
    shop = shop_of(request)
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as data:
        photo_ids, wrong = await photos_of_form(shop, actor, data, listing_id=listing.id)
        form = Form(data)
        facts = read_facts(form)
        if wrong:
            form.wrong("photos", wrong[0])
        try:
            form.check()
            await change_listing(shop, actor, listing, facts, photo_ids=photo_ids, stock_seen=_seen(form, "stock_seen"),
                                 price_seen=_seen(form, "price_seen"))
        except Invalid as error:
            return await _edit_page(request, actor, listing, status=422, values=_values(listing) | form.values,
                                    errors=messages(error), photo_ids=photo_ids)
    return _back(actor, listing)


async def withdraw_listing(request: Request) -> Response:
    """Take the listing from the stall."""
    actor, listing = await own_listing(request)
    await withdraw(shop_of(request), actor, listing)
    return _back(actor, listing)


async def publish_listing(request: Request) -> Response:
    """Put a draft or withdrawn listing on the stall, or show its form with what that still needs."""
    actor, listing = await own_listing(request)
    try:
        await publish(shop_of(request), actor, listing)
    except Invalid as error:
        return await _edit_page(request, actor, listing, status=422, values=_values(listing), errors=messages(error))
    return _back(actor, listing)


async def draw_again(request: Request) -> Response:
    """Make what failed of the pictures and the clip again."""
    actor, listing = await own_listing(request)
    shop = shop_of(request)
    async with shop.db.write() as connection:
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url, again=True)
    shop.jobs.drop(ended)
    return _back(actor, listing)


async def stop(request: Request) -> Response:
    """Give up the clip that is being made; pictures go on."""
    actor, listing = await own_listing(request)
    shop = shop_of(request)
    async with shop.db.write() as connection:
        ended = await stop_clip(connection, listing.id)
    shop.jobs.drop(ended)
    return _back(actor, listing)


async def make_square(request: Request) -> Response:
    """Promise the clip at 1:1, which only some networks want."""
    actor, listing = await own_listing(request)
    shop = shop_of(request)
    async with shop.db.write() as connection:
        await plan_square(connection, listing.id)
    shop.jobs.wake()
    return _back(actor, listing)


async def tell_state(request: Request) -> Response:
    """How far the pictures and the clip are, as JSON; `version` changes whenever the page would."""
    _, listing = await own_listing(request)
    async with shop_of(request).db.read() as connection:
        state = await render_state(connection, listing)
    return JSONResponse({
        "version": page_version(listing, state), "state": listing.state, "pictures_done": state.pictures_done,
        "pictures_all": state.pictures_all, "clip_state": state.clip_state, "clip_percent": state.clip_percent,
        "percent": state.percent, "seconds_left": state.seconds_left, "has_failed": state.has_failed,
        "pictures": {role: file.url for role, file in state.pictures.items()},
        "clip": state.clip.url if state.clip else None}, headers={"Cache-Control": "no-store"})


async def _edit_page(request: Request, actor: Actor, listing: Listing, *, values: dict[str, str],
                     errors: dict[str, str], photo_ids: list[str] | None = None, status: int = 200) -> Response:
    """The form; `photo_ids` are those that a refused one held, else the listing's own are shown."""
    if photo_ids is None:
        async with shop_of(request).db.read() as connection:
            photo_ids = [photo.id for photo in await queries.photos_of_listing(connection, listing.id)]
    base = f"/n/{actor.household.code}"
    return page(request, "listings/edit.html", status=status, actor=actor, household=actor.household, base=base,
                motif=motif_of(actor.household.code), listing=listing, values=values, errors=errors,
                price_said=said_price(values), tier_rows=tier_rows(values, errors), kinds=KIND_NAMES, units=unit_options(), most=MOST_PHOTOS,
                photos=[{"id": photo_id, "url": f"{base}/photos/{photo_id}/thumb"} for photo_id in photo_ids])


def _values(listing: Listing) -> dict[str, str]:
    return {"kind": listing.kind, "name": listing.name, "price": f"{listing.price_vnd:,}".replace(",", "."), "unit": listing.unit,
            "stock": show_number(listing.on_hand, listing.unit), "stock_seen": str(listing.on_hand),
            "price_seen": str(listing.price_vnd),
            "place": listing.place, "ingredients": listing.ingredients,
            "packed_on": listing.packed_on.isoformat() if listing.packed_on else "",
            "best_before": listing.best_before.isoformat() if listing.best_before else "", **tier_values(listing)}


def _seen(form: Form, name: str) -> int | None:
    """The number that the form showed, or None where it tells none."""
    seen = form.raw(name)
    return int(seen) if seen.isdecimal() and len(seen) <= MOST_DIGITS else None


def _back(actor: Actor, listing: Listing) -> Response:
    return RedirectResponse(listing_path(actor, listing), status_code=303)


ROUTES = [
    Route("/n/{household}/listings/{listing}/edit", show_edit),
    Route("/n/{household}/listings/{listing}/edit", save_edit, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/withdraw", withdraw_listing, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/publish", publish_listing, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/again", draw_again, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/clip/square", make_square, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/clip/stop", stop, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/state", tell_state),
]
