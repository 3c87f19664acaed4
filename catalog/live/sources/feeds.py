"""A source's comments through its household's own keys, whichever network it is."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

from catalog.live.shows.queries import show_by_id
from catalog.live.sources.model import Batch, Pace, Source, Stop
from catalog.live.sources.queries import SQL
from catalog.live.sources.stream import follow_facebook
from catalog.live.sources.youtube import YouTube, day_of, follow_youtube
from catalog.posts.publishers.account import Account, place_of
from catalog.posts.publishers.graph import Graph
from catalog.posts.publishers.queries import account_by_id
from catalog.posts.publishers.wire import Wire
from catalog.storage.database import now_ms
from catalog.storage.secrets import SecretLost
from catalog.storage.shop import Shop


async def feed_of(shop: Shop, source: Source, pace: Pace) -> AsyncGenerator[tuple[Batch, str], None]:
    """Batches with YouTube's id of the chat ("" for Facebook). Raises `Pause` and `Stop`."""
    networks = shop.settings.networks
    async with Wire(allow_loopback=networks.allow_loopback, quiet_seconds=min(30.0, pace.quiet)) as wire:
        if source.network == "facebook":
            async with shop.db.read() as connection:
                account = await account_by_id(connection, source.account_id or "")
            token = page_token(shop, account)
            async with aclosing(follow_facebook(
                    Graph(wire, networks, token), networks, token, live_id=source.address,
                    page_id=account.address if account else "", cursor=source.cursor, pace=pace)) as batches:
                async for batch in batches:
                    yield batch, ""
        else:
            async with shop.db.read() as connection:
                household_id = (await show_by_id(connection, source.show_id)).household_id
                row = await SQL.youtube_key(connection, household_id=household_id)
            used = row["units"] if row and row["day"] == day_of(now_ms()) else 0
            key = youtube_key(shop, household_id, row["sealed"] if row else "")
            async with aclosing(follow_youtube(
                    YouTube(wire, networks, key), video_id=source.address, chat=source.chat, cursor=source.cursor,
                    used_units=used, pace=pace)) as told:
                async for batch, chat in told:
                    yield batch, chat


def page_token(shop: Shop, account: Account | None) -> str:
    """The Page's token. Raises `Stop` where it was taken away or can't be opened."""
    if account is None or account.is_removed:
        raise Stop("token")
    try:
        return str(json.loads(shop.secrets.unseal(account.sealed, place=place_of(account.id)))["token"])
    except SecretLost:
        raise Stop("token") from None


def youtube_key(shop: Shop, household_id: str, sealed: str) -> str:
    """The household's key. Raises `Stop` where there is none or it can't be opened."""
    try:
        return shop.secrets.unseal(sealed, place=youtube_place(household_id))
    except SecretLost:
        raise Stop("key") from None


def youtube_place(household_id: str) -> str:
    """What a household's YouTube key is sealed for."""
    return f"youtube:{household_id}"
