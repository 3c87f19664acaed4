"""A disk without room ends the recording, never the show."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from media.clips.frames import new_frame
from media.live.hls import FULL, LIVE, Playlists
from media.live.originals import Log, assemble_all
from media.live.output import Output
from media.live.pieces import places
from media.live.recording import Fragment
from media.live.space import Space, append
from media.live.spec import LONGEST_MINUTES, Acked, LiveSpec, OnAir, Slate, Stats
from media.live.zero import kept_zero
from tests.media.live.phone import recorded, send
from tests.media.live.watching import RED, on_air, pictures

EVERYTHING = 1 << 60


@contextmanager
def files_up_to(count: int) -> Iterator[None]:
    """No file grows beyond so many bytes: the system then refuses a write as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_room_is_told_in_minutes_at_the_present_rate(tmp_path: Path) -> None:
    plenty, none = Space(tmp_path, 0), Space(tmp_path, EVERYTHING)

    assert plenty.has_room and plenty.minutes_left(1) == LONGEST_MINUTES
    assert plenty.minutes_left(1 << 60) == 1
    assert not none.has_room and none.minutes_left(1) == 0


def test_what_does_not_fit_is_not_written_by_half(tmp_path: Path) -> None:
    with (tmp_path / "file").open("xb", buffering=0) as file, files_up_to(1000):
        assert [append(file, b"a" * 400), append(file, b"b" * 400)] == [0, 400]
        with pytest.raises(OSError):
            append(file, b"c" * 400)
        assert append(file, b"d" * 200) == 800

    assert (tmp_path / "file").read_bytes() == b"a" * 400 + b"b" * 400 + b"d" * 200


def test_the_show_goes_on_when_its_recording_can_grow_no_more(tmp_path: Path) -> None:
    spec = LiveSpec(tmp_path, width_px=320, height_px=240, fps=20, preset="ultrafast", video_rate=400_000)
    streamed: list[float] = []
    output = Output(spec, kept_zero(tmp_path), lambda head, body: streamed.append(float(str(head.get("t", 0)))))
    picture, planes = new_frame(320, 240)
    noise = np.random.default_rng(1)

    with files_up_to(350_000):
        for tick in range(1, 401):
            for plane in planes.all():
                plane[:] = noise.integers(16, 235, plane.shape, np.uint8)
            output.put(picture, tick, False, np.zeros(2400, np.float32), tick * 2400)
        output.close()

    seen, (_, found) = pictures(tmp_path / "recording-1.mp4"), places(tmp_path)
    assert 2 <= len(found) < 9
    assert len(seen) == sum(round(place.seconds * 20) for place in found)
    assert len(pictures(tmp_path / LIVE)) == 400
    assert streamed[-1] > 19.9


def test_a_recording_that_goes_on_later_says_where_it_is_torn(tmp_path: Path) -> None:
    lists = Playlists(tmp_path, part=1, head=b"head", zero=1_800_000_000.0)

    for number, at in enumerate([4, None, None, 12]):
        lists.add(Fragment(b"fragment", number * 2.0, number * 2.0 + 2), at)

    full, live = (tmp_path / FULL).read_text(), (tmp_path / LIVE).read_text()
    assert full.count("#EXT-X-MAP") == 1
    assert full.index("8@4") < full.index("#EXT-X-DISCONTINUITY\n") < full.index("8@12")
    assert live.count("#EXTINF") == 4 and "#EXT-X-DISCONTINUITY\n" not in live


def test_a_segment_that_does_not_fit_is_left_out_and_said_to_be(tmp_path: Path) -> None:
    lists = Playlists(tmp_path, part=1, head=b"head", zero=1_800_000_000.0)

    with files_up_to(3000):
        lists.add(Fragment(b"fragment", 0.0, 2.0), 4)
        with pytest.raises(OSError):
            lists.add(Fragment(b"large" * 1000, 2.0, 4.0), 12)
        lists.add(Fragment(b"fragment", 4.0, 6.0), 20)

    live = (tmp_path / LIVE).read_text()
    assert live.index("segment-000001.m4s") < live.index("#EXT-X-DISCONTINUITY\n") < live.index("segment-000002.m4s")
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_slices_that_do_not_fit_leave_a_log_that_can_be_read(tmp_path: Path) -> None:
    log = Log.open(tmp_path, "r1")

    with files_up_to(1000):
        log.keep(0, b"\x1a\x45\xdf\xa3" + bytes(700))
        with pytest.raises(OSError):
            log.keep(1, bytes(700))
        log.keep(2, bytes(100))

    assert sorted(Log.open(tmp_path, "r1").places) == sorted(log.places) == [0, 2]


async def test_a_live_without_room_is_on_air_unrecorded_and_says_so(tmp_path: Path) -> None:
    slices = recorded(4, colour=RED)
    async with on_air(tmp_path, leave_bytes=EVERYTHING) as (live, heard):
        await send(live, "phone/1", slices[:8])
        await heard.first(Slate)
        shown = len(heard.events)
        await send(live, "phone/2", slices[26:], first=26)
        await heard.first(OnAir, after=shown)
    assemble_all(tmp_path)

    assert len(pictures(tmp_path / LIVE)) > 40
    assert (tmp_path / "recording-1.mp4").stat().st_size < 4000
    assert {event.minutes_left for event in heard.events if isinstance(event, Stats)} == {0}
    assert {event.number for event in heard.events if isinstance(event, Acked)} == {*range(8), *range(26, len(slices))}
    assert len(pictures(tmp_path / "original-phone.webm")) < 80
