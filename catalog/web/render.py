"""Pages from templates: one environment, with the words for money, amounts and times."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from catalog.web import clock
from catalog.web.locale import current, translate, translate_plural
from catalog.web.static import imports_of, static

FOLDER = Path(__file__).resolve().parents[2] / "templates"
PRIVATE = "private, no-store"


def data_json(value: object) -> Markup:
    """JSON that is safe inside a `<script type="application/ld+json">`: `<`, `>` and `&` escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def make_environment(folder: Path = FOLDER) -> Environment:
    """Templates with gettext, escaping everything, strict about names that were not given."""
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"])
    environment.install_gettext_callables(translate, translate_plural, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(static=static, imports_of=imports_of, now_ms=now_ms, language=current.get)
    environment.filters.update(clock=clock.clock, day=clock.day, full_date=clock.full_date,
                               moment=lambda ms: clock.moment(ms, now_ms()),
                               ago=lambda ms: clock.ago(ms, now_ms()), data_json=data_json)
    return environment


ENVIRONMENT = make_environment()


def add_filters(**filters: Callable[..., Any]) -> None:
    """Make a room's words known to all templates: called by server.py, from the rooms' `FILTERS`."""
    ENVIRONMENT.filters.update(filters)


def shop_of(request: Request) -> Shop:
    """The shop that the request came to."""
    shop: Shop = request.app.state.shop
    return shop


def page(request: Request, template: str, *, status: int = 200, cache: str = PRIVATE, **context: Any) -> HTMLResponse:
    """The template as an answer. Pages are never kept by anyone unless `cache` says otherwise."""
    html = ENVIRONMENT.get_template(template).render(request=request, lang=current.get(), **context)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": cache})


def fragment(request: Request, template: str, **context: Any) -> str:
    """The template as text, for a script that puts it into its page."""
    return ENVIRONMENT.get_template(template).render(request=request, lang=current.get(), **context)
