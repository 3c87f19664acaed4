"""Whatever recorders write is decoded, from its beginning and from its middle; what is too much is refused."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from av.bitstream import BitStreamFilterContext
from av.video.frame import VideoFrame

from media.live import matroska
from media.live.originals import Entry, form_of, header_of
from tests.media.live.decoding import decoded, refusal
from tests.media.live.phone import recorded
from tests.media.live.watching import RED, is_near

KINDS = ["vp8", "vp9", "av1", "h264 webm", "h264 without a set-up", "h264 mp4"]
OTHER = {"vp9": "libvpx-vp9", "av1": "libsvtav1", "h264 webm": "libx264"}


def recording(kind: str, seconds: float = 1.4, size: tuple[int, int] = (320, 240), begin: float = 0.0) -> bytes:
    """A recording of one kind, with a key picture each half second."""
    if kind == "h264 without a set-up":
        return without_setup(recording("h264 webm", seconds, size, begin))
    if kind == "h264 mp4":
        return b"".join(recorded(seconds, size=size, form="mp4", colour=RED, begin=begin))
    form = "matroska" if kind == "h264 webm" else "webm"
    return b"".join(recorded(seconds, size=size, form=form, codec=OTHER.get(kind), colour=RED, begin=begin))


def without_setup(recorded: bytes) -> bytes:
    """As Chromium writes H.264: parameters before each key picture, none in the head, and no order of decoding."""
    with av.open(io.BytesIO(recorded), "r", format="matroska") as source:
        video, audio = source.streams.video[0], source.streams.audio[0]
        unpacked = BitStreamFilterContext("h264_mp4toannexb", in_stream=video)
        head = matroska.head(width_px=video.width, height_px=video.height, video_setup=b"", audio_rate_hz=48_000,
                             audio_setup=bytes(audio.codec_context.extradata or b""))
        made = [head.replace(b"\x86" + b"\x01\0\0\0\0\0\0\x05A_AAC", b"\x86" + b"\x01\0\0\0\0\0\0\x06A_OPUS")]
        for packet in source.demux():
            for part in (unpacked.filter(packet) if packet.stream is video else [packet]) if packet.size else ():
                track = matroska.VIDEO if packet.stream is video else matroska.AUDIO
                made.append(matroska.cluster(track, round(float(part.pts * part.time_base) * 1000), bytes(part),
                                             is_key=part.is_keyframe))
    return b"".join(made)


def is_red(picture: VideoFrame) -> bool:
    """Whether its upper left is."""
    return is_near(picture.to_ndarray(format="rgb24")[20, 2], RED) or is_near(
        picture.to_ndarray(format="rgb24")[20, -3], RED)


@pytest.mark.parametrize("kind", KINDS)
def test_a_recording_is_decoded_from_its_first_picture_on(kind: str) -> None:
    seen = decoded(recording(kind), until=1.2)

    assert seen.pictures[0].time == pytest.approx(0, abs=0.06)
    assert len(seen.pictures) >= 24
    assert all(is_red(picture) for picture in seen.pictures)
    assert 0.3 < seen.loudness < 0.8


@pytest.mark.parametrize("kind", KINDS)
def test_a_recording_is_entered_anywhere_and_shows_from_the_next_key_picture_on(kind: str) -> None:
    whole = recording(kind)
    head = header_of(whole)
    assert head

    for share in (0.11, 0.2, 0.23, 0.27, 0.31):
        seen = decoded(head + Entry(form_of(whole) or "").found(whole[round(len(whole) * share) :]), until=1.2)

        assert seen.pictures[0].time == pytest.approx(0.5, abs=0.06)
        assert len(seen.pictures) >= 14
        assert all(is_red(picture) for picture in seen.pictures)
        assert 0.3 < seen.loudness < 0.8


def test_the_place_to_enter_is_found_across_slices() -> None:
    whole = recording("vp8")
    at = whole.find(b"\x1f\x43\xb6\x75", len(whole) // 2)
    entry = Entry("webm")

    found = [entry.found(whole[first : first + 1]) for first in range(at - 5, at + 4)]

    assert [len(data) for data in found] == [0] * 8 + [4]
    assert found[-1] == whole[at : at + 4]


def test_the_first_key_picture_counts_though_no_order_of_decoding_is_told() -> None:
    whole = recording("h264 without a set-up", 0.4)

    with av.open(io.BytesIO(whole), "r", format="matroska", options={"probesize": "4096"}) as source:
        first = next(packet for packet in source.demux(video=0) if packet.size)
    assert first.dts is None
    assert decoded(whole, until=0.3).pictures[0].key_frame


@pytest.mark.parametrize("kind", ["vp8", "vp9", "av1"])
def test_a_phone_that_is_turned_goes_on_in_another_size(kind: str) -> None:
    upright = recording(kind, 0.8, (240, 320), begin=0.6)
    whole = recording(kind, 0.6) + upright[len(header_of(upright) or b"") :]

    seen = decoded(whole, until=1.3)

    assert seen.sizes == [(320, 240), (240, 320)]
    assert np.diff([picture.time for picture in seen.pictures]).max() < 0.11


@pytest.mark.parametrize("size", [(3840, 2160), (2160, 3840)])
def test_pictures_of_a_large_camera_are_shown_smaller(size: tuple[int, int]) -> None:
    seen = decoded(recording("vp8", 0.2, size), until=0.1)

    assert seen.sizes == [(size[0] // 2, size[1] // 2)]
    assert is_red(seen.pictures[-1])


@pytest.mark.parametrize("kind", ["vp8", "vp9", "av1", "h264 mp4", "h264 without a set-up"])
def test_larger_pictures_are_refused_by_a_name_of_their_own(kind: str) -> None:
    assert refusal(recording(kind, 0.2, (4096, 2304))) == "too_big_picture"


@pytest.mark.parametrize("kind", ["vp8", "vp9", "av1", "h264 without a set-up"])
def test_pictures_that_become_too_large_are_refused_too(kind: str) -> None:
    larger = recording(kind, 0.6, (4096, 2304), begin=0.6)

    assert refusal(recording(kind, 0.6) + larger[len(header_of(larger) or b"") :]) == "too_big_picture"


def test_all_pictures_of_a_long_fragment_wait_for_the_clock() -> None:
    fragment = b"".join(recorded(3.2, form="mp4", key_seconds=3.2))

    assert len(decoded(fragment, until=3.0).pictures) >= 60


def test_another_codec_is_refused() -> None:
    assert refusal(b"".join(recorded(0.3, form="matroska", codec="mpeg4"))) == "codec"
