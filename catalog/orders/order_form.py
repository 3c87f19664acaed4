"""The buyer's form: what was chosen and typed, as a wish."""

from __future__ import annotations

from catalog.errors import FieldError
from catalog.listings.tiers import too_little
from catalog.orders.checkout import Wish, request_key_of
from catalog.orders.complete import Buyer
from catalog.orders.model import DELIVERIES, PAYMENTS
from catalog.orders.offer import Offer
from catalog.orders.prices import picks
from catalog.web.forms import Form
from catalog.words.keyed import N_
from catalog.words.phones import read_phone
from catalog.words.quantities import read_quantity

OTHER = "other"
LONGEST_KEY = 100
LONGEST_NAME = 80
LONGEST_PLACE = 200
NO_TRANSFER = N_("Nhà này chưa nhận chuyển khoản. Chọn cách khác.")
NO_PLACE = N_("Chưa có nơi giao. Ghi số nhà, đường, xã hoặc phường, tỉnh.")


def read_wish(form: Form, offer: Offer, channel: str) -> Wish:
    """The wish; raises `Invalid` with every mistake. The key must be one that the page gave or the caller made."""
    listing = offer.listing
    field = "other_amount" if form.raw("amount") in (OTHER, "") else "amount"
    amount = form.read(field, lambda text: read_quantity(text, listing.unit), 1)
    if field not in form.errors and amount < listing.least:
        form.wrong(field, too_little(listing.least, listing.unit))
    buyer = read_buyer(form, takes_transfers=offer.takes_transfers)
    price_seen, tiers_seen = form.raw("price_vnd").strip(), form.raw("tiers").strip()
    form.check()
    return Wish(
        listing_id=listing.id, amount=amount, sold_by=listing.unit, buyer_name=buyer.name, buyer_phone=buyer.phone,
        buyer_place=buyer.place, delivery=buyer.delivery, payment=buyer.payment,
        request_key=request_key_of(form.raw("key")[:LONGEST_KEY], buyer.phone), channel=channel,
        price_seen_vnd=int(price_seen) if price_seen.isascii() and price_seen.isdigit() else None,
        tiers_seen=tiers_seen or None)


def read_buyer(form: Form, *, takes_transfers: bool) -> Buyer:
    """Who buys, where to and how it is paid; mistakes stand in `form.errors`. Paid at the door of the stall is cash."""
    name = form.text("name", missing="Chưa có tên người nhận.", longest=LONGEST_NAME)
    phone = form.read("phone", read_phone, "")
    delivery = form.choice("delivery", DELIVERIES, missing="Chọn cách nhận hàng.")
    place = form.text("place", longest=LONGEST_PLACE)
    if not place and delivery != "pickup":
        form.wrong("place", FieldError(NO_PLACE))
    payment = form.choice("payment", PAYMENTS, missing="Chọn cách trả tiền.")
    if payment == "transfer" and not takes_transfers:
        form.wrong("payment", FieldError(NO_TRANSFER))
    return Buyer(name, phone, place, delivery, "cash" if (delivery, payment) == ("pickup", "cod") else payment)


def shown_again(form: Form, offer: Offer) -> dict[str, str]:
    """What was typed, in the fields of the page: an amount without a button moves to the box beside it."""
    values = form.values
    amount = values.get("amount", "")
    if amount not in (OTHER, *(pick["value"] for pick in picks(offer.listing))):
        values |= {"amount": OTHER, "other_amount": amount or values.get("other_amount", "")}
    if values.get("payment") == "cash":
        values["payment"] = "cod"
    return values
