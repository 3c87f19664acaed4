"""The real server as strangers meet it: odd bytes on the wire, limits on, and what it writes down."""

from __future__ import annotations

import re
import secrets
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.journeys.people import order_form, sign_in, visitor
from tests.shop_process import ROOT, ShopProcess, running_shop

WAIT_SECONDS = 10
HEAD = b"POST /lang HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
ODD = {
    "no HTTP": b"\x00\x01\x02\r\n\r\n",
    "two lengths": HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "a length and chunks": HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n",
    "a negative length": HEAD + b"Content-Length: -5\r\n\r\nabcdef",
    "a length beyond numbers": HEAD + b"Content-Length: 99999999999999999999\r\n\r\nabc",
    "a length in odd digits": HEAD + b"Content-Length: \xb2\r\n\r\nab",
    "a null byte in a header": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}
TAKEN = {
    "no host": b"GET /healthz HTTP/1.0\r\n\r\n",
    "an odd host": b"GET / HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n",
    "a whole address": b"GET http://evil.example/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
}

CLIMBING = ("/../../etc/passwd", "/static/x/../../server.py", "/static/x/../../../pyproject.toml", "/static/x/%2e%2e/%2e%2e/server.py",
            "/static/x/..%2f..%2fserver.py", "/static/x/css/..%5c..%5cserver.py", "/static//etc/passwd",
            "/STATIC/x/css/buyer.css", "/static/x/CSS/BUYER.CSS", "/static/x/css/bundles.json", "/static/x/css/parts/tokens.css",
            "/m/../cho-phien.db", "/m/..%2fcho-phien.db", "/m/%2e%2e%2f%2e%2e%2fcho-phien.db", "/m/tmp", "/m//etc/passwd",
            "/m/" + "0" * 64 + ".jpg", "/m/" + "0" * 64 + ".jpg/../../cho-phien.db", "//m//etc/passwd", "/.git/config",
            "/m/..\\..\\cho-phien.db", "/m/file:///etc/passwd")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopProcess]:
    """The demo's village with its limits."""
    with running_shop(tmp_path_factory.mktemp("limited") / "data", "--demo") as running:
        yield running


def connect(shop: ShopProcess) -> socket.socket:
    """A bare connection."""
    return socket.create_connection(("127.0.0.1", urlsplit(shop.url).port or 0), timeout=WAIT_SECONDS)


def exchange(shop: ShopProcess, *pieces: bytes) -> bytes:
    """What the server answers until it hangs up; empty where it does so without a word."""
    with connect(shop) as line:
        try:
            for piece in pieces:
                line.sendall(piece)
            answer = b""
            while got := line.recv(65_536):
                answer += got
        except (BrokenPipeError, ConnectionResetError):
            return b""
    return answer


def test_bytes_that_are_no_request_are_refused_and_hung_up_on(shop: ShopProcess) -> None:
    answers = {what: exchange(shop, request)[:12] for what, request in ODD.items()}

    assert set(answers.values()) <= {b"HTTP/1.1 400"}, answers


def test_odd_but_lawful_requests_are_answered(shop: ShopProcess) -> None:
    answers = {what: exchange(shop, request)[:12] for what, request in TAKEN.items()}

    assert set(answers.values()) == {b"HTTP/1.1 200"}, answers


def test_no_address_climbs_out_of_its_folder(shop: ShopProcess) -> None:
    answers = {path: exchange(shop, b"GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % path.encode())[:12]
               for path in CLIMBING}

    assert {path: answer for path, answer in answers.items() if answer not in (b"HTTP/1.1 404", b"HTTP/1.1 400")} == {}


def test_a_body_in_endless_chunks_is_cut_off(shop: ShopProcess) -> None:
    chunk = b"10000\r\n" + b"a" * 65_536 + b"\r\n"

    answer = exchange(shop, HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n", *[chunk] * 4, b"0\r\n\r\n")

    assert answer[:12] in (b"HTTP/1.1 413", b"")


def test_a_head_without_end_is_hung_up_on(shop: ShopProcess) -> None:
    answer = exchange(shop, b"GET / HTTP/1.1\r\nHost: x\r\nX: ", *[b"a" * 65_536] * 100)

    assert answer[:12] in (b"HTTP/1.1 400", b"")


def test_half_sent_requests_of_many_keep_nobody_waiting(shop: ShopProcess) -> None:
    lines = [connect(shop) for _ in range(200)]
    for number, line in enumerate(lines):
        line.sendall(HEAD + b"Content-Length: 1000\r\n\r\na" if number % 2 else b"GET / HTTP/1.1\r\nHost:")

    with visitor(shop) as buyer:
        statuses = {buyer.get(path).status_code for path in ("/healthz", "/") for _ in range(10)}

    for line in lines:
        line.close()
    assert statuses == {200}


def test_the_log_holds_no_phone_number_no_name_and_no_token(shop: ShopProcess) -> None:
    helper = sign_in(shop, shop.link("helper"))
    with visitor(shop) as buyer:
        token = urlsplit(shop.link("order")).path
        for path in (token, f"{token}/state", f"{token}/nothing", f"{token}x", "/s/" + "a" * 32):
            buyer.get(path)
        buyer.post(urlsplit(shop.link("sepay")).path, content=b"no json",
                   headers={"Authorization": f"Apikey {shop.link('sepay-key')}"})
        buyer.get("/api/v1/orders", headers={"Authorization": f"Bearer {shop.link('api-key')}"})
    subprocess.run([sys.executable, str(ROOT / "scripts" / "pay.py"), "--hook", shop.link("sepay"), "--key",
                    shop.link("sepay-key"), "--account", "0900000456", "--amount", "1000", "--content", "Thu Ha 0900000123"],
                   check=True, capture_output=True)
    for path in (token + "/again", urlsplit(shop.link("listing")).path):
        with connect(shop) as line:
            line.sendall(HEAD.replace(b"/lang", path.encode()) + b"Content-Length: 900\r\n\r\nphone=0900000123")
    helper.get("/home")

    log = shop.log.read_text()

    secret = [word for word in (*shop.links, *sum(shop.links.values(), [])) if len(word) > 20]
    tokens = {part for line in secret for part in re.findall(r"[a-z0-9]{20,}", line)}
    assert len(tokens) > 10
    assert [part for part in tokens if part in log] == []
    assert re.findall(r"0?9000\d{5}|\+84\d+|Thu H[aà]|Authorization", log) == []
    assert helper.cookies["sap"] not in log
    assert "Traceback" not in log


def test_sign_in_orders_and_webhooks_are_limited_each_by_its_own_count(shop: ShopProcess) -> None:
    code, hook = urlsplit(shop.link("listing")).path, urlsplit(shop.link("sepay")).path
    with visitor(shop) as stranger:
        orders = [stranger.post(code, data=order_form(number) | {"amount": "900"}) for number in range(70)]
        calls = [stranger.post(hook, json={}, headers={"Authorization": "Apikey guessed"}) for _ in range(310)]
        links = [stranger.get(f"/s/{secrets.token_hex(16)}") for _ in range(30)]
        consents = [stranger.get(f"/c/{secrets.token_hex(5)}") for _ in range(40)]
        others = [stranger.get("/"), stranger.get(code)]

    for answers, refused in ((orders, 409), (calls, 401), (links, 404), (consents, 404)):
        counted = Counter(answer.status_code for answer in answers)
        assert set(counted) <= {refused, 422, 429} and counted[429] >= 8, counted
        assert 1 <= int(answers[-1].headers.get("retry-after", "1")) <= 60
    assert {answer.status_code for answer in others} == {200}
