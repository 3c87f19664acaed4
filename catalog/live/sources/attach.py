"""Attaching a show to a live video, and the key with which YouTube is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from catalog.errors import FieldError, Invalid, NotFound
from catalog.households.model import Actor
from catalog.households.queries import household_by_id, record, village_by_id
from catalog.live.shows.model import Show
from catalog.live.shows.queries import lock_show, note
from catalog.live.sources import facebook, youtube
from catalog.live.sources.feeds import page_token, youtube_key, youtube_place
from catalog.live.sources.facebook import Video
from catalog.live.sources.model import MOST_SOURCES, WHY, Pause, Source, Stop
from catalog.live.sources.queries import SQL, source_by_id, sources_of
from catalog.live.sources.youtube import VIDEO_UNITS, YouTube, day_of
from catalog.live.team.queries import SQL as TEAM
from catalog.posts.publishers.account import Account, Holder, holder_of_household, holder_of_village
from catalog.posts.publishers.graph import Graph
from catalog.posts.publishers.queries import account_by_id, accounts_of
from catalog.posts.publishers.wire import Wire
from catalog.storage.database import new_id, now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.words.keyed import N_

ASK_SECONDS = 20.0
NO_NUMBER = N_("Không thấy số của video trong đường dẫn này. Chép lại cả đường dẫn.")


async def holder_of_show(connection: Connection, actor: Actor, show: Show) -> Holder:
    """Whose Pages the show can be on: the household's, or the village's for its team's show."""
    if show.village_id is None:
        return holder_of_household(actor)
    return holder_of_village(actor.person, await village_by_id(connection, show.village_id))


async def holder_of_source(connection: Connection, actor: Actor, source: Source) -> Holder | None:
    """Whose Page the source goes by, and so where it is connected anew; None for one without a Page."""
    account = await account_by_id(connection, source.account_id) if source.account_id else None
    if account is None:
        return None
    if account.household_id:
        return holder_of_household(Actor(actor.person, await household_by_id(connection, account.household_id)))
    assert account.village_id is not None
    return holder_of_village(actor.person, await village_by_id(connection, account.village_id))


async def pages_of(connection: Connection, show: Show) -> list[Account]:
    """The connected Pages that comments can come from: on a team's show the village's, then those of the household
    that it was planned from, once that has agreed."""
    accounts = await accounts_of(connection, show.household_id)
    if show.village_id:
        rows = await TEAM.joinings_of_show(connection, show_id=show.id)
        states = {row["household_id"]: row["state"] for row in rows}
        own = accounts if states.get(show.household_id) == "agreed" else []
        accounts = [*await accounts_of(connection, None, show.village_id), *own]
    return [one for one in accounts if one.network == "facebook"]


async def live_now(shop: Shop, account: Account) -> list[Video]:
    """What the Page broadcasts now. Raises `Invalid` where it can't be asked."""
    with _told("live"):
        async with _graph(shop, account) as graph:
            return await facebook.live_videos(graph, account.address)


async def attach_facebook(shop: Shop, actor: Actor, show: Show, account_id: str, typed: str) -> str:
    """The source's id. Raises `Invalid` for what is no video that the Page's token may read, `NotFound` for no own Page."""
    async with shop.db.read() as connection:
        account = next((one for one in await pages_of(connection, show) if one.id == account_id), None)
    if account is None:
        raise NotFound
    number = facebook.read_address(typed)
    if not number:
        raise Invalid(fields={"video": FieldError(NO_NUMBER)})
    with _told("video"):
        async with _graph(shop, account) as graph:
            video = await facebook.find_video(graph, account.address, number)
    title = account.title if video.title == "Facebook" else video.title
    return await _add(shop, actor, show, network="facebook", account_id=account.id, address=video.id, chat="", title=title)


async def attach_youtube(shop: Shop, actor: Actor, show: Show, typed: str) -> str:
    """The source's id. Raises `Invalid` where there is no key, no such video or no chat below it."""
    video_id = youtube.read_address(typed)
    if not video_id:
        raise Invalid(fields={"youtube": FieldError(NO_NUMBER)})
    networks = shop.settings.networks
    async with shop.db.read() as connection:
        row = await SQL.youtube_key(connection, household_id=show.household_id)
    with _told("youtube"):
        key = youtube_key(shop, show.household_id, row["sealed"] if row else "")
        async with Wire(allow_loopback=networks.allow_loopback, whole_seconds=ASK_SECONDS) as wire:
            chat = await YouTube(wire, networks, key).chat_of(video_id)
    async with shop.db.write() as connection:
        await SQL.count_units(connection, household_id=show.household_id, day=day_of(now_ms()), units=VIDEO_UNITS)
    return await _add(shop, actor, show, network="youtube", account_id=None, address=video_id, chat=chat.id, title=chat.title)


async def key_holder_of(connection: Connection, actor: Actor, show: Show) -> Actor:
    """For whom the show's YouTube key is kept: the household that it was planned from, a team's show too."""
    return Actor(actor.person, await household_by_id(connection, show.household_id))


async def keep_key(shop: Shop, actor: Actor, key: str) -> None:
    """Keep the household's key, encrypted; "" forgets it. Raises `Forbidden` for a helper."""
    holder_of_household(actor).check_may_connect()
    household_id = actor.household.id
    async with shop.db.write() as connection:
        if key:
            await SQL.keep_youtube_key(connection, household_id=household_id, now_ms=now_ms(),
                                       sealed=shop.secrets.seal(key, place=youtube_place(household_id)))
        else:
            await SQL.forget_youtube_key(connection, household_id=household_id)
        await record(connection, household_id=household_id, person_id=actor.person_id, detail="YouTube",
                     verb=N_("nối mạng xã hội") if key else N_("bỏ nối mạng xã hội"))


async def detach(connection: Connection, actor: Actor, show: Show, source_id: str) -> None:
    """Read it no more; what came stays. Raises `NotFound`."""
    await lock_show(connection, show.id)
    if await SQL.remove_source(connection, id=source_id, show_id=show.id, now_ms=now_ms()) is None:
        raise NotFound
    await note(connection, show.id, "source", person_id=actor.person_id, source=source_id, state="removed")


async def read_again(connection: Connection, actor: Actor, show: Show, source_id: str) -> None:
    """Go on with a source that stopped, by its Page as it is connected now; nothing happens where it reads."""
    await lock_show(connection, show.id)
    source = await source_by_id(connection, source_id)
    if source and source.account_id:
        await _renew_page(connection, show, source_id, source.account_id)
    if await SQL.read_again(connection, id=source_id, show_id=show.id) is not None:
        await note(connection, show.id, "source", person_id=actor.person_id, source=source_id, state="waiting")


async def _add(shop: Shop, actor: Actor, show: Show, *, network: str, account_id: str | None, address: str, chat: str,
               title: str) -> str:
    source_id = new_id()
    async with shop.db.write() as connection:
        await lock_show(connection, show.id)
        known = await sources_of(connection, show.id)
        if same := next((one for one in known if (one.network, one.address) == (network, address)), None):
            if account_id and account_id != same.account_id:
                await SQL.set_account(connection, id=same.id, show_id=show.id, account_id=account_id)
            await read_again(connection, actor, show, same.id)
            return same.id
        if len(known) >= MOST_SOURCES:
            raise Invalid("Đã nối {most} video. Bỏ bớt một cái rồi thêm.", most=MOST_SOURCES)
        await SQL.add_source(connection, id=source_id, show_id=show.id, network=network, account_id=account_id,
                             address=address, chat=chat, title=title, now_ms=now_ms())
        await note(connection, show.id, "source", person_id=actor.person_id, source=source_id, state="waiting")
    return source_id


async def _renew_page(connection: Connection, show: Show, source_id: str, account_id: str) -> None:
    """A Page that was taken away and connected anew is another account with the same address."""
    account = await account_by_id(connection, account_id)
    if account is None or not account.is_removed:
        return
    anew = next((one for one in await pages_of(connection, show) if one.address == account.address), None)
    if anew:
        await SQL.set_account(connection, id=source_id, show_id=show.id, account_id=anew.id)


@asynccontextmanager
async def _graph(shop: Shop, account: Account) -> AsyncIterator[Graph]:
    networks = shop.settings.networks
    async with Wire(allow_loopback=networks.allow_loopback, whole_seconds=ASK_SECONDS) as wire:
        yield Graph(wire, networks, page_token(shop, account))


class _told:
    """Beside which field of the form it is said why a network could not be asked."""

    def __init__(self, field: str) -> None:
        self._field = field

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (Pause, Stop)):
            raise Invalid(fields={self._field: FieldError(WHY[error.reason][0])}) from None
