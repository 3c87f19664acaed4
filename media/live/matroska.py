"""Encoded pictures and sound as a Matroska stream that can be entered at any key picture.

Only what a live stream needs: a head, then a cluster a packet (RFC 9559, 5 and 23; RFC 8794, 4 for
the numbers of unknown length). Times are whole milliseconds.
"""

from __future__ import annotations

import struct

VIDEO, AUDIO = 1, 2
_UNKNOWN = b"\x01" + b"\xff" * 7
_NANOSECONDS = 1_000_000


def head(
    *, width_px: int, height_px: int, video_setup: bytes, audio_rate_hz: int, audio_setup: bytes, channels: int = 1,
) -> bytes:
    """EBML head, segment of unknown length, and the two tracks; without `audio_setup` only the picture's."""
    ebml = _part(0x1A45DFA3, b"".join([
        _number(0x4286, 1), _number(0x42F7, 1), _number(0x42F2, 4), _number(0x42F3, 8),
        _part(0x4282, b"matroska"), _number(0x4287, 4), _number(0x4285, 2)]))
    info = _part(0x1549A966, _number(0x2AD7B1, _NANOSECONDS) + _part(0x4D80, b"live") + _part(0x5741, b"live"))
    video = _part(0xAE, b"".join([
        _number(0xD7, VIDEO), _number(0x73C5, VIDEO), _number(0x83, 1), _number(0x9C, 0),
        _part(0x86, b"V_MPEG4/ISO/AVC"), _part(0x63A2, video_setup),
        _part(0xE0, _number(0xB0, width_px) + _number(0xBA, height_px))]))
    audio = _part(0xAE, b"".join([
        _number(0xD7, AUDIO), _number(0x73C5, AUDIO), _number(0x83, 2), _number(0x9C, 0),
        _part(0x86, b"A_AAC"), _part(0x63A2, audio_setup),
        _part(0xE1, _part(0xB5, struct.pack(">d", audio_rate_hz)) + _number(0x9F, channels))]))
    audio = audio if audio_setup else b""
    return ebml + _id(0x18538067) + _UNKNOWN + info + _part(0x1654AE6B, video + audio)


def cluster(track: int, milliseconds: int, data: bytes, *, is_key: bool) -> bytes:
    """One packet as a cluster of its own."""
    block = bytes([0x80 | track]) + b"\x00\x00" + (b"\x80" if is_key else b"\x00") + data
    return _part(0x1F43B675, _number(0xE7, max(0, milliseconds)) + _part(0xA3, block))


def avc_setup(parameter_sets: bytes) -> bytes:
    """AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1) from SPS and PPS with start codes."""
    units = split_units(parameter_sets)
    sps = next(unit for unit in units if unit[0] & 31 == 7)
    pps = next(unit for unit in units if unit[0] & 31 == 8)
    record = b"\x01" + sps[1:4] + b"\xff\xe1" + struct.pack(">H", len(sps)) + sps
    record += b"\x01" + struct.pack(">H", len(pps)) + pps
    if sps[1] in (100, 110, 122, 144):  # high profiles tell chroma format and depths: 4:2:0, 8 bits
        record += b"\xfd\xf8\xf8\x00"
    return record


def with_lengths(access_unit: bytes) -> bytes:
    """The same picture with four-byte lengths in place of start codes (ITU-T H.264, annex B)."""
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in split_units(access_unit))


def split_units(stream: bytes) -> list[bytes]:
    """The NAL units between start codes."""
    return [unit for piece in stream.split(b"\x00\x00\x01")[1:] if (unit := piece.rstrip(b"\x00"))]


def _id(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _part(number: int, content: bytes) -> bytes:
    return _id(number) + (len(content) | 1 << 56).to_bytes(8, "big") + content


def _number(number: int, value: int) -> bytes:
    return _part(number, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))
