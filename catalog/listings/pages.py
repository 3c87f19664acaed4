"""Listing a product and changing it, on the farmer's phone or a helper's."""

from __future__ import annotations

import secrets

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Invalid, ShopError
from catalog.households.model import Actor
from catalog.households.session import act_for
from catalog.listings import queries
from catalog.listings.access import own_listing
from catalog.listings.fields import read_facts, unit_options
from catalog.listings.intake import take_photo
from catalog.listings.media_pages import FORM_BYTES
from catalog.listings.model import KIND_NAMES, MOST_PHOTOS, Facts, Listing
from catalog.listings.publish import attach_photos, change_listing, create_listing, publish, withdraw
from catalog.listings.renders import plan_renders
from catalog.storage.shop import Shop
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.locale import say
from catalog.web.render import page, shop_of
from catalog.words.units import show_number
from media.intake import MAX_BYTES


async def show_new(request: Request) -> Response:
    """The empty form. Its key makes a second sending harmless."""
    actor = await act_for(request)
    return _form_page(request, actor, values={"draft_key": secrets.token_urlsafe(12), "kind": "", "unit": "kg",
                                              "place": actor.household.place}, errors={}, photo_ids=[])


async def make_new(request: Request) -> Response:
    """A listing from the form, or the form again with what is missing."""
    actor = await act_for(request)
    shop = shop_of(request)
    async with request.form(max_files=MOST_PHOTOS, max_fields=60) as data:
        photo_ids, photo_errors = await _photos(shop, actor, data)
        form = Form(data)
        facts = read_facts(form)
        if photo_errors:
            form.wrong("photos", photo_errors[0])
        try:
            made = await _create(shop, actor, form, facts, photo_ids)
        except Invalid as error:
            return _form_page(request, actor, status=422, values=form.values, errors=messages(error),
                              photo_ids=photo_ids)
    return RedirectResponse(f"/n/{actor.household.code}/listings/{made.lower()}", status_code=303)


async def _create(shop: Shop, actor: Actor, form: Form, facts: Facts, photo_ids: list[str]) -> str:
    """The new listing's code; raises `Invalid` with the form's mistakes and what publishing lacks, together."""
    try:
        form.check()
        made = await create_listing(shop, actor, facts, photo_ids=photo_ids, publish=True,
                                    draft_key=form.raw("draft_key") or None)
    except Invalid as error:
        if not photo_ids:
            error.fields.setdefault("photos", ShopError("Chưa có ảnh. Chụp hoặc chọn ít nhất 1 ảnh."))
        raise
    return made.listing.code


async def _photos(shop: Shop, actor: Actor, data: FormData) -> tuple[list[str], list[ShopError]]:
    """The ids of photos sent before and of those in this form, which are taken in now; and what was refused."""
    sent = [str(value) for value in data.getlist("photo") if isinstance(value, str) and value]
    refused: list[ShopError] = []
    draft = str(data.get("draft_key", ""))[:40]
    uploads = [file for file in data.getlist("photos") if isinstance(file, UploadFile) and file.filename]
    for number, upload in enumerate(uploads[:MOST_PHOTOS - len(sent)], 1):
        try:
            # Named by form, place and size: the same form sent again brings the same photos.
            key = f"{draft}-{number}-{upload.size}-{(upload.filename or '')[-20:]}" if draft else ""
            sent.append((await take_photo(shop, household_id=actor.household.id, upload_key=key, upload=upload)).id)
        except ShopError as error:
            refused.append(ShopError("Ảnh {number}: {why}", number=number, why=say(error.key, error.values)))
    return list(dict.fromkeys(sent))[:MOST_PHOTOS], refused


def _form_page(request: Request, actor: Actor, *, values: dict[str, str], errors: dict[str, str],
               photo_ids: list[str], status: int = 200) -> Response:
    base = f"/n/{actor.household.code}"
    photos = [{"id": photo_id, "url": f"{base}/photos/{photo_id}/thumb"} for photo_id in photo_ids]
    values.setdefault("draft_key", secrets.token_urlsafe(12))
    return page(request, "listings/new.html", status=status, actor=actor, household=actor.household, base=base,
                motif=motif_of(actor.household.code), values=values, errors=errors, photos=photos,
                kinds=KIND_NAMES, units=unit_options(), most=MOST_PHOTOS)


async def show_edit(request: Request) -> Response:
    """The form of a listing as it stands."""
    actor, listing = await own_listing(request)
    return await _edit_page(request, actor, listing, values=_values(listing), errors={})


async def save_edit(request: Request) -> Response:
    """Changed facts; a helper's new price waits for the household."""
    actor, listing = await own_listing(request)
    shop = shop_of(request)
    async with request.form(max_files=MOST_PHOTOS, max_fields=60) as data:
        photo_ids, photo_errors = await _photos(shop, actor, data)
        form = Form(data)
        facts = read_facts(form)
        if photo_errors:
            form.wrong("photos", photo_errors[0])
        seen = form.raw("stock_seen")
        try:
            form.check()
            await _add_photos(shop, listing, photo_ids)
            await change_listing(shop, actor, listing, facts, stock_seen=int(seen) if seen.isdigit() else None)
        except Invalid as error:
            return await _edit_page(request, actor, listing, status=422, values=_values(listing) | form.values,
                                    errors=messages(error))
    return RedirectResponse(f"/n/{actor.household.code}/listings/{listing.code.lower()}", status_code=303)


async def _add_photos(shop: Shop, listing: Listing, photo_ids: list[str]) -> None:
    async with shop.db.write() as connection:
        there = await queries.photos_of_listing(connection, listing.id)
        known = {photo.id for photo in there}
        fresh = [photo_id for photo_id in photo_ids if photo_id not in known][:MOST_PHOTOS - len(there)]
        await attach_photos(connection, listing, fresh, start=len(there))


async def _edit_page(request: Request, actor: Actor, listing: Listing, *, values: dict[str, str],
                     errors: dict[str, str], status: int = 200) -> Response:
    async with shop_of(request).db.read() as connection:
        photos = await queries.photos_of_listing(connection, listing.id)
    base = f"/n/{actor.household.code}"
    return page(request, "listings/edit.html", status=status, actor=actor, household=actor.household, base=base,
                motif=motif_of(actor.household.code), listing=listing, values=values, errors=errors,
                kinds=KIND_NAMES, units=unit_options(), most=MOST_PHOTOS,
                photos=[{"id": photo.id, "url": f"{base}/photos/{photo.id}/thumb"} for photo in photos])


def _values(listing: Listing) -> dict[str, str]:
    return {"kind": listing.kind, "name": listing.name, "price": str(listing.price_vnd), "unit": listing.unit,
            "stock": show_number(listing.on_hand, listing.unit), "stock_seen": str(listing.on_hand),
            "place": listing.place, "ingredients": listing.ingredients,
            "packed_on": listing.packed_on.isoformat() if listing.packed_on else "",
            "best_before": listing.best_before.isoformat() if listing.best_before else ""}


async def withdraw_listing(request: Request) -> Response:
    """Take the listing from the stall."""
    actor, listing = await own_listing(request)
    await withdraw(shop_of(request), actor, listing)
    return RedirectResponse(f"/n/{actor.household.code}/listings/{listing.code.lower()}", status_code=303)


async def publish_listing(request: Request) -> Response:
    """Put a draft or withdrawn listing on the stall again."""
    actor, listing = await own_listing(request)
    await publish(shop_of(request), actor, listing)
    return RedirectResponse(f"/n/{actor.household.code}/listings/{listing.code.lower()}", status_code=303)


async def draw_again(request: Request) -> Response:
    """Make the pictures and the clip again after a failure."""
    actor, listing = await own_listing(request)
    shop = shop_of(request)
    async with shop.db.write() as connection:
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url, again=True)
    shop.jobs.drop(ended)
    return RedirectResponse(f"/n/{actor.household.code}/listings/{listing.code.lower()}", status_code=303)


LARGE_BODIES = [(r"/n/[^/]+/sell|/n/[^/]+/listings/[^/]+/edit", MOST_PHOTOS * MAX_BYTES + FORM_BYTES)]

ROUTES = [
    Route("/n/{household}/sell", show_new), Route("/n/{household}/sell", make_new, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/edit", show_edit),
    Route("/n/{household}/listings/{listing}/edit", save_edit, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/withdraw", withdraw_listing, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/publish", publish_listing, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/again", draw_again, methods=["POST"]),
]
