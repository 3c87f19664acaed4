"""Which engine keeps the facts: chosen by the address alone."""

from __future__ import annotations

from catalog.storage.database import Database
from catalog.storage.sqlite import SQLiteDatabase


def database(url: str) -> Database:
    """The database that `url` names: `sqlite:PATH` or `postgresql://…`."""
    if url.startswith("sqlite:"):
        return SQLiteDatabase(url.removeprefix("sqlite:"))
    if url.startswith(("postgresql:", "postgres:")):
        # Imported here: psycopg costs 15 MB that a shop on SQLite never needs.
        from catalog.storage.postgres import PostgresDatabase
        return PostgresDatabase(url)
    raise ValueError("a database address begins with sqlite: or postgresql:")
