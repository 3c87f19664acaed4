"""Takes the pictures that the READMEs show, from the running program: docs/pictures/*.jpg."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from _environment import ROOT, reexec

PICTURES = ROOT / "docs" / "pictures"


def main() -> int:
    """0 when all pictures are there; needs Chromium, and pdftoppm (Debian's poppler-utils) for the sign."""
    parser = argparse.ArgumentParser(description=__doc__, epilog="Starts a demo shop of its own in a temporary "
                                     "folder and ends it afterwards. Needs Chromium and pdftoppm.")
    parser.add_argument("--out", type=Path, default=PICTURES, help="folder for the pictures (default: docs/pictures)")
    options = parser.parse_args()
    out = options.out.resolve()
    reexec(tools=True)
    sys.path.insert(0, str(ROOT))
    import _screenshots
    out.mkdir(parents=True, exist_ok=True)
    for path in _screenshots.take_all(out):
        print(f"{path.name} {path.stat().st_size / 1000:.0f} kB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
