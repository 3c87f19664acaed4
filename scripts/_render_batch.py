"""Many listings from one table: read row by row, drawn by worker processes, gone on with where it stopped."""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from catalog.words.fold import fold
from media.pool import RenderFailed, RenderPool
from media.spec import CardSpec
from scripts._render_options import parser, read_options
from scripts._render_work import Unusable, digest_of, is_whole, render_into

SEVERAL = ("photo", "focus", "video", "tier")
"""Columns that may hold several values: a JSON list, or in CSV separated by `|`."""

FILES = ("photo", "video", "voice")
AT_ONCE = 2


class BadRow(Exception):
    """A row that cannot be drawn; the message says why."""


class RowParser(argparse.ArgumentParser):
    """argparse for a row: it raises in place of leaving."""

    def error(self, message: str) -> NoReturn:
        """Raise `BadRow` with the message that a command line would have shown."""
        raise BadRow(message)


@dataclass(frozen=True, slots=True)
class Row:
    """One listing of the table: its number from 1, what to draw, and where to."""

    number: int
    spec: CardSpec
    out_dir: Path


def read_rows(table: Path, out_dir: Path) -> tuple[list[Row], list[str]]:
    """The rows that can be drawn, and a sentence for each that cannot. Paths are beside the table.

    Raises `BadRow` when the table itself cannot be read.
    """
    rows, faults, taken = [], [], set[Path]()
    for number, fields in enumerate(_fields(table), 1):
        try:
            spec, folder = _read_row(fields, number, table.parent, out_dir)
            if folder in taken:
                raise BadRow(f"--out {folder.name} is another row's folder")
        except BadRow as fault:
            faults.append(f"row {number}: {fault}")
            continue
        taken.add(folder)
        rows.append(Row(number, spec, folder))
    return rows, faults


async def draw(rows: list[Row], progress: Callable[[float], None]) -> tuple[int, int, list[str]]:
    """How many rows were drawn, how many were there already, and a sentence for each that failed.

    `progress` is told 0..1 of the whole. A row that breaks its worker takes no other row with it.
    """
    shares = dict.fromkeys((row.number for row in rows), 0.0)
    counts, faults = {"drawn": 0, "there": 0}, list[str]()
    turn, pool = asyncio.Semaphore(AT_ONCE), RenderPool(max_workers=AT_ONCE + 1)

    def told(row: Row, share: float) -> None:
        shares[row.number] = share
        progress(sum(shares.values()) / len(shares))

    async def one(row: Row) -> None:
        async with turn:
            digest = await asyncio.to_thread(digest_of, row.spec)
            if is_whole(row.out_dir, digest):
                counts["there"] += 1
            else:
                try:
                    await render_into(row.spec, row.out_dir, digest, pool, lambda share: told(row, share))
                    counts["drawn"] += 1
                except (Unusable, RenderFailed, OSError) as fault:
                    faults.append(f"row {row.number}: {fault}")
            told(row, 1.0)

    await pool.open()
    try:
        async with asyncio.TaskGroup() as tasks:
            for row in rows:
                tasks.create_task(one(row))
    finally:
        await pool.close()
    return counts["drawn"], counts["there"], faults


def run(table: Path, out_dir: Path, progress: Callable[[float], None]) -> int:
    """0 when every row of the table is drawn, 1 when some could not be, 2 when it cannot be read."""
    try:
        rows, faults = read_rows(table, out_dir)
    except BadRow as fault:
        print(f"render.py: {fault}", file=sys.stderr)
        return 2
    drawn, there, failed = asyncio.run(draw(rows, progress)) if rows else (0, 0, [])
    for fault in (*faults, *failed):
        print(f"render.py: {fault}", file=sys.stderr)
    print(f"{drawn} drawn, {there} already there, {len(faults) + len(failed)} could not be drawn")
    return 1 if faults or failed else 0


def _fields(table: Path) -> Iterable[dict[str, Any]]:
    try:
        text = table.read_text(encoding="utf-8-sig")
        rows = json.loads(text) if table.suffix.lower() == ".json" else list(csv.DictReader(io.StringIO(text, newline="")))
    except OSError as fault:
        raise BadRow(f"{table}: {fault.strerror}") from fault
    except (ValueError, csv.Error) as fault:
        raise BadRow(f"{table} is neither CSV nor JSON in UTF-8: {fault}") from fault
    if not (isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)):
        raise BadRow(f"{table} holds no rows with named columns")
    return rows


def _read_row(fields: dict[str, Any], number: int, beside: Path, out_dir: Path) -> tuple[CardSpec, Path]:
    words: list[str] = []
    for column, value in fields.items():
        option = str(column).strip().replace("_", "-").removeprefix("--")
        for one in _values(option, value):
            words.append(f"--{option}={beside / one if option in FILES else one}")
    name = re.sub(r"[^a-z0-9]+", "-", fold(str(fields.get("name", "")))).strip("-")[:40]
    given = str(fields.get("out") or f"{number:03}-{name}")
    if Path(given).is_absolute() or ".." in Path(given).parts:
        raise BadRow(f"--out {given} lies outside of the folder")
    words = [word for word in words if not word.startswith("--out=")]
    return read_options(parser(RowParser), [*words, "--out", str(out_dir / given)])


def _values(option: str, value: Any) -> list[str]:
    several = option in SEVERAL
    if isinstance(value, list) and several:
        listed = value
    elif isinstance(value, str) and several:
        listed = value.split("|")
    else:
        listed = [value]
    return [str(one).strip() for one in listed if one not in (None, "", False) and str(one).strip()]
