"""How often one visitor may try: kept in memory, since the shop is one process.

Many phones share one address behind a mobile network, so the limits per address are wide; what
must be narrow (a PIN) is counted for each person in the database.
"""

from __future__ import annotations

import ipaddress
import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import Request

from catalog.errors import TooManyTries
from catalog.web.render import shop_of

RULES: dict[str, RateLimitItem] = {
    "sign_in": parse("20/minute"), "order": parse("60/minute"), "hook": parse("300/minute"),
    "consent": parse("30/minute"), "upload": parse("120/minute"), "api": parse("300/minute"), "feed": parse("120/minute"),
    "sentence": parse("240/minute"), "comment": parse("20/minute"), "claim": parse("30/minute")}

def address_of(request: Request) -> str:
    """Where a visitor comes from; of IPv6 the network, as each phone has a whole one to itself (RFC 6177)."""
    host = request.client.host if request.client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


_limiter = SlidingWindowCounterRateLimiter(MemoryStorage())


async def count_try(request: Request, rule: str, *, who: str | None = None) -> None:
    """Count one try; raises `TooManyTries` past the rule. `who` stands for the address where given."""
    if not shop_of(request).settings.limits:
        return
    key = who or (request.client.host if request.client else "unknown")
    item = RULES[rule]
    if await _limiter.hit(item, rule, key):
        return
    window = await _limiter.get_window_stats(item, rule, key)
    raise TooManyTries(retry_seconds=max(1, int(window.reset_time - time.time()) + 1))
