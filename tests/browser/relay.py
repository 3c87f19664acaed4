"""A weak line between a phone and the shop: passes bytes on, and breaks once where it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.shop_process import ShopProcess

PIECE_BYTES = 16_384

Breaks = Callable[[bytes, bytes], bool]
"""Told what a connection has sent up and down so far; True breaks it, once in the relay's life."""


def in_the_middle_of_a_photo(up: bytes, down: bytes) -> bool:
    """While a photo goes up."""
    return b"/photos HTTP" in up and len(up) > 120_000


def before_the_answer_to_a_photo(up: bytes, down: bytes) -> bool:
    """When the shop has the whole photo and says so."""
    return b"/photos HTTP" in up and b"201 Created" in down


class Relay:
    """Listens on a port of its own. `posts` counts the photos that were begun to be sent."""

    def __init__(self, shop: ShopProcess, breaks: Breaks) -> None:
        self.shop_port = urlsplit(shop.url).port or 0
        self.breaks = breaks
        self.has_broken = False
        self.posts = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
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

    def _pass(self, source: socket.socket, target: socket.socket, said: dict[socket.socket, bytes],
              phone: socket.socket, shop: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE_BYTES):
                said[source] += piece
                self.posts += source is phone and b"/photos HTTP" in piece
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
