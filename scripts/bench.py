"""Measures the shop against a peer or a limit in the same run: `python3 scripts/bench.py page|order|intake|pictures|clip|live|words|idle|install`."""

from __future__ import annotations

import argparse
import os
import platform
import sys

from _environment import ROOT, reexec

NAMES = ("page", "order", "intake", "pictures", "clip", "live", "words", "idle", "install")


def machine() -> str:
    """The machine in one line, so that a figure is never without it."""
    return (f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
            f"{platform.system()} {platform.release().split('-')[0]}")


def main() -> int:
    """0 when every figure keeps its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each side, taken in turn (default 5)")
    parser.add_argument("--seconds", type=float, default=4.0, help="length of a round of load (default 4)")
    parser.add_argument("--minutes", type=float, default=1.0, help="length of a live's long parts (default 1)")
    parser.add_argument("--only", default="", help="one part of live: cost, outages, long, platforms, slow, restart, "
                        "viewers or eight")
    options = parser.parse_args()
    reexec(tools=options.name in ("intake", "pictures", "clip", "live"))
    sys.path.insert(0, str(ROOT))
    print(machine(), flush=True)
    if options.name in ("page", "order"):
        import _bench_http
        return int(_bench_http.RUNS[options.name](options.rounds, options.seconds))
    if options.name == "intake":
        import _bench_intake
        return int(_bench_intake.run(options.rounds))
    if options.name == "pictures":
        import _bench_pictures
        return int(_bench_pictures.run(options.rounds))
    if options.name == "clip":
        import _bench_clip
        return int(_bench_clip.run(options.rounds))
    if options.name == "live":
        import _bench_live
        return int(_bench_live.run(options.rounds, options.minutes, options.only))
    if options.name == "words":
        import _bench_words
        return int(_bench_words.run(options.rounds))
    if options.name == "install":
        import _bench_install
        return int(_bench_install.run())
    import _bench_idle
    return int(_bench_idle.run())


if __name__ == "__main__":
    sys.exit(main())
