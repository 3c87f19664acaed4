"""Files as people, broken phones and attackers send them, made here byte by byte."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

from PIL import Image

PHOTOS = Path(__file__).resolve().parents[3] / "shared" / "data" / "photos"
BAD_IMAGES = PHOTOS.parent / "bad_images"
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 40), (40, 60, 200), (230, 200, 40)


def four_colours(width_px: int = 320, height_px: int = 200) -> Image.Image:
    """A picture whose corners are, clockwise from the upper left, red, green, blue, yellow."""
    image = Image.new("RGB", (width_px, height_px), RED)
    half_w, half_h = width_px // 2, height_px // 2
    image.paste(GREEN, (half_w, 0, width_px, half_h))
    image.paste(BLUE, (half_w, half_h, width_px, height_px))
    image.paste(YELLOW, (0, half_h, half_w, height_px))
    return image


def textured(width_px: int, height_px: int) -> Image.Image:
    """A picture without any flat part, as photos are."""
    noise = Image.effect_noise((width_px, height_px), 60)
    return Image.merge("RGB", (noise, noise.transpose(Image.Transpose.ROTATE_180), noise))


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a file of that kind."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def png_chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk with its length and check sum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width_px: int, height_px: int, *, depth: int = 1, colour: int = 0, extra: bytes = b"") -> bytes:
    """A whole black PNG of any size, with `extra` chunks before its pixels."""
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    line = bytes(1 + (width_px * channels * depth + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(line) for _ in range(height_px)) + packer.flush()
    header = struct.pack(">IIBBBBB", width_px, height_px, depth, colour, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + extra
            + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b""))


def zeros_packed(length: int) -> bytes:
    """A thousandth of `length` bytes that unpack to it."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(length >> 20)) + packer.flush()


def jpeg_claiming(data: bytes, width_px: int, height_px: int) -> bytes:
    """The JPEG with another size written into its frame header."""
    for marker in (b"\xff\xc0", b"\xff\xc2"):
        at = data.find(marker)
        if at >= 0:
            return data[: at + 5] + struct.pack(">HH", height_px, width_px) + data[at + 9 :]
    raise ValueError("no frame header")


def heic_claiming(data: bytes, width_px: int, height_px: int) -> bytes:
    """The HEIC or AVIF with another size written into every `ispe` box."""
    out, at = bytearray(data), data.find(b"ispe")
    while at >= 0:
        out[at + 8 : at + 16] = struct.pack(">II", width_px, height_px)
        at = data.find(b"ispe", at + 4)
    return bytes(out)


def webp_claiming(width_px: int, height_px: int) -> bytes:
    """An extended WebP whose canvas is as told and whose picture is a few pixels large."""
    tiny = encoded(four_colours(64, 64), "WEBP", lossless=True)[12:]
    canvas = bytes(4) + (width_px - 1).to_bytes(3, "little") + (height_px - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", len(canvas)) + canvas + tiny
    return b"RIFF" + struct.pack("<I", len(body)) + body
