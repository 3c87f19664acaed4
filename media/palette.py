"""The colours of each kind of product, on cards, clips and print, and how their contrast is measured."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
QR_INK: Colour = (17, 17, 17)
INDIGO: Colour = (27, 39, 80)
"""The bank panel's colour on every sign, whatever the product: paying must not look like ordering."""


@dataclass(frozen=True, slots=True)
class Palette:
    """One kind's colours. `mid` is for hairlines and threads, never for text."""

    deep: Colour
    mid: Colour
    pale: Colour
    paper: Colour
    ink: Colour
    price_on_deep: Colour
    price_on_paper: Colour
    threads: tuple[Colour, Colour, Colour, Colour, Colour]
    """Ground, ivory and three dyes of the brocade."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A ground for words, and the colours that read on it: strong words, soft words, the price, hairlines."""

    ground: Colour
    strong: Colour
    soft: Colour
    price: Colour
    line: Colour


def hex_colour(text: str) -> Colour:
    """The red, green and blue of "#1F3D2A"."""
    value = int(text.removeprefix("#"), 16)
    return (value >> 16, value >> 8 & 255, value & 255)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`first` moved by `share` (0..1) towards `second`, in sRGB."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return (red, green, blue)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0..1 (WCAG 2.2, definition of relative luminance)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: Colour, second: Colour) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.2, success criterion 1.4.3)."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def palette(kind: str) -> Palette:
    """The colours of a kind of product; a kind that is not known has those of "other"."""
    return _PALETTES.get(kind, _PALETTES["other"])


def plate(kind: str, *, dark: bool) -> Plate:
    """The deep plate of a kind, or its paper."""
    colours = palette(kind)
    if dark:
        return Plate(colours.deep, colours.paper, colours.pale, colours.price_on_deep, colours.mid)
    return Plate(colours.paper, colours.ink, colours.ink, colours.price_on_paper, mix(colours.pale, colours.mid, 0.25))


def _palette(colours: str, threads: str) -> Palette:
    deep, mid, pale, paper, ink, on_deep, on_paper = map(hex_colour, colours.split())
    ground, ivory, first, second, third = map(hex_colour, threads.split())
    return Palette(deep, mid, pale, paper, ink, on_deep, on_paper, (ground, ivory, first, second, third))


_PALETTES = {
    "grapefruit": _palette("#1F3D2A #3E7540 #DCE8C3 #FBF7E8 #16291D #F4D35E #2B6331",
                           "#1F3D2A #F6EED3 #D9A62E #6FA04A #C4574B"),
    "mango": _palette("#4A2408 #F0A31C #FBE3A8 #FFF8E6 #2C1A0B #FFC547 #A43E06",
                      "#4A2408 #FBEBC6 #F0A31C #C4481C #5E8A3A"),
    "dried_meat": _palette("#2B1A14 #A62C1C #EBD6BC #FAF2E5 #24150F #FFB45C #A1281A",
                           "#2B1A14 #F3E2C7 #BC3A26 #DC8A32 #B08A5B"),
    "other": _palette("#1B2750 #35559C #D8DFEE #FAF6EC #141C38 #F2C14E #A12A2A",
                      "#1B2750 #F4EAD2 #C5362F #DFA531 #3F8C8C"),
}
