"""Posts on their way outlive the migration that makes their table anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from catalog.storage.migrate import FOLDER, statements

ANEW = "0026_show_posts_and_teams"


def test_what_was_on_its_way_before_still_is(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "shop.db")
    files = sorted(FOLDER.glob("*.sql"))
    before = [path for path in files if path.stem < ANEW]
    for path in before:
        for statement in statements(path.read_text(encoding="utf-8")):
            database.execute(statement)
    database.execute("INSERT INTO sendings (id, household_id, listing_id, account_id, shape, form_key, state, due_ms, price_vnd, kept, "
                     "created_ms, changed_ms) VALUES ('s', 'h', 'l', 'a', 'pictures', 'k', 'waiting', 7, 25000, '{\"photo\": \"1\"}', 1, 2)")
    old = database.execute("SELECT * FROM sendings").description

    for statement in statements((FOLDER / f"{ANEW}.sql").read_text(encoding="utf-8")):
        database.execute(statement)

    columns = ", ".join(column[0] for column in old)
    (row,) = database.execute(f"SELECT {columns}, show_id FROM sendings").fetchall()
    assert row[:1] == ("s",) and "waiting" in row and 7 in row and '{"photo": "1"}' in row and row[-1] is None
    database.close()
