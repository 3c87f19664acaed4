"""A network's double on loopback: a real server, strict about the wire, that can be told to go wrong once."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

BEFORE = ("rate", "500", "503", "garbage", "empty", "hang", "cut", "endless", "redirect", "packed")
"""Ways to go wrong without having done anything."""

AFTER = ("lost", "lost 500", "lost garbage")
"""Ways to do what was asked and go wrong in telling."""


class Wrong(Exception):
    """What the real network would refuse, with its answer."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.status, self.body = status, body
        super().__init__(str(body))


class Double:
    """Answers by `answer(request, name)`; `name` is what `name_of` calls the request."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.faults: dict[str, list[str]] = {}
        self.released = asyncio.Event()
        self.url = ""

    def fail(self, name: str, *faults: str) -> None:
        """Let the next calls of that name go wrong, each in its way; "ok" lets one through."""
        assert all(fault in (*BEFORE, *AFTER, "ok") for fault in faults), faults
        self.faults.setdefault(name, []).extend(faults)

    def name_of(self, request: Request) -> str:
        """A short name of what is asked."""
        raise NotImplementedError

    async def answer(self, request: Request, name: str) -> dict[str, Any]:
        """The body of a good answer. Raises `Wrong`."""
        raise NotImplementedError

    def rate_answer(self) -> Wrong:
        """How this network says: too often."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        name = self.name_of(request)
        self.calls.append(name)
        queue = self.faults.get(name)
        fault = queue.pop(0) if queue else "ok"
        if fault in BEFORE:
            await request.body()
            await self._go_wrong(fault, scope, receive, send)
            return
        try:
            status, body = 200, await self.answer(request, name)
        except Wrong as wrong:
            status, body = wrong.status, wrong.body
        if fault in AFTER:
            await self._go_wrong({"lost": "cut", "lost 500": "500", "lost garbage": "garbage"}[fault], scope, receive, send)
            return
        await Response(json.dumps(body), status, media_type="application/json")(scope, receive, send)

    async def _go_wrong(self, fault: str, scope: Scope, receive: Receive, send: Send) -> None:
        if fault == "hang":
            await self.released.wait()
        if fault in ("cut", "hang"):  # An answer that ends before its stated length: the server closes the line.
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
            await send({"type": "http.response.body", "body": b"{", "more_body": False})
            return
        if fault == "rate":
            wrong = self.rate_answer()
            answer = Response(json.dumps(wrong.body), wrong.status, media_type="application/json")
        else:
            packed = gzip.compress(b" " * 5_000_000, 1) if fault == "packed" else b""
            answer = {"500": Response('{"oops": 1}', 500), "503": Response("<html>busy</html>", 503),
                      "garbage": Response("<html>\x00", 200), "empty": Response(b"", 200),
                      "endless": Response(b" " * 1_000_000, 200),
                      "packed": Response(packed, 200, {"Content-Encoding": "gzip"}),
                      "redirect": Response(b"", 302, {"Location": f"{self.url}/elsewhere"})}[fault]
        await answer(scope, receive, send)


@asynccontextmanager
async def serving(double: Double) -> AsyncIterator[str]:
    """The double's address while it serves."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(double, log_level="critical", lifespan="off", access_log=False,
                                           timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve(sockets=[bound]))
    while not server.started:
        await asyncio.sleep(0.005)
    double.url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    try:
        yield double.url
        assert not any(double.faults.values()), f"never came to pass: {double.faults}"
    finally:
        double.released.set()
        server.should_exit = True
        await task
        bound.close()


async def form_of(request: Request) -> FormData:
    """The form, of either kind, its files read."""
    return await request.form()
