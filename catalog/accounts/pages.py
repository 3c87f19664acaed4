"""The household's account: shown with its QR, filled in, read from the household's own QR, removed."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.accounts.banks import BANKS, bank
from catalog.accounts.change import drop_account, set_account
from catalog.accounts.model import LONGEST_NAME, Account, check_may_change, may_change_account, read_name, read_number
from catalog.accounts.panel import account_payload, bank_name
from catalog.accounts.queries import account_of
from catalog.accounts.vietqr import TO_CARD, BadPayload
from catalog.accounts.vietqr_decode import Payment, decode
from catalog.errors import FieldError, Invalid, NotFound
from catalog.households.model import Actor
from catalog.households.session import act_for
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.locale import translate
from catalog.web.render import page, shop_of
from catalog.words.fold import memo_fold
from catalog.words.keyed import N_
from media.qr import qr_png, qr_svg

BINS = tuple(one.bin for one in BANKS)
NAME_OBJECT = "59"
"""The receiver's name in a VietQR, where a bank has written it (EMVCo merchant name)."""


async def show_account(request: Request) -> Response:
    """The account with the QR to try it by; the form where there is none yet and one may be added."""
    actor, account = await _actor_and_account(request)
    if account is None and may_change_account(actor):
        return _form(request, actor, account, values=_suggest(actor, account))
    qr = Markup(qr_svg(account_payload(account))) if account else None
    return page(request, "accounts/account.html", **_frame(actor), account=account, qr=qr,
                bank_name=bank_name(account) if account else "", is_new="saved" in request.query_params)


async def show_form(request: Request) -> Response:
    """The form, with the account in use filled in."""
    actor, account = await _actor_and_account(request)
    check_may_change(actor)
    return _form(request, actor, account, values=_suggest(actor, account))


async def keep_account(request: Request) -> Response:
    """Use this account from now, and show its QR to be tried."""
    actor, account = await _actor_and_account(request)
    check_may_change(actor)
    form = Form(await request.form())
    bank_bin = form.choice("bank", BINS, missing="Chọn ngân hàng.")
    number = form.read("number", read_number, "")
    name = form.read("name", read_name, "")
    try:
        form.check()
    except Invalid as error:
        return _form(request, actor, account, status=422, values=form.values, errors=messages(error))
    async with shop_of(request).db.write() as connection:
        await set_account(connection, actor, bank_bin=bank_bin, account_number=number, account_name=name)
    return RedirectResponse(f"/n/{actor.household.code}/money/account?saved=1", status_code=303)


async def read_code(request: Request) -> Response:
    """The form, filled in from the pasted text of the household's own VietQR. Nothing is kept yet."""
    actor, account = await _actor_and_account(request)
    check_may_change(actor)
    form = Form(await request.form())
    payment = form.read("code", _read_payment, None)
    try:
        form.check()
    except Invalid as error:
        values = _suggest(actor, account) | form.values
        return _form(request, actor, account, status=422, values=values, errors=messages(error))
    assert payment is not None
    values = _suggest(actor, account) | {"bank": payment.bin, "number": payment.account}
    if named := memo_fold(dict(payment.other).get(NAME_OBJECT, "")):
        values["name"] = named
    return _form(request, actor, account, values=values, is_read=True)


async def remove(request: Request) -> Response:
    """Take the account out of use."""
    actor, _ = await _actor_and_account(request)
    async with shop_of(request).db.write() as connection:
        await drop_account(connection, actor)
    return RedirectResponse(f"/n/{actor.household.code}/money", status_code=303)


async def send_qr(request: Request) -> Response:
    """The account's QR as a picture to keep: a phone can't scan its own screen."""
    _, account = await _actor_and_account(request)
    if account is None:
        raise NotFound
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": 'attachment; filename="vietqr.png"'}
    return Response(qr_png(account_payload(account)), media_type="image/png", headers=headers)


async def _actor_and_account(request: Request) -> tuple[Actor, Account | None]:
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        return actor, await account_of(connection, actor.household.id)


def _read_payment(text: str) -> Payment | None:
    payment = decode(text)
    if payment.service == TO_CARD:
        raise BadPayload(N_("Mã này trả vào thẻ. Cần mã trả vào số tài khoản."))
    if bank(payment.bin) is None:
        raise FieldError("Chưa có ngân hàng này trong danh sách. Chọn và gõ ở dưới.")
    return payment


def _suggest(actor: Actor, account: Account | None) -> dict[str, str]:
    """What stands in the form before anything is typed."""
    if account is None:
        return {"bank": "", "number": "", "name": memo_fold(actor.household.name)[:LONGEST_NAME]}
    return {"bank": account.bank_bin, "number": account.account_number, "name": account.account_name}


def _frame(actor: Actor) -> dict[str, Any]:
    return {"actor": actor, "household": actor.household, "motif": motif_of(actor.household.code),
            "base": f"/n/{actor.household.code}/money", "may_change": may_change_account(actor)}


def _form(request: Request, actor: Actor, account: Account | None, *, values: dict[str, str], status: int = 200,
          errors: dict[str, str] | None = None, is_read: bool = False) -> Response:
    banks = [("", translate("Chọn ngân hàng")), *((one.bin, one.short_name) for one in BANKS)]
    return page(request, "accounts/form.html", status=status, **_frame(actor), account=account, banks=banks,
                values=values, errors=errors or {}, is_read=is_read)


ROUTES = [
    Route("/n/{household}/money/account", show_account),
    Route("/n/{household}/money/account", keep_account, methods=["POST"]),
    Route("/n/{household}/money/account/change", show_form),
    Route("/n/{household}/money/account/read", read_code, methods=["POST"]),
    Route("/n/{household}/money/account/remove", remove, methods=["POST"]),
    Route("/n/{household}/money/account/qr.png", send_qr),
]
