"""The webhook over HTTP: who may tell, what may be told, and that nothing private is logged."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from catalog.accounts.queries import add_account
from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.households.queries import person_by_id
from catalog.orders.model import Order
from catalog.payments.banks.registry import PROVIDERS
from catalog.payments.banks.sepay import sign
from catalog.payments.endpoints import close_endpoint, open_endpoint
from catalog.payments.model import Endpoint, Transfer
from catalog.payments.queries import endpoint_by_id, latest_transfers, transfers_to_review
from catalog.storage.shop import Shop
from tests.cast import browser, make_settings, open_app
from tests.orders.stall import Stall, add_stall
from tests.payments.sepay_wire import body
from tests.payments.till import ACCOUNT


@dataclass(frozen=True, slots=True)
class Line:
    """SePay's side of a household's webhook, without a browser's headers."""

    shop: Shop
    stall: Stall
    client: httpx.AsyncClient
    endpoint: Endpoint
    key: str

    @property
    def address(self) -> str:
        return f"/hooks/sepay/{self.endpoint.id}"

    async def send(self, raw: bytes, *, key: str | None = None, headers: dict[str, str] | None = None) -> httpx.Response:
        proof = headers if headers is not None else {"Authorization": f"Apikey {key or self.key}"}
        return await self.client.post(self.address, content=raw, headers=proof)

    async def kept(self) -> list[Transfer]:
        async with self.shop.db.read() as connection:
            return (await transfers_to_review(connection, self.stall.household_id)
                    + await latest_transfers(connection, self.stall.household_id))

    async def order(self, order: Order) -> Order:
        return await self.stall.order(order.id)


async def make_line(shop: Shop, client: httpx.AsyncClient, method: str) -> Line:
    stall = await add_stall(shop.db)
    async with shop.db.write() as connection:
        await add_account(connection, household_id=stall.household_id, bank_bin="970436", account_number=ACCOUNT,
                          account_name="LO THI XUAN")
        endpoint, key = await open_endpoint(connection, stall.household_id, PROVIDERS["sepay"], method,
                                            person_id=stall.person_id)
    return Line(shop, stall, client, endpoint, key)


@pytest.fixture
async def shop_and_caller(tmp_path: Path) -> AsyncIterator[tuple[Shop, httpx.AsyncClient]]:
    """The real app and a caller who is no browser."""
    async with open_app(make_settings(tmp_path)) as app, browser(app) as client:
        del client.headers["Origin"], client.headers["Sec-Fetch-Site"]
        yield app.state.shop, client


@pytest.fixture
async def line(shop_and_caller: tuple[Shop, httpx.AsyncClient]) -> Line:
    """A webhook that is proved by its API key."""
    return await make_line(*shop_and_caller, "apikey")


async def test_a_transfer_with_the_right_key_pays_the_order(line: Line) -> None:
    order = await line.stall.place()

    answer = await line.send(body(content=order.code))

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert (await line.order(order)).payment_state == "paid"


async def test_a_signed_transfer_pays_the_order(shop_and_caller: tuple[Shop, httpx.AsyncClient]) -> None:
    line = await make_line(*shop_and_caller, "hmac")
    order = await line.stall.place()
    raw, timestamp = body(content=order.code), str(int(time.time()))
    headers = {"X-SePay-Signature": sign(line.key, timestamp, raw), "X-SePay-Timestamp": timestamp}

    answer = await line.send(raw, headers=headers)

    assert answer.json() == {"success": True} and (await line.order(order)).is_paid


async def test_a_stale_or_foreign_signature_is_refused(shop_and_caller: tuple[Shop, httpx.AsyncClient]) -> None:
    line = await make_line(*shop_and_caller, "hmac")
    order = await line.stall.place()
    raw, old, now = body(content=order.code), str(int(time.time()) - 301), str(int(time.time()))

    answers = [await line.send(raw, headers=headers) for headers in (
        {"X-SePay-Signature": sign(line.key, old, raw), "X-SePay-Timestamp": old},
        {"X-SePay-Signature": sign("another-secret-of-16", now, raw), "X-SePay-Timestamp": now},
        {"X-SePay-Signature": sign(line.key, now, body()), "X-SePay-Timestamp": now},
        {"Authorization": f"Apikey {line.key}"}, {})]

    assert [answer.status_code for answer in answers] == [401] * 5
    assert await line.kept() == [] and not (await line.order(order)).is_paid


async def test_a_wrong_key_is_refused_before_anything_is_read(line: Line) -> None:
    answers = [await line.send(raw, key="wrong") for raw in (body(), b"{", b"")]

    assert [answer.status_code for answer in answers] == [401] * 3
    assert answers[0].headers["content-type"] == "application/problem+json"
    assert await line.kept() == []


async def test_an_unknown_or_closed_address_is_not_found(line: Line) -> None:
    async with line.shop.db.write() as connection:
        await close_endpoint(connection, line.stall.household_id, line.endpoint.id, person_id=line.stall.person_id)

    answers = [await line.send(body()), await line.client.post("/hooks/sepay/nobody", content=body()),
               await line.client.post(f"/hooks/payos/{line.endpoint.id}", content=body())]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert all(answer.json()["status"] == 404 for answer in answers)


async def test_repeats_unmatched_and_outgoing_are_answered_with_success(line: Line) -> None:
    order = await line.stall.place()
    raw = body(content=order.code)

    answers = [await line.send(one) for one in (
        raw, raw, body(content="khong ma"), body(content=order.code, transferType="out"), body(id=0))]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"success": True})] * 5
    assert (await line.order(order)).paid_vnd == 170_000 and len(await line.kept()) == 2


@pytest.mark.parametrize(("raw", "status"), [
    (b"{", 400), (b"", 400), (b"\xff", 400), (b"[" * 60_000, 400), (b"[]", 400), (body(transferAmount="170000"), 422),
    (body(id=True), 422), (body(content=[]), 422), (b"x" * 70_000, 413)])
async def test_a_malformed_call_is_refused_and_keeps_nothing(line: Line, raw: bytes, status: int) -> None:
    answer = await line.send(raw)

    assert answer.status_code == status and answer.json()["status"] == status
    assert await line.kept() == []


async def test_a_body_that_lies_about_its_length_is_cut_off(line: Line) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 4096

    answer = await line.client.post(line.address, content=endless(), headers={"Authorization": f"Apikey {line.key}"})

    assert answer.status_code == 413


async def test_a_wrong_field_is_named(line: Line) -> None:
    answer = await line.send(body(transferAmount="170000"))

    assert [fault["field"] for fault in answer.json()["errors"]] == ["transferAmount"]


async def test_other_methods_are_refused(line: Line) -> None:
    assert (await line.client.get(line.address)).status_code == 405


async def test_calls_are_counted_against_a_limit(tmp_path: Path) -> None:
    async with open_app(make_settings(tmp_path, limits=True)) as app, browser(app) as client:
        statuses = [(await client.post("/hooks/sepay/nobody")).status_code for _ in range(301)]

    assert set(statuses[:300]) == {404} and statuses[300] == 429


async def test_the_household_sees_when_it_last_heard_of_the_bank(line: Line) -> None:
    await line.send(body(id=0))

    async with line.shop.db.read() as connection:
        endpoint = await endpoint_by_id(connection, "sepay", line.endpoint.id)
    assert line.endpoint.last_ms is None and endpoint is not None and endpoint.last_ms


async def test_a_closed_way_in_forgets_its_secret(line: Line) -> None:
    async with line.shop.db.write() as connection:
        await close_endpoint(connection, line.stall.household_id, line.endpoint.id, person_id=line.stall.person_id)

    async with line.shop.db.read() as connection:
        cursor = await connection.execute("SELECT secret FROM webhook_endpoints")
        assert [row["secret"] for row in await cursor.fetchall()] == [""]
        await cursor.close()


async def test_no_key_memo_or_phone_is_logged(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    order = await line.stall.place()
    told: list[dict[str, Any]] = [{"content": f"NGUYEN LAN {order.code} 0912345678"}, {"content": "Lan 0912345678"},
                                  {"content": "Lan 0912345678", "transferAmount": "x"}]

    for fields in told:
        await line.send(body(**fields))
        await line.send(body(**fields), key="another-key-of-theirs")
    await line.send(b'{"content": "Lan 0912345678"')

    ours = json.dumps([record.getMessage() + (record.exc_text or "") for record in caplog.records
                       if not record.name.startswith("http")])
    for secret in (line.key, line.endpoint.id, "another-key-of-theirs", "0912345678", "Lan", "LAN", order.code):
        assert secret not in ours


async def test_opening_and_closing_a_way_in_is_written_down(line: Line) -> None:
    async with line.shop.db.read() as connection:
        audit = await HOUSEHOLDS.audit_of_household(connection, household_id=line.stall.household_id, most=5)
        person = await person_by_id(connection, line.stall.person_id)

    assert person is not None
    assert [(row["verb"], row["detail"], row["person_name"]) for row in audit] == [
        ("kết nối báo tiền", "SePay", person.name)]
