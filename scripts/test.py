"""Sets up and runs every test: `python3 scripts/test.py [pytest's options]`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from _environment import ROOT, reexec

WORKERS = "2"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """pytest's exit code."""
    reexec(tools=True)
    if not any(shutil.which(name) for name in BROWSERS):
        print("No Chromium found: the browser tests need one. On Debian: apt-get install chromium", flush=True)
    # Two at once, a file's tests together: each half starts its own servers and browser. In the order in
    # which they are collected, which is that of tests/conftest.py: the browser's last.
    return subprocess.run([sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "loadfile",
                           "--no-loadscope-reorder", *sys.argv[1:]], cwd=ROOT, check=False,
                          env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}).returncode


if __name__ == "__main__":
    sys.exit(main())
