"""The feeds' addresses, stable for ever: docs/feeds.md names them for those who fetch them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.households.model import Village
from catalog.households.queries import household_by_code, village_by_code
from catalog.posts.feeds.feed import Feed, Format, Scope
from catalog.posts.feeds.google import GOOGLE
from catalog.posts.feeds.item import plain
from catalog.posts.feeds.json_feed import JSON_FEED
from catalog.posts.feeds.meta import META
from catalog.posts.feeds.rss import RSS
from catalog.posts.feeds.sitemap import SITEMAP
from catalog.posts.feeds.write import write_feed
from catalog.web.conditional import has_same, weak_tag
from catalog.web.limits import count_try
from catalog.web.render import shop_of

FEEDS = {"meta.csv": META, "merchant.xml": GOOGLE, "feed.json": JSON_FEED, "rss.xml": RSS}
CACHE = "public, max-age=300"
SHOP = Scope("", "Chợ Phiên · Hàng vùng cao đang bán", "Hàng của các nhà vùng cao, đặt trên điện thoại.")


async def show_feed(request: Request) -> Response:
    """One feed of the shop, of a village or of a household."""
    kind = FEEDS.get(request.path_params["feed"])
    if kind is None:
        raise NotFound
    return await _send(request, kind, request.path_params["feed"], await scope_of(request))


async def show_sitemap(request: Request) -> Response:
    """The sitemap of the whole shop."""
    return await _send(request, SITEMAP, "sitemap.xml", SHOP)


async def scope_of(request: Request) -> Scope:
    """Whose goods the path asks for; raises `NotFound` for a village or household that isn't there."""
    village_code = request.path_params.get("village", "").lower()
    household_code = request.path_params.get("household", "").lower()
    if not village_code:
        return SHOP
    async with shop_of(request).db.read() as connection:
        village = await village_by_code(connection, village_code)
        household = await household_by_code(connection, household_code) if household_code else None
    if village is None or (household_code and (household is None or household.village_id != village.id)):
        raise NotFound
    if household:
        return Scope(f"/{village.code}/{household.code}", plain(f"Nhà {household.name} · Chợ Phiên"),
                     plain(f"Hàng đang bán của nhà {household.name}, {household.place}."), household_id=household.id)
    return scope_of_village(village)


def scope_of_village(village: Village) -> Scope:
    """The goods of all households of a village."""
    where = ", ".join((village.name, village.commune, village.province))
    return Scope(f"/{village.code}", plain(f"{village.name} · Chợ Phiên"), plain(f"Hàng đang bán của các nhà ở {where}."),
                 home_path=f"/embed/{village.code}", place=village.name, village_id=village.id)


async def _send(request: Request, kind: Format, name: str, scope: Scope) -> Response:
    await count_try(request, "feed")
    shop = shop_of(request)
    feed = Feed(scope, shop.settings.public_url, name)
    written = await write_feed(shop, kind, feed, before=request.query_params.get("before", "")[:80])
    headers = {"Cache-Control": CACHE, "ETag": weak_tag(written.digest), "Access-Control-Allow-Origin": "*"}
    if has_same(request, headers["ETag"]):
        written.file.close()
        return Response(status_code=304, headers=headers)
    return StreamingResponse(written.pieces(), media_type=kind.media_type,
                             headers={**headers, "Content-Length": str(written.size)})


ROUTES = [
    Route("/sitemap.xml", show_sitemap), Route("/feeds/{feed}", show_feed), Route("/feeds/{village}/{feed}", show_feed),
    Route("/feeds/{village}/{household}/{feed}", show_feed),
]
