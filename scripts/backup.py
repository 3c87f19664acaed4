"""Copies a shop into one file while it serves, or reads such a file through and says whether it is whole."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from _environment import ROOT, reexec

TRIES = 2
"""A photo that is given up while the files are copied is named and missing; the next copy is in order."""

STAMP = "cho-phien-%Y%m%dT%H%M%SZ.tar"
EPILOG = """To restore: stop the shop, unpack the file into an empty folder (tar -xf FILE -C FOLDER) and start the shop
with that folder as its data (python3 scripts/run.py --data FOLDER)."""


def read_options() -> argparse.Namespace:
    """The command line's wishes."""
    parser = argparse.ArgumentParser(description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("to", type=Path, metavar="FILE_OR_FOLDER",
                        help="the file to write; in a folder that exists, the file's name is the date")
    parser.add_argument("--data", type=Path, default=ROOT / "data",
                        help="the shop's data folder (default: data, in the project)")
    parser.add_argument("--keep", type=int, metavar="N", help="in a folder: leave the newest N, remove those before")
    parser.add_argument("--verify", action="store_true", help="write nothing: read the file through and check it")
    return parser.parse_args()


def main() -> int:
    """0 when the copy is whole, 1 when something is missing or damaged."""
    options = read_options()
    reexec()
    sys.path.insert(0, str(ROOT))
    from _backup import check, remove_older, write
    if options.verify:
        return _report(check(options.to), options.to)
    from server import read_settings
    os.environ.setdefault("CHO_PHIEN_DATA", str(options.data.resolve()))
    settings = read_settings()
    if not settings.database_url.startswith("sqlite:"):
        print("The database is PostgreSQL: copy it with pg_dump first. The files are in this copy.", flush=True)
    elif not Path(settings.database_url.removeprefix("sqlite:")).exists():
        print(f"There is no shop in {settings.data}.", flush=True)
        return 1
    target = options.to / datetime.now(UTC).strftime(STAMP) if options.to.is_dir() else options.to
    for _ in range(TRIES):
        write(settings, target)
        faults = check(target, with_database=settings.database_url.startswith("sqlite:"))
        if not faults:
            break
    status = _report(faults, target)
    if options.keep and options.to.is_dir() and status == 0:
        remove_older(options.to, options.keep)
    return status


def _report(faults: list[str], file: Path) -> int:
    for fault in faults:
        print(f"not whole: {fault}", flush=True)
    if not faults:
        print(f"whole: {file} ({file.stat().st_size / 1e6:.1f} MB)", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
