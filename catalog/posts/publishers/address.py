"""Which addresses the shop may call: HTTPS, and never into its own network."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from catalog.posts.publishers.model import UNREACHED, Refused, TryAgain
from catalog.words.keyed import N_

NOT_HTTPS = N_("Địa chỉ phải bắt đầu bằng https://.")
NOT_PUBLIC = N_("Địa chỉ này nằm trong mạng riêng, sạp không gọi tới đó.")
NO_ADDRESS = N_("Địa chỉ này không đúng.")

LOOK_UP_SECONDS = 10.0

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 written as IPv6 (RFC 6052): behind it may stand an address of the own network."""

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes: the address with its host looked up, so that nobody changes it in between; the host by name."""

    url: str
    host: str
    host_header: str


def check_address(url: str, *, allow_loopback: bool = False) -> SplitResult:
    """The address in parts. Raises `Refused` for what is no HTTPS address of a host."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Refused(NO_ADDRESS) from None
    if parts.scheme != "https" and not (allow_loopback and parts.scheme == "http" and _is_loopback(host)):
        raise Refused(NOT_HTTPS)
    if not host or parts.username is not None or parts.password is not None or not url.isprintable() or " " in url:
        raise Refused(NO_ADDRESS)
    return parts


async def public_target(url: str, *, allow_loopback: bool = False) -> Target:
    """The address with its host looked up. Raises `Refused` for one of a private network, `TryAgain` for an unknown host."""
    parts = check_address(url, allow_loopback=allow_loopback)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # TimeoutError is an OSError.
        raise TryAgain(UNREACHED, detail=host) from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    if not addresses or not all(is_public(one) or (allow_loopback and one.is_loopback) for one in addresses):
        raise Refused(NOT_PUBLIC)
    first = f"[{addresses[0]}]" if addresses[0].version == 6 else str(addresses[0])
    return Target(urlunsplit((parts.scheme, f"{first}:{port}", parts.path or "/", parts.query, "")), host,
                  parts.netloc)


def is_public(address: IP) -> bool:
    """Whether the address is on the open internet, also any that is packed into it."""
    inner: list[IP] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        inner += [packed for packed in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if packed]
        if address in NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.ipv4_mapped:  # Its wrapping is reserved; what counts is the address inside.
            inner.remove(address)
    return all(one.is_global and not one.is_multicast for one in inner)


def _is_loopback(host: str | None) -> bool:
    try:
        return bool(host) and ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"
