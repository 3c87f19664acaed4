"""Pages and orders through HTTP, each beside a bare route of the same server, in turns."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
LISTINGS = 10_000
PAGE_CONNECTIONS = 16
ORDER_CONNECTIONS = 32
PAGE_RATIO_LIMIT = 0.5


@contextmanager
def server(listings: int, stock: int) -> Iterator[tuple[int, dict[str, Any], Path]]:
    """A running shop: its port, what it was filled with, its folder."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        process = subprocess.Popen([sys.executable, str(HERE / "_bench_server.py"), str(port), folder,
                                    str(listings), str(stock)], stdout=subprocess.PIPE)
        try:
            assert process.stdout is not None
            yield port, json.loads(process.stdout.readline()), Path(folder)
        finally:
            process.terminate()
            process.wait()


def load(port: int, requests: list[str], *, connections: int, seconds: float, once: bool = False) -> dict[str, Any]:
    """What a process of its own measured."""
    job = {"port": port, "connections": connections, "seconds": seconds, "requests": requests, "once": once}
    done = subprocess.run([sys.executable, str(HERE / "_bench_load.py")], input=json.dumps(job), text=True,
                          capture_output=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def get(path: str) -> str:
    """A phone's request for a page, compression accepted; it counts as a visit."""
    return (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nAccept: text/html\r\n"
            "User-Agent: Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36\r\n\r\n")


def post(path: str, fields: dict[str, str]) -> str:
    """A form as a browser sends it."""
    body = urllib.parse.urlencode(fields)
    return (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Sec-Fetch-Site: same-origin\r\nContent-Length: {len(body)}\r\n\r\n{body}")


def bench_page(rounds: int, seconds: float) -> int:
    """The buyer's page with 10,000 listings stored, against the same template rendered from constants."""
    with server(LISTINGS, 1_000) as (port, filled, _):
        real = [get(f"/o/{code}") for code in filled["codes"]]
        bare = [get(f"/bench/page/{filled['codes'][0]}")]
        load(port, bare, connections=PAGE_CONNECTIONS, seconds=1)
        pairs = []
        for number in range(rounds):
            ours = load(port, real, connections=PAGE_CONNECTIONS, seconds=seconds)
            peer = load(port, bare, connections=PAGE_CONNECTIONS, seconds=seconds)
            assert set(ours["statuses"]) == set(peer["statuses"]) == {"200"}, (ours, peer)
            pairs.append((ours, peer))
            print(f"round {number + 1}: page {ours['rate']:.0f}/s p99 {ours['p99_ms']:.0f} ms, "
                  f"bare {peer['rate']:.0f}/s p99 {peer['p99_ms']:.0f} ms", flush=True)
    ratio = median(ours["rate"] / peer["rate"] for ours, peer in pairs)
    size = median(ours["bytes_each"] for ours, _ in pairs)
    print(f"page ÷ bare: {ratio:.2f} (limit ≥ {PAGE_RATIO_LIMIT}), {size / 1000:.1f} kB compressed, "
          f"{LISTINGS} listings stored")
    return 0 if ratio >= PAGE_RATIO_LIMIT else 1


def bench_order(rounds: int, seconds: float) -> int:
    """Orders a second, against the same form posted to a route that does nothing; then: was anything oversold?"""
    stock = 4_000
    with server(rounds, stock) as (port, filled, folder):
        rates = []
        for number, code in enumerate(filled["codes"]):
            forms = [post(f"/o/{code}", order_fields(f"{number}-{n}")) for n in range(stock + 500)]
            ours = load(port, forms, connections=ORDER_CONNECTIONS, seconds=seconds, once=True)
            peer = load(port, [post("/bench/nothing", order_fields("x"))], connections=ORDER_CONNECTIONS,
                        seconds=min(seconds, 2))
            assert not any(status.startswith("5") for status in ours["statuses"]), ours
            rates.append((ours["statuses"].get("303", 0) / (ours["done"] / ours["rate"]), peer["rate"]))
            print(f"round {number + 1}: {rates[-1][0]:.0f} orders/s p99 {ours['p99_ms']:.0f} ms {ours['statuses']}, "
                  f"nothing {peer['rate']:.0f}/s", flush=True)
        sold, left = _sold(folder / "shop.db")
    ratio = median(ours / peer for ours, peer in rates)
    wrong = [code for code, amount in sold.items() if amount + left[code] != stock or left[code] < 0]
    print(f"orders ÷ nothing: {ratio:.2f}; {median(ours for ours, _ in rates):.0f} orders/s, each flushed to disk; "
          f"oversold: {len(wrong)} of {len(left)} listings")
    return 1 if wrong else 0


def order_fields(key: str) -> dict[str, str]:
    """One buyer's form."""
    return {"key": f"bench-{key}-0123456789abcdef", "amount": "1", "other_amount": "", "name": "Thu Hà",
            "phone": "0900000123", "place": "12 ngõ 5, Mường Thanh", "delivery": "coach", "payment": "transfer"}


def _sold(database: Path) -> tuple[dict[str, int], dict[str, int]]:
    import sqlite3
    connection = sqlite3.connect(database)
    left = dict(connection.execute("SELECT id, on_hand FROM listings").fetchall())
    sold = dict(connection.execute("SELECT listing_id, SUM(amount) FROM orders WHERE state NOT IN "
                                   "('cancelled', 'expired') GROUP BY listing_id").fetchall())
    return {code: sold.get(code, 0) for code in left}, left


RUNS = {"page": bench_page, "order": bench_order}
