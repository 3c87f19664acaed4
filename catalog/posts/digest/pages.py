"""The village's digest, for its team: a message, a picture and a recording to share."""

from __future__ import annotations

from datetime import date

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, NotFound, ShopError
from catalog.households.model import Village
from catalog.households.session import village_board
from catalog.listings.media_pages import FORM_BYTES
from catalog.posts.check import MOST_FINDINGS, claim_findings
from catalog.posts.digest.model import Good, Spoken, digest_text, digest_words, turned
from catalog.posts.digest.picture import digest_key, digest_picture, digest_spec
from catalog.posts.digest.queries import goods_of_village, recording_of_village
from catalog.posts.digest.voice import forget_digest_voice, take_digest_voice
from catalog.storage.database import now_ms
from catalog.web.band import motif_of
from catalog.web.clock import local
from catalog.web.limits import count_try
from catalog.web.locale import say
from catalog.web.render import page, shop_of
from catalog.words.spoken import seconds_to_say
from media.intake import MAX_VOICE_BYTES

ZALO_WEB = "https://chat.zalo.me/"
PRIVATE = "private, no-cache"


async def show_digest(request: Request) -> Response:
    """What is for sale today, ready to share."""
    _, village = await village_board(request)
    return await _digest_page(request, village)


async def send_picture(request: Request) -> Response:
    """The picture as it is now, drawn first where something has changed."""
    _, village = await village_board(request)
    shop = shop_of(request)
    goods = await _goods(request, village)
    if not goods:
        raise NotFound("Hôm nay chưa nhà nào đăng hàng.")
    path = await digest_picture(shop, village, await digest_spec(shop, village, goods, _today()))
    return FileResponse(path, media_type="image/jpeg", headers={
        "Cache-Control": PRIVATE, "Content-Disposition": f'inline; filename="cho-phien-{village.code}.jpg"'})


async def upload_voice(request: Request) -> Response:
    """201 with the kept recording's length and address; the same `upload_key` gives the same answer."""
    person, village = await village_board(request)
    await count_try(request, "upload", who=person.id)
    async with request.form(max_files=1, max_fields=4) as form:
        upload = form.get("voice")
        if not isinstance(upload, UploadFile):
            raise FieldError("Chưa có ghi âm. Bấm nút để nói.")
        kept = await take_digest_voice(shop_of(request), village, upload_key=str(form.get("upload_key", "")), upload=upload)
    return JSONResponse({"seconds": round(kept.seconds, 1), "url": _voice_url(village, kept)}, 201)


async def save_voice(request: Request) -> Response:
    """The chosen recording, where there is no script."""
    person, village = await village_board(request)
    await count_try(request, "upload", who=person.id)
    async with request.form(max_files=1, max_fields=4) as form:
        upload = form.get("voice")
        try:
            if not isinstance(upload, UploadFile) or not upload.filename:
                raise FieldError("Chưa có ghi âm. Chọn một tệp.")
            await take_digest_voice(shop_of(request), village, upload_key="", upload=upload)
        except ShopError as error:
            return await _digest_page(request, village, errors={"voice": say(error.key, error.values)}, status=422)
    return RedirectResponse(f"/v/{village.code}/digest#doc", status_code=303)


async def remove_voice(request: Request) -> Response:
    """The digest goes without a voice again."""
    _, village = await village_board(request)
    await forget_digest_voice(shop_of(request), village)
    return RedirectResponse(f"/v/{village.code}/digest#doc", status_code=303)


async def send_voice(request: Request) -> Response:
    """The recording, for the village's team."""
    _, village = await village_board(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        kept = await recording_of_village(connection, village.id)
    if kept is None or kept.id != request.path_params["recording"]:
        raise NotFound
    return FileResponse(shop.objects.path(kept.object_key), media_type="audio/mp4", headers={"Cache-Control": PRIVATE})


async def _digest_page(request: Request, village: Village, *, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    shop, day = shop_of(request), _today()
    goods = await _goods(request, village)
    async with shop.db.read() as connection:
        recording = await recording_of_village(connection, village.id)
    words = digest_words(village, goods, day)
    findings = [one for good in goods for one in claim_findings(good.listing.name)]
    key = digest_key(await digest_spec(shop, village, goods, day)) if goods else ""
    shop.pool.warm()
    return page(request, "posts/digest.html", status=status, village=village, motif=motif_of(village.code),
                here=f"/v/{village.code}/digest", goods=goods, homes=len({good.household.id for good in goods}),
                text=digest_text(village, goods, day, public_url=shop.settings.public_url), words=words,
                seconds=seconds_to_say(words), picture_version=key[:12], findings=findings[:MOST_FINDINGS],
                recording=recording, recording_url=_voice_url(village, recording) if recording else "",
                max_bytes=MAX_VOICE_BYTES, zalo_href=ZALO_WEB, errors=errors or {}, values={})


async def _goods(request: Request, village: Village) -> list[Good]:
    async with shop_of(request).db.read() as connection:
        return turned(await goods_of_village(connection, village.id), _today())


def _today() -> date:
    return local(now_ms()).date()


def _voice_url(village: Village, recording: Spoken) -> str:
    return f"/v/{village.code}/digest/voice/{recording.id}.m4a"


LARGE_BODIES = [(r"/v/[^/]+/digest/voice(/recording)?", MAX_VOICE_BYTES + FORM_BYTES)]

ROUTES = [
    Route("/v/{village}/digest", show_digest),
    Route("/v/{village}/digest/picture.jpg", send_picture),
    Route("/v/{village}/digest/voice", save_voice, methods=["POST"]),
    Route("/v/{village}/digest/voice/recording", upload_voice, methods=["POST"]),
    Route("/v/{village}/digest/voice/remove", remove_voice, methods=["POST"]),
    Route("/v/{village}/digest/voice/{recording}.m4a", send_voice),
]
