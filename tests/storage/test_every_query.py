"""Every room's `queries.sql` is taken by both engines, statement by statement."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import psycopg
import pytest

from catalog.storage.database import Database
from catalog.storage.sql import RoomQueries

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
FILES = sorted(CATALOG.rglob("queries.sql"))

# Nulls break "not null" and foreign keys, which is no fault of the statement.
HARMLESS = (sqlite3.IntegrityError, psycopg.errors.IntegrityError)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
async def test_every_statement_is_taken(db: Database, path: Path) -> None:
    room = RoomQueries(path)
    text = path.read_text(encoding="utf-8")
    bodies = dict(zip(re.findall(r"^-- name: (\w+)", text, re.M),
                      re.split(r"^-- name: .*$", text, flags=re.M)[1:], strict=True))

    for name, body in bodies.items():
        parameters = {key: None for key in re.findall(r"(?<!:):([a-z_]+)", body)}
        try:
            async with db.write() as connection:
                await getattr(room, name)(connection, **parameters)
        except HARMLESS:
            continue

    assert set(bodies) == set(room.names())
