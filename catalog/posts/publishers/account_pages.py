"""A household's or a village's networks: which are connected, what went out through them, connecting and removing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, Invalid, NotFound
from catalog.households.session import act_for, village_board
from catalog.households.tokens import new_token
from catalog.posts.publishers.account import (
    ONLY_THE_HOUSEHOLD,
    ONLY_THE_OWNER,
    Holder,
    holder_of_household,
    holder_of_village,
)
from catalog.posts.publishers.connect import connect, disconnect
from catalog.posts.publishers.model import LONGEST_LINK, NETWORK_TITLES
from catalog.posts.publishers.queries import accounts_of, sendings_of
from catalog.posts.publishers.registry import Secrets
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.locale import say
from catalog.web.render import page, shop_of

SECRET = re.compile(r"[!-~]{8,1500}")
NUMBER = re.compile(r"[0-9]{5,25}")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is at work, and for whom: what every page here shows in its frame."""

    holder: Holder
    frame: dict[str, Any]


async def desk_of(request: Request) -> Desk:
    """The household or the village in the path, for those who may work for it."""
    if "household" in request.path_params:
        actor = await act_for(request)
        holder = holder_of_household(actor)
        for_whom, motif = actor.household.name if actor.is_for_other else "", motif_of(actor.household.code)
    else:
        person, village = await village_board(request)
        holder, for_whom, motif = holder_of_village(person, village), "", motif_of(village.code)
    titles = {network: title for network, title in NETWORK_TITLES.items() if network in holder.networks}
    return Desk(holder, {"for_whom_name": for_whom, "motif": motif, "base": f"{holder.base}/networks", "home": holder.base,
                         "may_connect": holder.may_connect, "titles": titles, "is_village": holder.village_id is not None})


async def show_networks(request: Request) -> Response:
    """What is connected, and what came of the last posts."""
    desk = await desk_of(request)
    holder = desk.holder
    async with shop_of(request).db.read() as connection:
        accounts = await accounts_of(connection, holder.household_id, holder.village_id)
        sendings = await sendings_of(connection, holder.household_id, holder.village_id)
    return page(request, "networks/networks.html", **desk.frame, accounts=accounts, sendings=sendings,
                only_words=ONLY_THE_OWNER if holder.village_id else ONLY_THE_HOUSEHOLD,
                saved="saved" in request.query_params)


async def show_form(request: Request) -> Response:
    """What to paste for one network, and where it is found."""
    desk, network = await _desk_and_network(request)
    return _form(request, desk, network, values={})


async def keep_network(request: Request) -> Response:
    """Connect. A webhook's key stands on this answer alone, so there is no page to be sent on to."""
    desk, network = await _desk_and_network(request)
    holder = desk.holder
    await count_try(request, "upload", who=holder.household_id or holder.village_id)
    form = Form(await request.form())
    try:
        address, secrets = _read(form, network, is_village=holder.village_id is not None)
        account = await connect(shop_of(request), holder, network, address, secrets)
    except Invalid as error:
        return _form(request, desk, network, status=422, values=form.values, errors=messages(error),
                     failure="" if error.fields else say(error.key, error.values))
    if network == "webhook":
        return page(request, "networks/key.html", status=201, **desk.frame, account=account, key=secrets["secret"])
    return RedirectResponse(f"{holder.base}/networks?saved=1", status_code=303)


async def remove(request: Request) -> Response:
    """Take a network away; what waited for it is cancelled."""
    desk, network = await _desk_and_network(request)
    await disconnect(shop_of(request), desk.holder, network, request.path_params["account"])
    return RedirectResponse(f"{desk.holder.base}/networks", status_code=303)


async def _desk_and_network(request: Request) -> tuple[Desk, str]:
    desk = await desk_of(request)
    network = request.path_params["network"]
    if network not in desk.holder.networks:
        raise NotFound
    desk.holder.check_may_connect()
    return desk, network


def _read(form: Form, network: str, *, is_village: bool) -> tuple[str, Secrets]:
    """The address and the secrets of a form. Raises `Invalid`."""
    if network == "facebook":
        secrets = {"token": _secret(form, "token", missing="Chưa có mã của Trang. Chép rồi dán vào đây."),
                   "app_id": _number(form, "app_id")}
        address = ""
    elif network == "zalo":
        secrets = {"app_id": _number(form, "app_id", missing="Chưa có App ID."),
                   "app_secret": _secret(form, "app_secret", missing="Chưa có khoá bí mật của ứng dụng."),
                   "refresh_token": _secret(form, "refresh_token", missing="Chưa có refresh token. Chép rồi dán vào đây."),
                   "group_id": form.text("group_id", missing="Chưa có số của nhóm." if is_village else None, longest=80)}
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


def _form(request: Request, desk: Desk, network: str, *, values: dict[str, str], status: int = 200,
          errors: dict[str, str] | None = None, failure: str = "") -> Response:
    return page(request, "networks/connect.html", status=status, **desk.frame, network=network,
                title=NETWORK_TITLES[network], values=values, errors=errors or {}, failure=failure)


ROUTES = [route for base in ("/n/{household}", "/v/{village}") for route in (
    Route(f"{base}/networks", show_networks),
    Route(f"{base}/networks/{{network}}", show_form),
    Route(f"{base}/networks/{{network}}", keep_network, methods=["POST"]),
    Route(f"{base}/networks/{{network}}/{{account}}/remove", remove, methods=["POST"]),
)]
