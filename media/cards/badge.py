"""The one badge of a card: a notched ticket for a fact that a certificate or the seller's word bears out."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from media.cards.canvas import Canvas
from media.cards.sight import calmest
from media.icons import leaf_mask, star_mask
from media.lettering.facts import certified_stars, day_words
from media.lettering.text import BOLD, MEDIUM, Box, Ink, Style, ink
from media.palette import palette
from media.spec import CardSpec

_WORDS_SHARE, _SMALL_WORDS_SHARE = 0.0255, 0.0235
_STAR_SHARE, _GAP_SHARE, _PAD_SHARE, _NOTCH_SHARE = 0.032, 0.008, 0.021, 0.013
_LINE_PX = 4
_TAB_GAP_PX = 24


@dataclass(frozen=True, slots=True)
class Badge:
    """What a ticket says: stars or leaves or a small word above, a strong word below."""

    stars: int
    over: str
    words: str


def badge_of(spec: CardSpec) -> Badge | None:
    """The strongest fact that a product can show: OCOP stars, then VietGAP, then the day of harvest."""
    if stars := certified_stars(spec):
        return Badge(stars, "", f"OCOP {stars} SAO")
    if spec.is_vietgap:
        return Badge(0, "", "VietGAP")
    if spec.harvested_on:
        return Badge(0, "Thu hoạch", day_words(spec.harvested_on))
    return None


def draw_badge(canvas: Canvas, spec: CardSpec, room: Box, *, inset_px: int) -> None:
    """The ticket in the calmer upper corner of `room`, clear of a tab that hangs there; nothing without a fact."""
    badge = badge_of(spec)
    if badge is None:
        return
    short = min(canvas.image.width, round(canvas.image.height * 1.6))
    top_ink, foot = _rows(badge, short)
    pad, gap = round(_PAD_SHARE * short), round(_GAP_SHARE * short * 1.4)
    width = max(top_ink.width, foot.width_px) + 2 * pad
    height = top_ink.height + gap + foot.mask.height + 2 * round(0.9 * pad)
    box = _place(canvas, room, width, height, inset_px)
    _draw_ticket(canvas, spec, box, round(_NOTCH_SHARE * short))
    middle, colours = (box.left + box.right) // 2, palette(spec.kind)
    top = box.top + round(0.9 * pad)
    if badge.over:
        line = ink(badge.over, Style(MEDIUM, _SMALL_WORDS_SHARE * short))
        canvas.ink(badge.over, line, colours.pale, x=middle, baseline=top + line.rise_px, align="centre")
    else:
        canvas.image.paste(colours.price_on_deep, (middle - top_ink.width // 2, top), top_ink)
    canvas.ink(badge.words, foot, colours.paper, x=middle, baseline=top + top_ink.height + gap + foot.rise_px,
               align="centre")
    canvas.badge_box = box


def _rows(badge: Badge, short: int) -> tuple[Image.Image, Ink]:
    """The upper row as a mask, and the words below."""
    foot = ink(badge.words, Style(BOLD, _WORDS_SHARE * short, 0.01))
    if badge.over:
        return ink(badge.over, Style(MEDIUM, _SMALL_WORDS_SHARE * short)).mask, foot
    side = round(_STAR_SHARE * short)
    if not badge.stars:
        return leaf_mask(round(1.15 * side)), foot
    step = side + round(_GAP_SHARE * short)
    row = Image.new("L", (step * (badge.stars - 1) + side, side))
    for at in range(badge.stars):
        row.paste(star_mask(side), (at * step, 0))
    return row, foot


def _place(canvas: Canvas, room: Box, width: int, height: int, inset_px: int) -> Box:
    right, left = room.right - inset_px - width, room.left + inset_px
    top = room.top + inset_px
    if canvas.tab_box is None:
        corners = [Box(x, top, x + width, top + height) for x in (right, left)]
        return calmest(canvas.image, corners)
    if canvas.tab_box.right + _TAB_GAP_PX > right:  # under the tab's hem where there is no room beside it
        top = max(top, canvas.tab_box.bottom + _TAB_GAP_PX)
    return Box(right, top, right + width, top + height)


def _draw_ticket(canvas: Canvas, spec: CardSpec, box: Box, notch: int) -> None:
    """A deep ticket with its corners cut out in squares and an ivory line around it."""
    colours = palette(spec.kind)
    for inset, colour in ((0, colours.threads[1]), (_LINE_PX, colours.deep)):
        left, top, right, bottom = box.left + inset, box.top + inset, box.right - inset, box.bottom - inset
        canvas.fill(Box(left + notch, top, right - notch, bottom), colour)
        canvas.fill(Box(left, top + notch, right, bottom - notch), colour)
