"""A load of keep-alive connections from a process of its own: requests a second, and what was answered.

    python3 scripts/_bench_load.py < job.json > result.json

A job is {"port", "connections", "seconds", "requests": [raw HTTP text, …]}; each connection walks
through the requests in its own order and stops at the end of the time, or of the list with "once".
Loopback only.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tally:
    """What the connections saw together. `latencies` are seconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    bytes: int = 0


async def walk(job: dict[str, Any], requests: list[bytes], start: int, tally: Tally) -> None:
    """One connection's requests, one after the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", job["port"])
    until = time.perf_counter() + job["seconds"]
    step = job["connections"] if job.get("once") else 1
    position = start
    while time.perf_counter() < until:
        if job.get("once") and position >= len(requests):
            break
        began = time.perf_counter()
        writer.write(requests[position % len(requests)])
        status, size = await read_answer(reader)
        tally.statuses[status] += 1
        tally.latencies.append(time.perf_counter() - began)
        tally.bytes += size
        position += step
    writer.close()


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    """The answer's status and the length of its body, which is read whole."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    if b"content-length: " in lower:
        length = int(lower.split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0])
        await reader.readexactly(length)
        return status, length
    if b"transfer-encoding: chunked" not in lower:
        return status, 0
    total = 0
    while True:
        size = int(await reader.readuntil(b"\r\n"), 16)
        await reader.readexactly(size + 2)
        total += size
        if size == 0:
            return status, total


async def run(job: dict[str, Any]) -> dict[str, Any]:
    """The load, and its figures."""
    requests = [text.encode() for text in job["requests"]]
    tally = Tally()
    began = time.perf_counter()
    spread = 1 if job.get("once") else max(1, len(requests) // job["connections"])
    await asyncio.gather(*(walk(job, requests, number * spread, tally) for number in range(job["connections"])))
    seconds = time.perf_counter() - began
    done = len(tally.latencies)
    return {"rate": done / seconds, "done": done, "statuses": {str(key): n for key, n in tally.statuses.items()},
            "p50_ms": 1000 * sorted(tally.latencies)[done // 2] if done else 0.0,
            "p99_ms": 1000 * sorted(tally.latencies)[done * 99 // 100] if done else 0.0,
            "bytes_each": tally.bytes / done if done else 0}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(json.load(sys.stdin)))))
