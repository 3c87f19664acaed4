"""Listing a product, on the farmer's phone or a helper's."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Invalid
from catalog.households.model import Actor
from catalog.households.session import act_for
from catalog.listings import edit_pages, queries
from catalog.listings.access import listing_path
from catalog.listings.fields import read_facts, said_price, unit_options
from catalog.listings.form_photos import MOST_BYTES, MOST_FIELDS, MOST_FILES, photos_of_form
from catalog.listings.model import KIND_NAMES, MOST_PHOTOS, Listing, publish_faults
from catalog.listings.publish import create_listing
from catalog.listings.sentence.fill import Filled
from catalog.listings.sentence_pages import LONGEST_SENTENCE, read_sentence
from catalog.listings.tier_fields import tier_rows
from catalog.storage.database import now_ms
from catalog.web.band import motif_of
from catalog.web.clock import local
from catalog.web.forms import Form, messages
from catalog.web.render import page, shop_of


async def show_new(request: Request) -> Response:
    """The empty form. Its key makes a second sending harmless."""
    actor = await act_for(request)
    return _form_page(request, actor, values={"kind": "", "unit": "kg", "place": actor.household.place}, errors={},
                      photo_ids=[])


async def make_new(request: Request) -> Response:
    """A listing from the form, or the form again with all that is missing."""
    actor = await act_for(request)
    shop = shop_of(request)
    shop.pool.warm()
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as data:
        form = Form(data)
        draft_key = form.raw("draft_key")[:40]
        async with shop.db.read() as connection:
            before = await queries.listing_by_draft(connection, actor.household.id, draft_key) if draft_key else None
        if before:
            return _on(actor, before)
        photo_ids, wrong = await photos_of_form(shop, actor, data)
        if form.raw("read"):
            filled = read_sentence(form)
            return _form_page(request, actor, values=form.values | filled.values, errors={}, photo_ids=photo_ids, filled=filled)
        facts = read_facts(form)
        if wrong:
            form.wrong("photos", wrong[0])
        for name, fault in publish_faults(facts, photos=len(photo_ids), photo_needed=True,
                                          today=local(now_ms()).date()).items():
            form.wrong(name, fault)
        try:
            form.check()
            made = await create_listing(shop, actor, facts, photo_ids=photo_ids, publish=True,
                                        draft_key=draft_key or None)
        except Invalid as error:
            return _form_page(request, actor, status=422, values=form.values, errors=messages(error),
                              photo_ids=photo_ids)
    return _on(actor, made.listing)


def _form_page(request: Request, actor: Actor, *, values: dict[str, str], errors: dict[str, str],
               photo_ids: list[str], status: int = 200, filled: Filled | None = None) -> Response:
    base = f"/n/{actor.household.code}"
    return page(request, "listings/new.html", status=status, actor=actor, household=actor.household, base=base,
                motif=motif_of(actor.household.code), values={"draft_key": secrets.token_urlsafe(12)} | values,
                errors=errors, price_said=said_price(values), tier_rows=tier_rows(values, errors), kinds=KIND_NAMES, units=unit_options(),
                most=MOST_PHOTOS, filled=filled, longest_sentence=LONGEST_SENTENCE,
                photos=[{"id": photo_id, "url": f"{base}/photos/{photo_id}/thumb"} for photo_id in photo_ids])


def _on(actor: Actor, listing: Listing) -> Response:
    return RedirectResponse(listing_path(actor, listing), status_code=303)


LARGE_BODIES = [(r"/n/[^/]+/sell|/n/[^/]+/listings/[^/]+/edit", MOST_BYTES)]

ROUTES = [Route("/n/{household}/sell", show_new), Route("/n/{household}/sell", make_new, methods=["POST"]),
          *edit_pages.ROUTES]
