"""A subject's posts on networks: send one now or later, see what came of each, stop it, try it again."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Invalid, NotFound
from catalog.posts.publishers.model import NETWORK_TITLES, SHAPE_TITLES
from catalog.posts.publishers.queries import accounts_of, sending_by_id, sendings_about
from catalog.posts.publishers.schedule import cancel, schedule, send_again, settle_as_done
from catalog.posts.publishers.send_form import read_wish, version_of
from catalog.posts.publishers.sending import Sending, next_evening
from catalog.posts.publishers.subject import Kind, Subject
from catalog.storage.database import new_id, now_ms
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.locale import say
from catalog.web.render import page, shop_of


def routes_of(kind: Kind) -> list[Route]:
    """The pages of one sort of subject, below its own page."""

    async def show_send(request: Request) -> Response:
        """The posts so far, and the form for one more."""
        return await _page(request, await kind.load(request), values={"key": new_id()})

    async def send(request: Request) -> Response:
        """Send it now, or at the chosen time."""
        subject, shop = await kind.load(request), shop_of(request)
        form = Form(await request.form())
        async with shop.db.read() as connection:
            accounts = await accounts_of(connection, subject.holder.household_id, subject.holder.village_id)
        try:
            wish = read_wish(form, accounts)
            await schedule(shop, subject, wish.target.account, shape=wish.target.shape, due_ms=wish.due_ms,
                           form_key=wish.key)
        except Invalid as error:
            return await _page(request, subject, status=422, values=form.values, errors=messages(error),
                               failure="" if error.fields else say(error.key, error.values))
        return _back(subject)

    async def send_state(request: Request) -> Response:
        """`version`: another one means that the page would look different now."""
        subject = await kind.load(request)
        async with shop_of(request).db.read() as connection:
            sendings = await sendings_about(connection, subject.about)
        return JSONResponse({"version": version_of(sendings)}, headers={"Cache-Control": "no-store"})

    async def stop(request: Request) -> Response:
        """Cancel what has not begun."""
        subject, sending = await _own_sending(kind, request)
        await cancel(shop_of(request), sending, person_id=subject.holder.person_id)
        return _back(subject)

    async def again(request: Request) -> Response:
        """Try once more."""
        subject, sending = await _own_sending(kind, request)
        await send_again(shop_of(request), sending, price_vnd=subject.about.price_vnd)
        return _back(subject)

    async def seen(request: Request) -> Response:
        """A person has looked, and it is there."""
        subject, sending = await _own_sending(kind, request)
        await settle_as_done(shop_of(request), sending)
        return _back(subject)

    path = f"{kind.path}/send"
    return [
        Route(path, show_send),
        Route(path, send, methods=["POST"]),
        Route(f"{path}/state", send_state),
        Route(f"{path}/{{sending}}/cancel", stop, methods=["POST"]),
        Route(f"{path}/{{sending}}/again", again, methods=["POST"]),
        Route(f"{path}/{{sending}}/seen", seen, methods=["POST"]),
    ]


async def _own_sending(kind: Kind, request: Request) -> tuple[Subject, Sending]:
    subject = await kind.load(request)
    async with shop_of(request).db.read() as connection:
        sending = await sending_by_id(connection, request.path_params["sending"])
    if sending is None or not subject.about.is_of(sending):
        raise NotFound
    return subject, sending


def _back(subject: Subject) -> Response:
    return RedirectResponse(f"{subject.here}/send#bai", status_code=303)


async def _page(request: Request, subject: Subject, *, values: dict[str, str], status: int = 200,
                errors: dict[str, str] | None = None, failure: str = "") -> Response:
    shop, holder = shop_of(request), subject.holder
    async with shop.db.read() as connection:
        accounts = await accounts_of(connection, holder.household_id, holder.village_id)
        sendings = await sendings_about(connection, subject.about)
        sheet = await subject.sheet(shop, connection, accounts)
    return page(request, "networks/send.html", status=status, subject=subject, sheet=sheet, accounts=accounts,
                targets=sheet.targets, sendings=sendings, motif=motif_of(subject.code), here=subject.here,
                action=f"{subject.here}/send", base=f"{holder.base}/networks", version=version_of(sendings),
                has_findings=any(words.findings for words in sheet.words), may_connect=holder.may_connect,
                is_village=holder.village_id is not None, network_titles=NETWORK_TITLES, shape_titles=SHAPE_TITLES,
                suggested=next_evening(now_ms()), values=values, errors=errors or {}, failure=failure)
