"""The household's home, its orders, and what it does with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, NotFound
from catalog.households.model import Actor
from catalog.households.session import act_for
from catalog.listings.queries import listing_by_id
from catalog.orders.model import CANCEL_REASONS, Order
from catalog.orders.order_view import Thumb
from catalog.orders.pay import mark_paid
from catalog.orders.progress import cancel, confirm, finish, hand_over
from catalog.orders.queries import SQL, order_of_household
from catalog.orders.seller_view import home_of, money_tag, rows_of
from catalog.orders.steps import TABS, also, next_step
from catalog.storage.sql import Connection
from catalog.web.band import motif_of
from catalog.web.forms import Form
from catalog.web.locale import translate
from catalog.web.render import page, shop_of
from catalog.words.phones import show_phone

MOST_TODO = 6
"""So many things to do fit on a phone's home; the rest stand in the list of orders."""


async def show_home(request: Request) -> Response:
    """What there is to do and to sell."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        home = await home_of(connection, actor)
    base = f"/n/{actor.household.code}"
    links = [(translate("Khách xem từ đâu"), f"{base}/visits", "eye"),
             (translate("Tài khoản nhận tiền"), f"{base}/money", "bank"),
             (translate("Tự đăng lên mạng"), f"{base}/networks", "share"),
             (translate("Người trong nhà, thẻ mở sạp"), f"{base}/people", "qr")]
    if not actor.is_for_other:
        links.append((translate("Mã PIN, thoát khỏi máy này"), "/me", "key"))
    return page(request, "households/home.html", actor=actor, household=actor.household,
                motif=motif_of(actor.household.code), base=base, home=home, todo=home.todo[:MOST_TODO],
                waiting_count=len(home.todo), more_links=links)


async def show_orders(request: Request) -> Response:
    """One of the three lists."""
    actor = await act_for(request)
    asked = request.query_params.get("tab", "")
    tab = asked if asked in TABS else TABS[0]
    async with shop_of(request).db.read() as connection:
        rows = await rows_of(connection, actor)
    return page(request, "orders/list.html", actor=actor, household=actor.household,
                motif=motif_of(actor.household.code), base=f"/n/{actor.household.code}", tab=tab, rows=rows[tab],
                counts={name: len(rows[name]) for name in TABS})


async def show_order(request: Request) -> Response:
    """One order: whose, where to, how paid, and the next thing to do."""
    actor, order = await _own_order(request)
    async with shop_of(request).db.read() as connection:
        listing = await listing_by_id(connection, order.listing_id)
        thumb = await SQL.thumb_of_listing(connection, listing_id=order.listing_id)
    base = f"/n/{actor.household.code}"
    money, money_kind = money_tag(order)
    return page(request, "orders/seller_order.html", actor=actor, household=actor.household,
                motif=motif_of(actor.household.code), base=base, here=f"{base}/orders/{order.code}", order=order,
                kind=listing.kind if listing else "other", photo=Thumb(f"/m/{thumb['object_key']}") if thumb else None,
                step=next_step(order), also=also(order), reason=translate(order.cancel_reason) if order.cancel_reason else "",
                reasons=CANCEL_REASONS, money=money, money_kind=money_kind,
                zalo=f"https://zalo.me/{show_phone(order.buyer_phone).replace(' ', '')}",
                has_moved="moved" in request.query_params)


async def move_order(request: Request) -> Response:
    """Do the verb in the path and go back to the order.

    Where somebody else was faster, the page shows how the order stands and says so.
    """
    verb = VERBS.get(request.path_params["verb"])
    if verb is None:
        raise NotFound
    actor, order = await _own_order(request)
    form = Form(await request.form())
    here = f"/n/{actor.household.code}/orders/{order.code}"
    try:
        async with shop_of(request).db.write() as connection:
            await verb(connection, order, actor.person.id, form)
    except Conflict:
        return RedirectResponse(f"{here}?moved=1", status_code=303)
    return RedirectResponse(here, status_code=303)


async def _own_order(request: Request) -> tuple[Actor, Order]:
    """The actor and the household's order in the path; `NotFound` for any other's."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        order = await order_of_household(connection, actor.household.id, request.path_params["order_code"])
    if order is None:
        raise NotFound
    return actor, order


async def _confirm(connection: Connection, order: Order, person_id: str, form: Form) -> None:
    await confirm(connection, order.id, person_id=person_id)


async def _hand_over(connection: Connection, order: Order, person_id: str, form: Form) -> None:
    await hand_over(connection, order.id, person_id=person_id)


async def _finish(connection: Connection, order: Order, person_id: str, form: Form) -> None:
    await finish(connection, order.id, person_id=person_id)


async def _finish_paid(connection: Connection, order: Order, person_id: str, form: Form) -> None:
    await finish(connection, order.id, person_id=person_id)
    await mark_paid(connection, order.id, person_id=person_id)


async def _paid(connection: Connection, order: Order, person_id: str, form: Form) -> None:
    await mark_paid(connection, order.id, person_id=person_id)


async def _cancel(connection: Connection, order: Order, person_id: str, form: Form) -> None:
    await cancel(connection, order.id, reason=form.raw("reason"), person_id=person_id, words=form.raw("words"))


VERBS: dict[str, Callable[[Connection, Order, str, Form], Awaitable[None]]] = {
    "confirm": _confirm, "hand-over": _hand_over, "finish": _finish, "finish-paid": _finish_paid, "paid": _paid,
    "cancel": _cancel}

ROUTES = [
    Route("/n/{household}", show_home), Route("/n/{household}/orders", show_orders),
    Route("/n/{household}/orders/{order_code}", show_order),
    Route("/n/{household}/orders/{order_code}/{verb}", move_order, methods=["POST"]),
]
