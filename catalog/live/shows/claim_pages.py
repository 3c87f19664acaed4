"""The short code that a buyer types at the shop's address: an order made on air, filled in by whom it is for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, FieldError, Invalid, NotFound, OutOfStock
from catalog.live.shows.access import rooms_of
from catalog.live.shows.claims import Claim, claim_by_code
from catalog.live.shows.queries import SQL, lock_show, note
from catalog.orders.complete import complete_order
from catalog.orders.model import Order
from catalog.orders.order_form import read_buyer
from catalog.storage.database import now_ms
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.locale import translate
from catalog.web.render import page, shop_of


async def show_type(request: Request) -> Response:
    """One field for the code."""
    return page(request, "live/type_code.html", values={}, errors={})


async def go(request: Request) -> Response:
    """On to the code's page."""
    await count_try(request, "claim")
    form = Form(await request.form())
    code = "".join(char for char in form.raw("code").upper() if char.isalnum())[-12:]
    if not code:
        error = Invalid(fields={"code": FieldError("Chưa có mã. Mã ở trong tin nhắn của nhà bán.")})
        return page(request, "live/type_code.html", status=422, values=form.values, errors=messages(error))
    return RedirectResponse(f"/x/{code.lower()}", status_code=303)


async def show_claim(request: Request) -> Response:
    """What was ordered, and the form for the rest. Nothing that was filled in before is shown."""
    await count_try(request, "claim")
    return _page(request, await _claim(request))


async def fill_in(request: Request) -> Response:
    """The orders are the buyer's now; on to their private page."""
    await count_try(request, "claim")
    shop, claim = shop_of(request), await _claim(request)
    form = Form(await request.form())
    try:
        buyer = read_buyer(form, takes_transfers=claim.takes_transfers)
        form.check()
        if claim.is_taken:
            if all(order.buyer_phone == buyer.phone for order in claim.orders):
                return _on(claim, claim.orders)  # Sent twice by the same person.
            raise Conflict
        if not claim.to_fill_in or form.raw("total") not in ("", str(claim.total_vnd)):
            raise Conflict  # Cancelled, sold or dearer since the page was shown.
        async with shop.db.write() as connection:
            await lock_show(connection, claim.show_id)
            for order in claim.to_fill_in:
                if await SQL.take_claim(connection, order_id=order.id, now_ms=now_ms()) is None:
                    raise Conflict
                await complete_order(connection, order.id, buyer, hold_seconds=shop.settings.transfer_hold_seconds)
            await note(connection, claim.show_id, "claimed")
    except Invalid as error:
        return _page(request, claim, form=form, errors=messages(error), status=422)
    except (Conflict, OutOfStock):
        claim = await _claim(request)
        is_told = claim.lost and not claim.to_fill_in
        return _page(request, claim, form=form, status=409,
                     said="" if is_told else translate("Đơn này vừa có thay đổi. Xem lại giúp."))
    shop.jobs.wake()
    rooms_of(request).ring(claim.show_id)
    return _on(claim, claim.to_fill_in)


async def show_filled(request: Request) -> Response:
    """The several orders of one code, for whoever holds the first one's token."""
    claim = await _claim(request)
    if claim.token != request.path_params["token"].lower():
        raise NotFound
    return page(request, "live/claimed.html", claim=claim, household=claim.household, motif=motif_of(claim.household.code))


def _on(claim: Claim, filled_in: tuple[Order, ...]) -> Response:
    several = f"/x/{claim.code.lower()}/{claim.token}"
    return RedirectResponse(several if len(filled_in) > 1 else f"/d/{filled_in[0].token}", status_code=303)


async def _claim(request: Request) -> Claim:
    async with shop_of(request).db.read() as connection:
        return await claim_by_code(connection, request.path_params["claim"])


def _page(request: Request, claim: Claim, *, form: Form | None = None, errors: dict[str, str] | None = None,
          said: str = "", status: int = 200) -> Response:
    values = form.values if form else {}
    if values.get("payment") == "cash":
        values["payment"] = "cod"
    payments = [{"value": "transfer", "label": translate("Chuyển khoản"), "icon": "bank"}] * claim.takes_transfers
    payments.append({"value": "cod", "label": translate("Khi nhận hàng"), "icon": "cash"})
    deliveries = [{"value": "coach", "label": translate("Gửi xe"), "icon": "bus"},
                  {"value": "post", "label": translate("Bưu điện"), "icon": "box"},
                  {"value": "pickup", "label": translate("Đến lấy"), "icon": "stall"}]
    return page(request, "live/claim.html", status=status, claim=claim, household=claim.household,
                motif=motif_of(claim.household.code), payments=payments, deliveries=deliveries, said=said,
                values=values, errors=errors or {})


ROUTES = [
    Route("/x", show_type), Route("/x", go, methods=["POST"]), Route("/x/{claim}", show_claim),
    Route("/x/{claim}", fill_in, methods=["POST"]), Route("/x/{claim}/{token}", show_filled),
]
