"""Tables brought up to date: the numbered files of `migrations/`, each run once, in order."""

from __future__ import annotations

from pathlib import Path

from catalog.storage.database import now_ms
from catalog.storage.sql import Connection

FOLDER = Path(__file__).with_name("migrations")

CREATE_LEDGER = "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_ms BIGINT NOT NULL)"


async def migrate(connection: Connection, *, mark: str) -> list[str]:
    """The names of the migrations applied now, inside the caller's transaction.

    `mark` is the engine's parameter mark, `?` or `%s`.
    """
    await _run(connection, CREATE_LEDGER)
    cursor = await connection.execute("SELECT name FROM migrations")
    applied = {row["name"] for row in await cursor.fetchall()}
    await cursor.close()
    fresh = [path for path in sorted(FOLDER.glob("*.sql")) if path.stem not in applied]
    for path in fresh:
        for statement in statements(path.read_text(encoding="utf-8")):
            await _run(connection, statement)
        await _run(connection, f"INSERT INTO migrations VALUES ({mark}, {mark})", (path.stem, now_ms()))
    return [path.stem for path in fresh]


def statements(text: str) -> list[str]:
    """The statements of a migration file: each ends with a semicolon at the end of a line."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return [part.strip(" ;\n") for part in "\n".join(lines).split(";\n") if part.strip(" ;\n")]


async def _run(connection: Connection, statement: str, parameters: tuple[object, ...] = ()) -> None:
    cursor = await connection.execute(statement, parameters)
    await cursor.close()
