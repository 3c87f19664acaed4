"""The four people who recur: a farmer, a helper of her team, a neighbour, a buyer (and the owner)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.applications import Starlette

from catalog.households import queries
from catalog.households.model import Household, Person, Village
from catalog.households.sign_in import make_link
from catalog.storage.settings import Rtmp, Settings
from catalog.storage.shop import Shop
from server import create_app

BASE_URL = "http://testserver"


@dataclass(frozen=True, slots=True)
class Cast:
    """A village with two households. Each client is a browser that is signed in; the buyer's is not."""

    app: Starlette
    shop: Shop
    village: Village
    household: Household
    other_household: Household
    farmer_person: Person
    helper_person: Person
    owner: httpx.AsyncClient
    farmer: httpx.AsyncClient
    helper: httpx.AsyncClient
    neighbour: httpx.AsyncClient
    buyer: httpx.AsyncClient

    @property
    def stall(self) -> str:
        """Where the farmer's own pages begin: `/n/<code>`."""
        return f"/n/{self.household.code}"


def make_settings(folder: Path, **changes: object) -> Settings:
    """A shop in a folder of its own, without rate limits unless asked for."""
    chosen: dict[str, object] = {"data": folder, "database_url": f"sqlite:{folder / 'shop.db'}",
                                 "public_url": BASE_URL, "limits": False,
                                 "rtmp": Rtmp("rtmp://testserver/live", secret="x")}
    return Settings(**(chosen | changes))  # type: ignore[arg-type]


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[Starlette]:
    """The real app with its lifespan run."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


def browser(app: Starlette) -> httpx.AsyncClient:
    """A browser without a past. It sends its own origin with what it posts, as browsers do."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE_URL,
                             headers={"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"})


@asynccontextmanager
async def open_cast(settings: Settings) -> AsyncIterator[Cast]:
    """The village, its people and their browsers."""
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(settings))
        shop: Shop = app.state.shop
        async with shop.db.write() as connection:
            village = await queries.add_village(connection, code="loi", name="Bản Lói", commune="xã Mường Ảng",
                                                province="Điện Biên")
            elsewhere = await queries.add_village(connection, code="hon", name="Bản Hón", commune="xã Mường Ảng",
                                                  province="Điện Biên")
            household = await queries.add_household(connection, code="xuan2", village_id=village.id,
                                                    name="Lò Thị Xuân", phone="+84900000456",
                                                    place="bản Lói, xã Mường Ảng")
            other = await queries.add_household(connection, code="dung3", village_id=elsewhere.id,
                                                name="Quàng Văn Dũng", phone="+84900000789",
                                                place="bản Hón, xã Mường Ảng")
            people = {
                "owner": await queries.add_person(connection, name="Chủ sạp chung", role="owner"),
                "farmer": await queries.add_person(connection, name="Lò Thị Xuân", role="household",
                                                   household_id=household.id),
                "helper": await queries.add_person(connection, name="Quàng Văn Minh", role="helper",
                                                   village_id=village.id),
                "neighbour": await queries.add_person(connection, name="Quàng Văn Dũng", role="household",
                                                      household_id=other.id)}
            tokens = {name: await make_link(connection, person.id) for name, person in people.items()}
        clients = {name: await stack.enter_async_context(browser(app)) for name in (*people, "buyer")}
        for name, token in tokens.items():
            signed_in = await clients[name].post(f"/s/{token}")
            assert signed_in.status_code == 303, signed_in.text
        yield Cast(app=app, shop=shop, village=village, household=household, other_household=other,
                   farmer_person=people["farmer"], helper_person=people["helper"], **clients)
