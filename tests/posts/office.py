"""The shop with a product whose posts are to go out, beside doubles of the networks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from catalog.households.model import Actor
from catalog.listings.model import Listing
from catalog.listings.publish import change_listing, facts_of
from catalog.listings.queries import SQL as LISTINGS
from catalog.listings.queries import add_file, listing_by_id
from catalog.posts.publishers import jobs as jobs_module
from catalog.posts.publishers.account import Account, holder_of_household, holder_of_village
from catalog.posts.publishers.connect import connect
from catalog.posts.publishers.digest_subject import DIGEST, DigestSubject
from catalog.posts.publishers.listing_subject import LISTING, ListingSubject
from catalog.posts.publishers.queries import account_by_id, sending_by_id
from catalog.posts.publishers.schedule import schedule
from catalog.posts.publishers.sending import Sending
from catalog.storage.database import new_id, now_ms
from catalog.storage.queries import Job
from catalog.storage.settings import Networks
from tests.cast import Cast, make_settings, open_cast
from tests.orders.goods import POMELO, list_goods
from tests.posts.doubles.double import serving
from tests.posts.doubles.facebook import APP, TOKEN, FacebookDouble
from tests.posts.doubles.zalo import APP as ZALO_APP
from tests.posts.doubles.zalo import APP_SECRET, GROUP, ZaloDouble

KINDS = (LISTING, DIGEST)


@dataclass
class Office:
    """The shop with a product whose pictures are drawn, and the doubles of the networks."""

    cast: Cast
    facebook: FacebookDouble
    zalo: ZaloDouble
    listing: Listing
    actor: Actor

    async def account(self, network: str = "facebook") -> str:
        """A connected account's id."""
        secrets = {"facebook": {"token": TOKEN, "app_id": APP}, "zalo": {
            "app_id": ZALO_APP, "app_secret": APP_SECRET, "refresh_token": self.zalo.refresh_token, "group_id": GROUP}}
        return (await connect(self.cast.shop, holder_of_household(self.actor), network, "", secrets[network])).id

    async def ask(self, account_id: str, shape: str = "pictures", *, due_ms: int = 0) -> str:
        """A post on its way."""
        async with self.cast.shop.db.read() as connection:
            account = await account_by_id(connection, account_id)
            listing = await listing_by_id(connection, self.listing.id)
        assert account is not None and listing is not None
        return await schedule(self.cast.shop, ListingSubject(self.actor, listing), account, shape=shape,
                              due_ms=due_ms or now_ms(), form_key=new_id())

    async def turn(self, sending_id: str) -> Sending:
        """One run of its job, as the runner would do it."""
        await jobs_module.send_post(KINDS, self.cast.shop, Job("j", "posts.send", "k", sending_id,
                                                               {"sending_id": sending_id}, 1))
        return await self.row(sending_id)

    async def row(self, sending_id: str) -> Sending:
        async with self.cast.shop.db.read() as connection:
            sending = await sending_by_id(connection, sending_id)
        assert sending is not None
        return sending

    async def draw(self, *roles: str) -> None:
        """Finished files of what the listing says now."""
        shop = self.cast.shop
        async with shop.db.write() as connection:
            row = await LISTINGS.listing_by_id(connection, id=self.listing.id)
            for role in roles:
                path = shop.scratch / f"{role}.{'mp4' if role == 'clip' else 'jpg'}"
                Image.new("RGB", (80, 80), (len(role) * 20, 90, 60)).save(path, "JPEG")
                with path.open("ab") as file:
                    file.write(row["render_key"].encode())
                key = await shop.objects.keep(path)
                await add_file(connection, role=role, object_key=key, spec_key=row["render_key"], width=80, height=80,
                               content_type="video/mp4" if role == "clip" else "image/jpeg", size=path.stat().st_size,
                               listing_id=self.listing.id)

    async def change(self, **facts: object) -> None:
        async with self.cast.shop.db.read() as connection:
            listing = await listing_by_id(connection, self.listing.id)
        assert listing is not None
        await change_listing(self.cast.shop, self.actor, listing, replace(facts_of(listing), **facts))  # type: ignore[arg-type]


def digest_of(office: Office) -> DigestSubject:
    """The village's digest, sent by a helper."""
    return DigestSubject(office.cast.helper_person, office.cast.village)


@asynccontextmanager
async def open_office(folder: Path, **settings: object) -> AsyncIterator[Office]:
    """The office over a database of its own."""
    facebook, zalo = FacebookDouble(), ZaloDouble()
    async with serving(facebook) as graph, serving(zalo) as open_api:
        networks = Networks(facebook=graph, facebook_video=graph, facebook_upload=graph, zalo=open_api,
                            zalo_sign_in=open_api, allow_loopback=True)
        async with open_cast(make_settings(folder, networks=networks, **settings)) as cast:
            await cast.shop.jobs.close()  # The tests take the turns themselves.
            listing = await list_goods(cast, POMELO)
            found = Office(cast, facebook, zalo, listing, Actor(cast.farmer_person, cast.household))
            await found.draw("square", "portrait", "story", "preview", "clip")
            yield found


async def village_account(office: Office, network: str) -> Account:
    """The village's own account, connected."""
    secrets = {"facebook": {"token": TOKEN}, "zalo": {"app_id": ZALO_APP, "app_secret": APP_SECRET,
                                                     "refresh_token": office.zalo.refresh_token, "group_id": GROUP}}
    owner = replace(office.cast.helper_person, role="owner", village_id=None)
    return await connect(office.cast.shop, holder_of_village(owner, office.cast.village), network, "", secrets[network])


async def until_settled(look: Callable[[], Awaitable[Sending]]) -> Sending:
    """The sending once its outcome is known."""
    for _ in range(200):
        sending = await look()
        if sending.state not in ("waiting", "sending"):
            return sending
        await asyncio.sleep(0.05)
    raise AssertionError("nothing came of it")
