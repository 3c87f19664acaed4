"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def find_binaries() -> Path | None:
    """The folder of the server's programs, or None: Debian keeps them off the PATH."""
    if BINARIES:
        return BINARIES[0]
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def run_server(binaries: Path) -> Iterator[str]:
    """The address of a running server, without its database's name."""
    folder = Path(tempfile.mkdtemp(prefix="cp-pg-"))
    user = _user()
    if user:
        shutil.chown(folder, user)
    command = ["runuser", "-u", user, "--"] if user else []
    _run([*command, str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "test", "-A", "trust",
          "-E", "UTF8", "--no-sync"])
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
    control = [*command, str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w"]
    _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
    try:
        yield f"postgresql://test@/{{name}}?host={folder}"
    finally:
        _run([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    """The server refuses to run as root: Debian's own user for it serves then."""
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam("postgres").pw_name


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
