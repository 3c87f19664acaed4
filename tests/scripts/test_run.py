"""Starting and stopping the shop as its owner does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from catalog.errors import Gone
from catalog.households.sign_in import person_of_link
from scripts._owner import owner_link
from server import create_app, open_shop
from tests.cast import make_settings

ROOT = Path(__file__).resolve().parents[2]


def token_of(link: str) -> str:
    return link.rsplit("/", 1)[1]


async def test_each_start_ends_the_owner_links_before_it(tmp_path: Path) -> None:
    async with open_shop(create_app(make_settings(tmp_path)).state.shop) as shop:
        earlier = await owner_link(shop)
        newest = await owner_link(shop)

        async with shop.db.read() as connection:
            person = await person_of_link(connection, token_of(newest))
            with pytest.raises(Gone):
                await person_of_link(connection, token_of(earlier))

    assert person.role == "owner"


@pytest.mark.parametrize("broken", ["not a database", "a folder"])
def test_a_database_that_cannot_be_opened_ends_the_start_and_does_not_hang(tmp_path: Path, broken: str) -> None:
    database = tmp_path / "cho-phien.db"
    if broken == "a folder":
        database.mkdir()
    else:
        database.write_bytes(b"these are no pages of SQLite" * 400)

    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "run.py"), "--port", "0", "--data", str(tmp_path)],
                          capture_output=True, timeout=60, check=False)

    assert done.returncode != 0
    assert b"cho-phien.db" in done.stderr, done.stderr.decode()
