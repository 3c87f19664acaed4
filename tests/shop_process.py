"""The real shop as its users start it: `scripts/run.py` in a process of its own, on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST_START_SECONDS = 60
LAST_LINE = {True: "sepay-key", False: "owner"}
"""The first word of the last line that is printed with and without --demo."""


@dataclass(slots=True)
class ShopProcess:
    """A shop that serves. `links` holds the printed lines by their first word; `log` all that it has complained of."""

    url: str
    data: Path
    log: Path
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def links(self) -> dict[str, list[str]]:
        """What was printed, in its order: `owner`, `helper`, `household`, `listing`, `order`, `api-key`, `sepay`…"""
        found: dict[str, list[str]] = {}
        for line in self.lines:
            word, _, rest = line.partition(" ")
            found.setdefault(word, []).append(rest)
        return found

    def link(self, word: str, number: int = 0) -> str:
        """One printed link; IndexError where there are fewer."""
        return self.links[word][number]

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it as a service manager does; killed if it does not end by itself."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
        if self.process.poll() is None:
            self.kill()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_shop(data: Path, *options: str, port: int | None = None, **environment: str) -> ShopProcess:
    """The shop over `data`, once it has printed all its links."""
    chosen = port or free_port()
    data.mkdir(parents=True, exist_ok=True)
    log = data.with_name(f"{data.name}.log")
    with log.open("a") as complaints:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts" / "run.py"), "--port", str(chosen), "--data", str(data), *options],
            stdout=subprocess.PIPE, stderr=complaints, text=True, cwd=ROOT,
            env={**os.environ, **environment, "PYTHONDONTWRITEBYTECODE": "1"})
    shop = ShopProcess(f"http://127.0.0.1:{chosen}", data, log, process)
    reader = threading.Thread(target=_read, args=(shop,), daemon=True)
    reader.start()
    last, deadline = LAST_LINE["--demo" in options], time.monotonic() + LONGEST_START_SECONDS
    while last not in shop.links:
        if process.poll() is not None or time.monotonic() > deadline:
            shop.stop()
            raise AssertionError(f"the shop did not start:\n{log.read_text()}")
        time.sleep(0.02)
    return shop


@contextmanager
def running_shop(data: Path, *options: str, **environment: str) -> Iterator[ShopProcess]:
    """As `start_shop`; ended afterwards."""
    shop = start_shop(data, *options, **environment)
    try:
        yield shop
    finally:
        shop.stop()


def _read(shop: ShopProcess) -> None:
    assert shop.process.stdout is not None
    for line in shop.process.stdout:
        shop.lines.append(line.strip())
