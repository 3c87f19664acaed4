"""A weak line between a phone and the shop: passes bytes on, slowly or not, and breaks once where it is told to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.shop_process import ShopProcess

PIECE_BYTES = 16_384
SLOW_PIECE_BYTES = 2_048
SMALL_BUFFER_BYTES = 8_192
"""What is held back is to wait at the phone, as on a radio line, and not in the relay's own socket."""

Breaks = Callable[[bytes, bytes], bool]
"""Told what a connection has sent up and down so far; True breaks it, once in the relay's life."""


def in_the_middle_of_a_photo(up: bytes, down: bytes) -> bool:
    """While a photo goes up."""
    return b"/photos HTTP" in up and len(up) > 120_000


def never(up: bytes, down: bytes) -> bool:
    """It holds."""
    return False


def before_the_answer_to_a_photo(up: bytes, down: bytes) -> bool:
    """When the shop has the whole photo and says so."""
    return b"/photos HTTP" in up and b"201 Created" in down


class Relay:
    """Listens on a port of its own. `posts` counts the photos that were begun to be sent; `up_rate` is what all
    connections together carry upwards, in bytes a second, 0 where nothing holds them."""

    def __init__(self, shop: ShopProcess, breaks: Breaks) -> None:
        self.shop_port = urlsplit(shop.url).port or 0
        self.breaks = breaks
        self.has_broken = False
        self.posts = 0
        self.up_rate = 0.0
        self.free_at = 0.0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER_BYTES)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self.listener.accept()
                shop = socket.create_connection(("127.0.0.1", self.shop_port))
                said: dict[socket.socket, bytes] = {phone: b"", shop: b""}
                for source, target in ((phone, shop), (shop, phone)):
                    threading.Thread(target=self._pass, args=(source, target, said, phone, shop), daemon=True).start()

    def _hold(self, count: int) -> None:
        with self.lock:
            seconds = count / self.up_rate if self.up_rate else 0.0
            self.free_at = max(time.monotonic(), self.free_at) + seconds
            until = self.free_at
        time.sleep(max(0.0, until - time.monotonic()))

    def _pass(self, source: socket.socket, target: socket.socket, said: dict[socket.socket, bytes],
              phone: socket.socket, shop: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(SLOW_PIECE_BYTES if self.up_rate else PIECE_BYTES):
                self.posts += source is phone and b"/photos HTTP" in piece
                if source is phone:
                    self._hold(len(piece))
                if self.breaks is not never:
                    said[source] += piece
                if not self.has_broken and self.breaks(said[phone], said[shop]):
                    self.has_broken = True
                    break
                target.sendall(piece)
        for end in (phone, shop):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def relay(shop: ShopProcess, breaks: Breaks) -> Iterator[Relay]:
    """A relay to the shop; it takes no more connections afterwards."""
    made = Relay(shop, breaks)
    try:
        yield made
    finally:
        made.listener.close()
