"""One card: which layout a product gets for a role, drawn and remembered."""

from __future__ import annotations

from collections.abc import Callable

from media.cards import big_price, collage, full_bleed, market_board, preview, side_band, story
from media.cards.canvas import Canvas
from media.cards.mosaic import Photos
from media.cards.parts import turn
from media.cards.sight import sight
from media.palette import palette
from media.photos.develop import Negative
from media.spec import CardSpec

SIZES = {"square": (1080, 1080), "portrait": (1080, 1350), "story": (1080, 1920), "preview": (1200, 630)}
"""Width and height of each role in pixels."""

LARGEST_PHOTOS = {"square": (1080, 810), "portrait": (1080, 1080), "story": (1080, 1152), "preview": (1200, 630)}
"""The most that a role's layouts ask of a photo, so that it is decoded no larger."""

MOST_PHOTOS = 3
"""How many photos a card shows at most: the first ones of a product that are worth opening."""

FURTHER_PHOTO = {2: [(540, 980), (1080, 572)], 3: [(420, 590)]}
"""The most that a card asks of a photo after the first, by how many it shows in all."""

Draw = Callable[[Canvas, CardSpec, Photos], None]
Suits = Callable[[CardSpec, Photos, int, int], bool]

FEED: dict[str, tuple[Suits, Draw]] = {
    "full_bleed": (full_bleed.suits, full_bleed.draw),
    "side_band": (side_band.suits, side_band.draw),
    "big_price": (big_price.suits, big_price.draw),
    "collage": (collage.suits, collage.draw),
    "market_board": (market_board.suits, market_board.draw),
}
STORY: dict[str, Draw] = {"story_deep": story.draw_deep, "story_paper": story.draw_paper}
PREVIEW: dict[str, Draw] = {"preview_deep": preview.draw_deep, "preview_paper": preview.draw_paper}


def draw_card(spec: CardSpec, role: str, negative: Negative | None, more: Photos = (), *,
              layout: str | None = None) -> Canvas:
    """The card of a role, drawn; KeyError for a role or a layout that is not known.

    `negative` is the first photo opened, `more` those after it in their order, opened smaller.
    """
    width, height = SIZES[role]
    photos = (negative, *more) if negative else ()
    canvas = Canvas.blank(width, height, palette(spec.kind).deep)
    draws = {name: draw for name, (_, draw) in FEED.items()} | STORY | PREVIEW
    draws[layout or choose_layout(spec, role, photos)](canvas, spec, photos)
    return canvas


def layouts_for(spec: CardSpec, role: str, photos: Photos) -> list[str]:
    """The names of all layouts in which a product can stand in a role."""
    if role in ("story", "preview"):
        return list(STORY if role == "story" else PREVIEW)
    return [name for name, (suits, _) in FEED.items() if suits(spec, photos, *SIZES[role])]


def choose_layout(spec: CardSpec, role: str, photos: Photos) -> str:
    """The layout for a product and a role: always the same one for the same product and photos.

    Prices by amount want the market board. Otherwise the layouts that suit the words and the photo
    take turns from product to product, so that a feed does not look stamped out.
    """
    names = layouts_for(spec, role, photos)
    if "market_board" in names:
        return "market_board"
    if photos:
        names = _advised(names, role, photos)
    return names[turn(spec, list(SIZES).index(role) % 2) % len(names)]


def _advised(names: list[str], role: str, photos: Photos) -> list[str]:
    """Without the layouts that a photo makes worse; those that it makes better come twice."""
    seen, worse, better = sight(photos[0]), set(), set()
    if "collage" in names:
        better.add("collage")
    if seen.is_busy:
        better.add("side_band")  # paper calms what is restless
    if seen.is_wide:
        better |= {"full_bleed", "big_price"}
    if seen.is_tall and role == "square":
        worse |= {"big_price", "full_bleed"} if "side_band" in names else {"big_price"}  # low photos cut heads
    if seen.is_dark:
        better |= {"side_band", "story_paper", "preview_paper"}
    if seen.is_bright:
        worse |= {"story_paper", "preview_paper"}  # white on white has no edge
    kept = [name for name in names if name not in worse] or names
    return kept + [name for name in kept if name in better]
