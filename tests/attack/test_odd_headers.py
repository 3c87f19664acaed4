"""Headers that no browser sends, or that another site's script has planted: never a crash, never a way out."""

from __future__ import annotations

import httpx
import pytest

from catalog.errors import Invalid
from catalog.households.queries import household_by_code
from catalog.storage.database import Database
from tests.cast import Cast
from tests.orders.goods import FORM, list_goods, orders

ODD_COOKIES = ("a/b=1", "a(b)=1; lang=en", "[=1", "=;=;;", 'lang="en', "lang=" + "x" * 5_000, "sap=", "sap=a; sap=b",
               "phiên=1", "a,b=1; @=2")
ODD_ORIGINS = ("http://[", "//[", "http://[::1", "null", "http://testserver@evil.example", "http://a℀b", "testserver")
ODD_HOSTS = ("[1", "a b", "[::1", "testserver:abc", "evil.example", "a?b#c", "a@b", "x" * 9_000)
LEADS_AWAY = ("//[", "https://[x", "/\\evil.example", "/\t/evil.example", "//evil.example", "https:evil.example",
              "///evil.example", "javascript:alert(1)", "http://evil.example/", "\\\\evil.example", " //evil.example")
CHARSETS = ("undefined", "punycode", "unicode_escape", "raw_unicode_escape", "idna", "utf-7", "zip", "\0", "a" * 3_000)
NULLS = ("/o/%00", "/n/%00", "/d/%00", "/c/%00", "/s/%00", "/m/%00", "/v/%00", "/static/x/%00", "/hooks/sepay/%00")


async def test_a_cookie_of_somebody_else_breaks_no_page(cast: Cast) -> None:
    answers = {cookie: await cast.buyer.get("/", headers={"Cookie": cookie.encode()}) for cookie in ODD_COOKIES}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert '<html lang="en">' in answers["a(b)=1; lang=en"].text


async def test_an_odd_origin_is_a_foreign_one(cast: Cast) -> None:
    taken = []

    for origin in ODD_ORIGINS:
        request = cast.farmer.build_request("POST", "/me/sign-out", headers={"Origin": origin.encode()})
        del request.headers["sec-fetch-site"]
        if (await cast.farmer.send(request)).status_code != 403:
            taken.append(origin)

    assert taken == []
    assert (await cast.farmer.get("/me")).status_code == 200


async def test_a_host_name_gets_into_no_page(cast: Cast) -> None:
    for host in ODD_HOSTS:
        there, nowhere = [await cast.buyer.get(path, headers={"Host": host.encode()}) for path in ("/", "/nowhere")]

        assert (there.status_code, nowhere.status_code) == (200, 404), host
        assert f"//{host}" not in there.text + nowhere.text


async def test_the_language_switch_leads_nowhere_else(cast: Cast) -> None:
    led = {address: (await cast.buyer.post("/lang", data={"lang": "en", "next": address})).headers["location"]
           for address in LEADS_AWAY}

    assert set(led.values()) == {"/"}


async def test_a_line_break_splits_no_header(cast: Cast) -> None:
    answer = await cast.buyer.post("/lang", data={"lang": "en", "next": "/\r\nSet-Cookie: sap=stolen"})

    assert set(httpx.Cookies(answer.cookies)) == {"lang"}
    assert "\n" not in answer.headers["location"]


async def test_a_form_in_an_odd_charset_is_refused(cast: Cast) -> None:
    code = (await list_goods(cast)).code
    body = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800 \xff\r\n--x--\r\n'

    statuses = {charset: (await cast.buyer.post(f"/o/{code}", content=body, headers={
        "Content-Type": f"multipart/form-data; boundary=x; charset={charset}".encode()})).status_code
        for charset in (*CHARSETS, "UTF-8")}

    assert statuses.pop("UTF-8") == 422
    assert set(statuses.values()) == {400}


async def test_a_null_byte_in_an_address_finds_nothing(cast: Cast) -> None:
    for path in NULLS:
        assert (await cast.helper.get(path)).status_code in (404, 405), path
    assert (await cast.helper.get("/v/loi?q=%00&show=%00")).status_code == 422


async def test_a_name_keeps_none_of_the_characters_that_nobody_sees(cast: Cast) -> None:
    code = (await list_goods(cast)).code

    answer = await cast.buyer.post(f"/o/{code}", data=FORM | {"name": "Thu\0\x1b \u202eHà\u2069", "payment": "cod"})

    assert answer.status_code == 303
    assert (await orders(cast))[0].buyer_name == "Thu Hà"


async def test_a_null_byte_in_json_is_a_mistake(cast: Cast) -> None:
    code = (await list_goods(cast)).code
    wish = {"code": code, "quantity": 1, "unit": "túi", "name": "Thu\0Hà", "phone": "0900000123", "place": "12 ngõ 5",
            "delivery": "coach", "payment": "cod", "key": "k" * 20}

    answer = await cast.buyer.post("/api/v1/orders", json=wish)

    assert answer.status_code == 422
    assert await orders(cast) == []


async def test_no_engine_is_given_a_null_byte(db: Database) -> None:
    async with db.read() as connection:
        with pytest.raises(Invalid):
            await household_by_code(connection, "xuan2\0")
