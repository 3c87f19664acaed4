"""The clips that the bench makes: three photos of 12 MP, one of them turned by its EXIF, 12 s."""

from __future__ import annotations

from pathlib import Path

from _environment import ROOT

# (file of ../shared/data/photos, width and height as stored, EXIF orientation). The second set is what
# a cheap phone makes of fruit: soft, few edges; it is enlarged from small photos.
_PHOTOS = {
    "goods in focus": (
        ("dried_meat_board.jpg", (4000, 3000), 1),
        ("exif_6_portrait.jpg", (4000, 3000), 6),
        ("mango_crate.jpg", (3000, 4000), 1),
    ),
    "calm fruit": (
        ("grapefruit_crate.jpg", (4000, 3000), 1),
        ("mango_crate.jpg", (4000, 3000), 6),
        ("grapefruit_crate.jpg", (3000, 4000), 1),
    ),
}
FOCUSED, CALM = _PHOTOS
CUTS = (3.0, 6.0, 9.0)


def make_photos(folder: Path, kind: str) -> list[Path]:
    """The photos of a set, FOCUSED or CALM, the same bytes on every run.

    Cut to shape, resized with Lanczos, quality 92.
    Drawn by code where ../shared/data does not stand beside the project.
    """
    from PIL import Image, ImageOps

    from media.drawn.product import draw_product

    paths = []
    for number, (name, size, orientation) in enumerate(_PHOTOS[kind]):
        paths.append(folder / f"photo-{number}.jpg")
        if paths[-1].exists():
            continue
        source = ROOT.parent / "shared" / "data" / "photos" / name
        image = Image.open(source).convert("RGB") if source.exists() else draw_product("dried_meat", *size)
        exif = Image.Exif()
        exif[0x0112] = orientation
        fitted = ImageOps.fit(image, size, Image.Resampling.LANCZOS)
        fitted.save(paths[-1], quality=92, exif=exif)
    return paths


def make_spec(folder: Path, kind: str = FOCUSED):  # type: ignore[no-untyped-def]
    """The product of the clip, its photos made in `folder`."""
    from media.spec import CardSpec

    return CardSpec(
        kind="dried_meat", name="Thịt trâu gác bếp", price_vnd=850_000, unit="kg", household="Hộ A Lử",
        household_code="H3K9", order_link="https://chophien.example/o/K7M2", short_link="chophien.example/o/K7M2",
        place="xã Búng Lao", stock_text="Còn 12 kg", photos=tuple(make_photos(folder, kind)))
