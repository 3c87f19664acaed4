"""A person's phone: a browser of its own on the real shop, which writes down whatever goes wrong in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page

PHONE = {"width": 360, "height": 740}
SHARP = 2
"""Device pixels a CSS pixel: what even cheap phones have, and what a camera would see of a code."""

WAIT_MS = 20_000
LOST = ("net::ERR_", "WebSocket is closed before the connection is established")
"""What a browser says of a line that is lost, and of one that is dialled anew before it is there."""


@contextmanager
def phone(browser: Browser, *, refusals: tuple[int, ...] = (), may_lose_the_line: bool = False,
          **options: Any) -> Iterator[Page]:
    """A fresh phone. Afterwards no script has failed, the content policy has refused nothing, and no
    request was lost or answered by a status of 400 and more, but for the expected `refusals`."""
    settings = {"viewport": PHONE, "device_scale_factor": SHARP, "locale": "vi-VN", "has_touch": True} | options
    context = browser.new_context(**settings)
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    faults: list[str] = []

    def heard(line: ConsoleMessage) -> None:
        expected = any(f"status of {status}" in line.text for status in refusals) or (
            may_lose_the_line and any(words in line.text for words in LOST))
        if line.type in ("error", "warning") and not expected:
            faults.append(f"{line.text} ({line.location['url']})")

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == [], faults


def codes_on(page: Page, selector: str = "") -> list[str]:
    """What a scanner reads on the whole page or in one part of it, from its top to its bottom."""
    shot = page.locator(selector).first.screenshot() if selector else page.screenshot(full_page=True)
    with Image.open(io.BytesIO(shot)) as image:
        found = zxingcpp.read_barcodes(image.convert("RGB"))
    return [code.text for code in sorted(found, key=lambda code: (code.position.top_left.y, code.position.top_left.x))]
