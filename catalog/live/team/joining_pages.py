"""A household's answer to a team's show, on its own phone: which goods, when, by whom; yes, not now, or taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, Invalid
from catalog.households.model import Person
from catalog.households.queries import people_of_household
from catalog.households.session import current_person
from catalog.listings.consent_pages import person_of_pin
from catalog.live.shows.access import rooms_of
from catalog.live.shows.model import Show
from catalog.live.shows.queries import lock_show, show_by_id
from catalog.live.shows.room_view import thumb_of
from catalog.live.shows.sellers import seller_of
from catalog.live.team.joining import ANSWERS, Joining, answer, joining_by_code, may_answer
from catalog.live.telling.poster import plan_posters
from catalog.web.band import motif_of
from catalog.web.clock import local
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.render import page, shop_of

NUMBER = re.compile(r"[0-9]{1,13}")


@dataclass(frozen=True, slots=True)
class Question:
    """The question as the one who opened its link may see it. `pin_holders` are asked for a PIN here."""

    joining: Joining
    show: Show
    person: Person | None
    pin_holders: tuple[Person, ...]


async def show_question(request: Request) -> Response:
    """What is asked, or how it was answered. Opening it answers nothing: link previews open it too."""
    await count_try(request, "consent")
    return await _page(request, await _question(request))


async def take_answer(request: Request) -> Response:
    """Agree, not now, or take it back. The same answer twice is one answer.

    Who agrees to the show on another day than it is now is shown the question again.
    """
    await count_try(request, "consent")
    question = await _question(request)
    shop, form = shop_of(request), Form(await request.form())
    what = form.raw("answer")
    if what not in ANSWERS:
        raise Invalid
    if what == "agree" and _is_other_day(form, question.show):
        return await _page(request, question, status=409, is_moved=True)
    if question.joining.state != ANSWERS[what][0]:
        try:
            person = question.person
            if person is None:
                person = await person_of_pin(shop, question.pin_holders, form)
        except Invalid as error:
            return await _page(request, question, status=422, errors=messages(error))
        async with shop.db.write() as connection:
            show = await lock_show(connection, question.show.id)
            if what == "agree" and _is_other_day(form, show):
                raise Conflict
            await answer(connection, show, question.joining, what, person)
            if show.state != "ended":
                await plan_posters(connection, show, public_url=shop.settings.public_url)
        shop.jobs.wake()
        rooms_of(request).ring(question.show.id)
    return RedirectResponse(question.joining.path, status_code=303)


async def _question(request: Request) -> Question:
    person = await current_person(request)
    async with shop_of(request).db.read() as connection:
        joining = await joining_by_code(connection, request.path_params["joining"])
        members = await people_of_household(connection, joining.household.id)
        show = await show_by_id(connection, joining.show_id)
    return Question(joining, show, person, () if person else tuple(one for one in members if one.has_pin))


def _is_other_day(form: Form, show: Show) -> bool:
    """Whether the page that was answered told of another day than the show's."""
    seen = form.raw("starts_ms")
    if not NUMBER.fullmatch(seen):
        return False
    return local(int(seen)).date() != local(show.starts_ms).date()


async def _page(request: Request, question: Question, *, status: int = 200, is_moved: bool = False,
                errors: dict[str, str] | None = None) -> Response:
    joining, show = question.joining, question.show
    async with shop_of(request).db.read() as connection:
        seller = await seller_of(connection, show)
        goods = [(item, await thumb_of(connection, item.listing.id)) for item in joining.goods]
    return page(request, "live/joining.html", status=status, joining=joining, show=show, seller=seller, goods=goods,
                household=joining.household, person=question.person, may_answer=may_answer(question.person, joining),
                is_ours=question.person is not None and question.person.household_id == joining.household.id,
                pin_holders=question.pin_holders, motif=motif_of(joining.household.code), errors=errors or {},
                is_moved=is_moved, values={})


ROUTES = [
    # A QR holds the link in upper case; both are answered without a detour.
    *(Route(f"/{letter}/{{joining}}", show_question) for letter in "bB"),
    *(Route(f"/{letter}/{{joining}}", take_answer, methods=["POST"]) for letter in "bB"),
]
