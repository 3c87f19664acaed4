"""Communes and wards of Điện Biên, as they are called today and as people still call them.

Since 1 July 2025 the province has 45 communes and wards and no districts: Resolution
1661/NQ-UBTVQH15 of 16 June 2025 merged the 129 before them. `places.csv` has a row for each of the
129; its names were taken from the data of the package vietnamadminunits 1.0.4 (MIT), and agree with
the resolution's list.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalog.words.fold import fold

PROVINCE = "Điện Biên"
_TABLE = Path(__file__).with_name("places.csv")
_KINDS = re.compile(r"\b(?:thi tran|thanh pho|thi xa|xa|phuong|huyen|tp|tt|tx|h|x|p)\b\.? ?")
_MOST = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit before the merger: what it was called, of which district, and what it is part of today."""

    today: str
    district: str
    before: str


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text: `said` the name that was found, `today` the communes that it means now."""

    said: str
    is_district: bool
    today: tuple[str, ...]


@cache
def units() -> tuple[Unit, ...]:
    """The 129 units of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(Unit(f"{row['today_kind']} {row['today']}", f"{row['district_kind']} {row['district']}",
                          f"{row['before_kind']} {row['before']}") for row in csv.DictReader(file))


def suggestions() -> list[tuple[str, str]]:
    """(what to fill in, what it was called) for every name of today and before: for suggestions while typing."""
    told = {unit.today: "" for unit in units()}
    listed = [(f"{name}, {PROVINCE}", "") for name in sorted(told, key=_bare)]
    return listed + [(f"{unit.today}, {PROVINCE}", f"{unit.before}, {unit.district} cũ") for unit in units()
                     if _bare(unit.before) != _bare(unit.today)]


def find_place(text: str) -> Found | None:
    """The unit of the province that `text` names; None where none is, or where the name is today's own.

    A name with "huyện" before it is the old district; one that is a commune today as well means the
    commune unless the district is said. A longer name hides those inside it: "Điện Biên Đông" is not
    "Điện Biên". Of several communes the first is meant, and any commune before the district it is in.
    """
    typed = f" {re.sub('[^a-z ]', ' ', fold(text))} "
    district: Found | None = None
    communes: list[tuple[int, Found | None]] = []
    for name, kind, today in _names():
        at = typed.find(f" {name} ")
        if at < 0:
            continue
        says_district = typed[:at].rstrip().rsplit(" ", 1)[-1] in ("huyen", "h")
        if (kind == "district") != says_district and (says_district or any(
                other == name and of == "today" for other, of, _ in _names())):
            continue
        typed = typed[:at + 1] + "_" * len(name) + typed[at + 1 + len(name):]
        found = None if kind == "today" else Found(_shown(name, kind), kind == "district", today)
        if kind == "district":
            district = district or found
        else:
            communes.append((at, found))
    return min(communes, key=lambda one: one[0])[1] if communes else district


@cache
def _names() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(folded name, what it names, today's units), the longest first and today's before older ones."""
    today = {_bare(unit.today): (unit.today,) for unit in units()}
    districts: dict[str, dict[str, None]] = {}
    before: dict[str, dict[str, None]] = {}
    for unit in units():
        districts.setdefault(_bare(unit.district), {})[unit.today] = None
        before.setdefault(_bare(unit.before), {})[unit.today] = None
    listed = [(name, "today", told) for name, told in today.items()]
    listed += [(name, "before", tuple(told)) for name, told in before.items() if name not in today]
    listed += [(name, "district", tuple(told)) for name, told in districts.items() if name != _bare(PROVINCE)]
    return tuple(sorted(listed, key=lambda one: (-len(one[0].split()), -len(one[0]), ("today", "before", "district").index(one[1]))))


def _shown(name: str, kind: str) -> str:
    return next(told for unit in units() for told in (unit.district if kind == "district" else unit.before,) if _bare(told) == name)


def _bare(name: str) -> str:
    return _KINDS.sub("", fold(name), count=1).strip()
