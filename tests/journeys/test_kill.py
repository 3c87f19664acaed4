"""kill -9 at the worst moments: what was acknowledged stands after the restart, and nobody is left behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.journeys.people import farmer_of, left_g, list_goods, order_form, send_photo, visitor, wait_until
from tests.shop_process import ShopProcess, start_shop

BUYERS, KILLED_AFTER = 20, 6


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ShopProcess]:
    """A shop of the test's own; whatever runs over its folder at the end is ended."""
    running = start_shop(tmp_path / "data", "--no-limits")
    yield running
    running.stop()


def restart(shop: ShopProcess) -> None:
    """The same shop again, on the same address."""
    port = int(shop.url.rsplit(":", 1)[1])
    shop.process = start_shop(shop.data, "--no-limits", port=port).process


def descendants(pid: int) -> set[int]:
    """The processes that this one has started, and theirs."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    found, grown = {pid}, 0
    while len(found) != grown:
        grown = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found - {pid}


def lives(pid: int) -> bool:
    """Whether the process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_killed_shop_leaves_no_worker_and_finishes_its_pictures_after_the_restart(shop: ShopProcess, photo: Path) -> None:
    farmer, base = farmer_of(shop)
    listing = list_goods(farmer, base, stock="80", photo_id=send_photo(farmer, base, photo).json()["id"])
    wait_until(lambda: farmer.get(f"{listing}/state").json()["clip_percent"] > 0)
    workers = descendants(shop.process.pid)

    shop.kill()
    wait_until(lambda: not any(lives(pid) for pid in workers))
    restart(shop)

    assert workers
    wait_until(lambda: farmer.get(f"{listing}/state").json()["clip_state"] == "done")
    state = farmer.get(f"{listing}/state").json()
    assert state["pictures_done"] == state["pictures_all"] == len(state["pictures"])
    assert farmer.get(state["clip"]).headers["content-type"] == "video/mp4"
    wait_until(lambda: not list((shop.data / "files" / "tmp").iterdir()))  # the clip's companions are made after it


def test_every_acknowledged_order_outlives_a_kill_and_the_stock_adds_up(shop: ShopProcess, photo: Path) -> None:
    farmer, base = farmer_of(shop)
    listing = list_goods(farmer, base, stock="80", photo_id=send_photo(farmer, base, photo).json()["id"])
    order_path = f"/o/{listing.rsplit('/', 1)[1]}"
    acknowledged: list[str] = []

    def buy(number: int) -> None:
        with visitor(shop) as buyer:
            try:
                answer = buyer.post(order_path, data=order_form(number))
            except httpx.TransportError:
                return
            acknowledged.append(answer.headers["location"])
            if len(acknowledged) == KILLED_AFTER:
                shop.process.kill()

    with ThreadPoolExecutor(4) as buyers:
        list(buyers.map(buy, range(BUYERS)))
    shop.kill()
    restart(shop)

    with visitor(shop) as buyer:
        assert len(acknowledged) >= KILLED_AFTER
        assert {buyer.get(path).status_code for path in acknowledged} == {200}
        with sqlite3.connect(shop.data / "cho-phien.db") as database:
            (kept, sold_g), = database.execute("SELECT COUNT(*), SUM(amount) FROM orders")
        assert kept >= len(acknowledged)
        assert left_g(buyer, order_path) == 80_000 - sold_g


def test_a_photo_that_was_acknowledged_outlives_a_kill(shop: ShopProcess, photo: Path) -> None:
    farmer, base = farmer_of(shop)

    answer = send_photo(farmer, base, photo, key="the-first")
    shop.kill()
    restart(shop)

    kept = answer.json()
    again = send_photo(farmer, base, photo, key="the-first")
    assert (answer.status_code, again.status_code, again.json()["id"]) == (201, 201, kept["id"])
    wait_until(lambda: farmer.get(kept["thumb"], follow_redirects=True).status_code == 200)
    assert farmer.get(kept["thumb"], follow_redirects=True).headers["content-type"] == "image/jpeg"
