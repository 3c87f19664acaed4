"""One card: which layout a product gets for a role, drawn and remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from media.cards import full_bleed, preview, side_band, story
from media.cards.canvas import Canvas
from media.cards.stage import fills
from media.lettering.text import Box
from media.palette import palette
from media.photos.develop import Negative
from media.spec import CardSpec

SIZES = {"square": (1080, 1080), "portrait": (1080, 1350), "story": (1080, 1920), "preview": (1200, 630)}
"""Width and height of each role in pixels."""

LARGEST_PHOTOS = {"square": (1080, 810), "portrait": (1080, 1080), "story": (1080, 1152), "preview": (1200, 630)}
"""The most that a role's layouts ask of a photo, so that it is decoded no larger."""

Layout = Callable[[Canvas, CardSpec, Negative | None], None]


def draw_card(spec: CardSpec, role: str, negative: Negative | None) -> Canvas:
    """The card of a role, drawn; KeyError for a role that is not known."""
    width, height = SIZES[role]
    canvas = Canvas.blank(width, height, palette(spec.kind).deep)
    choose_layout(spec, role, negative)(canvas, spec, negative)
    return canvas


def choose_layout(spec: CardSpec, role: str, negative: Negative | None) -> Layout:
    """The layout for a product and a role: always the same one for the same product.

    Feed pictures take turns between the layouts that suit the product, by the digest of its order link.
    """
    if role in ("story", "preview"):
        return story.draw if role == "story" else preview.draw
    width, height = SIZES[role]
    choices: list[Layout] = [full_bleed.draw]
    if side_band.suits(spec, width, height) and fills(negative, Box(0, 0, *LARGEST_PHOTOS[role])):
        choices.append(side_band.draw)
    digest = hashlib.sha256(spec.order_link.encode()).digest()
    return choices[digest[0] % len(choices)]
