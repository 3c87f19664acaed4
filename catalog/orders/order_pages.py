"""The buyer's private page of one order: who has its link sees it, and nobody else learns that it exists."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, NotFound, OutOfStock
from catalog.orders.holds import take_again
from catalog.orders.model import Order
from catalog.orders.order_view import OrderView, view_of
from catalog.orders.queries import order_by_token
from catalog.web.band import motif_of
from catalog.web.limits import count_try
from catalog.web.render import PRIVATE, page, shop_of
from media.qr import qr_png


async def show_order(request: Request) -> Response:
    """The order as it stands now, and what happens next."""
    view = await _view(request)
    here = f"/d/{view.order.token}"
    return page(request, "orders/order.html", view=view, household=view.household,
                motif=motif_of(view.household.code), here=here,
                page_url=shop_of(request).settings.public_url + here)


async def order_state(request: Request) -> Response:
    """`{"version", "state", "payment_state"}`: asked by the page to know when to show itself anew."""
    view = await _view(request)
    return JSONResponse({"version": view.version, "state": view.order.state,
                         "payment_state": view.order.payment_state}, headers={"Cache-Control": PRIVATE})


async def save_qr(request: Request) -> Response:
    """The VietQR as a picture to keep: a phone can't scan its own screen, its bank's app opens pictures."""
    view = await _view(request)
    if view.transfer is None:
        raise NotFound("Đơn này không cần chuyển khoản.")
    headers = {"Cache-Control": PRIVATE, "Content-Disposition": f'attachment; filename="{view.order.code}.png"'}
    return Response(qr_png(view.transfer.payload, module_px=16), media_type="image/png", headers=headers)


async def hold_again(request: Request) -> Response:
    """Back to the page, which says whether the goods could be taken again."""
    await count_try(request, "order")
    shop = shop_of(request)
    order = await _order(request)
    try:
        async with shop.db.write() as connection:
            await take_again(connection, order.id, hold_seconds=shop.settings.transfer_hold_seconds)
        shop.jobs.wake()
    except (OutOfStock, Conflict):
        # Sold or dearer by now, or pressed twice: the page itself tells which.
        pass
    return RedirectResponse(f"/d/{order.token}", status_code=303)


async def _view(request: Request) -> OrderView:
    order = await _order(request)
    async with shop_of(request).db.read() as connection:
        return await view_of(connection, order)


async def _order(request: Request) -> Order:
    async with shop_of(request).db.read() as connection:
        order = await order_by_token(connection, request.path_params["token"])
    if order is None:
        raise NotFound("Không có đơn này. Mở lại đúng đường dẫn của đơn.")
    return order


ROUTES = [
    Route("/d/{token}", show_order), Route("/d/{token}/state", order_state), Route("/d/{token}/qr.png", save_qr),
    Route("/d/{token}/again", hold_again, methods=["POST"]),
]
