"""The one environment, .venv/, made from the hashed lock files by the standard library alone."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def lock_file(*, tools: bool) -> Path:
    """The lock that holds the base packages, or with `tools` those for tests as well."""
    return ROOT / ("requirements-dev.lock" if tools else "requirements.lock")


def ensure(*, tools: bool = False) -> Path:
    """The environment's interpreter; packages are fetched only when a lock file has changed.

    A stamp beside the packages holds the digest of the lock that was installed, so that a
    second run asks no network. The lock for tests holds all that the base lock holds.
    """
    if sys.version_info < (3, 11):
        sys.exit(f"Chợ Phiên needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    installed = {kind for kind in (False, True) if _stamp(tools=kind).exists() and _is_current(tools=kind)}
    if tools in installed or (not tools and True in installed):
        return PYTHON
    if not PYTHON.exists():
        _say(f"Making the environment in {VENV.name}/ …")
        venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
    lock = lock_file(tools=tools)
    _say(f"Installing the packages of {lock.name} (once; needs the network) …")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
               "--require-hashes", "--no-compile", "--only-binary", ":all:", "--no-binary", "future", "-r", str(lock)]
    done = subprocess.run(command, check=False)
    if done.returncode:
        sys.exit("The packages could not be installed. Is the network up? Run the same command again.")
    _stamp(tools=tools).write_text(_digest(lock))
    return PYTHON


def reexec(*, tools: bool = False) -> None:
    """Go on in the environment's interpreter: replaces this process unless it already is that one."""
    python = ensure(tools=tools)
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(python, [str(python), *sys.argv])


def _is_current(*, tools: bool) -> bool:
    return _stamp(tools=tools).read_text() == _digest(lock_file(tools=tools))


def _stamp(*, tools: bool) -> Path:
    return VENV / (".tools-installed" if tools else ".base-installed")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _say(line: str) -> None:
    print(line, flush=True)
