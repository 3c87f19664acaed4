"""What the machine itself offers: asked with the standard library alone, before any package is installed."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

from _environment import VENV, lock_file

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OLDEST = (3, 11)
LEAST_FREE_BYTES = 2_000_000_000
"""The packages take 0.7 GB; a thousand listings with their pictures and clips take about 6."""

LEAST_MEMORY_BYTES = 1_500_000_000
"""The server has 0.1 GB, each of two rendering processes may take 1 GB and mostly needs a third of it."""

FIRST_YEAR = 2026
"""Nobody ran the shop before: a clock that says so has lost its battery."""


class Line(NamedTuple):
    """One thing looked at. `mark` is ok, note or wrong; `advice` says what to do.

    No slotted dataclass: an older Python must live long enough to say that it is too old.
    """

    what: str
    mark: str
    found: str
    advice: str = ""


def is_current() -> bool:
    """Whether the packages of a lock file, as it is now, are installed."""
    return any((VENV / stamp).exists() and (VENV / stamp).read_text() == _digest(lock_file(tools=tools))
               for stamp, tools in ((".base-installed", False), (".tools-installed", True)))


def machine_lines(data: Path, host: str, port: int) -> list[Line]:
    """Everything that needs no package."""
    return [_python(), _environment(), _chromium(), _postgresql(), _space(data), _folder(data), _memory(), _clock(),
            _port(host, port)]


def _python() -> Line:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        return Line("Python", "wrong", found, "install Python 3.11 or newer")
    return Line("Python", "ok", found)


def _environment() -> Line:
    if is_current():
        return Line("packages", "ok", f"{VENV.name}/ is what the lock file says")
    return Line("packages", "wrong", "not installed, or older than the lock file",
                "run python3 scripts/doctor.py --install with a network; ffmpeg, fonts and the shop are looked at then")


def _chromium() -> Line:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found:
        return Line("Chromium", "ok", found)
    return Line("Chromium", "note", "none, only tests and screenshots need it", "on Debian: apt-get install chromium")


def _postgresql() -> Line:
    found = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
    place = str(found) if found else shutil.which("initdb")
    if place:
        return Line("PostgreSQL", "ok", place)
    return Line("PostgreSQL", "note", "none, only tests and shops that chose it need it",
                "on Debian: apt-get install postgresql")


def _space(data: Path) -> Line:
    free = shutil.disk_usage(_nearest(data)).free
    found = f"{free / 1e9:.1f} GB free for {data}"
    if free < LEAST_FREE_BYTES:
        return Line("disk", "wrong", found, f"make room: at least {LEAST_FREE_BYTES / 1e9:.0f} GB")
    return Line("disk", "ok", found)


def _folder(data: Path) -> Line:
    place = _nearest(data)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Line("data folder", "wrong", f"{place}: {error.strerror}",
                    "give the folder to the one who runs the shop (chown), or choose another with --data")
    return Line("data folder", "ok", f"{data} can be written" if place == data else f"{data} will be made")


def _memory() -> Line:
    if not hasattr(os, "sysconf"):
        return Line("memory", "note", "not known on this system")
    size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    found = f"{size / 1e9:.1f} GB in this machine"
    if size < LEAST_MEMORY_BYTES:
        return Line("memory", "note", found, "set CHO_PHIEN_RENDER_WORKERS=1: one picture or clip at a time")
    return Line("memory", "ok", found)


def _clock() -> Line:
    """The machine's time zone is no matter: pages show Vietnam's time whatever it is."""
    found = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    if time.gmtime().tm_year < FIRST_YEAR:
        return Line("clock", "wrong", found, "set the clock: holds, sessions and signatures go by it")
    if shutil.which("timedatectl"):
        said = subprocess.run(["timedatectl", "show", "-p", "NTPSynchronized", "--value"], capture_output=True,
                              text=True, timeout=10, check=False).stdout.strip()
        if said == "no":
            return Line("clock", "note", f"{found}, not kept by a time server", "timedatectl set-ntp true")
    return Line("clock", "ok", found)


def _port(host: str, port: int) -> Line:
    what, family = f"port {port}", socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return _who_listens(what, host, port)
            return Line(what, "wrong", f"{host}: {error.strerror}", "choose another --host or --port")
    return Line(what, "ok", f"free on {host}")


def _who_listens(what: str, host: str, port: int) -> Line:
    name = f"[{host}]" if ":" in host else host
    try:
        with urllib.request.urlopen(f"http://{name}:{port}/healthz", timeout=3) as answer:
            if b'"status"' in answer.read(200):
                return Line(what, "note", "a shop answers there already", "for a second one: another --port and --data")
    except (OSError, ValueError):
        pass
    return Line(what, "wrong", f"taken on {host} by another program", "stop that program or choose another --port")


def _nearest(path: Path) -> Path:
    """The folder itself or the nearest one above it that is there."""
    return next(place for place in (path, *path.resolve().parents) if place.is_dir())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
