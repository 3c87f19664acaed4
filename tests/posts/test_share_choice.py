"""Sharing from the page of a made listing: which files, which words, and what polling leaves alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from catalog.listings.model import KeptFile
from catalog.listings.renders import RenderState
from catalog.posts.listing_view import Channel, Share
from catalog.posts.model import NETWORK_NAMES, Post
from tests.web import kit

pytestmark = pytest.mark.browser

STATE = "/n/xuan2/listings/k7m2/state"
SHEET = """
  window.shared = [];
  Object.defineProperty(navigator, 'canShare', { configurable: true, value: ({ files }) => files.length > 0 });
  Object.defineProperty(navigator, 'share', { configurable: true, value: async ({ files, text }) => {
    shared.push([...files.map((one) => one.name), text].join(' '));
  } });
"""


def kept(role: str, kind: str = "image/jpeg") -> KeptFile:
    """A finished file."""
    return KeptFile(role, "k", f"{role}.bin", kind, 1080, 1080, 4, 12.0, 1)


def listing_page(*, clip: bool, state: str = "published", version: str = "1") -> str:
    """The page, with plain data."""
    files = {"square": kept("square")}
    made = RenderState(files, kept("clip", "video/mp4") if clip else None, 4 if clip else 1, 4,
                       "done" if clip else "running", 100 if clip else 40, False, version)
    shares = [Share("picture", [{"url": "/m/square.bin", "name": "buoi.jpg", "type": "image/jpeg"}])]
    if clip:
        shares.append(Share("clip", [{"url": "/m/clip.bin", "name": "buoi.mp4", "type": "video/mp4"}]))
    listing = SimpleNamespace(name="Bưởi da xanh", kind="grapefruit", state=state, price_vnd=25_000, unit="kg",
                              is_sold_out=False, on_hand=80_000, min_order=0, code="K7M2")
    context: dict[str, Any] = {
        "actor": SimpleNamespace(is_for_other=False), "household": SimpleNamespace(name="Lò Thị Xuân", code="xuan2"),
        "listing": listing, "state": made, "base": "/n/xuan2", "here": "/n/xuan2/listings/k7m2", "motif": "thoi",
        "version": version, "is_fresh": True, "ask": None, "poster": None, "recording": None, "pieces": [], "filmed": [], "shares": shares,
        "posts": [Post(network, f"Lời {name}", "l", False) for network, name in NETWORK_NAMES.items()],
        "network_names": NETWORK_NAMES, "tiers_text": "", "name_findings": (), "chosen": "zalo", "order_path": "/o/k7m2", "facebook_href": "/f",
        "zalo_href": "/z", "channels": [Channel("zalo", "Zalo", "Z", "/o/k7m2/z", 4, 1)]}
    return kit.render("posts/listing.html", **context)


def files_and(told: dict[str, str]) -> Any:
    """Answers for finished files, and for the poll."""
    def answer(route: Route) -> kit.Answer | None:
        if "/m/" in route.request.url:
            return 200, "application/octet-stream", b"\x00\x01\x02\x03"
        if route.request.url.endswith("/check"):
            return 200, "text/html", '<div class="note">“nhất”</div>' if "nh%E1%BA%A5t" in (route.request.post_data or "") else ""
        if route.request.url.endswith(STATE):
            return 200, "application/json", f'{{"version": "{told["version"]}"}}'
        return None

    return answer


def share(page: Page) -> list[str]:
    """Press the call and tell what the sheet has been handed so far."""
    page.get_by_role("button", name="Chia sẻ").click()
    shared: list[str] = page.evaluate("shared")
    return shared


def with_sheet(page: Page) -> None:
    """Give the phone a share sheet before the page is loaded again."""
    page.add_init_script(SHEET)
    page.reload()


def test_picture_or_clip_goes_out_with_the_words_of_the_chosen_network(chromium: Browser) -> None:
    with kit.shown(chromium, listing_page(clip=True), answers=files_and({"version": "1"})) as page:
        with_sheet(page)
        first = share(page)
        page.locator("label[for=for-facebook]").click()
        page.locator(".pick", has_text="Clip").click()
        page.get_by_role("button", name="Chia sẻ").wait_for()

        assert first == ["buoi.jpg Lời Zalo"]
        assert share(page)[1:] == ["buoi.mp4 Lời Facebook"]


def test_without_a_share_sheet_there_is_no_choice_and_no_dead_button(chromium: Browser) -> None:
    with kit.shown(chromium, listing_page(clip=True), answers=files_and({"version": "1"})) as page:
        expect(page.get_by_role("heading", name="1. Lưu ảnh")).to_be_visible()
        expect(page.get_by_role("button", name="Chia sẻ")).to_be_hidden()
        expect(page.get_by_text("Chia sẻ gì?")).to_be_hidden()


def test_the_clip_arrives_while_words_are_typed_and_leaves_them_alone(chromium: Browser) -> None:
    told, pages = {"version": "1"}, [listing_page(clip=False)]
    with kit.shown(chromium, lambda: pages[-1], answers=files_and(told)) as page:
        with_sheet(page)
        page.get_by_label("Lời cho Zalo").fill("Bưởi nhà em")
        pages.append(listing_page(clip=True, version="2"))
        told["version"] = "2"

        expect(page.get_by_text("Chia sẻ gì?")).to_be_visible()

        expect(page.get_by_label("Lời cho Zalo")).to_have_value("Bưởi nhà em")
        assert share(page) == ["buoi.jpg Bưởi nhà em"]


def test_before_sharing_it_is_said_how_much_of_the_text_to_look_at_again(chromium: Browser) -> None:
    with kit.shown(chromium, listing_page(clip=True), answers=files_and({"version": "1"})) as page:
        with_sheet(page)
        said = page.locator(".dock [data-check-said]")
        expect(said).to_be_hidden()

        page.get_by_label("Lời cho Zalo").fill("Bưởi ngon nhất")
        expect(said).to_have_text("Lời này có 1 chỗ nên xem lại.")
        expect(page.get_by_text("“nhất”")).to_be_visible()
        assert share(page) == ["buoi.jpg Bưởi ngon nhất"]  # It is said, and kept from nobody.

        page.locator("label[for=for-facebook]").click()
        expect(said).to_be_hidden()


def test_the_households_yes_brings_the_whole_page_anew(chromium: Browser) -> None:
    told, pages = {"version": "1"}, [listing_page(clip=True, state="waiting")]
    with kit.shown(chromium, lambda: pages[-1], answers=files_and(told)) as page:
        expect(page.get_by_text("Mỗi nơi một đường dẫn")).to_have_count(0)
        pages.append(listing_page(clip=True, version="2"))
        told["version"] = "2"

        expect(page.get_by_text("Mỗi nơi một đường dẫn")).to_be_visible()


def test_everything_is_reached_without_script(chromium: Browser) -> None:
    with kit.shown(chromium, listing_page(clip=True), java_script_enabled=False) as page:
        expect(page.get_by_role("link", name="Lưu ảnh")).to_be_visible()
        expect(page.get_by_role("button", name="Chép")).to_have_count(0)
        expect(page.get_by_text("Đang chuẩn bị ảnh để chia sẻ")).to_be_hidden()
