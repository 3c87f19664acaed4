"""A household's networks: which are connected, what went out through them, connecting and removing."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, Invalid, NotFound
from catalog.households.model import Actor
from catalog.households.session import act_for
from catalog.households.tokens import new_token
from catalog.posts.publishers.account import ONLY_THE_HOUSEHOLD, check_may_connect, may_connect
from catalog.posts.publishers.connect import connect, disconnect
from catalog.posts.publishers.model import LONGEST_LINK, NETWORK_TITLES, NETWORKS
from catalog.posts.publishers.queries import accounts_of, sendings_of_household
from catalog.posts.publishers.registry import Secrets
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.locale import say
from catalog.web.render import page, shop_of

SECRET = re.compile(r"[!-~]{8,1500}")
NUMBER = re.compile(r"[0-9]{5,25}")


async def show_networks(request: Request) -> Response:
    """What is connected, and what came of the last posts."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        accounts = await accounts_of(connection, actor.household.id)
        sendings = await sendings_of_household(connection, actor.household.id)
    return page(request, "networks/networks.html", **_frame(actor), accounts=accounts, sendings=sendings,
                titles=NETWORK_TITLES, only_the_household=ONLY_THE_HOUSEHOLD, saved="saved" in request.query_params)


async def show_form(request: Request) -> Response:
    """What to paste for one network, and where it is found."""
    actor, network = await _actor_and_network(request)
    return _form(request, actor, network, values={})


async def keep_network(request: Request) -> Response:
    """Connect. A webhook's key stands on this answer alone, so there is no page to be sent on to."""
    actor, network = await _actor_and_network(request)
    shop = shop_of(request)
    await count_try(request, "upload", who=actor.household.id)
    form = Form(await request.form())
    try:
        address, secrets = _read(form, network)
        account = await connect(shop, actor, network, address, secrets)
    except Invalid as error:
        return _form(request, actor, network, status=422, values=form.values, errors=messages(error),
                     failure="" if error.fields else say(error.key, error.values))
    if network == "webhook":
        return page(request, "networks/key.html", status=201, **_frame(actor), account=account, key=secrets["secret"])
    return RedirectResponse(f"/n/{actor.household.code}/networks?saved=1", status_code=303)


async def remove(request: Request) -> Response:
    """Take a network away; what waited for it is cancelled."""
    actor, network = await _actor_and_network(request)
    await disconnect(shop_of(request), actor, network, request.path_params["account"])
    return RedirectResponse(f"/n/{actor.household.code}/networks", status_code=303)


async def _actor_and_network(request: Request) -> tuple[Actor, str]:
    actor = await act_for(request)
    network = request.path_params["network"]
    if network not in NETWORKS:
        raise NotFound
    check_may_connect(actor)
    return actor, network


def _read(form: Form, network: str) -> tuple[str, Secrets]:
    """The address and the secrets of a form. Raises `Invalid`."""
    if network == "facebook":
        secrets = {"token": _secret(form, "token", missing="Chưa có mã của Trang. Chép rồi dán vào đây."),
                   "app_id": _number(form, "app_id")}
        address = ""
    elif network == "zalo":
        secrets = {"app_id": _number(form, "app_id", missing="Chưa có App ID."),
                   "app_secret": _secret(form, "app_secret", missing="Chưa có khoá bí mật của ứng dụng."),
                   "refresh_token": _secret(form, "refresh_token", missing="Chưa có refresh token. Chép rồi dán vào đây."),
                   "group_id": form.text("group_id", longest=80)}
        address = ""
    else:
        secrets = {"secret": new_token()}
        address = form.text("address", missing="Chưa có địa chỉ.", longest=LONGEST_LINK)
    form.check()
    return address, secrets


def _secret(form: Form, name: str, *, missing: str) -> str:
    value = "".join(form.raw(name).split())
    if not value:
        form.wrong(name, FieldError(missing))
    elif not SECRET.fullmatch(value):
        form.wrong(name, FieldError("Mã này không đúng. Chép lại cả dòng, không thiếu chữ nào."))
    return value


def _number(form: Form, name: str, *, missing: str = "") -> str:
    value = "".join(form.raw(name).split())
    if not value and missing:
        form.wrong(name, FieldError(missing))
    elif value and not NUMBER.fullmatch(value):
        form.wrong(name, FieldError("Ở đây chỉ có số."))
    return value


def _frame(actor: Actor) -> dict[str, Any]:
    return {"actor": actor, "household": actor.household, "motif": motif_of(actor.household.code),
            "base": f"/n/{actor.household.code}/networks", "home": f"/n/{actor.household.code}",
            "may_connect": may_connect(actor)}


def _form(request: Request, actor: Actor, network: str, *, values: dict[str, str], status: int = 200,
          errors: dict[str, str] | None = None, failure: str = "") -> Response:
    return page(request, "networks/connect.html", status=status, **_frame(actor), network=network,
                title=NETWORK_TITLES[network], values=values, errors=errors or {}, failure=failure)


ROUTES = [
    Route("/n/{household}/networks", show_networks),
    Route("/n/{household}/networks/{network}", show_form),
    Route("/n/{household}/networks/{network}", keep_network, methods=["POST"]),
    Route("/n/{household}/networks/{network}/{account}/remove", remove, methods=["POST"]),
]
