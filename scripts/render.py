#!/usr/bin/env python3
"""Draw a product's pictures, stall sign and clip, and a manifest of them, into a folder; or those of a whole table.

Writes square.jpg portrait.jpg story.jpg preview.jpg sign.pdf clip.mp4 and manifest.json: a list with
`file`, `role`, `width`, `height` (pixels; points for the sign), `bytes` and `seconds` of each file.
Ends with 2 and a message when an option, a photo or the recording cannot be used.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    from _environment import reexec

    reexec()
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from media.spec import CardSpec, MediaFile

Progress = Callable[[float], None]


def main(arguments: list[str]) -> int:
    """Run with the command line's arguments; the exit code."""
    if any(word == "--batch" or word.startswith("--batch=") for word in arguments):
        from scripts._render_batch import run

        table = argparse.ArgumentParser(description="Draw every listing of a table, going on where a run stopped.")
        table.add_argument("--batch", type=Path, required=True, metavar="FILE", help="a CSV or a JSON list")
        table.add_argument("--out", type=Path, required=True, help="a folder for each row is made in it")
        given = table.parse_args(arguments)
        return run(given.batch, given.out, _bar())
    return _draw_one(arguments)


def _draw_one(arguments: list[str]) -> int:
    from media.pool import RenderFailed
    from scripts._render_options import parser, read_options
    from scripts._render_work import Unusable, entry

    spec, out_dir = read_options(parser(), arguments)
    try:
        made = asyncio.run(_render(spec, out_dir, _bar()))
    except (Unusable, RenderFailed) as fault:
        print(f"\nrender.py: {fault}", file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"\nrender.py: {out_dir} cannot be written: {fault.strerror or fault}", file=sys.stderr)
        return 2
    for line in map(entry, made):
        print(f"{line['file']:14}{line['width']:>6} × {line['height']:<6}{int(line['bytes']) / 1000:>8.0f} kB")
    return 0


async def _render(spec: CardSpec, out_dir: Path, progress: Progress) -> list[MediaFile]:
    from media.pool import RenderPool
    from scripts._render_work import digest_of, render_into

    pool = RenderPool()
    await pool.open()
    try:
        return await render_into(spec, out_dir.resolve(), digest_of(spec), pool, progress)
    finally:
        await pool.close()


def _bar(width: int = 32) -> Progress:
    """A bar on the terminal; nothing where the output is not one."""
    if not sys.stderr.isatty():
        return lambda done: None

    def show(done: float) -> None:
        filled = round(width * min(max(done, 0.0), 1.0))
        end = "\n" if done >= 1 else ""
        print(f"\r[{'█' * filled}{'·' * (width - filled)}] {done:4.0%}", end=end, file=sys.stderr, flush=True)
    return show


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
