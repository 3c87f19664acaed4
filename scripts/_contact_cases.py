"""Awkward products of every kind, with photos drawn by code: what each layout of a card must stand."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
from PIL import Image

from media.cards.card import FEED, FURTHER_PHOTO, LARGEST_PHOTOS, PREVIEW, SIZES, STORY, draw_card, layouts_for
from media.drawn.product import draw_product
from media.photos.develop import Negative, open_negative
from media.spec import KINDS, PICTURE_ROLES, CardSpec, PriceTier

CASES = ("plain", "long", "dear", "no photo", "dark", "tall", "white", "tiers", "certified", "promotion")
"""Ordinary; a name of 80 letters; 1.250.000đ; then what is odd about the photo, then what is to be shown."""

_NAMES = {"grapefruit": "Bưởi da xanh Mường Ảng", "mango": "Xoài Tuần Giáo ngọt lịm",
          "dried_meat": "Thịt trâu gác bếp", "other": "Gạo nếp nương"}
_LONG_NAMES = {
    "grapefruit": "Bưởi da xanh ruột hồng loại 1 hái tại vườn nhà Lường Thị Hoa bản Lói xã Mường Ảng",
    "mango": "Xoài Đài Loan chín cây ngọt lịm vườn đồi nhà Lò Văn Ưởng bản Hỏm xã Quài Cang",
    "dried_meat": "Thịt trâu gác bếp mắc khén đặc biệt nhà Lường Thị Hoa bản Lói xã Mường Ảng",
    "other": "Gạo nếp nương Điện Biên vụ mới xay xát kỹ nhà bà Quàng Thị Ủ bản Phủ xã Noong Hẹt",
}
_LINK = "chophien.example/o/K7M2"
_PHOTO_LOOKS = {"plain": (1200, 900), "dark": (1200, 900), "tall": (900, 1600), "white": (1200, 1000)}
_FURTHER_PX = ((1200, 900), (900, 900))


@dataclass(frozen=True, slots=True)
class Cell:
    """One place on a sheet: a kind in a case, drawn in a layout for a role."""

    role: str
    layout: str
    kind: str
    case: str


def sheets() -> list[tuple[str, str]]:
    """Role and layout of each sheet."""
    return [(role, layout) for role in PICTURE_ROLES
            for layout in {"story": STORY, "preview": PREVIEW}.get(role, FEED)]


def cells(role: str, layout: str) -> list[list[Cell]]:
    """The places of a sheet: a row for each kind, a column for each case."""
    return [[Cell(role, layout, kind, case) for case in CASES] for kind in KINDS]


def product(cell: Cell) -> CardSpec:
    """The product of a place, without its photos. Each has a household, and so a brocade, of its own."""
    number = KINDS.index(cell.kind) * len(CASES) + CASES.index(cell.case)
    dear = cell.kind == "dried_meat"
    made = CardSpec(kind=cell.kind, name=_NAMES[cell.kind], price_vnd=850_000 if dear else 25_000, unit="kg",
                    household="Nhà Lò Thị Xuân", household_code=f"DB-{number:03}", order_link=f"https://{_LINK}",
                    short_link=_LINK, place="xã Búng Lao", stock_text="Còn 40 kg")
    changes = {
        "long": {"name": _LONG_NAMES[cell.kind], "price_vnd": 1_250_000, "unit": "chục", "place": "xã Mường Ảng",
                 "household": "Nhà Lường Thị Hoa Phương", "stock_text": "Còn 120 chục"},
        "dear": {"price_vnd": 1_250_000, "unit": "thùng", "stock_text": "Còn 6 thùng"},
        "tiers": {"tiers": _tiers(made.price_vnd, 3)},
        "certified": ({"ocop_stars": 3 + number % 3} if cell.kind in ("dried_meat", "mango") else
                      {"is_vietgap": True} if cell.kind == "grapefruit" else {"harvested_on": date(2026, 10, 28)}),
        "promotion": {"was_vnd": made.price_vnd * 6 // 5},
    }.get(cell.case, {})
    made = replace(made, **changes)
    if cell.layout == "market_board" and not made.tiers:
        made = replace(made, tiers=_tiers(made.price_vnd, 2))
    return made


def draw_cell(cell: Cell) -> Image.Image | None:
    """The finished card, or None where the layout does not suit the product."""
    made, photos = product(cell), photos_of(cell)
    if cell.layout not in layouts_for(made, cell.role, photos):
        return None
    return draw_card(made, cell.role, photos[0] if photos else None, photos[1:], layout=cell.layout).image


def photos_of(cell: Cell) -> tuple[Negative, ...]:
    """The product's photos opened: one, or three where the layout shows several."""
    if cell.case == "no photo":
        return ()
    several = 3 if cell.layout == "collage" else 1
    look = cell.case if cell.case in _PHOTO_LOOKS else "plain"
    return tuple(_negative(cell.kind, look if at == 0 else "plain", at, cell.role) for at in range(several))


@lru_cache(maxsize=24)
def _negative(kind: str, look: str, at: int, role: str) -> Negative:
    boxes = FURTHER_PHOTO[3] if at else [LARGEST_PHOTOS[role]]
    return open_negative(io.BytesIO(photo_jpeg(kind, look, at)), boxes)


@lru_cache(maxsize=64)
def photo_jpeg(kind: str, look: str, at: int = 0) -> bytes:
    """Photo number `at` as a phone might have taken it: "plain", "dark", "tall" or "white" on white."""
    width, height = _FURTHER_PX[at - 1] if at else _PHOTO_LOOKS[look]
    if look == "white":
        pixels = _pale_fruit_on_white(width, height)
    else:
        drawn = draw_product(kind, width // 2, height // 2, seed=2 + at)
        pixels = np.asarray(drawn.resize((width, height), Image.Resampling.BICUBIC)).astype(np.float32)
    if look == "dark":
        pixels = 255 * (pixels / 255) ** 1.3 * 0.30
    out = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(out, "JPEG", quality=90)
    return out.getvalue()


def _pale_fruit_on_white(width: int, height: int) -> np.ndarray:
    """Three pale balls on a white sheet, their shade hardly darker than it."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    pixels = np.full((height, width, 3), 250, np.float32)
    for middle, foot, radius in ((0.34, 0.58, 0.24), (0.66, 0.56, 0.26), (0.5, 0.70, 0.24)):
        u, v = (x - middle * width) / (radius * height), (y - foot * height) / (radius * height)
        far = np.hypot(u, v)
        shade = 246 - 34 * np.clip(0.5 * u + 0.7 * v + 0.2, 0, 1.3)
        inside = np.clip((1 - far) * radius * height, 0, 1)[..., None]
        pixels = pixels * (1 - inside) + np.stack([shade, shade - 3, shade - 22], -1) * inside
    return pixels


def _tiers(price_vnd: int, count: int) -> tuple[PriceTier, ...]:
    rows = (("từ 10 kg", 0.90), ("từ 50 kg", 0.84), ("từ 100 kg", 0.76))
    return tuple(PriceTier(label, round(price_vnd * share / 1000) * 1000) for label, share in rows[:count])


def cell_size(role: str, width_px: int) -> tuple[int, int]:
    """The size of a place on a sheet whose places are `width_px` wide."""
    width, height = SIZES[role]
    return width_px, round(width_px * height / width)
