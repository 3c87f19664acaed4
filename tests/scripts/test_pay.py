"""The played SePay against a real server on loopback."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn

from catalog.payments.banks.registry import PROVIDERS
from catalog.payments.endpoints import open_endpoint
from catalog.storage.shop import Shop
from tests.cast import make_settings, open_app
from tests.payments.till import ACCOUNT, Till, add_till

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "pay.py"


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[tuple[Shop, str]]:
    """A running shop and its address."""
    async with open_app(make_settings(tmp_path)) as app:
        server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_level="warning"))
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield app.state.shop, f"http://127.0.0.1:{port}"
        server.should_exit = True
        await task


async def pay(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What the script prints and how it ends; isolated, so that only the standard library is there."""
    return await asyncio.to_thread(subprocess.run, [sys.executable, "-I", "-S", str(SCRIPT), *arguments],
                                   capture_output=True, text=True, timeout=60)


async def hook_of(till: Till, address: str, method: str) -> tuple[str, ...]:
    async with till.db.write() as connection:
        endpoint, key = await open_endpoint(connection, till.stall.household_id, PROVIDERS["sepay"], method,
                                            person_id=till.stall.person_id)
    return ("--hook", f"{address}/hooks/sepay/{endpoint.id}", "--key", key, "--account", ACCOUNT)


@pytest.mark.parametrize(("method", "flags"), [("apikey", ()), ("hmac", ("--hmac",))])
async def test_it_pays_an_order_as_sepay_would(served: tuple[Shop, str], method: str, flags: tuple[str, ...]) -> None:
    shop, address = served
    till = await add_till(shop.db)
    order = await till.stall.place()
    hook = await hook_of(till, address, method)

    done = await pay(*hook, *flags, "--amount", "170000", "--content", f"{order.code} chuyen tien")

    assert (done.returncode, done.stdout) == (0, '200 {"success":true}\n')
    assert (await till.order(order)).is_paid


@pytest.mark.parametrize(("method", "flags"), [("apikey", ()), ("hmac", ("--hmac",))])
async def test_with_a_wrong_key_the_shop_refuses_it(served: tuple[Shop, str], method: str,
                                                    flags: tuple[str, ...]) -> None:
    shop, address = served
    till = await add_till(shop.db)
    order = await till.stall.place()
    hook = await hook_of(till, address, method)

    done = await pay(*hook, *flags, "--wrong-key", "--amount", "170000", "--content", order.code)

    assert done.returncode == 1 and done.stdout.startswith("401 ")
    assert not (await till.order(order)).is_paid


@pytest.mark.parametrize("address", ["http://example.com/hooks/sepay/x", "http://10.0.0.1/", "ftp://127.0.0.1/",
                                     "http://127.0.0.1.example.com/", "//127.0.0.1/", "http://2130706433/"])
async def test_it_tells_nobody_outside_this_machine(address: str) -> None:
    done = await pay("--hook", address, "--key", "k", "--account", "1", "--amount", "1", "--content", "x")

    assert done.returncode == 2 and "only a shop on this machine" in done.stderr
