"""Pages of no room: health, the language switch, what robots may read."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.web.locale import COOKIE, LANGUAGES
from catalog.web.render import shop_of

YEAR_SECONDS = 365 * 24 * 3600

# Private pages carry their secret in the address: nobody's crawler has business there.
ROBOTS = "User-agent: *\nDisallow: /d/\nDisallow: /s/\nDisallow: /c/\nDisallow: /x/\nDisallow: /n/\nDisallow: /v/\nDisallow: /hooks/\n"


async def healthz(request: Request) -> Response:
    """`{"status": "ok"}` when the database answers."""
    async with shop_of(request).db.read() as connection:
        cursor = await connection.execute("SELECT 1")
        await cursor.close()
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


async def choose_language(request: Request) -> Response:
    """Keep the chosen language in a cookie and go back to the page."""
    form = await request.form()
    chosen = form.get("lang")
    answer = RedirectResponse(own_path(form.get("next")), status_code=303)
    if chosen in LANGUAGES:
        answer.set_cookie(COOKIE, str(chosen), max_age=YEAR_SECONDS, httponly=True, samesite="lax",
                          secure=shop_of(request).settings.is_tls)
    return answer


def own_path(address: object) -> str:
    """The address if it is a path of this site, else `/`: a form must not send people elsewhere."""
    text = address if isinstance(address, str) else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or not text.startswith("/") or text.startswith(("//", "/\\")):
        return "/"
    return text


async def robots(request: Request) -> Response:
    """What crawlers may not read, and where the list of what they should read is."""
    return PlainTextResponse(f"{ROBOTS}Sitemap: {shop_of(request).settings.public_url}/sitemap.xml\n")


ROUTES = [Route("/healthz", healthz), Route("/lang", choose_language, methods=["POST"]),
          Route("/robots.txt", robots)]
