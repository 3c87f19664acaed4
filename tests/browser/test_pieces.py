"""Adding a short video to a clip in a real browser: in percent, over a line that drops, without script."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.phone import phone
from tests.browser.test_voice_and_focus import listed
from tests.media.test_footage import run
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

CLEANED_MS = 60_000
WEAK_BYTES_A_SECOND = 250_000
KEYS = """const append = FormData.prototype.append
FormData.prototype.append = function (name, ...rest) {
  if (name === "upload_key") sessionStorage.keys = `${sessionStorage.keys ?? ""} ${rest[0]}`
  return append.call(this, name, ...rest)
}"""
"""Notes each upload key that the page sends."""


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds held upright, about a megabyte."""
    folder = tmp_path_factory.mktemp("video")
    plain, path = folder / "plain.mp4", folder / "quay.mp4"
    run("-f", "lavfi", "-i", "mandelbrot=s=640x360:r=30", "-t", "2", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "14",
        "-pix_fmt", "yuv420p", str(plain))
    run("-display_rotation:v:0", "90", "-i", str(plain), "-c", "copy", str(path))
    return path


def kept(shop: ShopProcess, page: Page) -> int:
    """How many pieces the page's listing has."""
    code = page.url.split("/listings/")[1].split("/")[0].upper()
    with sqlite3.connect(shop.data / "cho-phien.db") as database:
        return int(database.execute("SELECT COUNT(*) FROM pieces JOIN listings ON listings.id = pieces.listing_id "
                                    "WHERE listings.code = ?", (code,)).fetchone()[0])


def open_pieces(page: Page, demo: ShopProcess, photo: Path) -> str:
    """From a fresh listing to its page of pieces, by the link there; the listing's address."""
    listing = listed(page, demo, photo)
    page.locator("li", has_text="Đoạn quay trong clip").get_by_role("link", name="Thêm").click()
    page.wait_for_url("**/pieces")
    return listing


def test_a_video_goes_up_in_percent_and_plays(chromium: Browser, demo: ShopProcess, photo: Path, video: Path) -> None:
    with phone(chromium) as page:
        listing = open_pieces(page, demo, photo)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Quay hoặc chọn một đoạn").click()
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", {
            "offline": False, "latency": 50, "downloadThroughput": -1, "uploadThroughput": WEAK_BYTES_A_SECOND})
        chooser.value.set_files(str(video))

        expect(page.get_by_role("status")).to_have_text(re.compile(r"Đang gửi [1-9]\d?%"))
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.locator("video")).to_have_count(1, timeout=CLEANED_MS)

        seen = page.evaluate("""() => new Promise(known => { const film = document.querySelector("video")
            film.addEventListener("loadeddata", () => known([film.videoWidth, film.videoHeight, film.duration])); film.preload = "auto"; film.load() })""")
        assert seen == [360, 640, pytest.approx(2, abs=0.1)]
        page.get_by_role("link", name="Xong").click()
        page.wait_for_url(listing)
        expect(page.get_by_text("1 đoạn")).to_be_visible()


@pytest.mark.parametrize("has_arrived", [False, True])
def test_a_dropped_line_is_tried_again_with_the_same_key(chromium: Browser, demo: ShopProcess, photo: Path, video: Path,
                                                         has_arrived: bool) -> None:
    drops = 0

    def drop_once(route: Route) -> None:
        nonlocal drops
        drops += 1
        if drops > 1:
            return route.continue_()
        if has_arrived:
            route.fetch()
        return route.abort("connectionreset")

    with phone(chromium, may_lose_the_line=True) as page:
        page.context.add_init_script(KEYS)
        open_pieces(page, demo, photo)
        page.route("**/pieces/upload", drop_once)
        page.locator("input[type=file]").set_input_files(str(video))

        expect(page.locator("video")).to_have_count(1, timeout=CLEANED_MS)
        first, second = page.evaluate("sessionStorage.keys.trim().split(' ').slice(-2)")
        assert drops == 2 and first == second
        assert kept(demo, page) == 1


def test_what_is_no_video_is_said_beside_the_field_and_another_may_be_chosen(
        chromium: Browser, demo: ShopProcess, photo: Path, video: Path, tmp_path: Path) -> None:
    page_of_html = tmp_path / "quay.mp4"
    page_of_html.write_text("<!doctype html>")
    with phone(chromium, refusals=(415,)) as page:
        open_pieces(page, demo, photo)
        page.locator("input[type=file]").set_input_files(str(page_of_html))
        expect(page.get_by_role("alert")).to_contain_text("không phải đoạn quay")
        expect(page.locator("input[type=file]")).to_have_attribute("aria-invalid", "true")

        page.locator("input[type=file]").set_input_files(str(video))

        expect(page.locator("video")).to_have_count(1, timeout=CLEANED_MS)
        assert kept(demo, page) == 1


def test_an_upload_may_be_stopped_and_leaves_the_field_ready(chromium: Browser, demo: ShopProcess, photo: Path, video: Path) -> None:
    with phone(chromium, may_lose_the_line=True) as page:
        open_pieces(page, demo, photo)
        page.context.set_offline(True)
        page.locator("input[type=file]").set_input_files(str(video))
        expect(page.get_by_role("status")).to_have_text("Chờ có mạng")

        page.get_by_role("button", name="Thôi, không gửi").click()

        expect(page.get_by_role("button", name="Quay hoặc chọn một đoạn")).to_be_visible()
        expect(page.get_by_role("status")).to_have_text("")
        page.context.set_offline(False)
        assert kept(demo, page) == 0


def test_without_script_a_video_is_added_and_removed(chromium: Browser, demo: ShopProcess, photo: Path, video: Path) -> None:
    with phone(chromium) as page:
        open_pieces(page, demo, photo)
        address, cookies = page.url, page.context.cookies()
    with phone(chromium, java_script_enabled=False) as page:
        page.context.add_cookies(cookies)
        page.goto(address)
        page.locator("input[type=file]").set_input_files(str(video))
        page.get_by_role("button", name="Gửi đoạn quay").click(timeout=CLEANED_MS)
        expect(page.locator("video")).to_have_count(1, timeout=CLEANED_MS)
        page.wait_for_load_state("networkidle")  # what is still being fetched when it goes would be a fault

        page.get_by_role("button", name="Bỏ đoạn 1").click()

        expect(page.locator("video")).to_have_count(0)
        assert kept(demo, page) == 0
