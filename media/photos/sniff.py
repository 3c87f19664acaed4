"""Tells what a file is from its bytes alone; names and declared types are never asked."""

from __future__ import annotations

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_OTHERS = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"Rar!", "RAR"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"ID3", "audio"),
)
_MARKUP = ((b"<svg", "SVG"), (b"<html", "HTML"), (b"<!doctype html", "HTML"), (b"<?xml", "XML"))


def photo_kind(data: bytes) -> str | None:
    """"jpeg", "png", "webp", "heic" or "avif", or None for whatever is none of these.

    HEIC and AVIF share a container (ISO/IEC 23008-12); their `ftyp` box lists the brands, and
    an AVIF file may name the general `mif1` first, so all brands are looked at.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    brands = _brands(data)
    if brands & _AVIF_BRANDS:
        return "avif"
    if brands & _HEIC_BRANDS:
        return "heic"
    return None


def other_kind(data: bytes) -> str:
    """A short name for a file that is not a photo ("GIF", "PDF", "video" …), "" if unknown."""
    for magic, name in _OTHERS:
        if data.startswith(magic):
            return name
    if data[4:8] in (b"ftyp", b"moov", b"mdat"):
        return "video"
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, name in _MARKUP:
        if start.startswith(magic):
            return name
    return ""


def boxes_are_whole(data: bytes) -> bool:
    """Whether each top-level box of an ISO media file (ISO/IEC 14496-12, 4.2) ends in the file.

    The HEIC decoder fills what a cut file lacks with green and says nothing; this tells it.
    """
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        header = 8
        if size == 0:  # this box runs to the end of the file
            return True
        if size == 1:  # a 64-bit size follows the type
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        if size < header or at + size > len(data):
            return False
        at += size
    return at > 0


def _brands(data: bytes) -> set[bytes]:
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), len(data), 256)
    return {data[8:12]} | {data[at : at + 4] for at in range(16, end - 3, 4)}
