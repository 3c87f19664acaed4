"""The work of screenshots.py: a demo shop, a phone's browser, small JPEGs."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _environment import ROOT
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HOST = "chophien.example"
"""Stands in links and on the sign; only the browser knows that it is this machine."""

PHONE = {"width": 360, "height": 740}
SCALE = 2
WIDTH_PX = 540
"""Three points for each two of the phone's: sharp where a README shows it, small enough to keep."""

MOST_BYTES = 60_000
QUALITIES = (86, 80, 74, 68, 60, 50, 40)
DRAWN_SECONDS = 120
POMELO, MANGO, MEAT = 0, 1, 2
"""The demo's households, in the order in which their links are printed."""

SETTLE_MS = 1500
"""A clip's controls turn a ring for a while after its first picture is there."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def take_all(out: Path) -> Iterator[Path]:
    """Each picture's path once it is written."""
    with demo_shop() as (port, links), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=[
            "--no-sandbox", f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{port}"])
        buyer, helper = _phone(browser), _phone(browser)
        farmers = [_signed_in(_phone(browser), link) for link in links["household"]]
        stalls = [farmer.url for farmer in farmers]
        own = [f"{stall}/listings/{address.rsplit('/', 1)[1]}"
               for stall, address in zip(stalls, links["listing"], strict=True)]
        drawn = [wait_until_drawn(farmer, address) for farmer, address in zip(farmers, own, strict=True)]
        yield _page(buyer, links["listing"][MEAT], out / "product.jpg")
        yield _page(buyer, links["order"][MANGO], out / "order.jpg")
        yield _page(farmers[POMELO], stalls[POMELO], out / "home.jpg")
        yield _page(farmers[POMELO], own[POMELO], out / "listing.jpg")
        yield _page(helper, _signed_in(helper, links["helper"][0]).url, out / "village.jpg")
        yield _small(_fetch(farmers[MEAT], drawn[MEAT]["square"]), out / "square.jpg")
        yield _small(_first_page(_fetch(farmers[MEAT], f"{own[MEAT]}/sign.pdf")), out / "sign.jpg")
        browser.close()


@contextmanager
def demo_shop() -> Iterator[tuple[int, dict[str, list[str]]]]:
    """A fresh demo shop's port and the links that it prints, by their first word. It is ended afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHO_PHIEN_")}
    kept["CHO_PHIEN_URL"] = f"http://{HOST}"
    with tempfile.TemporaryDirectory() as folder:
        shop = subprocess.Popen([sys.executable, str(ROOT / "scripts/run.py"), "--demo", "--port", str(port),
                                 "--data", folder], stdout=subprocess.PIPE, text=True, env=kept)
        try:
            links: dict[str, list[str]] = {}
            assert shop.stdout is not None
            for line in shop.stdout:
                word, _, rest = line.strip().partition(" ")
                links.setdefault(word, []).append(rest)
                if word == "sepay-key":
                    break
            yield port, links
        finally:
            shop.terminate()
            shop.wait()


def wait_until_drawn(farmer: Page, listing: str) -> dict[str, str]:
    """The addresses of the listing's pictures by role, once they and the clip are done; raises TimeoutError."""
    until = time.monotonic() + DRAWN_SECONDS
    while time.monotonic() < until:
        state = json.loads(_fetch(farmer, f"{listing}/state"))
        if state["clip_state"] == "done" and state["percent"] == 100:
            pictures: dict[str, str] = state["pictures"]
            return pictures
        time.sleep(0.5)
    raise TimeoutError("the demo's pictures were not drawn in time")


def _fetch(page: Page, address: str) -> bytes:
    """What the page's own visitor gets at the address."""
    content: str = page.evaluate("""async address => {
        const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer())
        return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""))
    }""", address)
    return base64.b64decode(content)


def _chromium() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("No Chromium found. On Debian: apt-get install chromium")
    return found


def _phone(browser: Browser) -> Page:
    return browser.new_context(viewport=PHONE, device_scale_factor=SCALE, is_mobile=True, has_touch=True,
                               locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh").new_page()


def _signed_in(page: Page, link: str) -> Page:
    """The page where the link's person belongs."""
    page.goto(link)
    page.locator("main form button").click()
    page.wait_for_url(lambda address: "/s/" not in address)
    return page


def _page(page: Page, address: str, target: Path) -> Path:
    page.goto(address)
    # A first view never waits for its fonts; the second has them.
    page.reload(wait_until="networkidle")
    page.evaluate("""() => Promise.all([...document.querySelectorAll("video")].map(clip => new Promise(seen => {
        clip.addEventListener("loadeddata", seen)
        clip.preload = "auto"
        clip.load()
    })))""")
    page.wait_for_timeout(SETTLE_MS)
    return _small(page.screenshot(), target)


def _small(content: bytes, target: Path) -> Path:
    """The picture as a JPEG `WIDTH_PX` wide, of at most `MOST_BYTES`, of the best quality that fits."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    if picture.width > WIDTH_PX:
        size = (WIDTH_PX, round(picture.height * WIDTH_PX / picture.width))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    for quality in QUALITIES:
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=quality, optimize=True, progressive=True)
        if packed.tell() <= MOST_BYTES:
            break
    else:
        raise ValueError(f"{target.name} does not fit into {MOST_BYTES} bytes")
    target.write_bytes(packed.getvalue())
    return target


def _first_page(pdf: bytes) -> bytes:
    """The first page as PNG, by poppler."""
    if shutil.which("pdftoppm") is None:
        raise SystemExit("No pdftoppm found. On Debian: apt-get install poppler-utils")
    return subprocess.run(["pdftoppm", "-png", "-r", "150", "-f", "1", "-l", "1", "-singlefile", "-"], input=pdf,
                          capture_output=True, check=True, timeout=60).stdout
