"""Goods that nobody pays for go back to the stall by themselves, and may be taken once more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.journeys.people import farmer_of, left_g, list_goods, order_form, send_photo, visitor, wait_until
from tests.shop_process import ShopProcess, running_shop

HOLD_SECONDS = 3


@pytest.fixture(scope="module")
def hasty_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopProcess]:
    """A shop that holds goods for three seconds."""
    with running_shop(tmp_path_factory.mktemp("hasty") / "data", "--no-limits",
                      CHO_PHIEN_TRANSFER_HOLD_SECONDS=str(HOLD_SECONDS)) as running:
        yield running


def add_account(farmer: httpx.Client, base: str) -> None:
    """A bank account for the household."""
    added = farmer.post(f"{base}/money/account", data={"bank": "970436", "number": "0123499999", "name": "LO THI XUAN"})
    assert added.status_code == 303


def test_a_hold_ends_and_the_order_page_offers_the_goods_again(hasty_shop: ShopProcess, photo: Path) -> None:
    farmer, base = farmer_of(hasty_shop)
    add_account(farmer, base)
    listing = list_goods(farmer, base, stock="5", photo_id=send_photo(farmer, base, photo).json()["id"])
    product = f"/o/{listing.rsplit('/', 1)[1]}"
    with visitor(hasty_shop) as buyer:
        order = buyer.post(product, data=order_form(1) | {"payment": "transfer", "amount": "5"}).headers["location"]

        wait_until(lambda: "Đã quá giờ giữ hàng" in buyer.get(order).text)
        returned_g = left_g(buyer, product)
        again = buyer.post(f"{order}/again")
        held = buyer.get(f"{order}/state").json()["state"]
        wait_until(lambda: buyer.get(f"{order}/state").json()["state"] == "expired")
        sold = buyer.post(product, data=order_form(2) | {"amount": "3"})

        assert (returned_g, again.status_code, held, sold.status_code) == (5_000, 303, "placed", 303)
        html = buyer.get(order).text
        assert "Giờ không còn đủ hàng." in html and not re.search(r'action="[^"]*/again"', html)
        assert left_g(buyer, product) == 2_000
