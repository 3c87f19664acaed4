"""Sets everything up and serves the shop: `python3 scripts/run.py [--demo] [--tls]`."""

from __future__ import annotations

import argparse
import ipaddress
import os
import sys
from pathlib import Path

from _environment import ROOT, reexec


def read_options() -> argparse.Namespace:
    """The command line's wishes; refuses --no-limits where strangers could come in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=ROOT / "data",
                        help="folder for the database and all files (default: data, in the project)")
    parser.add_argument("--demo", action="store_true", help="fill a village to try everything with")
    parser.add_argument("--tls", action="store_true", help="serve HTTPS with a certificate made here, so that a "
                        "phone on the same network may share, record and use the camera")
    parser.add_argument("--no-limits", action="store_true", help="no rate limits: for load tests on a loopback host")
    options = parser.parse_args()
    options.data = options.data.resolve()
    if options.no_limits and not _is_loopback(options.host):
        parser.error("--no-limits is for a loopback host only: anyone could try PINs without end")
    return options


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def main() -> None:
    """Set up, then serve until stopped."""
    options = read_options()
    reexec()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    import uvloop
    from _serve import serve
    uvloop.run(serve(options))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
