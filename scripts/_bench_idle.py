"""How soon the shop serves, and what it holds of memory when nobody has come for a minute."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

from _environment import ROOT


def free_port() -> int:
    """A port that nobody listens on: an answer from another server would be measured for ours."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


REST_SECONDS = 60
MEMORY_LIMIT_MB = 90
START_LIMIT_SECONDS = 2.0
PORT = free_port()
DEMO_PHOTOS = 3
UNFINISHED = "SELECT COUNT(*) FROM jobs WHERE lane IN ('pictures', 'clips') AND state IN ('queued', 'running')"


def run() -> int:
    """0 when start and memory keep their limits. The shop has served pages and drawn pictures before it rests."""
    with tempfile.TemporaryDirectory() as folder:
        starts = [start_seconds(Path(folder) / f"start{number}") for number in range(3)]
        process = launch(Path(folder) / "demo", "--demo")
        try:
            wait_for_renders(Path(folder) / "demo" / "cho-phien.db")
            for _ in range(200):
                fetch("/")
            print(f"resting for {REST_SECONDS} s …", flush=True)
            time.sleep(REST_SECONDS)
            memory = {pid: pss_mb(pid) for pid in tree(process.pid)}
        finally:
            process.terminate()
            process.wait()
    total, start = sum(memory.values()), sorted(starts)[1]
    print(f"memory (PSS of {len(memory)} processes): {total:.0f} MB (limit {MEMORY_LIMIT_MB} MB)")
    print(f"from the command to the first answer: {start:.2f} s (limit {START_LIMIT_SECONDS:g} s)")
    return 0 if total <= MEMORY_LIMIT_MB and start <= START_LIMIT_SECONDS else 1


def wait_for_renders(database: Path) -> None:
    """Until the demo's three photos are in and all of their pictures and clips are made."""
    print("waiting for the demo's pictures and clips …", flush=True)
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reading:
        while (reading.execute("SELECT COUNT(*) FROM photos").fetchone()[0] < DEMO_PHOTOS
               or reading.execute(UNFINISHED).fetchone()[0]):
            time.sleep(1)


def start_seconds(folder: Path) -> float:
    """From the command to the first answer."""
    began = time.perf_counter()
    process = launch(folder)
    took = time.perf_counter() - began
    process.terminate()
    process.wait()
    return took


def launch(folder: Path, *options: str, root: Path = ROOT) -> subprocess.Popen[bytes]:
    """The shop as people start it, serving; `root` is the project's folder."""
    process = subprocess.Popen([sys.executable, str(root / "scripts" / "run.py"), "--port", str(PORT), "--data",
                                str(folder), *options], stdout=subprocess.DEVNULL)
    while True:
        try:
            fetch("/healthz")
            return process
        except (urllib.error.URLError, ConnectionError):
            if process.poll() is not None:
                raise
            time.sleep(0.01)


def fetch(path: str) -> None:
    """One page, thrown away."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=10) as answer:
        answer.read()


def tree(pid: int) -> list[int]:
    """The process and all that it started."""
    children = [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(below for child in children for below in tree(child))]


def pss_mb(pid: int) -> float:
    """The process's proportional share of memory in MB, as the kernel counts it."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    raise OSError(f"no Pss of {pid}; {os.uname().release}")
