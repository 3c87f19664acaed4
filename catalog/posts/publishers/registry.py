"""Which network does what with an account and a post: the one door for pages and jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from catalog.posts.publishers import facebook, zalo
from catalog.posts.publishers.address import public_target
from catalog.posts.publishers.graph import Graph
from catalog.posts.publishers.model import Identity, Package, Posted
from catalog.posts.publishers.steps import Steps
from catalog.posts.publishers.webhook import post_webhook
from catalog.posts.publishers.wire import Wire
from catalog.posts.publishers.zalo import Tokens, Zalo
from catalog.storage.settings import Networks

Secrets = dict[str, str]
Keep = Callable[[Secrets], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Door:
    """The outside as one account reaches it. `address` is the Page's or account's id, or the webhook's address."""

    wire: Wire
    networks: Networks
    network: str
    address: str
    secrets: Secrets
    keep: Keep


async def identify(door: Door) -> Identity:
    """Whom the secrets belong to. Raises `Trouble` where the network doesn't take them."""
    if door.network == "facebook":
        return await facebook.identify(_graph(door))
    if door.network == "zalo":
        return await zalo.identify(_zalo(door))
    target = await public_target(door.address, allow_loopback=door.wire.allow_loopback)
    return Identity(door.address, target.host)


async def publish(door: Door, shape: str, package: Package, steps: Steps) -> Posted:
    """What came of the post. Raises `Trouble`."""
    if door.network == "facebook":
        if shape == "reel":
            return await facebook.post_reel(_graph(door), door.address, package, steps)
        if shape == "video":
            return await facebook.post_video(_graph(door), door.address, door.secrets.get("app_id", ""), package, steps)
        return await facebook.post_pictures(_graph(door), door.address, package, steps)
    if door.network == "zalo":
        if shape == "group":
            return await zalo.post_to_group(_zalo(door), door.secrets.get("group_id", ""), package, steps)
        return await zalo.post_article(_zalo(door), package, steps, is_broadcast=shape == "broadcast")
    return await post_webhook(door.wire, door.address, door.secrets["secret"], package, steps)


def _graph(door: Door) -> Graph:
    return Graph(door.wire, door.networks, door.secrets["token"])


def _zalo(door: Door) -> Zalo:
    secrets = door.secrets
    tokens = Tokens(secrets["app_id"], secrets["app_secret"], secrets["refresh_token"],
                    secrets.get("access_token", ""), int(secrets.get("ends_ms") or 0))

    async def keep(renewed: Tokens) -> None:
        secrets.update(refresh_token=renewed.refresh_token, access_token=renewed.access_token,
                       ends_ms=str(renewed.ends_ms))
        await door.keep(secrets)

    return Zalo(door.wire, door.networks, tokens, keep)
