"""Slices as a phone may send them: whatever they hold is shown, or refused by a name; never taken and not shown."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from media.live import matroska
from media.live.intake import Intake, TurnAway
from media.live.originals import header_of
from media.live.space import Space
from tests.media.live.phone import recorded
from tests.media.live.watching import GREEN, RED, is_near

AMPLE = 20.0
NOISE = np.random.default_rng(3)


class Desk:
    """An intake of its own, and what it turned away."""

    def __init__(self, folder: Path) -> None:
        self.refused: list[tuple[str, str]] = []
        self.intake = Intake(folder, Space(folder, 0), lambda recorder, key: self.refused.append((recorder, key)))
        self._number = 0

    def take(self, slices: list[bytes], recorder: str = "phone") -> None:
        """Slices that follow each other."""
        for data in slices:
            self.intake.take(recorder, self._number, data)
            self._number += 1

    def until(self, is_there: Callable[[], bool], *, sending: Callable[[], bytes] | None = None) -> None:
        """Wait, while more is sent."""
        deadline = time.monotonic() + AMPLE
        while not is_there():
            assert time.monotonic() < deadline
            if sending:
                self.take([sending()])
            time.sleep(0.02)

    def shown_until(self, seconds: float) -> tuple[tuple[int, int], np.ndarray]:
        """The size and a pixel of the picture that is shown when the source's clock has come so far."""
        self.until(lambda: (now := self.intake.source()) is not None and now.ingest.newest >= seconds)
        source = self.intake.source()
        assert source
        picture = source.ingest.picture_at(seconds + 0.01)
        assert picture
        return (picture.width, picture.height), picture.to_ndarray(format="rgb24")[20, 2]


def sounds(slices: list[bytes]) -> Iterator[bytes]:
    """Only the sound of a recording, without its header, a packet of 20 ms a slice."""
    with av.open(io.BytesIO(b"".join(slices)), "r", format="matroska") as source:
        for packet in source.demux(audio=0):
            if packet.size:
                at = round(float(packet.pts * packet.time_base) * 1000)
                yield matroska.cluster(matroska.AUDIO, at, bytes(packet), is_key=True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_turned_phones_pictures_are_shown_in_their_new_size(desk: Desk) -> None:
    upright = recorded(0.8, colour=GREEN, size=(240, 320), begin=1.0)

    desk.take(recorded(1, colour=RED))
    assert desk.shown_until(0.7)[0] == (320, 240)
    desk.take(upright)
    size, pixel = desk.shown_until(1.6)

    assert size == (240, 320) and is_near(pixel, GREEN)


@pytest.mark.parametrize(("form", "codec"), [("matroska", "libx264"), ("webm", "libvpx-vp9"), ("mp4", "libx264")])
def test_a_recorder_that_begins_anew_with_another_codec_goes_on(desk: Desk, form: str, codec: str) -> None:
    desk.take(recorded(1, colour=RED))
    desk.shown_until(0.7)
    before = desk.intake.source()

    desk.take(recorded(1, colour=GREEN, form=form, codec=codec, size=(240, 320)))
    desk.until(lambda: desk.intake.source() is not before)
    size, pixel = desk.shown_until(0.7)

    assert size == (240, 320) and is_near(pixel, GREEN)
    assert desk.refused == []


def test_another_recording_under_a_name_that_is_taken_is_out_of_order(desk: Desk) -> None:
    desk.take(recorded(0.5, colour=RED))

    with pytest.raises(TurnAway, match="order"):
        desk.intake.take("phone", 0, recorded(0.5, colour=GREEN, form="matroska", codec="libx264")[0])


def test_a_slice_that_is_sent_again_is_no_fault(desk: Desk) -> None:
    slices = recorded(0.5, colour=RED)
    desk.take(slices)

    for number, data in enumerate(slices):
        desk.intake.take("phone", number, data)

    desk.shown_until(0.3)


def test_noise_that_begins_like_a_recording_is_refused_by_its_name(desk: Desk) -> None:
    desk.take([b"\x1a\x45\xdf\xa3" + NOISE.bytes(50_000)])

    desk.until(lambda: desk.refused == [("phone", "noise")], sending=lambda: NOISE.bytes(50_000))


def test_noise_in_the_middle_is_survived(desk: Desk) -> None:
    slices = recorded(2, colour=RED)
    desk.take(slices[:8])
    desk.shown_until(0.5)

    desk.take([NOISE.bytes(len(data)) for data in slices[8:12]])
    desk.take(slices[12:])

    assert is_near(desk.shown_until(1.8)[1], RED)
    assert desk.refused == []


def test_noise_without_an_end_is_refused_after_three_chances(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media.live.intake._BLIND_SECONDS", 0.5)
    desk.take(recorded(1, colour=RED))
    desk.shown_until(0.7)
    begun = time.monotonic()

    desk.until(lambda: ("phone", "broken") in desk.refused, sending=lambda: NOISE.bytes(3000))

    assert time.monotonic() - begun > 1.5


def test_decoders_that_nobody_wants_any_more_are_let_go(desk: Desk) -> None:
    beginning = header_of(b"".join(recorded(0.5, colour=RED)))
    assert beginning

    desk.take([beginning] * 40)

    assert len(desk.intake._coming) <= 2


def test_a_phone_that_sends_only_sound_is_not_taken_for_noise(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media.live.intake._BLIND_SECONDS", 0.3)
    desk.take(recorded(0.5, colour=RED))
    desk.shown_until(0.3)
    more = sounds(recorded(4, begin=0.5, size=(160, 160)))
    until = time.monotonic() + 1

    desk.until(lambda: time.monotonic() > until, sending=lambda: next(more))

    assert desk.refused == []
