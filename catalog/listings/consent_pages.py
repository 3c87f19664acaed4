"""The household's answer, on its own phone: what is asked, yes or not now, and taking it back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, Invalid, NotFound
from catalog.households.model import Household, Person, may_act_for
from catalog.households.pin import check_pin
from catalog.households.queries import household_by_id, people_of_household
from catalog.households.session import current_person
from catalog.listings import queries
from catalog.listings.consent import (
    Consent, agree, check_may_answer, consent_by_code, may_answer, may_take_back, postpone, take_back)
from catalog.listings.model import KeptFile, Listing, cover_jpeg, order_path
from catalog.listings.tiers import Tiers, show_tier, tiers_text
from catalog.storage.shop import Shop
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.render import page, shop_of

PHOTO_TRIES = 30
PHOTO_WAIT_SECONDS = 0.1
ANSWERS = {"agree": agree, "later": postpone, "withdraw": take_back}
ANSWERED = {"agree": "agreed", "later": "later", "withdraw": "withdrawn"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the one who opened its link may see it. `pin_holders` are asked for a PIN here."""

    consent: Consent
    listing: Listing
    household: Household
    person: Person | None
    pin_holders: tuple[Person, ...]
    has_photo: bool


async def show_consent(request: Request) -> Response:
    """What is asked, or how it was answered. Opening it answers nothing: link previews open it too."""
    await count_try(request, "consent")
    return _consent_page(request, await _question(request))


async def answer_consent(request: Request) -> Response:
    """Agree, not now, or take it back. The same answer twice is one answer."""
    await count_try(request, "consent")
    question = await _question(request)
    form = Form(await request.form())
    chosen = form.raw("answer")
    if chosen not in ANSWERS:
        raise Invalid
    check_may_answer(question.person, question.consent)
    if question.consent.state != ANSWERED[chosen]:
        try:
            person = question.person or await person_of_pin(shop_of(request), question.pin_holders, form)
        except Invalid as error:
            return _consent_page(request, question, status=422, errors=messages(error))
        await ANSWERS[chosen](shop_of(request), question.consent, person)
    return RedirectResponse(f"/c/{question.consent.code.lower()}", status_code=303)


async def show_photo(request: Request) -> Response:
    """The first photo of what is asked, as its listing may not be public yet: drawn for a page, or as it was sent
    where nothing is drawn in time."""
    shop = shop_of(request)
    for tries_left in reversed(range(PHOTO_TRIES)):
        async with shop.db.read() as connection:
            consent = await consent_by_code(connection, request.path_params["code"])
            photos = await queries.photos_of_listing(connection, consent.listing_id)
            found: KeptFile | None = cover_jpeg(await queries.page_files(connection, consent.listing_id), "page_720")
        if not photos or not _shows_photo(consent):
            break
        if found or not tries_left:
            key, seconds = (found.object_key, 300) if found else (photos[0].object_key, 0)
            return FileResponse(shop.objects.path(key), media_type="image/jpeg",
                                headers={"Cache-Control": f"private, max-age={seconds}"})
        await asyncio.sleep(PHOTO_WAIT_SECONDS)
    raise NotFound("Không thấy ảnh này.")


async def _question(request: Request) -> Question:
    person = await current_person(request)
    async with shop_of(request).db.read() as connection:
        consent = await consent_by_code(connection, request.path_params["code"])
        listing = await queries.listing_by_id(connection, consent.listing_id)
        assert listing is not None
        household = await household_by_id(connection, consent.household_id)
        photos = await queries.photos_of_listing(connection, listing.id)
        members = await people_of_household(connection, household.id)
    return Question(consent, listing, household, person,
                    () if person else tuple(member for member in members if member.has_pin),
                    bool(photos) and _shows_photo(consent))


async def person_of_pin(shop: Shop, pin_holders: tuple[Person, ...], form: Form) -> Person | None:
    """The member whose PIN was typed; None where the household has set none. Raises `Invalid`."""
    if not pin_holders:
        return None
    member = next((one for one in pin_holders if one.id == form.raw("member")), pin_holders[0])
    pin = form.raw("pin").strip()
    try:
        if not pin:
            raise FieldError("Nhập mã PIN của nhà.")
        await check_pin(shop.db, member.id, pin)
    except FieldError as error:
        raise Invalid(fields={"pin": error}) from error
    return member


def _shows_photo(consent: Consent) -> bool:
    return consent.is_open or consent.state == "agreed"


def _tiers_then(consent: Consent, listing: Listing) -> Tiers:
    """The prices by amount that hold once the household has agreed."""
    return listing.tiers if consent.new_tiers is None else consent.new_tiers


def _consent_page(request: Request, question: Question, *, status: int = 200,
                  errors: dict[str, str] | None = None) -> Response:
    consent, listing = question.consent, question.listing
    return page(
        request, "listings/consent.html", status=410 if consent.state == "replaced" else status, consent=consent,
        listing=listing, household=question.household, person=question.person, has_photo=question.has_photo,
        may_answer=may_answer(question.person, consent), may_take_back=may_take_back(consent, listing),
        is_ours=question.person is not None and question.person.household_id == consent.household_id,
        may_work=question.person is not None and may_act_for(question.person, question.household),
        tiers=[show_tier(tier, listing.unit) for tier in _tiers_then(consent, listing)],
        tiers_before=tiers_text(consent.old_tiers or (), listing.unit) if consent.is_open else "",
        tiers_dropped=bool(consent.new_tiers == () and consent.old_tiers), pin_holders=question.pin_holders, motif=motif_of(question.household.code), order_path=order_path(listing.code),
        errors=errors or {}, values={})


ROUTES = [
    # A QR holds the link in upper case; both are answered without a detour.
    *(Route(f"/{letter}/{{code}}", show_consent) for letter in "cC"),
    *(Route(f"/{letter}/{{code}}", answer_consent, methods=["POST"]) for letter in "cC"),
    Route("/c/{code}/photo", show_photo),
]
