"""Every page of the real shop, as each person reaches it: nothing for axe, nothing cut off, nothing too small to press."""

from __future__ import annotations

from collections.abc import Iterable

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.phone import PHONE, phone
from tests.browser.rounds import household, order_states, reachable
from tests.journeys.people import sign_in, visitor
from tests.shop_process import ShopProcess
from tests.web.kit import BIG_TYPE_PERCENT, DESK, SMALL, sideways_px, small_targets, squeezed

pytestmark = pytest.mark.browser


def look_at(page: Page) -> list[str]:
    """What is wrong with the page that is shown, in words."""
    found = [f"small: {one}" for one in small_targets(page)]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        report = Axe().run(page)
        found += [f"axe, {scheme}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in report.response["violations"]]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    found += [f"squeezed on a desk: {text}" for text in squeezed(page)]
    page.set_viewport_size(SMALL)
    page.evaluate(f"document.documentElement.style.fontSize = '{BIG_TYPE_PERCENT}%'")
    if (wider := sideways_px(page)) > 0:
        found.append(f"{wider} px too wide on a small phone with big type")
    page.set_viewport_size(PHONE)
    return found


def look_round(browser: Browser, shop: ShopProcess, client: httpx.Client, addresses: Iterable[str], *,
               refusals: tuple[int, ...] = ()) -> dict[str, list[str]]:
    """The faults of each address, as seen by whoever the client is."""
    faults = {}
    with phone(browser, refusals=refusals) as page:
        if token := client.cookies.get("sap"):
            page.context.add_cookies([{"name": "sap", "value": token, "url": shop.url}])
        for address in addresses:
            page.goto(shop.url + address)
            if found := look_at(page):
                faults[address] = found
    return faults


def test_every_page_of_a_household(chromium: Browser, demo: ShopProcess) -> None:
    farmer, base = household(demo, 0)
    order_states(demo, 0)
    pages = reachable(farmer, [base])

    faults = look_round(chromium, demo, farmer, pages)

    assert len(pages) >= 14
    assert faults == {}


def test_every_page_of_a_helper(chromium: Browser, demo: ShopProcess) -> None:
    helper = sign_in(demo, demo.link("helper"))
    pages = reachable(helper, [helper.get("/home").headers["location"]])

    faults = look_round(chromium, demo, helper, pages)

    assert len(pages) >= 14
    assert faults == {}


def test_every_page_of_the_owner(chromium: Browser, demo: ShopProcess) -> None:
    owner = sign_in(demo, demo.link("owner"))
    pages = [page for page in reachable(owner, ["/villages", "/me"]) if not page.startswith("/n/")]

    faults = look_round(chromium, demo, owner, pages)

    assert {"/villages", "/me"} < set(pages)
    assert faults == {}


def test_every_page_of_a_buyer_in_every_state_of_an_order(chromium: Browser, demo: ShopProcess) -> None:
    states = order_states(demo, 1)
    with visitor(demo) as buyer:
        pages = reachable(buyer, ["/", *(link.removeprefix(demo.url) for link in demo.links["listing"])])

        faults = look_round(chromium, demo, buyer, [*pages, *states.values(), demo.link("household").removeprefix(demo.url)])
        faults |= look_round(chromium, demo, buyer, ["/nowhere", "/o/zzzz", "/n/zzzzz", "/s/zzzz"], refusals=(404,))

    assert set(states) == {"to_pay", "placed", "packing", "sent", "done", "cancelled", "pickup"}
    assert faults == {}
