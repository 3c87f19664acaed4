"""What a post may say: the listing's facts and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.words.keyed import N_

NETWORKS = ("zalo", "facebook", "tiktok")
NETWORK_NAMES = {"zalo": "Zalo", "facebook": "Facebook", "tiktok": "TikTok"}

CHANNELS = {"sign": "B", "zalo": "Z", "facebook": "F", "tiktok": "T", "live": "L"}
"""The letter at the end of an order link that tells where the buyer came from."""

CHANNEL_NAMES = {"zalo": "Zalo", "facebook": "Facebook", "tiktok": "TikTok", "sign": N_("Biển ở sạp"),
                 "live": N_("Phát trực tiếp"), "direct": N_("Ảnh và clip")}
"""In the order of a listing's page. Pictures go everywhere, so their code carries the link without a letter."""


def channel_letter(channel: str) -> str:
    """The letter of a channel's links; "" for `direct`. Raises KeyError for an unknown one."""
    return "" if channel == "direct" else CHANNELS[channel]


@dataclass(frozen=True, slots=True)
class Facts:
    """A listing as a post needs it: everything as people read it. `link` is the order link.

    `code` seeds the choice of voice, so that a household's posts differ and stay the same.
    """

    code: str
    kind: str
    name: str
    price_text: str
    unit: str
    household: str
    place: str
    province: str
    link: str
    left_text: str | None = None
    phone: str | None = None
    packed_on: str | None = None
    best_before: str | None = None
    ingredients: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A network's text. `edited` tells that a person wrote it, so that new facts don't overwrite it."""

    network: str
    text: str
    link: str
    edited: bool
