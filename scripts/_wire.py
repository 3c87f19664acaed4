"""HTTP/1.1 as uvicorn speaks it, with an end to its patience: heads bounded in bytes, requests that must go on."""

from __future__ import annotations

import asyncio
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024
"""Browsers send less than 2 kB; proxies refuse heads of more than some ten."""

HEAD_SECONDS = 20.0
SILENCE_SECONDS = 60.0
"""A photo on a weak line may come slowly; what says nothing for a minute has gone."""


MOST_MESSAGE_BYTES = (1 << 20) + 1024
"""Of a WebSocket: one slice of a recording with its number. A larger message ends the connection."""


class PatientHttp(HttpToolsProtocol):
    """uvicorn's protocol, which by itself takes heads without end and waits for half a request for ever.

    A connection is ended when a head is longer than `MOST_HEAD_BYTES`, when it is not whole after
    `head_seconds` (also the first, of which no byte may have come), and when a body stops for
    `silence_seconds`. Between two requests uvicorn's own limit holds.
    """

    head_seconds = HEAD_SECONDS
    silence_seconds = SILENCE_SECONDS

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for the first head."""
        super().connection_made(cast(asyncio.Transport, transport))
        self._is_in_head, self._is_in_body, self._head_bytes = False, False, 0
        self._timer: asyncio.TimerHandle | None = None
        self._wait(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, then wait for what is still missing."""
        super().data_received(data)
        if self._is_in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES:
                self.send_400_response("The head of the request is too large.")
            elif self._timer is None:
                self._wait(self.head_seconds)
            return
        self._rest()
        if self._is_in_body:
            self._wait(self.silence_seconds)

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._is_in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        """The head is whole; a body may follow."""
        self._is_in_head, self._is_in_body = False, True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._is_in_body = False
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """From here on the connection is a WebSocket, whose own pings tell whether somebody is there."""
        self._is_in_head = self._is_in_body = False
        self._rest()
        super().handle_websocket_upgrade()

    def _wait(self, seconds: float) -> None:
        self._timer = self.loop.call_later(seconds, self._give_up, seconds)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self, seconds: float) -> None:
        self._timer = None
        if self.flow.read_paused:  # We are the slow one.
            self._wait(seconds)
        elif not self.transport.is_closing():
            self.transport.close()
