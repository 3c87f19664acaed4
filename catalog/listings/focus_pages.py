"""Where to look in each photo: a tap on it sets the point that stays in sight in every picture and in the clip."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.listings import queries
from catalog.listings.access import listing_path, own_listing
from catalog.listings.model import KeptFile, Photo
from catalog.listings.queries import SQL
from catalog.listings.renders import plan_renders
from catalog.storage.database import new_id
from catalog.storage.queries import enqueue
from catalog.web.band import motif_of
from catalog.web.failures import wants_json
from catalog.web.forms import Form
from catalog.web.render import page, shop_of

SHOWN_PX = 280
"""A tap comes as pixels of the picture as it is shown, so without script its width must be known."""

WHOLE = 1000
MOST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Target:
    """A photo to tap on: its picture, its height at `SHOWN_PX`, and the point in those pixels or None."""

    photo_id: str
    picture: KeptFile
    high_px: int
    point: tuple[int, int] | None


async def show_focus(request: Request) -> Response:
    """The listing's photos, each with its point."""
    actor, listing = await own_listing(request)
    async with shop_of(request).db.read() as connection:
        photos = await queries.photos_of_listing(connection, listing.id)
        files = await queries.page_files(connection, listing.id)
    return page(request, "listings/focus.html", actor=actor, household=actor.household, listing=listing,
                here=listing_path(actor, listing), motif=motif_of(actor.household.code),
                targets=targets_of(photos, files), wide=SHOWN_PX)


async def set_focus(request: Request) -> Response:
    """Keep the tapped point of one photo, and have everything cut anew; a script is answered 204."""
    actor, listing = await own_listing(request)
    shop = shop_of(request)
    form = Form(await request.form())
    across, down = (_share(form, *names) for names in (("at.x", "wide"), ("at.y", "high")))
    async with shop.db.write() as connection:
        kept = await SQL.set_focus(connection, id=request.path_params["photo"], household_id=actor.household.id,
                                   listing_id=listing.id, focus_x=across, focus_y=down)
        if kept is None:
            raise NotFound("Không thấy ảnh này.")
        await enqueue(connection, "listings.page_pictures", key=f"page:{request.path_params['photo']}:{new_id()}",
                      lane="pictures", priority=30, payload={"photo_id": request.path_params["photo"], "again": True,
                                                             "household_id": actor.household.id})
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)
    if wants_json(request):
        return Response(status_code=204)
    return RedirectResponse(f"{listing_path(actor, listing)}/focus", status_code=303)


def targets_of(photos: list[Photo], files: list[KeptFile]) -> list[Target]:
    """Each photo whose uncut picture is made by now, in the seller's order."""
    shown = {file.photo_id: file for file in reversed(files)
             if file.role == "whole"}
    targets = []
    for photo in photos:
        if photo.id in shown:
            high_px = round(SHOWN_PX * photo.height / photo.width)
            point = (round(photo.focus[0] * SHOWN_PX), round(photo.focus[1] * high_px)) if photo.focus else None
            targets.append(Target(photo.id, shown[photo.id], high_px, point))
    return targets


def _share(form: Form, at: str, length: str) -> int:
    """The tapped place in thousandths of the picture's length; the middle where it can't be read."""
    place, whole = (_whole_number(form.raw(name)) for name in (at, length))
    return min(WHOLE, round(place * WHOLE / whole)) if whole else WHOLE // 2


def _whole_number(text: str) -> int:
    digits = text.split(".")[0]
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else 0


ROUTES = [
    Route("/n/{household}/listings/{listing}/focus", show_focus),
    Route("/n/{household}/listings/{listing}/focus/{photo}", set_focus, methods=["POST"]),
]
