"""The JSON API for posts: `/api/v1/listings/{id}/posts`, with the household's key."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from catalog.households.session import household_of_key
from catalog.listings.api import listing_of
from catalog.posts.compose import posts_of
from catalog.web.api import Operation, answer, api_routes
from catalog.web.limits import count_try
from catalog.web.render import shop_of


class WarningOut(BaseModel):
    """Words of a text to look at again: why, and what to write instead."""

    words: str
    why: str
    instead: str


class PostOut(BaseModel):
    """A network's text. `link` is the order link that tells the network; `edited`, that a person wrote the text.

    `warnings` tell what the law or the listing's own facts speak against; the text may still be used.
    """

    network: Literal["facebook", "zalo", "tiktok", "portal", "sms"]
    text: str
    link: str
    edited: bool
    warnings: list[WarningOut]


class PostsOut(BaseModel):
    """A listing's texts, one for each network."""

    posts: list[PostOut]


async def get_posts(request: Request) -> Response:
    """The texts as they stand now: the facts' own, or what a person made of them."""
    household = await household_of_key(request)
    await count_try(request, "api", who=household.id)
    listing = await listing_of(request, household)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        posts = await posts_of(connection, listing, household, public_url=shop.settings.public_url)
    return answer(PostsOut.model_validate({"posts": [
        {"network": post.network, "text": post.text, "link": post.link, "edited": post.edited,
         "warnings": [{"words": one.words, "why": one.why_text, "instead": one.instead_text} for one in post.findings]}
        for post in posts]}))


OPERATIONS = [
    Operation("GET", "/api/v1/listings/{id}/posts", get_posts, "Texts to post", gives=PostsOut, refusals=(404,)),
]

ROUTES = api_routes(OPERATIONS)
