"""Bodies that no page sends: refused at once, with nothing kept of them."""

from __future__ import annotations

import json

from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.households.tokens import digest
from catalog.storage.database import new_id, now_ms
from tests.attack.estate import build
from tests.cast import Cast
from tests.listings.stall import kept_files
from tests.orders.goods import list_goods

FIELD = b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\nv\r\n'
FILE = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
MULTIPART = {
    "10,000 fields": b"".join(FIELD % number for number in range(10_000)) + b"--x--\r\n",
    "a thousand files": (FILE + b"v\r\n") * 1_000 + b"--x--\r\n",
    "a part without end": FILE + b"x" * 1_000_000,
    "another boundary": FILE.replace(b"--x", b"--y") + b"x\r\n--y--\r\n",
    "an end and nothing before it": b"--x--\r\n",
    "a part without a name": b"--x\r\nX: y\r\n\r\nabc\r\n--x--\r\n",
    "a field of 3 MB": b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + b"x" * 3_000_000 + b"\r\n--x--\r\n",
    "a part's header of 4 MB": FILE.replace(b"a.jpg", b"a" * 4_000_000) + b"abc\r\n--x--\r\n",
    "100,000 headers in a part": b"--x\r\n" + b"X: y\r\n" * 100_000 + b"\r\nabc\r\n--x--\r\n",
    "a file name that climbs": FILE.replace(b"a.jpg", b"../../../../tmp/evil.jpg") + b"abc\r\n--x--\r\n",
    "null bytes": FILE.replace(b"a.jpg", b"a\0.jpg") + b"a\0c\r\n--x--\r\n",
    "26 MB": FILE + b"\xff\xd8\xff" + b"x" * (26 << 20) + b"\r\n--x--\r\n",
    "a photo as text": b'--x\r\nContent-Disposition: form-data; name="photo"\r\n\r\nabc\r\n--x--\r\n',
    "no body at all": b"",
}
KINDS = ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 300,
         "multipart/mixed; boundary=x", "application/json", "text/plain", "application/x-www-form-urlencoded; charset=undefined")
NO_JSON = (b"", b"[]", b"null", b"{", b"[" * 50_000, b'{"a":' * 5_000, b"\xff", b"1" * 6_000, b'"x"', b"\0")
ODD_NUMBERS = ("NaN", "Infinity", "1e400", "1e300", "-1", "9" * 40, "1e-300", "[]", '"x"', "null")
STOCKS_SEEN = ("9" * 30, "9" * 1_999, "-1", "٣", "1e3", "", "x")


async def test_bodies_that_no_page_sends_are_refused_and_leave_nothing(cast: Cast) -> None:
    headers, statuses = {"Content-Type": "multipart/form-data; boundary=x"}, {}

    for what, body in MULTIPART.items():
        for path in (f"{cast.stall}/photos", f"{cast.stall}/sell"):
            statuses[what, path] = (await cast.farmer.post(path, content=body, headers=headers)).status_code

    assert {what: status for what, status in statuses.items() if status not in (400, 413, 415, 422)} == {}
    assert kept_files(cast) == []


async def test_a_form_of_another_kind_is_a_mistake(cast: Cast) -> None:
    code = (await list_goods(cast)).code

    statuses = {kind: (await cast.buyer.post(f"/o/{code}", content=b"--x\r\n\r\nname=x", headers={"Content-Type": kind})
                       ).status_code for kind in KINDS}

    assert set(statuses.values()) <= {400, 422}


async def test_more_fields_than_any_form_has_are_refused(cast: Cast) -> None:
    code = (await list_goods(cast)).code

    answer = await cast.buyer.post(f"/o/{code}", content=b"&".join(b"a=%d" % number for number in range(9_000)),
                                   headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert answer.status_code == 400


async def test_what_is_no_json_and_odd_numbers_are_mistakes(cast: Cast) -> None:
    key, headers = "k" * 32, {"Authorization": "Bearer " + "k" * 32}
    async with cast.shop.db.write() as connection:
        await HOUSEHOLDS.add_api_key(connection, id=new_id(), household_id=cast.household.id, token_digest=digest(key),
                                     now_ms=now_ms())
    code = (await list_goods(cast)).code
    listing = {"kind": "other", "name": "Mật ong", "unit": "kg", "price_vnd": 1_000, "stock": 1}
    order = {"code": code, "unit": "túi", "name": "Thu Hà", "phone": "0900000123", "place": "12 ngõ 5",
             "delivery": "coach", "payment": "cod", "key": "k" * 20, "quantity": 1}
    bodies = [("/api/v1/listings", body) for body in NO_JSON] + [("/api/v1/orders", body) for body in NO_JSON]
    for number in ODD_NUMBERS:
        for path, wish, name in (("/api/v1/listings", listing, "price_vnd"), ("/api/v1/listings", listing, "stock"),
                                 ("/api/v1/orders", order, "quantity")):
            if (name, number) != ("stock", "1e-300"):
                bodies.append((path, json.dumps(wish | {name: "?"}).replace('"?"', number).encode()))

    wrong = [(path, body[:60], answer.status_code) for path, body in bodies
             if (answer := await cast.buyer.post(path, content=body, headers=headers)).status_code != 422]

    assert wrong == []


async def test_a_number_of_any_length_in_a_hidden_field_breaks_no_form(cast: Cast) -> None:
    estate = await build(cast)
    path = f"{cast.stall}/listings/{estate.names['code'].lower()}/edit"
    form = {"kind": "other", "name": "Thịt trâu gác bếp", "unit": "túi", "price": "170.000", "stock": "16"}

    statuses = {seen: (await cast.farmer.post(path, data=form | {"stock_seen": seen})).status_code for seen in STOCKS_SEEN}

    assert set(statuses.values()) <= {303, 422}
