"""What a post may say: the listing's facts and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.listings.tiers import Tiers, tiers_text
from catalog.posts.check import Finding
from catalog.words.keyed import N_

NETWORKS = ("zalo", "facebook", "tiktok", "portal", "sms")
"""`portal` is a public portal such as Điện Biên Smart, `sms` a text message."""

LONGEST_TEXT = 2000

NETWORK_NAMES = {"zalo": "Zalo", "facebook": "Facebook", "tiktok": "TikTok", "portal": "Điện Biên Smart",
                 "sms": N_("Tin nhắn")}

CHANNELS = {"sign": "B", "zalo": "Z", "facebook": "F", "tiktok": "T", "portal": "P", "sms": "S", "live": "L", "web": "W"}
"""The letter at the end of an order link that tells where the buyer came from."""

CHANNEL_NAMES = {**NETWORK_NAMES, "sign": N_("Biển ở sạp"), "live": N_("Phát trực tiếp"),
                 "web": N_("Trang web khác"), "direct": N_("Ảnh và clip")}
"""In the order of a listing's page. Pictures go everywhere, so their code carries the link without a letter."""


def channel_letter(channel: str) -> str:
    """The letter of a channel's links; "" for `direct`. Raises KeyError for an unknown one."""
    return "" if channel == "direct" else CHANNELS[channel]


@dataclass(frozen=True, slots=True)
class Proof:
    """A valid certificate, as a post says it: `OCOP 4 sao`, its number, the day it ends."""

    title: str
    number: str
    until: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A listing as a post needs it: everything as people read it. `link` is the order link.

    `household_code` gives the household's order of voices, `rank` (how many listings it had before this
    one) the place in it, so that a household's posts differ from one to the next and stay the same.
    """

    kind: str
    name: str
    price_text: str
    unit: str
    household: str
    household_code: str
    rank: int
    place: str
    province: str
    link: str
    is_sold_out: bool = False
    left_text: str | None = None
    phone: str | None = None
    packed_on: str | None = None
    best_before: str | None = None
    ingredients: str = ""
    harvested_on: str | None = None
    minimum: str | None = None
    tiers: Tiers = ()
    proofs: tuple[Proof, ...] = ()

    @property
    def tiers_text(self) -> str:
        """The prices by amount on one line; empty without any."""
        return tiers_text(self.tiers, self.unit)

    @property
    def is_alive(self) -> bool:
        """Whether it is sold by the head."""
        return self.unit == "con"

    @property
    def place_and_province(self) -> str:
        """Where it is sold, the province said once."""
        return self.place if self.province.lower() in self.place.lower() else f"{self.place}, {self.province}"


@dataclass(frozen=True, slots=True)
class Post:
    """A network's text. `edited` tells that a person wrote it, so that new facts don't overwrite it.

    `findings` are what to look at again before it goes out.
    """

    network: str
    text: str
    link: str
    edited: bool
    findings: tuple[Finding, ...] = ()
