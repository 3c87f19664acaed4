"""One card: which layout a product gets for a role, drawn and remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from media import layout_full_bleed, layout_preview, layout_side_band, layout_story
from media.canvas import Canvas
from media.develop import Negative
from media.palette import palette
from media.spec import CardSpec
from media.stage import fills
from media.text import Box

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
        return layout_story.draw if role == "story" else layout_preview.draw
    width, height = SIZES[role]
    choices: list[Layout] = [layout_full_bleed.draw]
    if layout_side_band.suits(spec, width, height) and fills(negative, Box(0, 0, *LARGEST_PHOTOS[role])):
        choices.append(layout_side_band.draw)
    digest = hashlib.sha256(spec.order_link.encode()).digest()
    return choices[digest[0] % len(choices)]
