"""The page of a listing's pieces of video: look at them, give one up, choose or film another."""

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
from catalog.listings.model import MOST_PIECES, Listing
from catalog.listings.pieces import forget_piece, take_piece
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.render import page, shop_of
from media.intake import LONGEST_PIECE_SECONDS, MAX_PIECE_BYTES


async def show_pieces(request: Request) -> Response:
    """The page as it stands."""
    actor, listing = await own_listing(request)
    return await _pieces_page(request, actor, listing)


async def save_piece(request: Request) -> Response:
    """Without script: the chosen video, or the page again with what is wrong with it."""
    actor, listing = await own_listing(request)
    await count_try(request, "upload", who=actor.household.id)
    async with request.form(max_files=1, max_fields=2) as data:
        form = Form(data)
        try:
            try:
                await take_piece(shop_of(request), listing, upload_key=form.raw("upload_key"), upload=_chosen(data.get("piece")))
            except ShopError as error:
                form.wrong("piece", error)
            form.check()
        except Invalid as error:
            return await _pieces_page(request, actor, listing, status=422, errors=messages(error))
    return RedirectResponse(f"{listing_path(actor, listing)}/pieces", status_code=303)


async def upload_piece(request: Request) -> Response:
    """201 with the kept piece's length and address; the same `upload_key` gives the same answer."""
    actor, listing = await own_listing(request)
    await count_try(request, "upload", who=actor.household.id)
    shop = shop_of(request)
    shop.pool.warm()
    async with request.form(max_files=1, max_fields=2) as form:
        kept = await take_piece(shop, listing, upload_key=str(form.get("upload_key", "")), upload=_chosen(form.get("piece")))
    return JSONResponse({"id": kept.id, "seconds": round(kept.seconds, 1),
                         "url": f"{listing_path(actor, listing)}/pieces/{kept.id}.mp4"}, 201)


async def remove_piece(request: Request) -> Response:
    """The clip goes without it."""
    actor, listing = await own_listing(request)
    await forget_piece(shop_of(request), listing, request.path_params["piece"])
    return RedirectResponse(f"{listing_path(actor, listing)}/pieces", status_code=303)


async def send_piece(request: Request) -> Response:
    """The video, for those who work on the listing; players ask for parts of it."""
    _, listing = await own_listing(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        pieces = await queries.pieces_of_listing(connection, listing.id)
    kept = next((one for one in pieces if one.id == request.path_params["piece"]), None)
    if kept is None:
        raise NotFound
    return FileResponse(shop.objects.path(kept.object_key), media_type="video/mp4", headers={"Cache-Control": PRIVATE})


async def _pieces_page(request: Request, actor: Actor, listing: Listing, *, errors: dict[str, str] | None = None,
                       status: int = 200) -> Response:
    async with shop_of(request).db.read() as connection:
        pieces = await queries.pieces_of_listing(connection, listing.id)
    return page(request, "listings/pieces.html", status=status, actor=actor, household=actor.household,
                listing=listing, here=listing_path(actor, listing), motif=motif_of(actor.household.code), pieces=pieces,
                most=MOST_PIECES, max_bytes=MAX_PIECE_BYTES, longest=round(LONGEST_PIECE_SECONDS), errors=errors or {})


def _chosen(upload: UploadFile | str | None) -> UploadFile:
    if isinstance(upload, UploadFile) and upload.filename:
        return upload
    raise FieldError("Chưa chọn đoạn quay nào. Bấm để quay hoặc chọn.")


LARGE_BODIES = [(r"/n/[^/]+/listings/[^/]+/pieces(/upload)?", MAX_PIECE_BYTES + FORM_BYTES)]

ROUTES = [
    Route("/n/{household}/listings/{listing}/pieces", show_pieces),
    Route("/n/{household}/listings/{listing}/pieces", save_piece, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/pieces/upload", upload_piece, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/pieces/{piece}/remove", remove_piece, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/pieces/{piece}.mp4", send_piece),
]
