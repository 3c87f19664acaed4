"""What all tests stand on: a fresh database each, both engines, and the outside tools found."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright

from catalog.storage.connect import database
from catalog.storage.database import Database
from tests.cast import Cast, make_settings, open_cast
from tests.postgres_server import find_binaries, run_server

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests last: its event loop, once started, stays in the thread and lets no other one run."""
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))


def missing(tool: str, how: str) -> None:
    """Skip where a developer lacks an outside tool; with CI=true that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{tool} is missing: {how}")
    pytest.skip(f"{tool} is missing: {how}")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of photos and vectors that stands beside the project where it is developed."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here")
    return SHARED


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """A running server's address with `{name}` for the database's name."""
    binaries = find_binaries()
    if binaries is None:
        missing("PostgreSQL", "on Debian: apt-get install postgresql")
    assert binaries is not None
    with run_server(binaries) as address:
        yield address


@pytest.fixture
def postgres_database(request: pytest.FixtureRequest, postgres_address: str) -> str:
    """The address of an empty database of the test's own."""
    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    with psycopg.connect(postgres_address.format(name="postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
        admin.execute(f"CREATE DATABASE {name}")
    return postgres_address.format(name=name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def on_engine(request: pytest.FixtureRequest) -> dict[str, object]:
    """What `make_settings` is to change, so that a test runs on each of the engines."""
    return {} if request.param == "sqlite" else {"database_url": request.getfixturevalue("postgres_database")}


@pytest.fixture
async def db(on_engine: dict[str, object], tmp_path: Path) -> AsyncIterator[Database]:
    """A fresh, migrated database: each test that asks for it runs on both engines."""
    opened = database(str(on_engine.get("database_url", f"sqlite:{tmp_path / 'shop.db'}")))
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def cast(tmp_path: Path) -> AsyncIterator[Cast]:
    """The real app over a fresh database, with the four people signed in."""
    async with open_cast(make_settings(tmp_path)) as people:
        yield people


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The installed Chromium without a window, started once."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing("Chromium", "on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM)
        yield browser
        browser.close()
