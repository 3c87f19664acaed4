"""A photo comes out upright, plain and whole, whatever it came in as."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from media.intake import CleanPhoto
from media.photos.photo import check_and_clean
from tests.media.uploads import BLUE, GREEN, PHOTOS, RED, YELLOW, encoded, four_colours, png, textured

CORNERS = [RED, GREEN, BLUE, YELLOW]
# How a camera turned each way stores an upright picture: the inverse of what the tag asks for.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def clean(data: bytes, folder: Path, **bounds: int) -> tuple[CleanPhoto, Image.Image]:
    """What became of an upload, and its picture."""
    source = folder / "upload"
    source.write_bytes(data)
    photo = check_and_clean(source, folder, **bounds)
    with Image.open(photo.path) as image:
        image.load()
    return photo, image


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """The colours near the four corners, clockwise from the upper left."""
    right, low = image.width - 12, image.height - 12
    return [image.getpixel(at) for at in ((12, 12), (right, 12), (right, low), (12, low))]


def near(found: tuple[int, ...], wanted: tuple[int, ...], within: int = 12) -> bool:
    """Whether two colours look alike."""
    return all(abs(a - b) <= within for a, b in zip(found, wanted, strict=True))


def assert_upright(image: Image.Image) -> None:
    """The picture of four colours stands as it was seen."""
    assert image.width > image.height
    assert all(near(a, b) for a, b in zip(corners(image), CORNERS, strict=True)), corners(image)


def tagged(orientation: int) -> Image.Exif:
    """EXIF with an orientation, a place and a camera."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of Hmong Village"
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 20.0, 11.0), 3: "E", 4: (103.0, 50.0, 38.0)})
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", STORED)
def test_every_way_of_holding_the_phone_comes_out_upright(
    tmp_path: Path, kind: str, orientation: int
) -> None:
    turn = STORED[orientation]
    upright = four_colours()
    stored = upright if turn is None else upright.transpose(turn)

    _, image = clean(encoded(stored, kind, exif=tagged(orientation)), tmp_path)

    assert_upright(image)


@pytest.mark.parametrize(("name", "size"), [
    ("exif_6_portrait.jpg", (1200, 1800)), ("exif_8_landscape.jpg", (1800, 1200)),
    ("phone.heic", (2592, 1944)), ("phone_8mp.jpg", (3264, 2448)), ("grapefruit_crate.jpg", (198, 198)),
])
def test_real_photos_keep_their_upright_size(
    shared_data: Path, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    photo, image = clean((shared_data / "photos" / name).read_bytes(), tmp_path)

    assert image.size == size == (photo.width_px, photo.height_px)


@pytest.mark.parametrize("name", ["exif_6_portrait.jpg", "exif_8_landscape.jpg"])
def test_a_real_turned_photo_has_the_sky_above(shared_data: Path, tmp_path: Path, name: str) -> None:
    _, image = clean((shared_data / "photos" / name).read_bytes(), tmp_path)

    grey = image.convert("L")
    sky = grey.crop((0, 0, image.width // 4, image.height // 4)).resize((1, 1), Image.Resampling.BOX)
    ground = grey.crop((0, image.height * 3 // 4, image.width // 4, image.height)).resize((1, 1), Image.Resampling.BOX)
    assert sky.getpixel((0, 0)) > ground.getpixel((0, 0)) + 10


def test_the_pixels_of_a_real_turned_photo_are_those_of_the_stored_one(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "photos" / "exif_8_landscape.jpg"
    stored = Image.open(source).convert("RGB").resize((120, 180))

    _, image = clean(source.read_bytes(), tmp_path)

    # 8: what lies right in the file is the upper edge of the scene.
    small = image.resize((180, 120))
    assert all(near(small.getpixel((x, y)), stored.getpixel((119 - y, x)), 30)
               for x in range(10, 180, 30) for y in range(10, 120, 30))


def test_nothing_but_pixels_comes_along(tmp_path: Path) -> None:
    data = encoded(four_colours(), exif=tagged(1), comment=b"<script>alert(1)</script>", dpi=(300, 300),
                   xmp=b"<x:xmpmeta>secret</x:xmpmeta>",
                   icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())

    photo, image = clean(data, tmp_path)

    kept = photo.path.read_bytes()
    assert not any(word in kept for word in (b"Exif", b"Hmong", b"script", b"xmp", b"ICC_PROFILE"))
    assert dict(image.getexif()) == {}
    assert "comment" not in image.info and "icc_profile" not in image.info


def test_an_archive_behind_a_photo_is_gone(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as box:
        box.writestr("run.sh", "echo hidden")
    data = encoded(four_colours()) + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(data))

    photo, image = clean(data, tmp_path)

    assert not zipfile.is_zipfile(photo.path)
    assert b"run.sh" not in photo.path.read_bytes()
    assert_upright(image)


def test_a_page_inside_the_comment_is_gone(tmp_path: Path) -> None:
    page = b"<!doctype html><html><script>steal()</script></html>"

    photo, _ = clean(encoded(four_colours(), comment=page), tmp_path)

    assert b"html" not in photo.path.read_bytes()


def test_the_name_is_the_hash_and_the_same_upload_gives_the_same_file(tmp_path: Path) -> None:
    data = encoded(four_colours())

    first, _ = clean(data, tmp_path)
    second, _ = clean(data, tmp_path)

    assert first == second
    assert first.path.name == f"{hashlib.sha256(first.path.read_bytes()).hexdigest()}.jpg"
    assert first.bytes == first.path.stat().st_size
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([first.path.name, "upload"])


def test_what_is_see_through_lies_on_white(tmp_path: Path) -> None:
    image = four_colours().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 160, 100))

    _, flat = clean(encoded(image, "PNG"), tmp_path)

    assert near(corners(flat)[0], (255, 255, 255)) and near(corners(flat)[2], BLUE)


def in_mode(mode: str) -> bytes:
    """The four colours, or their greys, in a file that stores them in that mode."""
    picture = four_colours()
    if mode == "CMYK":
        return encoded(picture.convert("CMYK"), "JPEG", quality=95)
    if mode == "P":
        return encoded(picture.quantize(8), "PNG")
    if mode == "I;16":
        deep = picture.convert("L").convert("I").point(lambda value: value * 257)
        return encoded(deep.convert("I;16"), "PNG")
    return encoded(picture.convert(mode), "PNG")


@pytest.mark.parametrize("mode", ["L", "LA", "I;16", "P", "CMYK", "RGBA"])
def test_every_kind_of_pixel_becomes_plain_colour(tmp_path: Path, mode: str) -> None:
    seen = four_colours().convert("L") if mode in ("L", "LA", "I;16") else four_colours()

    _, image = clean(in_mode(mode), tmp_path)

    assert image.mode == "RGB"
    assert all(near(a, b) for a, b in zip(corners(image), corners(seen.convert("RGB")), strict=True))


def test_black_and_white_stay_black_and_white(tmp_path: Path) -> None:
    drawing = Image.new("1", (90, 60), 0)
    drawing.paste(1, (45, 0, 90, 60))

    _, image = clean(encoded(drawing, "PNG"), tmp_path)

    assert near(corners(image)[0], (0, 0, 0)) and near(corners(image)[1], (255, 255, 255))


def test_sixteen_bits_a_channel_and_a_clear_colour_are_read(tmp_path: Path) -> None:
    deep, _ = clean(png(80, 60, depth=16, colour=6), tmp_path)

    clear = encoded(four_colours(), "PNG", transparency=RED)
    _, image = clean(clear, tmp_path)

    assert (deep.width_px, deep.height_px) == (80, 60)
    assert near(corners(image)[0], (255, 255, 255)) and near(corners(image)[1], GREEN)


def test_another_colour_space_is_brought_to_srgb(shared_data: Path, tmp_path: Path) -> None:
    adobe = Image.open(shared_data / "photos" / "grapefruit_crate.jpg").info["icc_profile"]

    _, image = clean(encoded(Image.new("RGB", (80, 80), (100, 180, 60)), "PNG", icc_profile=adobe), tmp_path)

    # Adobe RGB (1998) to sRGB by its published matrix: red falls far below 100, green hardly moves.
    red, green, _ = image.getpixel((40, 40))
    assert red < 60 and abs(green - 181) < 6


@pytest.mark.parametrize("profile", [b"", b"no profile", bytes(4000), b"\0\0\x02\x0cADBE" + bytes(600)])
def test_a_broken_colour_profile_costs_nothing(tmp_path: Path, profile: bytes) -> None:
    _, image = clean(encoded(four_colours(), icc_profile=profile), tmp_path)

    assert_upright(image)


def test_a_broken_exif_block_costs_nothing(tmp_path: Path) -> None:
    for exif in (b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + bytes(20)):
        _, image = clean(encoded(four_colours(), exif=exif), tmp_path)

        assert_upright(image)


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_the_first_frame_stands_for_a_moving_picture(tmp_path: Path, kind: str) -> None:
    moving = encoded(four_colours(), kind, save_all=True, append_images=[Image.new("RGB", (320, 200), "black")])

    _, image = clean(moving, tmp_path)

    assert_upright(image)


def test_a_large_photo_is_brought_to_the_longest_side(tmp_path: Path) -> None:
    photo, image = clean(encoded(four_colours(1600, 1000)), tmp_path, max_side_px=400)

    assert image.size == (400, 250) == (photo.width_px, photo.height_px)
    assert_upright(image)


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}], ids=str)
@pytest.mark.parametrize("size", [(801, 607), (3201, 1999)])
def test_a_photo_that_ends_in_middle_grey_is_still_whole(
    tmp_path: Path, size: tuple[int, int], options: dict[str, int]
) -> None:
    drawn = textured(*size)
    drawn.paste((128, 128, 128), (0, size[1] // 2, *size))

    photo, _ = clean(encoded(drawn, **options), tmp_path, max_side_px=900)

    assert max(photo.width_px, photo.height_px) <= 900


def test_a_long_text_in_a_png_is_left_behind(tmp_path: Path) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("prompt", "x" * 200_000, zip=True)

    photo, image = clean(encoded(four_colours(), "PNG", pnginfo=notes), tmp_path)

    assert photo.bytes < 20_000
    assert_upright(image)


def test_every_photo_of_the_set_is_taken(shared_data: Path, tmp_path: Path) -> None:
    names = sorted(path.name for path in PHOTOS.iterdir())

    taken = [clean((PHOTOS / name).read_bytes(), tmp_path)[0] for name in names]

    assert all(max(photo.width_px, photo.height_px) <= 4096 for photo in taken)
