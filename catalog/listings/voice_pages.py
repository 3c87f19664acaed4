"""The page on which a seller speaks for the clip: record, or choose a recording; hear it; write what it says."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, Invalid, NotFound, ShopError
from catalog.households.model import Actor
from catalog.listings import queries
from catalog.listings.access import listing_path, own_listing
from catalog.listings.media_pages import FORM_BYTES, PRIVATE
from catalog.listings.model import Listing
from catalog.listings.voice import LONGEST_CAPTIONS, forget_voice, take_voice, write_captions
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.render import page, shop_of
from media.intake import MAX_VOICE_BYTES


async def show_voice(request: Request) -> Response:
    """The page as it stands."""
    actor, listing = await own_listing(request)
    return await _voice_page(request, actor, listing)


async def save_voice(request: Request) -> Response:
    """What was written, and without script the chosen recording with it."""
    actor, listing = await own_listing(request)
    shop = shop_of(request)
    async with request.form(max_files=1, max_fields=4) as data:
        form = Form(data)
        captions = " ".join(form.text("captions", longest=LONGEST_CAPTIONS).split())
        try:
            form.check()
            if isinstance(upload := data.get("voice"), UploadFile) and upload.filename:
                await count_try(request, "upload", who=actor.household.id)
                try:
                    await take_voice(shop, listing, upload_key=form.raw("upload_key"), upload=upload)
                except ShopError as error:
                    form.wrong("voice", error)
                    form.check()
        except Invalid as error:
            return await _voice_page(request, actor, listing, status=422, values={"captions": captions},
                                     errors=messages(error))
    await write_captions(shop, listing, captions)
    return RedirectResponse(listing_path(actor, listing), status_code=303)


async def upload_voice(request: Request) -> Response:
    """201 with the kept recording's length and address; the same `upload_key` gives the same answer."""
    actor, listing = await own_listing(request)
    await count_try(request, "upload", who=actor.household.id)
    async with request.form(max_files=1, max_fields=4) as form:
        upload = form.get("voice")
        if not isinstance(upload, UploadFile):
            raise FieldError("Chưa có ghi âm. Bấm nút để nói.")
        kept = await take_voice(shop_of(request), listing, upload_key=str(form.get("upload_key", "")), upload=upload)
    return JSONResponse({"seconds": round(kept.seconds, 1), "url": f"{listing_path(actor, listing)}/voice/{kept.id}.m4a"}, 201)


async def remove_voice(request: Request) -> Response:
    """The clip goes without a voice again."""
    actor, listing = await own_listing(request)
    await forget_voice(shop_of(request), listing)
    return RedirectResponse(f"{listing_path(actor, listing)}/voice", status_code=303)


async def send_voice(request: Request) -> Response:
    """The recording, for those who work on the listing."""
    _, listing = await own_listing(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        kept = await queries.recording_of_listing(connection, listing.id)
    if kept is None or kept.id != request.path_params["recording"]:
        raise NotFound
    return FileResponse(shop.objects.path(kept.object_key), media_type="audio/mp4", headers={"Cache-Control": PRIVATE})


async def _voice_page(request: Request, actor: Actor, listing: Listing, *, values: dict[str, str] | None = None,
                      errors: dict[str, str] | None = None, status: int = 200) -> Response:
    async with shop_of(request).db.read() as connection:
        kept = await queries.recording_of_listing(connection, listing.id)
    here = listing_path(actor, listing)
    return page(request, "listings/voice.html", status=status, actor=actor, household=actor.household,
                listing=listing, here=here, motif=motif_of(actor.household.code), recording=kept,
                recording_url=f"{here}/voice/{kept.id}.m4a" if kept else "", max_bytes=MAX_VOICE_BYTES,
                values=values or {"captions": listing.captions}, errors=errors or {}, longest=LONGEST_CAPTIONS)


LARGE_BODIES = [(r"/n/[^/]+/listings/[^/]+/voice(/recording)?", MAX_VOICE_BYTES + FORM_BYTES)]

ROUTES = [
    Route("/n/{household}/listings/{listing}/voice", show_voice),
    Route("/n/{household}/listings/{listing}/voice", save_voice, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/voice/recording", upload_voice, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/voice/remove", remove_voice, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/voice/{recording}.m4a", send_voice),
]
