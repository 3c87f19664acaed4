"""The kit at work: templates with plain data, shown by a real Chromium under the real content policy."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from playwright.sync_api import Browser, Page, Route

from catalog.web import band, static
from catalog.web.guard import POLICY
from catalog.web.render import FOLDER, make_environment
from catalog.words import filters as word_filters

HERE = Path(__file__).parent
SITE = "http://cho.phien"
PHONE = {"width": 360, "height": 740}
SMALL = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
BIG_TYPE_PERCENT = 140

Answer = tuple[int, str, str | bytes]  # status, content type, body


@cache
def environment() -> Environment:
    """Templates and style sheets, read once."""
    static.load_static()
    made = make_environment()
    made.loader = ChoiceLoader([FileSystemLoader(FOLDER), FileSystemLoader(HERE)])
    made.filters.update(**word_filters.FILTERS, **band.FILTERS)
    return made


def render(template: str, *, path: str = "/", lang: str = "vi", **context: Any) -> str:
    """The template's HTML, in an environment like the server's."""
    request = SimpleNamespace(url=SimpleNamespace(path=path))
    return environment().get_template(template).render(request=request, lang=lang, **context)


@contextmanager
def shown(browser: Browser, html: str | Callable[[], str], *, viewport: dict[str, int] | None = None, big: bool = False,
          answers: Callable[[Route], Answer | None] | None = None, **options: Any) -> Iterator[Page]:
    """The page in a fresh window. `answers` may take requests before the static files do; None passes."""
    context = browser.new_context(viewport=viewport or PHONE, **options)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        own = answers(route) if answers else None
        if own:
            route.fulfill(status=own[0], content_type=own[1], body=own[2])
        elif path.startswith("/static/"):
            name = path.split("/", 3)[3]
            file = static.FOLDER / name if not name.endswith(".css") else None
            body = file.read_bytes() if file else stylesheet(name)
            route.fulfill(body=body, content_type=mimetypes.guess_type(name)[0] or "font/woff2")
        else:
            text = html if isinstance(html, str) else html()
            route.fulfill(body=text, content_type="text/html; charset=utf-8",
                          headers={"Content-Security-Policy": POLICY})

    page.route("**/*", answer)
    page.goto(SITE + "/")
    if big:
        page.evaluate(f"document.documentElement.style.fontSize = '{BIG_TYPE_PERCENT}%'")
    page.evaluate("document.fonts.ready")
    yield page
    context.close()
    assert faults == []


def stylesheet(name: str) -> bytes:
    """A style sheet as the server sends it, uncompressed."""
    return static._files[name].content


def small_targets(page: Page) -> list[str]:
    """What can be pressed and is under 48 px, in words; links inside sentences may be smaller."""
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll(
        'a, button, summary, select, textarea, input:not([type=hidden], [type=radio], [type=file])')]
      .filter((one) => one.checkVisibility() && !one.closest('p:not(.words)') && !one.matches('.open'))
      .map((one) => [one, (one.closest('.with-unit') ?? one).getBoundingClientRect()])
      .filter(([, box]) => box.width < 47.5 || box.height < 47.5)
      .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`)""")
    return found


def sideways_px(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wider


def squeezed(page: Page) -> list[str]:
    """The texts that stand in a column too narrow for their words."""
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll("main :is(h1, h2, h3, p, b, label)")]
        .filter(one => one.innerText.trim().length > 9 && one.clientHeight > Math.max(40, 5 * one.clientWidth))
        .map(one => one.innerText.trim().slice(0, 40))""")
    return found
