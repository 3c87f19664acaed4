"""Every page that a person can reach, found by following the links from where the person's work begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

import httpx
from starlette.routing import Match, Route

from server import ROUTES
from tests.journeys.people import order_form, sign_in, visitor
from tests.shop_process import ShopProcess

NO_PAGE = re.compile(r"\.(png|jpg|pdf|m4a|mp4|ics|csv|xml|m3u8|txt|json)$|^/m/|^/static/|/save$|/thumb$|/originals/\d+$|/state$|^/api/")


def route_of(path: str) -> str:
    """The route that answers to the path; the path itself where none does."""
    scope = {"type": "http", "method": "GET", "path": path}
    return next((route.path for route in ROUTES if isinstance(route, Route) and route.matches(scope)[0] is Match.FULL), path)


def reachable(client: httpx.Client, starts: Iterable[str]) -> list[str]:
    """One address for each page (route and query's names) that links lead to; each was answered with 200."""
    waiting, found = list(starts), {}
    while waiting:
        address = waiting.pop(0)
        parts = urlsplit(address)
        kind = (route_of(parts.path), re.sub(r"=[^&]*", "", parts.query))
        if kind in found or NO_PAGE.search(parts.path):
            continue
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, f"{address} → {answer.status_code}"
        found[kind] = address
        for link in re.findall(r'<a [^>]*href="([^"#]+)', answer.text):
            target = urlsplit(urljoin(str(answer.url), link.replace("&amp;", "&")))
            if f"{target.scheme}://{target.netloc}" == str(client.base_url).rstrip("/"):
                waiting.append(f"{target.path}{'?' + target.query if target.query else ''}")
    return list(found.values())


def household(shop: ShopProcess, number: int) -> tuple[httpx.Client, str]:
    """A demo household's browser and where its pages begin."""
    client = sign_in(shop, shop.link("household", number))
    return client, client.get("/home").headers["location"]


def order_states(shop: ShopProcess, number: int) -> dict[str, str]:
    """The pages of orders for a demo household's goods, by the state in which each order now stands."""
    farmer, base = household(shop, number)
    product = urlsplit(shop.link("listing", number)).path
    steps = {"to_pay": (), "placed": (), "packing": ("confirm",), "sent": ("confirm", "hand-over"),
             "done": ("confirm", "hand-over", "finish-paid"), "cancelled": ("cancel",), "pickup": ("confirm", "hand-over")}
    pages = {}
    with visitor(shop) as buyer:
        for state, verbs in steps.items():
            form = order_form(1) | ({"payment": "transfer"} if state == "to_pay" else {}) | (
                {"delivery": "pickup"} if state == "pickup" else {})
            pages[state] = buyer.post(product, data=form).headers["location"]
            code = re.findall(r"Đơn (CP\w+)", buyer.get(pages[state]).text)[0]
            for verb in verbs:
                moved = farmer.post(f"{base}/orders/{code}/{verb}", data={"reason": "other", "words": "Hàng bị ướt mưa 100%"})
                assert "moved" not in moved.headers["location"]
    farmer.close()
    return pages
