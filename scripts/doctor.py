"""Looks a machine and a shop over before they serve: one line each, and what to do where something is wrong."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from _doctor_machine import Line, is_current, machine_lines
from _environment import ROOT, reexec

MARKS = {"ok": "ok  ", "note": "note", "wrong": "WRONG"}


def read_options() -> argparse.Namespace:
    """The command line's wishes: those of run.py that matter here."""
    parser = argparse.ArgumentParser(description=__doc__, epilog="Changes nothing and asks no network, but for "
                                     "--install. Gives back 1 when something is WRONG; a note is only worth knowing.")
    parser.add_argument("--install", action="store_true",
                        help="first install the shop's packages, as run.py does, without serving")
    parser.add_argument("--host", default="127.0.0.1", help="the address that the shop will listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=ROOT / "data",
                        help="the shop's data folder (default: data, in the project)")
    return parser.parse_args()


def main() -> int:
    """1 when something is wrong, else 0."""
    options = read_options()
    if options.install or is_current():
        reexec()
    lines = machine_lines(options.data, options.host, options.port)
    if is_current():
        sys.path.insert(0, str(ROOT))
        from _doctor_shop import shop_lines
        lines += shop_lines(options.data)
    for line in lines:
        print(_shown(line), flush=True)
    return 1 if any(line.mark == "wrong" for line in lines) else 0


def _shown(line: Line) -> str:
    advice = f" → {line.advice}" if line.advice else ""
    return f"{MARKS[line.mark]:<6}{line.what}: {line.found}{advice}"


if __name__ == "__main__":
    sys.exit(main())
