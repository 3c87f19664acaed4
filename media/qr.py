"""QR codes for pages, pictures and print: whole pixels a module, dark on white, their quiet zone around them.

Light enough for the server: only `qr_image` needs an imaging library, and takes it when called.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

import segno

if TYPE_CHECKING:
    from PIL import Image

QUIET_MODULES = 4
"""ISO/IEC 18004 asks for four light modules on every side."""


def link_payload(link: str) -> str:
    """The link in upper case: alphanumeric mode packs it into fewer, larger modules (ISO/IEC 18004, 7.4.4)."""
    return link.upper()


@lru_cache(maxsize=64)
def qr_modules(payload: str) -> tuple[tuple[bool, ...], ...]:
    """The modules row by row, True for dark, without the quiet zone. Level M, higher where that is free."""
    return tuple(tuple(bool(module) for module in row) for row in _code(payload).matrix)


def qr_side_modules(payload: str) -> int:
    """Modules along one side, the quiet zone counted."""
    return len(qr_modules(payload)) + 2 * QUIET_MODULES


def qr_svg(payload: str, *, title: str | None = None) -> str:
    """An inline `<svg>` that fills its box; one unit is one module, quiet zone included, white ground."""
    out = io.BytesIO()
    _code(payload).save(out, kind="svg", border=QUIET_MODULES, dark="#111", light="#fff", xmldecl=False,
                        omitsize=True, svgclass="qr", lineclass=None, title=title, nl=False)
    return out.getvalue().decode()


def qr_png(payload: str, *, module_px: int = 10) -> bytes:
    """A PNG with `module_px` whole pixels a module, quiet zone included."""
    out = io.BytesIO()
    _code(payload).save(out, kind="png", scale=module_px, border=QUIET_MODULES, dark="#111", light="#fff")
    return out.getvalue()


def qr_image(payload: str, *, side_px: int) -> Image.Image:
    """A square white RGB tile as near to `side_px` as whole pixels a module allow, never larger.

    Raises ValueError when the code would have less than two pixels a module.
    """
    from PIL import Image

    modules = qr_modules(payload)
    module_px = side_px // qr_side_modules(payload)
    if module_px < 2:
        raise ValueError(f"{side_px} px is too small for {len(modules)} modules")
    bits = Image.new("L", (len(modules), len(modules)))
    bits.putdata([17 if dark else 255 for row in modules for dark in row])
    inner = len(modules) * module_px
    tile = Image.new("RGB", (inner + 2 * QUIET_MODULES * module_px,) * 2, "white")
    tile.paste(bits.resize((inner, inner), Image.Resampling.NEAREST), (QUIET_MODULES * module_px,) * 2)
    return tile


@lru_cache(maxsize=64)
def _code(payload: str) -> segno.QRCode:
    # Micro QR is refused: phones do not read it.
    return segno.make(payload, micro=False, error="m", boost_error=True)
