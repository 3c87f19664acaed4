"""The short code that a buyer types at the shop's address: an order made on air, filled in by whom it is for."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.accounts.queries import account_of
from catalog.errors import Conflict, FieldError, Gone, Invalid, NotFound, OutOfStock
from catalog.households.model import Household
from catalog.households.queries import household_by_id
from catalog.live.shows.access import rooms_of
from catalog.live.shows.queries import SQL, lock_show, note
from catalog.orders.complete import complete_order
from catalog.orders.model import Order
from catalog.orders.order_form import read_buyer
from catalog.orders.queries import order_by_id
from catalog.storage.database import now_ms
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.locale import translate
from catalog.web.render import page, shop_of


@dataclass(frozen=True, slots=True)
class Claim:
    """The orders under one code: of one household, or on a team's show of several, each paid to its own.

    `household` is the first order's; `owners` names whose each is, where they are several.
    """

    code: str
    show_id: str
    household: Household
    orders: tuple[Order, ...]
    is_taken: bool
    takes_transfers: bool
    owners: dict[str, str]

    @property
    def total_vnd(self) -> int:
        """What all of them cost."""
        return sum(order.total_vnd for order in self.orders)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be filled in: accepted or cancelled by the seller."""
        return all(order.state not in ("placed", "expired") for order in self.orders)

    @property
    def until_ms(self) -> int:
        """Until when the goods are kept, 0 where they are given back already."""
        return min((order.hold_until_ms or 0 for order in self.orders if order.state == "placed"), default=0)


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
                return _on(claim)  # Sent twice by the same person.
            raise Conflict
        async with shop.db.write() as connection:
            await lock_show(connection, claim.show_id)
            for order in claim.orders:
                if order.state not in ("placed", "expired"):
                    continue
                if await SQL.take_claim(connection, order_id=order.id, now_ms=now_ms()) is None:
                    raise Conflict
                await complete_order(connection, order.id, buyer, hold_seconds=shop.settings.transfer_hold_seconds)
            await note(connection, claim.show_id, "claimed")
    except Invalid as error:
        return _page(request, claim, form=form, errors=messages(error), status=422)
    except OutOfStock:
        return _page(request, await _claim(request), form=form, status=409, said=translate(
            "Quá giờ giữ nên hàng đã có người mua. Xem món khác nhé."))
    except Conflict:
        return _page(request, await _claim(request), form=form, status=409, said=translate(
            "Đơn này vừa có thay đổi. Xem lại giúp."))
    shop.jobs.wake()
    rooms_of(request).ring(claim.show_id)
    return _on(claim)


async def show_filled(request: Request) -> Response:
    """The several orders of one code, for whoever holds the first one's token."""
    claim = await _claim(request)
    if claim.orders[0].token != request.path_params["token"].lower():
        raise NotFound
    return page(request, "live/claimed.html", claim=claim, household=claim.household, motif=motif_of(claim.household.code))


def _on(claim: Claim) -> Response:
    first = claim.orders[0].token
    return RedirectResponse(f"/d/{first}" if len(claim.orders) == 1 else f"/x/{claim.code.lower()}/{first}", status_code=303)


async def _claim(request: Request) -> Claim:
    code = request.path_params["claim"].upper()
    async with shop_of(request).db.read() as connection:
        rows = await SQL.orders_of_claim(connection, claim=code)
        orders = [await order_by_id(connection, row["order_id"]) for row in rows]
        found = tuple(order for order in orders if order is not None)
        if not found:
            raise NotFound("Không có mã này. Xem lại mã trong tin nhắn.")
        ids = dict.fromkeys(order.household_id for order in found)
        households = [await household_by_id(connection, one) for one in ids]
        accounts = [await account_of(connection, one.id) for one in households]
    is_taken = all(row["claimed_ms"] for row in rows)
    claim = Claim(code, rows[0]["show_id"], households[0], found, is_taken, None not in accounts,
                  {one.id: one.name for one in households} if len(households) > 1 else {})
    if claim.is_over and not claim.is_taken:
        raise Gone("Đơn này nhà bán đã huỷ. Gọi nhà bán nếu vẫn muốn mua.")
    return claim


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
