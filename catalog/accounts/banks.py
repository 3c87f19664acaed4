"""Banks and wallets that can be paid by VietQR, and how people call them.

The table (banks.csv) holds what several public lists agree on as of 2026; a bin that only one list
has, or that lists swap, is left out. Banks whose own app cannot scan a VietQR are in it all the
same: they can be paid. Its order is the order of choosing: the ones farmers use first, then by name.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank or wallet: the `bin` goes into the QR, `short_name` onto buttons and signs."""

    bin: str
    code: str
    short_name: str
    name: str
    kind: Literal["bank", "wallet"]


def bank(bin: str) -> Bank | None:
    """The bank that this six-digit number stands for, or None where the table has none."""
    return _BY_BIN.get(bin)


def _table() -> tuple[Bank, ...]:
    with Path(__file__).with_name("banks.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Bank(bin=row["bin"], code=row["code"], short_name=row["short_name"], name=row["name"],
                          kind="wallet" if row["kind"] == "wallet" else "bank")
                     for row in csv.DictReader(lines))


BANKS = _table()
_BY_BIN = {entry.bin: entry for entry in BANKS}
