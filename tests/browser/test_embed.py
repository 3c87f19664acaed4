"""A commune's own page shows the village's goods in a frame; it can't frame anything else of the shop."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import sign_in
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser


@contextmanager
def commune(html: str) -> Iterator[str]:
    """The address of a site of somebody else that shows this page."""
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("localhost", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("script", [True, False])
def test_the_copied_lines_show_the_goods_and_a_press_opens_the_product(chromium: Browser, demo: ShopProcess, script: bool) -> None:
    helper = sign_in(demo, demo.link("helper"))
    handover = helper.get("/v/loi/embed").text
    lines = re.findall(r'<p class="link"[^>]*>(.*?)</p>', handover)[0]
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"')):
        lines = lines.replace(mark, sign)

    with commune(f"<!doctype html><title>Xã</title><h1>UBND xã</h1>{lines}") as address:
        context = chromium.new_context(java_script_enabled=script, viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.goto(address)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", name="Hàng của Bản Lói")).to_be_visible()
        with context.expect_page() as opened:
            frame.get_by_role("link", name="Bưởi da xanh").first.click()
        opened.value.wait_for_load_state()
        expect(opened.value.get_by_role("heading", name="Bưởi da xanh")).to_be_visible()
        assert re.fullmatch(r"/o/\w{4}/w", urlsplit(opened.value.url).path)
        context.close()


def test_no_other_page_can_be_framed(chromium: Browser, demo: ShopProcess) -> None:
    product = urlsplit(demo.link("listing")).path

    with commune("".join(f'<iframe src="{demo.url}{path}"></iframe>' for path in ("/", product, "/v/loi/embed"))) as address:
        page = chromium.new_page()
        refused: list[str] = []
        page.on("console", lambda line: refused.append(line.text) if "frame-ancestors" in line.text else None)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.close()

    assert len(refused) == 3
