"""Market board: the price of one at the left, a hairline, the prices of more at the right in rows."""

from __future__ import annotations

from dataclasses import dataclass

from media.cards.badge import draw_badge
from media.cards.canvas import Canvas
from media.cards.full_bleed import BAND_PX, LEAST_PHOTO_SHARE, draw_seam, margin_px
from media.cards.mosaic import Photos
from media.cards.parts import (CAPTION_SHARE, SMALLEST_CAPTION_SHARE, draw_household_tab, draw_name, draw_old_price,
                               draw_price, has_old_price, name_height)
from media.cards.stage import draw_stage
from media.lettering.names import NameLines, fit_name
from media.lettering.price import fit_price, old_price_ink, price_width_em, small_price
from media.lettering.text import BOLD, CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, PRICE_TRACKING, Box, Style, measure_em
from media.palette import plate
from media.spec import CardSpec, PriceTier

NAME_SHARE, PRICE_SHARE = 0.060, 0.118
ONE_WORDS = "mua lẻ"
_TIER_SHARE, _LABEL_SHARE, _OLD_SHARE = 0.048, 0.033, 0.036
_ROW_SHARE, _LINE_PX = 0.057, 2
_BESIDE_SHARE, _LABEL_GAP_SHARE = 0.033, 0.026
_MOST_ROWS = {True: 4, False: 3}  # on a card taller than wide, and on a square one


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands at one scale of the type."""

    scale: float
    name: NameLines
    last_name_baseline: int
    stock_beside_name: bool
    price_px: float
    board_top: int
    rows_left: int
    tier_px: float
    label_px: float
    photo_px: int


def suits(spec: CardSpec, photos: Photos, width: int, height: int) -> bool:
    """Whether there are prices by amount, and all can be set in rows that people read."""
    return bool(spec.tiers) and _plan(spec, width, height) is not None


def shown_tiers(spec: CardSpec, width: int, height: int) -> tuple[PriceTier, ...]:
    """The rows of the board; of more than it holds the first ones and the last, which is the lowest price."""
    most = _MOST_ROWS[height > width]
    return spec.tiers if len(spec.tiers) <= most else (*spec.tiers[:most - 1], spec.tiers[-1])


def draw(canvas: Canvas, spec: CardSpec, photos: Photos) -> None:
    """Draw the card over the whole canvas; `suits` was asked before."""
    colours, (width, height) = plate(spec.kind, dark=True), canvas.image.size
    margin, plan = margin_px(width), _plan(spec, width, height)
    assert plan is not None
    draw_stage(canvas, spec, photos[0] if photos else None, Box(0, 0, width, plan.photo_px))
    draw_seam(canvas, spec, plan.photo_px)
    draw_household_tab(canvas, spec, left=margin, width_px=width - 2 * margin)
    draw_name(canvas, plan.name, colours.strong, x=margin, last=plan.last_name_baseline)
    if spec.stock_text and plan.stock_beside_name:
        canvas.text(spec.stock_text, Style(BOLD, CAPTION_SHARE * width), colours.strong, x=width - margin,
                    baseline=plan.last_name_baseline, align="right")
    _draw_one(canvas, spec, plan, margin)
    _draw_rows(canvas, spec, plan, width - margin)
    draw_badge(canvas, spec, Box(0, 0, width, plan.photo_px), inset_px=margin)


def _draw_one(canvas: Canvas, spec: CardSpec, plan: _Plan, left: int) -> None:
    """The price of one with its words over it, and the price before a promotion beside them."""
    colours, height = plate(spec.kind, dark=True), canvas.image.height
    words = _one_words(spec, plan.stock_beside_name)
    baseline = plan.board_top + round(plan.label_px * CAP_HEIGHT_EM)
    box = canvas.text(words, Style(MEDIUM, plan.label_px), colours.soft, x=left, baseline=baseline)
    draw_old_price(canvas, spec, colours, _OLD_SHARE * canvas.image.width * plan.scale, x=box.right + 24,
                   baseline=baseline)
    draw_price(canvas, spec, colours, plan.price_px, x=left, baseline=height - margin_px(canvas.image.width))


def _draw_rows(canvas: Canvas, spec: CardSpec, plan: _Plan, right: int) -> None:
    """The upright hairline, and each tier's words and price with a hairline between two rows."""
    colours, (width, height) = plate(spec.kind, dark=True), canvas.image.size
    foot, tiers = height - margin_px(width), shown_tiers(spec, width, height)
    upright = plan.rows_left - round(_BESIDE_SHARE * width)
    canvas.fill(Box(upright, plan.board_top, upright + _LINE_PX, foot), colours.line)
    cap = plan.tier_px * CAP_HEIGHT_EM
    # The first row's digits hang from the board's head, the last row's stand on its foot.
    step = (foot - plan.board_top - cap) / max(1, len(tiers) - 1)
    for at, tier in enumerate(tiers):
        baseline = round(foot - step * (len(tiers) - 1 - at))
        if at:
            line = round(baseline - (cap + step) / 2)
            canvas.fill(Box(plan.rows_left, line, right, line + _LINE_PX), colours.line)
        canvas.text(tier.label, Style(MEDIUM, plan.label_px), colours.soft, x=plan.rows_left, baseline=baseline)
        canvas.text(small_price(tier.price_vnd), Style(EXTRA_BOLD, plan.tier_px, PRICE_TRACKING), colours.strong,
                    x=right, baseline=baseline, align="right")


def _one_words(spec: CardSpec, stock_beside_name: bool) -> str:
    if spec.stock_text and not stock_beside_name:
        return f"{ONE_WORDS} · {spec.stock_text[0].lower()}{spec.stock_text[1:]}"
    return ONE_WORDS


def _plan(spec: CardSpec, width: int, height: int) -> _Plan | None:
    """The largest type that leaves the photo its share, or None where it would become small."""
    plans = (_plan_at(spec, width, height, scale / 100) for scale in range(100, 60, -2))
    return next((plan for plan in plans if plan is not None and plan.photo_px >= LEAST_PHOTO_SHARE * height), None)


def _plan_at(spec: CardSpec, width: int, height: int, scale: float) -> _Plan | None:
    margin, short = margin_px(width), width * scale
    measure, foot = width - 2 * margin, height - margin
    tier_px, label_px = _TIER_SHARE * short, max(SMALLEST_CAPTION_SHARE * width, _LABEL_SHARE * short)
    tiers = shown_tiers(spec, width, height)
    rows = max(measure_em(small_price(tier.price_vnd), EXTRA_BOLD, PRICE_TRACKING) for tier in tiers) * tier_px
    labels = max(measure_em(tier.label, MEDIUM) for tier in tiers) * label_px
    right = rows + labels + _LABEL_GAP_SHARE * width
    left = measure - right - 2 * _BESIDE_SHARE * width
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=left, max_px=PRICE_SHARE * short)
    name, beside = _fit_name(spec, measure, width, scale)
    words = measure_em(_one_words(spec, beside), MEDIUM) * label_px
    if has_old_price(spec):
        words += 24 + old_price_ink(spec.was_vnd or 0, _OLD_SHARE * short).width_px
    if price_px < 1.5 * tier_px or words > left:
        return None
    one = round(price_px * CAP_HEIGHT_EM + label_px * (CAP_HEIGHT_EM + 0.75))
    board = max(one, round((len(tiers) - 1) * _ROW_SHARE * width + tier_px * CAP_HEIGHT_EM))
    top = foot - board
    last = top - round(0.045 * width * (0.4 + 0.6 * scale))
    photo = (last - name_height(name) - round(0.036 * width * (0.4 + 0.6 * scale)) - BAND_PX) // 2 * 2
    used = max(price_px * price_width_em(spec.price_vnd, spec.unit), words)
    rows_left = min(width - margin - round(right), margin + round(used + 2 * _BESIDE_SHARE * width))
    return _Plan(scale, name, last, beside, price_px, top, rows_left, tier_px, label_px, photo)


def _fit_name(spec: CardSpec, measure: int, width: int, scale: float) -> tuple[NameLines, bool]:
    """The name on one line beside the stock, or over the full measure with the stock elsewhere."""
    stock = measure_em(spec.stock_text or "", BOLD) * CAPTION_SHARE * width
    room, most = measure - (stock + 50 if stock else 0), NAME_SHARE * width * scale
    short = fit_name(spec.name, width_px=room, max_px=most, max_lines=1)
    if short.size_px >= 0.86 * most:
        return short, True
    return fit_name(spec.name, width_px=measure, max_px=most), False
