"""The process of one outside encoder: a stream of an RTMP server to slices of Matroska, packets as they are.

Started by media/live/encoder.py as `python -m media.live.pull PARENT_PID`. The address, which may hold the
encoder's key, is the first message on standard input, so that it stands in no list of processes and in no log.
Says {"slice": number} with its bytes, and at last {"end": reason}.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

import av
from av.container import InputContainer
from av.packet import Packet

from media.live import matroska, wire
from media.workers.limits import confine

SLICE_SECONDS = 0.1
_MEMORY_BYTES = 192 << 20
_FIRST_SECONDS = 10.0
"""So long a server may take until a stream that it has just let in can be read."""

_AGAIN_SECONDS = 0.2
_SILENT_SECONDS = 8.0
_SLICE_BYTES = 256 << 10
# Metadata, then both codecs' set-up are the first that a server sends; sound may join a little later.
_PROBING = {"probesize": "500000", "analyzeduration": "700000", "fpsprobesize": "0",
            "protocol_whitelist": "rtmp,tcp", "rtmp_live": "live"}


class _Unfit(Exception):
    """What comes is not what a broadcast takes."""


def main() -> None:
    """Pull until the stream or the server ends."""
    confine(int(sys.argv[1]), _MEMORY_BYTES, niceness=0, keeps_network=True)
    av.logging.set_level(None)
    message = wire.read(sys.stdin.buffer)
    if message is None:
        os._exit(0)
    reason = _pull(message[0]["url"])
    _say({"end": reason})
    os._exit(0)


def _pull(url: str) -> str:
    """Why it ended: "nothing" where no stream came, "codec" for another than H.264 with AAC, "changed" where its
    set-up is another from here on, else "over"."""
    is_begun = False
    try:
        with _opened(url) as source:
            for number, data in enumerate(part for data in _slices(source) for part in in_slices(data)):
                is_begun = True
                _say({"slice": number}, data)
    except _Unfit as unfit:
        return str(unfit)
    except (av.error.FFmpegError, OSError):
        return "over" if is_begun else "nothing"
    return "over" if is_begun else "nothing"


def _opened(url: str) -> InputContainer:
    """The stream, asked for again while the server has none yet."""
    until = time.monotonic() + _FIRST_SECONDS
    while True:
        try:
            return av.open(url, "r", options=_PROBING, timeout=(_FIRST_SECONDS, _SILENT_SECONDS))
        except (av.error.FFmpegError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(_AGAIN_SECONDS)


def _slices(source: InputContainer) -> Iterator[bytes]:
    """The head with the first packets, then packets of a tenth of a second each. Raises _Unfit."""
    streams = [*source.streams.video[:1], *source.streams.audio[:1]]
    if not source.streams.video or any(one.codec_context.name not in ("h264", "aac") for one in streams):
        raise _Unfit("codec")
    slice_, began, begin = [_head(source)], time.monotonic(), None
    for packet in source.demux(streams):
        if not packet.size:
            continue
        if packet.has_sidedata("new_extradata"):
            raise _Unfit("changed")
        at = _milliseconds(packet)
        begin = at if begin is None else begin
        track = matroska.VIDEO if packet.stream.type == "video" else matroska.AUDIO
        slice_.append(matroska.cluster(track, at - begin, bytes(packet), is_key=packet.is_keyframe))
        if time.monotonic() - began >= SLICE_SECONDS or sum(map(len, slice_)) > _SLICE_BYTES:
            yield b"".join(slice_)
            slice_, began = [], time.monotonic()
    if slice_:
        yield b"".join(slice_)


def in_slices(data: bytes) -> Iterator[bytes]:
    """A key picture may be larger than any slice that is taken; a slice may end anywhere."""
    return (data[at : at + _SLICE_BYTES] for at in range(0, len(data), _SLICE_BYTES))


def _head(source: InputContainer) -> bytes:
    video, audio = source.streams.video[0], next(iter(source.streams.audio), None)
    if not video.codec_context.extradata or (audio and not audio.codec_context.extradata):
        raise _Unfit("codec")
    return matroska.head(
        width_px=video.width or 2, height_px=video.height or 2, video_setup=video.codec_context.extradata,
        audio_rate_hz=audio.codec_context.sample_rate if audio else 0,
        channels=audio.codec_context.channels if audio else 0,
        audio_setup=audio.codec_context.extradata or b"" if audio else b"")


def _milliseconds(packet: Packet) -> int:
    at = packet.pts if packet.pts is not None else packet.dts or 0
    return round(float(at * (packet.time_base or 0)) * 1000)


def _say(head: dict[str, object], body: bytes = b"") -> None:
    view = memoryview(wire.packed(head, body))
    while view:
        view = view[os.write(1, view):]


if __name__ == "__main__":
    main()
