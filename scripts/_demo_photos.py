"""Draws the demo's photos into a folder: run as a process of its own, so that no server loads an image library."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from media.drawn.product import draw_product  # noqa: E402

WIDTH_PX, HEIGHT_PX = 1600, 1200


def main(folder: Path, kinds: list[str]) -> None:
    """One JPEG a kind, named after it."""
    for kind in kinds:
        draw_product(kind, WIDTH_PX, HEIGHT_PX).save(folder / f"{kind}.jpg", quality=92)
        print(kind, flush=True)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2:])
    except (BrokenPipeError, FileNotFoundError):
        os._exit(0)  # the shop has stopped and reads no more; so the interpreter must not flush
