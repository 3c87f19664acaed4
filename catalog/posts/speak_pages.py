"""What to say about a listing: the script to read out on air, answers to copy."""

from __future__ import annotations

import dataclasses
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog.accounts.queries import account_of
from catalog.listings.access import listing_path, own_listing
from catalog.listings.model import order_link
from catalog.posts.answers import answers_for
from catalog.posts.compose import facts_for, told_of
from catalog.posts.model import Facts
from catalog.posts.script import live_script
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of


async def show_script(request: Request) -> Response:
    """The words in large type, in parts, with what to have before one's eyes."""
    context, facts, takes_transfers = await _told(request)
    script = live_script(facts, price_vnd=context["listing"].price_vnd, takes_transfers=takes_transfers)
    return page(request, "posts/script.html", script=script, **context)


async def show_answers(request: Request) -> Response:
    """An answer to each usual question."""
    context, facts, takes_transfers = await _told(request)
    return page(request, "posts/answers.html", answers=answers_for(facts, takes_transfers=takes_transfers), **context)


async def _told(request: Request) -> tuple[dict[str, Any], Facts, bool]:
    """What both pages show, the facts with the plain order link, whether the household takes transfers."""
    actor, listing = await own_listing(request)
    shop, household = shop_of(request), actor.household
    url = shop.settings.public_url
    async with shop.db.read() as connection:
        told = await told_of(connection, listing, household)
        account = await account_of(connection, household.id)
    facts = dataclasses.replace(facts_for("facebook", listing, household, told, public_url=url),
                                link=order_link(url, listing.code))
    return {"actor": actor, "household": household, "listing": listing, "motif": motif_of(household.code),
            "here": listing_path(actor, listing)}, facts, account is not None


ROUTES = [Route("/n/{household}/listings/{listing}/script", show_script),
          Route("/n/{household}/listings/{listing}/answers", show_answers)]
