"""The rules' own files: headings in square brackets, a line a way of saying it, `;` before a remark."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def sections(name: str) -> dict[str, list[str]]:
    """The lines under each heading of that file of this folder."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"\[([a-z_]+)\]", line):
            lines = found.setdefault(heading[1], [])
        elif line and not line.startswith(";"):
            lines.append(line)
    return found


def word_lists(name: str) -> dict[str, frozenset[str]]:
    """The words under each heading of that file."""
    return {heading: frozenset(" ".join(lines).split()) for heading, lines in sections(name).items()}
