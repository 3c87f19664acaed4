"""A show's announcements: what a person wrote for a network, else what the facts say; what to look at again."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.households.model import Household
from catalog.households.queries import household_by_id
from catalog.listings.model import Listing
from catalog.live.shows.announce import day_lines
from catalog.live.shows.model import Show
from catalog.live.shows.queries import items_of
from catalog.live.shows.sellers import seller_of
from catalog.live.telling.queries import SQL
from catalog.live.telling.tellings import NETWORKS, Telling, tell
from catalog.posts.check import MOST_FINDINGS, Finding, check_text, claim_findings
from catalog.posts.compose import subject_of, told_of
from catalog.posts.model import Post
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import clock, local
from catalog.words.keyed import N_
from catalog.words.money import show_vnd
from catalog.words.phones import show_phone

NETWORK_NAMES = {"group": N_("Nhóm Zalo"), "zalo": "Zalo OA", "facebook": "Facebook", "tiktok": "TikTok",
                 "sms": N_("Tin nhắn")}
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """What an announcement is made of and checked against."""

    show: Show
    telling: Telling
    goods: tuple[tuple[Listing, Household], ...]

    @property
    def hour(self) -> str:
        """As every announcement says it: `19:30`."""
        return clock(self.show.starts_ms)


async def told_of_show(connection: Connection, show: Show, *, public_url: str) -> Told:
    """The facts of now: goods that are left, in the order of the show, each with whose it is."""
    seller = await seller_of(connection, show)
    goods = [item.listing for item in await items_of(connection, show.id) if not item.listing.is_sold_out]
    pairs = tuple([(listing, await household_by_id(connection, listing.household_id)) for listing in goods])
    moment, (part, _) = local(show.starts_ms), day_lines(show.starts_ms)
    rank = await SQL.rank_of_show(connection, household_id=show.household_id, created_ms=show.created_ms, id=show.id)
    telling = Telling(
        title=show.title.rstrip(" ."), when=f"{clock(show.starts_ms)} {part} {moment.day}/{moment.month}",
        seller=seller.said, we=seller.we, place=seller.place, phone=show_phone(seller.phone) if seller.phone else None,
        goods=tuple((f"{one.name} (nhà {owner.name})" if seller.is_team else one.name,
                     f"{show_vnd(one.price_vnd)}/{one.unit}") for one, owner in pairs), link=public_url + show.path,
        code=seller.code, rank=int(rank["rank"]))
    return Told(show, telling, pairs)


async def posts_of_show(connection: Connection, show: Show, *, public_url: str) -> list[Post]:
    """One text for each network, in the order of `NETWORKS`."""
    told = await told_of_show(connection, show, public_url=public_url)
    written = {row["network"]: row["text"] for row in await SQL.texts_of_show(connection, show_id=show.id)}
    posts = []
    for network in NETWORKS:
        text = written.get(network) or tell(network, told.telling)
        posts.append(Post(network, text, told.telling.link, edited=network in written,
                          findings=await check_telling(connection, text, told)))
    return posts


async def has_old_hour(connection: Connection, show: Show, network: str) -> bool:
    """Whether a person wrote this text for another hour and it doesn't say the hour of now."""
    row = next((one for one in await SQL.texts_of_show(connection, show_id=show.id) if one["network"] == network), None)
    return row is not None and row["starts_ms"] != show.starts_ms and clock(show.starts_ms) not in row["text"]


async def write_telling(connection: Connection, show: Show, network: str, text: str, *, public_url: str) -> None:
    """Keep what a person wrote. An empty text, or the one the facts give anyway, is nobody's: it follows the facts."""
    told = await told_of_show(connection, show, public_url=public_url)
    written = text.strip()
    if written and written != tell(network, told.telling):
        await SQL.keep_show_text(connection, show_id=show.id, network=network, text=written, starts_ms=show.starts_ms,
                                 now_ms=now_ms())
    else:
        await SQL.forget_show_text(connection, show_id=show.id, network=network)


async def check_telling(connection: Connection, text: str, told: Told) -> tuple[Finding, ...]:
    """What to look at again: what the law speaks against, and what is true of none of the goods.

    The dates of food are the product page's to say. Another price is told only where there is one product to mean.
    """
    found = {(one.rule, one.words): one for one in claim_findings(text)}
    against: list[dict[tuple[str, str], Finding]] = []
    for listing, household in told.goods:
        subject = subject_of(listing, household, await told_of(connection, listing, household))
        against.append({(one.rule, one.words): one for one in check_text(text, subject, network="sms")
                        if one.rule not in ("dates",) and not (one.rule == "price-other" and len(told.goods) > 1)})
    if against:
        shared = set(against[0]).intersection(*against[1:])
        found |= {key: one for key, one in against[0].items() if key in shared}
    return tuple(found.values())[:MOST_FINDINGS]
