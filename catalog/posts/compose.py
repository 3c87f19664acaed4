"""A listing's posts: what a person has written, else what the facts say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.households.model import Household, Village
from catalog.households.queries import village_by_id
from catalog.listings.model import Certificate, Listing, left_text, order_link
from catalog.listings.queries import certificates_of_listing
from catalog.posts.check import Subject, check_text
from catalog.posts.model import CHANNELS, NETWORKS, Facts, Post, Proof
from catalog.posts.queries import edited_texts, keep_text, rank_of
from catalog.posts.texts import compose
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import full_date, local
from catalog.words.money import show_vnd
from catalog.words.phones import show_phone
from catalog.words.units import show_quantity


async def posts_of(connection: Connection, listing: Listing, household: Household, *, public_url: str) -> list[Post]:
    """One post for each network, in the order of `NETWORKS`."""
    told = await told_of(connection, listing, household)
    edited = await edited_texts(connection, listing.id)
    posts = []
    for network in NETWORKS:
        facts = facts_for(network, listing, household, told, public_url=public_url)
        written = edited.get(network)
        text = written or compose(network, facts)
        posts.append(Post(network, text, facts.link, edited=written is not None,
                          findings=check_text(text, subject_of(listing, household, told), network=network)))
    return posts


async def write_text(connection: Connection, listing: Listing, household: Household, network: str, text: str, *,
                     public_url: str) -> None:
    """Keep what a person wrote. An empty text, or the one the facts give anyway, is nobody's: it follows the facts."""
    told = await told_of(connection, listing, household)
    facts = facts_for(network, listing, household, told, public_url=public_url)
    written = text.strip()
    await keep_text(connection, listing.id, network, "" if written == compose(network, facts) else written)


@dataclass(frozen=True, slots=True)
class Told:
    """What a post says beside the listing and the household: where that is, its rank, what is certified."""

    village: Village
    rank: int
    certificates: tuple[Certificate, ...]
    today: date


async def told_of(connection: Connection, listing: Listing, household: Household) -> Told:
    """What the other tables know of a listing."""
    return Told(await village_by_id(connection, household.village_id), await rank_of(connection, listing),
                tuple(await certificates_of_listing(connection, listing.id)), local(now_ms()).date())


def subject_of(listing: Listing, household: Household, told: Told) -> Subject:
    """What a text about the listing is checked against."""
    return Subject(listing.kind, listing.price_vnd, listing.unit, told.today, household.phone, listing.packed_on,
                   listing.best_before, told.certificates, tuple(tier.price_vnd for tier in listing.tiers if tier.price_vnd))


def facts_for(network: str, listing: Listing, household: Household, told: Told, *, public_url: str) -> Facts:
    """The facts as a network's post says them, with that network's own order link."""
    return Facts(
        kind=listing.kind, name=listing.name, price_text=show_vnd(listing.price_vnd),
        unit=listing.unit, household=household.name, household_code=household.code, rank=told.rank,
        place=listing.place or household.place or told.village.commune, province=told.village.province,
        link=order_link(public_url, listing.code, CHANNELS[network]), is_sold_out=listing.is_sold_out,
        left_text=None if listing.is_sold_out else left_text(listing),
        phone=show_phone(household.phone) if household.phone else None,
        packed_on=full_date(listing.packed_on) if listing.packed_on else None,
        best_before=full_date(listing.best_before) if listing.best_before else None,
        ingredients=listing.ingredients,
        minimum=_minimum(listing), tiers=listing.tiers,
        harvested_on=full_date(listing.harvested_on) if listing.harvested_on else None,
        proofs=tuple(Proof(one.title, one.number, full_date(one.valid_until)) for one in told.certificates
                     if one.valid_until >= told.today))


def _minimum(listing: Listing) -> str | None:
    """The least that is sold; what is left of less may be bought whole, so then there is none to tell."""
    return show_quantity(listing.min_order, listing.unit) if 0 < listing.min_order <= listing.on_hand else None
