"""Big price: the name on one line, the price on the full measure, what is left in a woven seal on the photo."""

from __future__ import annotations

from dataclasses import dataclass

from media.cards.badge import badge_of, draw_badge
from media.cards.canvas import Canvas
from media.cards.full_bleed import BAND_PX, LEAST_PHOTO_SHARE, draw_seam, margin_px
from media.cards.mosaic import Photos
from media.cards.parts import (CAPTION_SHARE, OLD_PRICE_SHARE, draw_household_tab, draw_name, draw_old_price,
                               draw_price, has_old_price, name_height)
from media.cards.sight import calmest
from media.cards.stage import SEAL_PX, draw_seal, draw_stage, fills, seal_reads
from media.lettering.names import NameLines, fit_name
from media.lettering.price import fit_price, old_price_ink, price_width_em
from media.lettering.text import BOLD, CAP_HEIGHT_EM, Box, Style, measure_em
from media.palette import plate
from media.spec import CardSpec

NAME_SHARE, LEAST_NAME_SHARE = 0.053, 0.044
MOST_PRICE_SHARE, LEAST_PRICE_SHARE = 0.215, 0.150
_ASIDE_GAP_PX = 44
_BOTTOM_SHARE = 0.0556  # a little lower than elsewhere: digits this large look as if they stood higher


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands; `sealed` when the stock is in a seal, else it stands beside the name."""

    name: NameLines
    last_name_baseline: int
    price_px: float
    photo_px: int
    sealed: bool


def suits(spec: CardSpec, photos: Photos, width: int, height: int) -> bool:
    """Whether the name is short, the price neither long nor so short that it can't span the card."""
    plan = _plan(spec, photos, width, height)
    measure = width - 2 * margin_px(width)
    shows_stock = plan.sealed or not spec.stock_text or not has_old_price(spec)
    return (not spec.tiers and shows_stock and plan.name.size_px >= LEAST_NAME_SHARE * width
            and plan.price_px >= LEAST_PRICE_SHARE * width
            and price_width_em(spec.price_vnd, spec.unit) * MOST_PRICE_SHARE * width >= measure
            and plan.photo_px >= LEAST_PHOTO_SHARE * height
            and bool(photos) and fills(photos[0], Box(0, 0, width, plan.photo_px)))


def draw(canvas: Canvas, spec: CardSpec, photos: Photos) -> None:
    """Draw the card over the whole canvas; `suits` was asked before."""
    colours, (width, height) = plate(spec.kind, dark=True), canvas.image.size
    margin, plan = margin_px(width), _plan(spec, photos, width, height)
    draw_stage(canvas, spec, photos[0] if photos else None, Box(0, 0, width, plan.photo_px))
    draw_seam(canvas, spec, plan.photo_px)
    draw_household_tab(canvas, spec, left=margin, width_px=width - 2 * margin)
    draw_name(canvas, plan.name, colours.strong, x=margin, last=plan.last_name_baseline)
    draw_price(canvas, spec, colours, plan.price_px, x=margin, baseline=height - round(_BOTTOM_SHARE * width))
    _draw_aside(canvas, spec, plan, width - margin)
    if plan.sealed and spec.stock_text:
        _draw_seal(canvas, spec, spec.stock_text, plan, margin)
    draw_badge(canvas, spec, Box(0, 0, width, plan.photo_px), inset_px=margin)


def _draw_aside(canvas: Canvas, spec: CardSpec, plan: _Plan, right: int) -> None:
    """What stands at the right of the name: the old price, or the stock when no seal holds it."""
    colours, width = plate(spec.kind, dark=True), canvas.image.width
    baseline = plan.last_name_baseline
    if has_old_price(spec):
        draw_old_price(canvas, spec, colours, OLD_PRICE_SHARE * width, x=right, baseline=baseline, align="right")
    elif spec.stock_text and not plan.sealed:
        canvas.text(spec.stock_text, Style(BOLD, CAPTION_SHARE * width), colours.strong, x=right, baseline=baseline,
                    align="right")


def _draw_seal(canvas: Canvas, spec: CardSpec, words: str, plan: _Plan, margin: int) -> None:
    """The seal in the calmer lower corner of the photo, a little above the band."""
    bottom = plan.photo_px - 16
    corners = [Box(left, bottom - SEAL_PX, left + SEAL_PX, bottom)
               for left in (canvas.image.width - margin - SEAL_PX, margin)]
    box = calmest(canvas.image, corners)
    draw_seal(canvas, spec, words, (box.left + box.right) // 2, (box.top + box.bottom) // 2)
    canvas.badge_box = box


def _plan(spec: CardSpec, photos: Photos, width: int, height: int) -> _Plan:
    margin = margin_px(width)
    measure = width - 2 * margin
    sealed = badge_of(spec) is None and seal_reads(spec.stock_text) and bool(photos)
    aside = _aside_width(spec, width, sealed=sealed)
    name = fit_name(spec.name, width_px=measure - aside, max_px=NAME_SHARE * width, max_lines=1)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=measure, max_px=MOST_PRICE_SHARE * width)
    last = height - round(_BOTTOM_SHARE * width) - round(price_px * CAP_HEIGHT_EM) - round(0.037 * width)
    photo = (last - name_height(name) - round(0.027 * width) - BAND_PX) // 2 * 2
    return _Plan(name, last, price_px, photo, sealed)


def _aside_width(spec: CardSpec, width: int, *, sealed: bool) -> float:
    if has_old_price(spec):
        return old_price_ink(spec.was_vnd or 0, OLD_PRICE_SHARE * width).width_px + _ASIDE_GAP_PX
    if spec.stock_text and not sealed:
        return measure_em(spec.stock_text, BOLD) * CAPTION_SHARE * width + _ASIDE_GAP_PX
    return 0.0
