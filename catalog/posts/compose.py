"""A listing's posts: what a person has written, else what the facts say now."""

from __future__ import annotations

from catalog.households.model import Household
from catalog.households.queries import village_by_id
from catalog.listings.model import Listing, left_text, order_link
from catalog.posts.model import CHANNELS, NETWORKS, Facts, Post
from catalog.posts.queries import edited_texts, keep_text
from catalog.posts.texts import compose
from catalog.storage.sql import Connection
from catalog.web.clock import full_date
from catalog.words.money import show_vnd
from catalog.words.phones import show_phone


async def posts_of(connection: Connection, listing: Listing, household: Household, *, public_url: str) -> list[Post]:
    """One post for each network, in the order of `NETWORKS`."""
    village = await village_by_id(connection, household.village_id)
    edited = await edited_texts(connection, listing.id)
    posts = []
    for network in NETWORKS:
        facts = facts_for(network, listing, household, province=village.province, public_url=public_url)
        text = edited.get(network)
        posts.append(Post(network, text or compose(network, facts), facts.link, edited=text is not None))
    return posts


async def write_text(connection: Connection, listing: Listing, household: Household, network: str, text: str, *,
                     public_url: str) -> None:
    """Keep what a person wrote. An empty text, or the one the facts give anyway, is nobody's: it follows the facts."""
    village = await village_by_id(connection, household.village_id)
    facts = facts_for(network, listing, household, province=village.province, public_url=public_url)
    written = text.replace("\r\n", "\n").strip()
    await keep_text(connection, listing.id, network, "" if written == compose(network, facts) else written)


def facts_for(network: str, listing: Listing, household: Household, *, province: str, public_url: str) -> Facts:
    """The facts as a network's post says them, with that network's own order link."""
    return Facts(
        code=listing.code, kind=listing.kind, name=listing.name, price_text=show_vnd(listing.price_vnd),
        unit=listing.unit, household=household.name, place=listing.place or household.place, province=province,
        link=order_link(public_url, listing.code, CHANNELS[network]),
        left_text=None if listing.is_sold_out else left_text(listing),
        phone=show_phone(household.phone) if household.phone else None,
        packed_on=full_date(listing.packed_on) if listing.packed_on else None,
        best_before=full_date(listing.best_before) if listing.best_before else None,
        ingredients=listing.ingredients)
