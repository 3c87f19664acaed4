"""The household's money: its account, what needs a look, what came in, and how the shop hears of it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.accounts.model import ONLY_THE_HOUSEHOLD, check_may_change, may_change_account
from catalog.accounts.panel import bank_name
from catalog.accounts.queries import account_of
from catalog.errors import Invalid, NotFound
from catalog.households.model import Actor
from catalog.households.session import act_for
from catalog.payments.banks.registry import PROVIDERS
from catalog.payments.banks.sepay import SEPAY
from catalog.payments.endpoints import close_endpoint, open_endpoint
from catalog.payments.model import Endpoint, Transfer
from catalog.payments.queries import endpoints_of, latest_transfers, transfer_of, transfers_to_review
from catalog.payments.settle import orders_to_choose, settle_transfer
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.locale import say
from catalog.web.render import page, shop_of


async def show_money(request: Request) -> Response:
    """What needs a look comes first, then where money goes and what has come."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        account = await account_of(connection, actor.household.id)
        endpoints = await endpoints_of(connection, actor.household.id)
        to_review = await transfers_to_review(connection, actor.household.id)
        latest = await latest_transfers(connection, actor.household.id)
    return page(request, "payments/money.html", **_frame(actor), account=account, to_review=to_review, latest=latest,
                bank_name=bank_name(account) if account else "", endpoints=endpoints,
                last_ms=max((endpoint.last_ms or 0 for endpoint in endpoints), default=0),
                has_settled="settled" in request.query_params)


async def show_transfer(request: Request) -> Response:
    """One transfer, with the orders that it may be for while nobody has decided."""
    actor = await act_for(request)
    return await _transfer_page(request, actor, await _own_transfer(request, actor))


async def settle(request: Request) -> Response:
    """Count the money for the chosen order, or put it aside."""
    actor = await act_for(request)
    transfer = await _own_transfer(request, actor)
    form = Form(await request.form())
    try:
        async with shop_of(request).db.write() as connection:
            await settle_transfer(connection, actor.household.id, transfer.id, form.text("choice"),
                                  person_id=actor.person.id)
    except Invalid as error:
        return await _transfer_page(request, actor, transfer, status=422, values=form.values, errors=messages(error))
    return RedirectResponse(f"/n/{actor.household.code}/money?settled=1", status_code=303)


async def show_hooks(request: Request) -> Response:
    """The open ways in, and the form for one more. Keys are never shown again."""
    actor = await act_for(request)
    return await _hooks_page(request, actor, values={"method": "apikey"})


async def open_hook(request: Request) -> Response:
    """A new way in. Its key stands on this answer alone, so there is no page to be sent on to."""
    actor = await act_for(request)
    check_may_change(actor)
    form = Form(await request.form())
    try:
        async with shop_of(request).db.write() as connection:
            endpoint, key = await open_endpoint(connection, actor.household.id, SEPAY, form.raw("method"),
                                                person_id=actor.person.id, given_key=form.raw("given_key").strip())
    except Invalid as error:
        return await _hooks_page(request, actor, status=422, values=form.values, errors=messages(error),
                                 failure="" if error.fields else say(error.key, error.values))
    return page(request, "payments/hook_made.html", status=201, **_frame(actor), endpoint=endpoint, key=key,
                is_given=bool(form.raw("given_key").strip()), address=_address(request, endpoint))


async def close_hook(request: Request) -> Response:
    """Close a way in; calls to it are not found from now on."""
    actor = await act_for(request)
    check_may_change(actor)
    async with shop_of(request).db.write() as connection:
        await close_endpoint(connection, actor.household.id, request.path_params["endpoint"],
                             person_id=actor.person.id)
    return RedirectResponse(f"/n/{actor.household.code}/money/hooks", status_code=303)


async def _own_transfer(request: Request, actor: Actor) -> Transfer:
    async with shop_of(request).db.read() as connection:
        transfer = await transfer_of(connection, actor.household.id, request.path_params["transfer"])
    if transfer is None:
        raise NotFound
    return transfer


async def _transfer_page(request: Request, actor: Actor, transfer: Transfer, *, status: int = 200,
                         values: dict[str, str] | None = None, errors: dict[str, str] | None = None) -> Response:
    async with shop_of(request).db.read() as connection:
        orders = await orders_to_choose(connection, transfer) if transfer.needs_a_look else []
    return page(request, "payments/transfer.html", status=status, **_frame(actor), transfer=transfer, orders=orders,
                values=values or {}, errors=errors or {})


async def _hooks_page(request: Request, actor: Actor, *, values: dict[str, str], status: int = 200,
                      errors: dict[str, str] | None = None, failure: str = "") -> Response:
    async with shop_of(request).db.read() as connection:
        endpoints = await endpoints_of(connection, actor.household.id)
    return page(request, "payments/hooks.html", status=status, **_frame(actor), values=values, errors=errors or {},
                failure=failure, only_the_household=ONLY_THE_HOUSEHOLD,
                endpoints=[(endpoint, PROVIDERS[endpoint.provider].title, _address(request, endpoint))
                           for endpoint in endpoints])


def _address(request: Request, endpoint: Endpoint) -> str:
    return f"{shop_of(request).settings.public_url}/hooks/{endpoint.provider}/{endpoint.id}"


def _frame(actor: Actor) -> dict[str, Any]:
    return {"actor": actor, "household": actor.household, "motif": motif_of(actor.household.code),
            "base": f"/n/{actor.household.code}/money", "may_change": may_change_account(actor)}


ROUTES = [
    Route("/n/{household}/money", show_money),
    Route("/n/{household}/money/transfers/{transfer}", show_transfer),
    Route("/n/{household}/money/transfers/{transfer}", settle, methods=["POST"]),
    Route("/n/{household}/money/hooks", show_hooks),
    Route("/n/{household}/money/hooks", open_hook, methods=["POST"]),
    Route("/n/{household}/money/hooks/{endpoint}/remove", close_hook, methods=["POST"]),
]
