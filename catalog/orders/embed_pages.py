"""The list of goods for other sites' pages, and what a helper hands to whoever keeps such a page."""

from __future__ import annotations

import hashlib
from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog.households.session import village_board
from catalog.orders.market import cards, read_before
from catalog.posts.feeds.feed import Feed, Scope
from catalog.posts.feeds.pages import CACHE, SHOP, scope_of, scope_of_village
from catalog.posts.model import CHANNELS
from catalog.web.band import motif_of
from catalog.web.conditional import has_same, weak_tag
from catalog.web.guard import FRAMED_POLICY
from catalog.web.limits import count_try
from catalog.web.locale import current
from catalog.web.render import page, shop_of
from catalog.words.keyed import N_

SHOWN = 12
FRAME_PX = 640
"""A frame's height: two rows of cards on a phone, three on a desk."""

PLACES = (("rss.xml", "Điện Biên Smart", N_("RSS, cổng thông tin")), ("meta.csv", "Facebook, Instagram", N_("danh mục cửa hàng")),
          ("merchant.xml", "Google", N_("Google Merchant")), ("feed.json", "JSON Feed", N_("phần mềm khác")))
"""Each feed with who takes it and what it is to them."""


async def show_embed(request: Request) -> Response:
    """What a village, or the whole shop, has for sale: in Vietnamese whatever the visitor chose, since caches keep it."""
    await count_try(request, "feed")
    current.set("vi")
    scope = await scope_of(request)
    async with shop_of(request).db.read() as connection:
        found = await cards(connection, before_ms=read_before(request.query_params.get("before", "")),
                            village_id=scope.village_id, channel=CHANNELS["web"], most=SHOWN + 1)
    shown = found[:SHOWN]
    more = f"/embed{scope.path}?before={shown[-1].published_ms}" if len(found) > SHOWN else ""
    answer = page(request, "orders/embed.html", cache=CACHE, cards=shown, more_href=more,
                  motif=motif_of(scope.path.strip("/") or "cho-phien"), place=scope.place)
    answer.headers.update({"Content-Security-Policy": FRAMED_POLICY, "X-Robots-Tag": "noindex",
                           "ETag": weak_tag(hashlib.sha256(answer.body).hexdigest())})
    if has_same(request, answer.headers["ETag"]):
        kept = ("cache-control", "etag", "content-security-policy")
        return Response(status_code=304, headers={name: answer.headers[name] for name in kept})
    return answer


async def show_handover(request: Request) -> Response:
    """A frame to copy and the feeds' addresses."""
    _, village = await village_board(request)
    url = shop_of(request).settings.public_url
    scope = scope_of_village(village)
    return page(request, "orders/handover.html", village=village, motif=motif_of(village.code),
                frame=frame_of(scope, public_url=url), shown_at=f"{url}/embed{scope.path}",
                feeds=[(name, words, Feed(scope, url, feed).url) for feed, name, words in PLACES],
                whole_frame=frame_of(SHOP, public_url=url))


def frame_of(scope: Scope, *, public_url: str) -> str:
    """The HTML of a frame that shows the scope's list, ready to be put into a page."""
    title = f"Hàng đang bán của {scope.place}" if scope.place else "Hàng vùng cao đang bán"
    return (f'<iframe src="{escape(f"{public_url}/embed{scope.path}")}" title="{escape(title)}" '
            f'width="100%" height="{FRAME_PX}" style="border:0" loading="lazy"></iframe>')


ROUTES = [Route("/embed", show_embed), Route("/embed/{village}", show_embed), Route("/v/{village}/embed", show_handover)]
