"""What goes out stays in order when a busy machine leaves pictures out."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from media.clips.frames import new_frame
from media.live.output import Output
from media.live.pieces import places
from media.live.spec import LiveSpec
from media.live.zero import kept_zero
from tests.media.live.watching import pictures


def test_segments_keep_their_length_when_pictures_are_left_out(tmp_path: Path) -> None:
    spec = LiveSpec(tmp_path, width_px=320, height_px=240, fps=20, preset="ultrafast")
    streamed: list[tuple[dict[str, object], bytes]] = []
    output = Output(spec, kept_zero(tmp_path), lambda head, body: streamed.append((head, body)))
    picture, _ = new_frame(320, 240)

    for tick in range(1, 241):
        is_left_out = tick > 80 and tick % 5
        output.put(None if is_left_out else picture, tick, False, np.zeros(2400, np.float32), tick * 2400)
    output.close()

    _, found = places(tmp_path)
    assert len(found) >= 6
    assert all(place.seconds < 2.3 for place in found)
    assert all(abs(late.begin - soon.begin - soon.seconds) < 0.01 for soon, late in zip(found, found[1:], strict=False))
    assert len(pictures(tmp_path / "recording-1.mp4")) == 80 + 32
    entries = [head for head, _ in streamed if head.get("key")]
    assert len(entries) == len(found)
    assert streamed[0][0] == {"head": True}


def test_the_stream_can_be_entered_at_a_key_picture(tmp_path: Path) -> None:
    spec = LiveSpec(tmp_path, width_px=320, height_px=240, fps=20, preset="ultrafast")
    streamed: list[tuple[dict[str, object], bytes]] = []
    output = Output(spec, kept_zero(tmp_path), lambda head, body: streamed.append((head, body)))
    picture, _ = new_frame(320, 240)
    for tick in range(1, 101):
        output.put(picture, tick, tick == 30, np.zeros(2400, np.float32), tick * 2400)
    output.close()

    first = next(number for number, (head, _) in enumerate(streamed) if head.get("key") and float(str(head["t"])) > 1)
    (tmp_path / "entered.mkv").write_bytes(streamed[0][1] + b"".join(body for _, body in streamed[first:]))

    seen = pictures(tmp_path / "entered.mkv")
    assert abs(seen[0][0] - 1.5) < 0.01
    assert seen[0][2]
    assert len(seen) == 71


def test_sound_keeps_its_place_where_the_clock_leaps(tmp_path: Path) -> None:
    spec = LiveSpec(tmp_path, width_px=320, height_px=240, fps=20, preset="ultrafast")
    output = Output(spec, kept_zero(tmp_path), lambda head, body: None)
    picture, _ = new_frame(320, 240)
    tone = np.sin(np.arange(2400) * 0.2).astype(np.float32)
    for tick in (*range(1, 51), *range(101, 152)):
        output.put(picture, tick, False, tone if tick in (50, 120) else np.zeros(2400, np.float32), tick * 2400)
    output.close()

    loud = []
    with av.open(str(tmp_path / "recording-1.mp4")) as recording:
        for frame in recording.decode(audio=0):
            samples = np.abs(frame.to_ndarray()[0])
            loud += [frame.time + int(at) / 48_000 for at in np.flatnonzero(samples > 0.4)]
    first, last = [at for at in loud if at < 4], [at for at in loud if at >= 4]
    assert abs(min(first) - 2.5) < 0.02 and abs(max(first) - 2.55) < 0.02
    assert abs(min(last) - 6.0) < 0.02 and abs(max(last) - 6.05) < 0.02
