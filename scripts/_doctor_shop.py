"""What the installed packages can do, and how the shop's own data is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import imageio_ffmpeg
from _backup import database_faults
from _doctor_machine import Line
from PIL import ImageFont, features

from catalog.storage.migrate import FOLDER
from catalog.storage.settings import Settings
from media.lettering.text import font_path
from media.workers.no_network import leave_network
from server import read_settings

WEIGHTS = ("ExtraBold", "Medium")
FORGIVEN_SECONDS = 300


def shop_lines(data: Path) -> list[Line]:
    """Everything that needs the packages, or the shop's settings."""
    os.environ.setdefault("CHO_PHIEN_DATA", str(data.resolve()))
    settings = read_settings()
    return [_ffmpeg(), _fonts(), _photos(), _walls(), _database(settings), _address(settings)]


def _ffmpeg() -> Line:
    again = "remove .venv/ and run python3 scripts/run.py: the packages bring their own ffmpeg"
    try:
        binary = imageio_ffmpeg.get_ffmpeg_exe()
        said = subprocess.run([binary, "-hide_banner", "-version"], capture_output=True, text=True, timeout=30,
                              check=False)
    except (OSError, RuntimeError, subprocess.TimeoutExpired) as error:
        return Line("ffmpeg", "wrong", str(error), again)
    if said.returncode:
        return Line("ffmpeg", "wrong", f"ends with {said.returncode}", again)
    return Line("ffmpeg", "ok", " ".join(said.stdout.split()[:3]))


def _fonts() -> Line:
    try:
        for weight in WEIGHTS:
            ImageFont.truetype(str(font_path(weight)), 20)
    except OSError:
        return Line("fonts", "wrong", "Be Vietnam Pro is missing", "remove .venv/ and run python3 scripts/run.py")
    if not features.check("raqm"):
        return Line("fonts", "wrong", "no text shaping (raqm)", "use the Pillow of the lock file, not the system's")
    return Line("fonts", "ok", f"Be Vietnam Pro {' and '.join(WEIGHTS)}")


def _photos() -> Line:
    missing = [name for name in ("jpg", "webp", "avif") if not features.check(name)]
    if missing:
        return Line("photos", "wrong", f"can't read {', '.join(missing)}", "use the Pillow of the lock file")
    return Line("photos", "ok", "JPEG, PNG, WebP, AVIF and HEIC can be read")


def _walls() -> Line:
    """Whether a rendering process can shut itself off from the network, tried in a child."""
    if not hasattr(os, "fork"):
        return Line("rendering", "note", "this system can't bound rendering processes", "on a server use Linux")
    child = os.fork()
    if child == 0:
        os._exit(0 if leave_network() else 1)
    if os.waitpid(child, 0)[1]:
        return Line("rendering", "note", "rendering processes can't shut themselves off from the network (seccomp)",
                    "use Linux on x86-64 or arm64")
    return Line("rendering", "ok", "bounded in memory, without a network")


def _database(settings: Settings) -> Line:
    if not settings.database_url.startswith("sqlite:"):
        return _postgres(settings.database_url)
    path = Path(settings.database_url.removeprefix("sqlite:"))
    if not path.exists():
        return Line("database", "note", f"none in {path.parent} yet: the first start makes it")
    if faults := database_faults(path):
        return Line("database", "wrong", faults[0],
                    "stop the shop, keep this folder as it is, and restore the last copy (scripts/backup.py --help)")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        applied = {row[0] for row in connection.execute("SELECT name FROM migrations")}
        newest_ms = connection.execute("SELECT MAX(changed_ms) FROM jobs").fetchone()[0] or 0
    if unknown := applied - {file.stem for file in FOLDER.glob("*.sql")}:
        return Line("database", "wrong", f"made by a newer version ({max(unknown)})", "bring the program up to date")
    if newest_ms / 1000 > time.time() + FORGIVEN_SECONDS:
        return Line("database", "wrong", "its newest entries lie in the future", "set the machine's clock")
    return Line("database", "ok", f"{path.name} is whole, {path.stat().st_size / 1e6:.1f} MB")


def _postgres(url: str) -> Line:
    import psycopg
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        return Line("database", "wrong", f"PostgreSQL does not answer: {type(error).__name__}",
                    "look at CHO_PHIEN_DATABASE and whether the server runs")
    return Line("database", "ok", f"PostgreSQL {version // 10_000}")


def _address(settings: Settings) -> Line:
    if settings.is_tls:
        return Line("address", "ok", f"{settings.public_url}: this stands in links and QR codes")
    return Line("address", "note", f"{settings.public_url}: phones share and take pictures in pages only over HTTPS",
                "see README: --tls at home, Caddy and CHO_PHIEN_URL on a server")


