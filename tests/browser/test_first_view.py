"""The buyers' page is light: what a phone fetches before it shows the goods, counted by the browser itself."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.rounds import household
from tests.journeys.people import list_goods, send_photo, visitor, wait_until
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

MOST_REQUESTS, MOST_BYTES, MOST_PAGE_BYTES = 5, 90_000, 14_000


@pytest.fixture(scope="module")
def products(demo: ShopProcess, photo: Path) -> list[str]:
    """Pages of goods with their pictures made: a drawn photo, and real ones where those are at hand."""
    farmer, base = household(demo, 2)
    real = Path(__file__).resolve().parents[3] / "shared" / "data" / "photos"
    photos = [photo, *(path for name in ("phone_8mp", "dried_meat_board") if (path := real / f"{name}.jpg").is_file())]
    pages = []
    for one in photos:
        listing = list_goods(farmer, base, stock="80", photo_id=send_photo(farmer, base, one).json()["id"])
        pages.append(f"/o/{urlsplit(listing).path.rsplit('/', 1)[1]}")
    with visitor(demo) as buyer:
        for page in pages:
            wait_until(lambda page=page: "<picture" in buyer.get(page).text)
    return pages


@pytest.mark.parametrize("sharpness", [1, 2, 3])
def test_the_first_view_is_at_most_ninety_kilobytes_in_five_requests(
        chromium: Browser, demo: ShopProcess, products: list[str], sharpness: int) -> None:
    for product in products:
        context = chromium.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=sharpness)
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        kinds: dict[str, str] = {}
        sizes: dict[str, int] = {}
        wire.on("Network.requestWillBeSent", lambda said: kinds.update({said["requestId"]: said["type"]}))
        wire.on("Network.loadingFinished", lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]}))

        page.goto(demo.url + product, wait_until="networkidle")
        seen = {kinds[one]: size for one, size in sizes.items() if size}
        total = sum(sizes.values())
        requests = [kind for one, kind in kinds.items() if sizes.get(one)]
        context.close()

        assert len(requests) <= MOST_REQUESTS, requests
        assert total <= MOST_BYTES, seen
        assert seen["Document"] + seen["Stylesheet"] <= MOST_PAGE_BYTES, seen
        assert seen["Image"] > 1_000 and "Script" not in seen, seen
