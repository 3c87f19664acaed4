"""All that a household has, and every door of the shop, filled in with it: made from the routes themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import httpx
from PIL import Image
from starlette.routing import Route

from catalog.households.model import Actor
from catalog.households.queries import add_person
from catalog.households.sign_in import make_link
from catalog.listings.model import Listing
from catalog.listings.publish import create_listing, set_photos
from catalog.listings.queries import SQL as LISTINGS
from catalog.live.shows.comments import Said, take_comments
from catalog.live.shows.drafts import confirm
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.plan import Plan, plan_show
from catalog.live.shows.queries import SQL as SHOWS
from catalog.live.shows.queries import note, show_by_code, to_draft
from catalog.live.shows.stage import start
from catalog.live.sources.queries import SQL as SOURCES
from catalog.live.team.queries import SQL as TEAM
from catalog.live.telling.queries import SQL as TELLING
from catalog.payments.banks.registry import PROVIDERS
from catalog.payments.endpoints import open_endpoint
from catalog.payments.receive import receive_transfer
from catalog.posts.filmed.queries import SQL as FILMED
from catalog.posts.publishers.queries import SQL as NETWORKS
from catalog.storage.database import new_id, now_ms
from catalog.web.static import static
from server import ROUTES
from tests.cast import Cast
from tests.orders.goods import POMELO, give_account, list_goods, place
from tests.payments.sepay_wire import notice

OPEN_TO_ALL = {
    "/", "/healthz", "/places", "/robots.txt", "/sitemap.xml", "/embed", "/embed/{village}", "/feeds/{feed}", "/feeds/{village}/{feed}",
    "/feeds/{village}/{household}/{feed}", "/static/{digest}/{name:path}", "/lang", "/home", "/api/openapi.json",
    # Whoever holds the code or the token in these may enter: that is what they are for.
    "/o/{code}", "/o/{code}/{channel}", "/O/{code}", "/O/{code}/{channel}", "/d/{token}", "/d/{token}/state",
    "/l/{code}", "/l/{code}/state", "/l/{code}/live.m3u8", "/l/{code}/segment-{number}.m4s",
    "/l/{code}/init-{part}.mp4", "/l/{code}/poster/{role}.jpg", "/l/{code}/order", "/l/{code}/comments",
    "/l/{code}/calendar.ics", "/x", "/x/{claim}", "/x/{claim}/{token}",
    "/d/{token}/qr.png", "/d/{token}/again", "/c/{code}", "/C/{code}", "/b/{joining}", "/B/{joining}",
    "/c/{code}/photo", "/s/{token}", "/S/{token}",
    # Everybody's own: what they show or change belongs to the one who asks.
    "/me", "/me/pin", "/me/sign-out"}
"""What strangers may ask for. Any other route, one that is added later too, must be closed to them."""

SELF_MADE = {"sessions", "jobs", "sqlite_sequence", "sign_in_links", "audit", "show_viewers"}
"""Tables that a legitimate visit may touch."""


@dataclass(frozen=True, slots=True)
class Door:
    """One method on one route, its path filled in."""

    method: str
    route: str
    path: str

    @property
    def is_open(self) -> bool:
        """Whether strangers may use it: `/api/v1/orders` is closed for reading and open for ordering."""
        return self.route in OPEN_TO_ALL or (self.method, self.route) == ("POST", "/api/v1/orders")


@dataclass(frozen=True, slots=True)
class Estate:
    """A household's goods, order, money and photos; `names` fills the routes' parameters."""

    cast: Cast
    names: dict[str, str]

    def doors(self) -> list[Door]:
        """Every method of every route, in the routes' order."""
        return [Door(method, route.path, self.fill(route.path)) for route in ROUTES if isinstance(route, Route)
                for method in sorted((route.methods or set()) - {"HEAD"})]

    def fill(self, template: str, **changes: str) -> str:
        """The path with this household's own names in it; KeyError for a parameter that is new here."""
        names = self.names | self._for(template) | changes
        return re.sub(r"{(\w+)(?::\w+)?}", lambda found: names[found[1]], template)

    def _for(self, template: str) -> dict[str, str]:
        if template.lower().startswith("/c/"):
            return {"code": self.names["consent"]}
        if template.lower().startswith("/s/"):
            return {"token": self.names["link"]}
        if template.startswith("/l/"):
            return {"code": self.names["show"]}
        if template.startswith("/x/"):
            return {"token": self.names["claim_token"]}
        if "/qr/" in template:
            return {"channel": "zalo"}
        return {}

    async def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables that no visit changes by itself."""
        async with self.cast.shop.db.read() as connection:
            tables = [row["name"] for row in await connection.execute_fetchall(
                "SELECT name FROM sqlite_master WHERE type = 'table'") if row["name"] not in SELF_MADE]
            return {table: sorted((tuple(row) for row in await connection.execute_fetchall(f"SELECT * FROM {table}")),
                                  key=repr) for table in tables}


async def build(cast: Cast) -> Estate:
    """The farmer's household with one of everything. The listing of the paths is a helper's, not agreed to yet."""
    await cast.shop.jobs.close()  # What is drawn in the background would look like somebody's doing.
    await give_account(cast)
    shown = await list_goods(cast)
    order = await place(cast, shown.code)
    helper = Actor(cast.helper_person, cast.household)
    waiting = await create_listing(cast.shop, helper, POMELO, photo_ids=[], publish=True, photo_needed=False)
    loose, kept = await _add_photo(cast), await _add_photo(cast)
    async with cast.shop.db.write() as connection:
        await set_photos(connection, waiting.listing, [kept])
        endpoint, _ = await open_endpoint(connection, cast.household.id, PROVIDERS["sepay"], "apikey",
                                          person_id=cast.farmer_person.id)
        await receive_transfer(connection, endpoint, notice(accountNumber="0900000456", content="tien buoi"))
        member = await add_person(connection, name="Lò Văn Pánh", role="household", household_id=cast.household.id)
        link = await make_link(connection, member.id)
        (transfer,) = await connection.execute_fetchall("SELECT id FROM transfers")
        key = await _keep_picture(cast, "purple")
        await _add_file(connection, "square", key, listing_id=waiting.listing.id)
        account, sending = new_id(), new_id()
        await NETWORKS.add_account(connection, id=account, household_id=cast.household.id, village_id=None, network="zalo",
                                   title="Zalo OA", address="2813001", link="", shapes="article",
                                   sealed="x", now_ms=now_ms())
        await NETWORKS.add_sending(connection, id=sending, household_id=cast.household.id, listing_id=waiting.listing.id,
                                   village_id=None, show_id=None, account_id=account, shape="article", form_key="s",
                                   due_ms=now_ms(), price_vnd=25_000,
                                   asked_by=None, now_ms=now_ms())
        recording, piece, filmed = new_id(), new_id(), new_id()
        await FILMED.add_clip(connection, id=filmed, household_id=cast.household.id, listing_id=waiting.listing.id, origin="show",
                              title="Bưởi", shown_ms=now_ms(), lines="[]", covered=0.0, until_ms=now_ms(), now_ms=now_ms())
        for role in ("source", "clip", "poster"):
            await FILMED.add_file(connection, filmed_id=filmed, role=role, object_key=key, bytes=9, seconds=9.0)
        await LISTINGS.add_piece(connection, id=piece, household_id=cast.household.id, listing_id=waiting.listing.id,
                                 upload_key="p", now_ms=now_ms(), seconds=5.0, width=40, height=30,
                                 object_key=await _keep_picture(cast, "grey"))
        await LISTINGS.add_recording(connection, id=recording, household_id=cast.household.id,
                                     listing_id=waiting.listing.id, upload_key="r", now_ms=now_ms(), seconds=9.0,
                                     object_key=await _keep_picture(cast, "brown"))
    show, draft, claim, claim_token, place_id = await _air(cast, shown)
    source, joining = await _attach(cast, show), await _ask_to_join(cast, show)
    await _draw_poster(cast, show)
    assert waiting.consent_code is not None
    sheet = static("css/buyer.css").split("/", 3)
    return Estate(cast, {
        "household": cast.household.code, "village": cast.village.code, "person": member.id,
        "listing": waiting.listing.code.lower(), "id": waiting.listing.id, "photo": loose, "key": key,
        "recording": recording, "piece": piece, "filmed": filmed, "account": account, "sending": sending,
        "order_code": order.code, "token": order.token, "transfer": transfer["id"], "endpoint": endpoint.id,
        "show": show, "number": "000000", "part": "0", "place": place_id, "piece_number": "0", "original_number": "0",
        "draft": draft, "source": source, "secret": "x", "role": "feed", "joining": joining, "claim": claim,
        "claim_token": claim_token,
        "provider": "sepay", "verb": "confirm", "network": "zalo", "feed": "feed.json", "channel": "z", "code": shown.code,
        "consent": waiting.consent_code, "link": link, "digest": sheet[2], "name": sheet[3]})


async def knock(client: httpx.AsyncClient, door: Door, **headers: str) -> httpx.Response:
    """The answer to a request that would mean something, were it allowed."""
    if door.method == "GET":
        return await client.get(door.path, headers=headers)
    if door.path.startswith("/api/"):
        return await client.request(door.method, door.path, json={"name": "x"}, headers=headers)
    form = {"name": "Kẻ lạ", "price": "1.000", "stock": "1", "kind": "other", "unit": "kg", "answer": "agree",
            "reason": "other", "words": "x", "bank": "970436", "number": "0123456789", "method": "apikey",
            "choice": "returned", "text": "x", "phone": "0900000999", "place": "x", "commune": "x", "province": "x"}
    return await client.request(door.method, door.path, data=form, headers=headers)


async def _air(cast: Cast, listing: Listing) -> tuple[str, str, str, str, str]:
    """A show on air: its code, a draft that waits, the code of a confirmed one and that order's token."""
    person = cast.farmer_person.id
    async with cast.shop.db.write() as connection:
        show = await plan_show(connection, Actor(cast.farmer_person, cast.household), Plan("Bưởi", now_ms(), (listing.id,), False))
        await start(connection, show, person_id=person)
        for author in ("Thu Hà", "Ngọc"):
            await take_comments(connection, show, [Said(author, "A1 lấy 1 túi", "typed")], seller=cast.household.name)
        first, second = [to_draft(row) for row in await SHOWS.waiting_drafts(connection, show_id=show.id, most=9)]
        await note(connection, show.id, "shown", pin="A1", seconds=0.0)
        await SHOWS.add_recording(connection, show_id=show.id, seconds=9.0, now_ms=now_ms())
        await SHOWS.add_piece(connection, show_id=show.id, number=0, pin="A1", listing_id=listing.id, seconds=9.0)
        place_id = new_id()
        await SHOWS.add_destination(connection, id=place_id, show_id=show.id, title="Facebook", sealed="x", now_ms=now_ms())
        made = await confirm(connection, show, first, version=first.version, person_id=person)
    folder = show_folder(cast.shop.settings.data, show.id)
    folder.mkdir(parents=True)
    for name in ("live.m3u8", "segment-000000.m4s", "init-0.mp4", "whole.mp4", "piece-0.mp4", "original-a.webm"):
        (folder / name).write_bytes(b"#EXTM3U\n")
    return show.code.lower(), second.id, made.claim, made.orders[0].token, place_id


async def _draw_poster(cast: Cast, code: str) -> None:
    """The show's poster."""
    key = await _keep_picture(cast, "yellow")
    async with cast.shop.db.write() as connection:
        show = await show_by_code(connection, code)
        assert show is not None
        await TELLING.keep_show_picture(connection, show_id=show.id, role="feed", spec_key="k", object_key=key, width=40,
                                      height=30, bytes=1,
                                      now_ms=now_ms())


async def _ask_to_join(cast: Cast, code: str) -> str:
    """The code of a question whether the household's goods may be sold on a team's show."""
    async with cast.shop.db.write() as connection:
        show = await show_by_code(connection, code)
        assert show is not None
        await TEAM.ask_household(connection, show_id=show.id, household_id=cast.household.id, code="J7M2PK",
                                  asked_by=cast.helper_person.id,
                                  now_ms=now_ms())
    return "j7m2pk"


async def _attach(cast: Cast, code: str) -> str:
    """A live video whose comments are read no more, and the key for it."""
    source = new_id()
    async with cast.shop.db.write() as connection:
        show = await show_by_code(connection, code)
        assert show is not None
        await SOURCES.add_source(connection, id=source, show_id=show.id, network="youtube", account_id=None, chat="c",
                                 address="dQw4w9WgXcQ", title="Chợ phiên", now_ms=now_ms())
        await SOURCES.set_state(connection, id=source, state="stopped", reason="quota", wait_until_ms=None)
        await SOURCES.keep_youtube_key(connection, household_id=cast.household.id, sealed="x", now_ms=now_ms())
    return source


async def _add_photo(cast: Cast) -> str:
    """A kept photo with the small pictures that pages show of it."""
    photo_id, key = new_id(), await _keep_picture(cast, "green")
    async with cast.shop.db.write() as connection:
        await LISTINGS.add_photo(connection, id=photo_id, household_id=cast.household.id, upload_key=photo_id,
                                 object_key=key, width=40, height=30, sharpness=1.0, fingerprint="", now_ms=now_ms())
        for role in ("thumb", "page_720"):
            await _add_file(connection, role, await _keep_picture(cast, "orange"), photo_id=photo_id)
    return photo_id


async def _keep_picture(cast: Cast, colour: str) -> str:
    path = cast.shop.scratch / f"{colour}.jpg"
    Image.new("RGB", (40, 30), colour).save(path)
    return await cast.shop.objects.keep(path)


async def _add_file(connection: Any, role: str, object_key: str, *, photo_id: str | None = None,
                    listing_id: str | None = None) -> None:
    await LISTINGS.add_file(connection, id=new_id(), listing_id=listing_id, photo_id=photo_id, role=role, spec_key="k",
                            object_key=object_key, content_type="image/jpeg", width=40, height=30, bytes=1,
                            seconds=0.0, left_out="", now_ms=now_ms())
