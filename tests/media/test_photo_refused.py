"""What is not a whole photo within the bounds is refused, each with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from media.intake import MAX_BYTES, PhotoFault, UnsupportedPhoto
from media.photos.photo import check_and_clean
from tests.media.uploads import (
    PHOTOS,
    encoded,
    four_colours,
    heic_claiming,
    jpeg_claiming,
    png,
    png_chunk,
    textured,
    webp_claiming,
    zeros_packed,
)


def refused(data: bytes, folder: Path, name: str = "photo.jpg") -> UnsupportedPhoto:
    """The refusal of an upload; nothing may be left of it."""
    source = folder / name
    source.write_bytes(data)
    kept = folder / "kept"
    kept.mkdir(exist_ok=True)
    with pytest.raises(UnsupportedPhoto) as refusal:
        check_and_clean(source, kept)
    assert list(kept.iterdir()) == []
    return refusal.value


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    assert refused(b"", tmp_path).reason is PhotoFault.EMPTY


def test_one_byte_over_25_mb_is_too_big(tmp_path: Path) -> None:
    photo = encoded(four_colours())

    assert refused(photo + bytes(MAX_BYTES + 1 - len(photo)), tmp_path).reason is PhotoFault.TOO_BIG


@pytest.mark.parametrize(("data", "found"), [
    (b"<!DOCTYPE html><html><body>hello</body></html>", "HTML"),
    (b"\xef\xbb\xbf  <html>", "HTML"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "SVG"),
    (b"<?xml version='1.0'?><svg/>", "XML"),
    (b"%PDF-1.7\n", "PDF"),
    (b"PK\x03\x04" + bytes(40), "ZIP"),
    (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "video"),
    (b"plain words", ""),
    (bytes(2000), ""),
])
def test_what_is_no_photo_is_named_whatever_it_calls_itself(tmp_path: Path, data: bytes, found: str) -> None:
    refusal = refused(data, tmp_path, "photo.jpg")

    assert (refusal.reason, refusal.found) == (PhotoFault.NOT_A_PHOTO, found)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_kinds_of_picture_are_named(tmp_path: Path, kind: str) -> None:
    refusal = refused(encoded(four_colours(), kind), tmp_path)

    assert (refusal.reason, refusal.found) == (PhotoFault.NOT_A_PHOTO, kind)


@pytest.mark.parametrize("size", [(49, 300), (300, 49), (1, 1)])
def test_a_side_under_50_px_is_too_small(tmp_path: Path, size: tuple[int, int]) -> None:
    assert refused(encoded(Image.new("RGB", size)), tmp_path).reason is PhotoFault.TOO_SMALL


@pytest.mark.parametrize("options", [
    {"kind": "JPEG"}, {"kind": "JPEG", "progressive": True}, {"kind": "JPEG", "restart_marker_rows": 1},
    {"kind": "PNG"}, {"kind": "WEBP"}, {"kind": "WEBP", "lossless": True}, {"kind": "AVIF"},
], ids=str)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.97])
def test_a_photo_cut_by_a_lost_connection_is_broken(tmp_path: Path, options: dict[str, object], part: float) -> None:
    data = encoded(textured(640, 480), **options)

    assert refused(data[: int(len(data) * part)], tmp_path).reason is PhotoFault.BROKEN


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.999])
def test_a_cut_heic_is_broken_and_never_half_green(shared_data: Path, tmp_path: Path, part: float) -> None:
    data = (PHOTOS / "phone.heic").read_bytes()

    assert refused(data[: int(len(data) * part)], tmp_path).reason is PhotoFault.BROKEN


@pytest.mark.parametrize("options", [{}, {"restart_marker_rows": 1}, {"subsampling": 0}, {"quality": 98}], ids=str)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_a_cut_jpeg_with_an_end_put_behind_it_is_broken(
    tmp_path: Path, options: dict[str, int], part: float
) -> None:
    data = encoded(textured(640, 480), **options)

    closed = data[: int(len(data) * part)].rstrip(b"\xff") + b"\xff\xd9"

    assert refused(closed, tmp_path).reason is PhotoFault.BROKEN


def test_a_huge_cut_jpeg_that_is_decoded_at_half_size_is_broken_too(tmp_path: Path) -> None:
    data = encoded(textured(6401, 601))

    assert refused(data[: len(data) // 2] + b"\xff\xd9", tmp_path).reason is PhotoFault.BROKEN


def test_a_png_of_900_megapixels_is_refused_by_its_header(tmp_path: Path) -> None:
    assert refused(png(30_000, 30_000), tmp_path).reason is PhotoFault.TOO_MANY_PIXELS


@pytest.mark.parametrize(("width_px", "height_px", "reason"), [
    (65_500, 65_500, PhotoFault.TOO_MANY_PIXELS),
    (9_000, 8_000, PhotoFault.BROKEN),
    (0, 0, PhotoFault.BROKEN),
])
def test_a_jpeg_that_claims_another_size_is_found_out(
    tmp_path: Path, width_px: int, height_px: int, reason: PhotoFault
) -> None:
    assert refused(jpeg_claiming(encoded(four_colours()), width_px, height_px), tmp_path).reason is reason


@pytest.mark.parametrize(("side_px", "reason"), [
    (16_000, PhotoFault.TOO_MANY_PIXELS), (5_000, PhotoFault.BROKEN),
])
def test_a_webp_that_claims_another_canvas_is_found_out(tmp_path: Path, side_px: int, reason: PhotoFault) -> None:
    assert refused(webp_claiming(side_px, side_px), tmp_path).reason is reason


def test_an_avif_that_claims_gigapixels_is_refused(tmp_path: Path) -> None:
    data = heic_claiming(encoded(four_colours(), "AVIF"), 65_500, 65_500)

    assert refused(data, tmp_path).reason in (PhotoFault.TOO_MANY_PIXELS, PhotoFault.BROKEN)


def test_an_avif_that_claims_more_than_50_megapixels_is_refused(tmp_path: Path) -> None:
    data = heic_claiming(encoded(four_colours(), "AVIF"), 8_000, 8_000)

    assert refused(data, tmp_path).reason is PhotoFault.TOO_MANY_PIXELS


@pytest.mark.parametrize(("size", "reasons"), [
    ((65_500, 65_500), {PhotoFault.TOO_MANY_PIXELS, PhotoFault.BROKEN}),
    ((7_000, 7_000), {PhotoFault.BROKEN}),
    ((60, 60), {PhotoFault.BROKEN}),
])
def test_a_heic_that_lies_about_its_size_is_found_out(
    shared_data: Path, tmp_path: Path, size: tuple[int, int], reasons: set[PhotoFault]
) -> None:
    data = heic_claiming((PHOTOS / "phone.heic").read_bytes(), *size)

    assert refused(data, tmp_path).reason in reasons


@pytest.mark.parametrize(("name", "head"), [
    (b"zTXt", b"note\0\0"), (b"iTXt", b"note\0\1\0\0\0"), (b"iCCP", b"icc\0\0"),
])
def test_a_chunk_that_unpacks_to_400_mb_is_broken(tmp_path: Path, name: bytes, head: bytes) -> None:
    data = png(80, 80, extra=png_chunk(name, head + zeros_packed(400 << 20)))

    assert refused(data, tmp_path).reason is PhotoFault.BROKEN
