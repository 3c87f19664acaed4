"""People without a browser: what they send and get over real HTTP."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.shop_process import ShopProcess

FACTS = {"kind": "grapefruit", "name": "Bưởi da xanh", "price": "25 nghìn", "unit": "kg", "place": "bản Lói"}
LONGEST_SECONDS = 120


def visitor(shop: ShopProcess) -> httpx.Client:
    """A browser without a past, which sends its own origin as browsers do."""
    return httpx.Client(base_url=shop.url, headers={"Origin": shop.url, "Sec-Fetch-Site": "same-origin"}, timeout=60)


def sign_in(shop: ShopProcess, link: str) -> httpx.Client:
    """The browser of whoever has the link."""
    client = visitor(shop)
    assert client.post(link).status_code == 303
    return client


def farmer_of(shop: ShopProcess) -> tuple[httpx.Client, str]:
    """A new household's browser and where its pages begin, set up by the owner."""
    owner = sign_in(shop, shop.link("owner"))
    village = owner.post("/villages", data={"name": "Bản Lói", "commune": "xã Mường Ảng", "province": "Điện Biên"})
    base = village.headers["location"].removesuffix("/team")
    card = owner.post(f"{base}/households", data={"name": "Lò Thị Xuân", "phone": "0900000456", "place": "bản Lói"})
    owner.close()
    (link,) = re.findall(r'id="link">(.*?)<', card.text)
    farmer = sign_in(shop, link)
    return farmer, farmer.get("/home").headers["location"]


def send_photo(farmer: httpx.Client, base: str, photo: Path, key: str = "") -> httpx.Response:
    """The answer to one photo."""
    with photo.open("rb") as file:
        return farmer.post(f"{base}/photos", files={"photo": ("a.jpg", file, "image/jpeg")},
                           data={"upload_key": key or secrets.token_hex(8)})


def list_goods(farmer: httpx.Client, base: str, *, stock: str, photo_id: str) -> str:
    """The path of a new listing that is on the stall."""
    made = farmer.post(f"{base}/sell", data=FACTS | {"stock": stock, "photo": photo_id}, files={"x": ("", b"")})
    assert made.status_code == 303, made.text
    return str(made.headers["location"])


def order_form(number: int) -> dict[str, str]:
    """What buyer `number` sends for one kilogram."""
    return {"amount": "1", "name": f"Khách {number}", "phone": f"09000{number:05}", "place": "12 ngõ 5, phường Mường Thanh",
            "delivery": "coach", "payment": "cod", "key": secrets.token_hex(16)}


def left_g(buyer: httpx.Client, order_path: str) -> int:
    """What the buyers' page says is left, in grams."""
    html = buyer.get(order_path).text
    found = re.search(r"Còn ([\d.,]+) kg", html)
    return round(float(found[1].replace(".", "").replace(",", ".")) * 1000) if found else 0


def wait_until(check: Callable[[], bool]) -> None:
    """Return once `check` holds; fails when it does not in a long time."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while not check():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.1)
