"""media.clips.footage and filmed scenes: phones' videos upright and in time, broken ones left out."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from media.clips.clip import render_clip
from media.clips.footage import Footage, VideoError, VideoFault
from media.clips.planes import frame_buffer, to_rgb
from media.clips.scrim import LEAST_CONTRAST, contrast_over
from media.clips.shots import make_shots
from media.clips.words import shot_words
from tests.media.clip_specs import POMELO, SHORT, drawn_photo, frames_of
from tests.media.test_clip import ignore

WIDTH, HEIGHT = 320, 180
CODECS = {
    "phone.mp4": ("libx264", "mp4"),
    "phone.mov": ("libx265", "mov"),
    "old.3gp": ("mpeg4", "3gp"),
    "recorded.webm": ("libvpx", "webm"),
}


def film(path: Path, *, turned: int = 0, seconds: float = 2.0, options: tuple[str, ...] = ()) -> Path:
    """A grey video whose right half is red; its left half gets brighter."""
    codec, container = CODECS[path.name]
    frames = np.full((round(seconds * 15), HEIGHT, WIDTH, 3), 60, np.uint8)
    frames[:, :, WIDTH // 2 :] = (200, 20, 20)
    for number, frame in enumerate(frames):
        frame[:, : WIDTH // 2] += np.uint8(min(120, 4 * number))
    plain = path.with_name("plain." + container)
    run("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", "15", "-i", "pipe:", "-c:v", codec,
        "-pix_fmt", "yuv420p", *options, "-f", container, str(plain), feed=frames.tobytes())
    if not turned:
        return plain.rename(path)
    run("-display_rotation:v:0", str(turned), "-i", str(plain), "-c", "copy", "-f", container, str(path))
    return path


def run(*arguments: str, feed: bytes = b"") -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *arguments]
    subprocess.run(command, input=feed, check=True, timeout=60)


@pytest.mark.parametrize("name", sorted(CODECS))
def test_any_phones_video_is_read_upright_in_its_colours(tmp_path: Path, name: str) -> None:
    footage = Footage(film(tmp_path / name), 320, 180)

    seen = to_rgb(footage.at(0.0))

    assert seen.shape == (180, 320, 3)
    assert np.abs(seen[90, 260] - (200, 20, 20)).max() < 16
    assert np.abs(seen[90, 60] - 60).max() < 12


@pytest.mark.parametrize(("turned", "red"), [(90, "top"), (-90, "bottom"), (180, "left")])
def test_a_phone_that_was_held_upright_gives_an_upright_scene(tmp_path: Path, turned: int, red: str) -> None:
    footage = Footage(film(tmp_path / "phone.mp4", turned=turned), 180, 180)

    seen = to_rgb(footage.at(0.0))

    places = {"top": (20, 90), "bottom": (160, 90), "left": (90, 20)}
    assert seen[places[red]][0] > seen[places[red]][1] + 100
    assert seen[tuple(180 - at for at in places[red])][0] < 100


def test_time_goes_by_at_the_videos_own_pace(tmp_path: Path) -> None:
    uneven = ("-vf", "setpts='if(lt(N,15),N,15+3*(N-15))/15/TB'", "-fps_mode", "vfr")
    footage = Footage(film(tmp_path / "phone.mp4", options=uneven), 320, 180)

    brightness = [float(to_rgb(footage.at(at))[90, 60].mean()) for at in (0.0, 1.0, 2.0, 3.9, 0.0)]

    assert brightness == pytest.approx([60, 120, 140, 176, 60], abs=14)


def test_behind_its_end_the_last_frame_stands(tmp_path: Path) -> None:
    footage = Footage(film(tmp_path / "phone.mp4"), 320, 180)

    last, later = (to_rgb(footage.at(at)).copy() for at in (1.95, 60.0))

    assert np.array_equal(last, later)


def test_a_video_that_breaks_off_shows_what_there_is(tmp_path: Path) -> None:
    whole = film(tmp_path / "recorded.webm", seconds=4)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])

    assert to_rgb(Footage(whole, 320, 180).at(10.0)).shape == (180, 320, 3)


@pytest.mark.parametrize("content", [b"", b"no video", b"#EXTM3U\nhttp://127.0.0.1:9/a.ts\n", bytes(4000)])
def test_what_is_no_video_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(content)

    with pytest.raises(VideoError) as refused:
        Footage(path, 320, 180)

    assert refused.value.fault == VideoFault.NOT_A_VIDEO


def test_a_video_that_goes_on_for_hours_is_refused(tmp_path: Path) -> None:
    slow = ("-vf", "setpts=N*400/TB", "-fps_mode", "vfr")
    path = film(tmp_path / "phone.mp4", seconds=0.4, options=slow)

    with pytest.raises(VideoError) as refused:
        Footage(path, 320, 180)

    assert refused.value.fault == VideoFault.TOO_LONG


def test_the_best_photo_opens_and_the_video_follows(tmp_path: Path) -> None:
    spec = replace(POMELO, photos=(drawn_photo(tmp_path, 900, 1200),), videos=(film(tmp_path / "phone.mp4"),))
    warnings: list[str] = []

    made = render_clip(spec, tmp_path, ignore, timeline=SHORT, warn=warnings.append)

    frames = frames_of(made.path, {10, 60})
    assert warnings == []
    seen = [frame[300:900, 700:1000].reshape(-1, 3).mean(axis=0) for frame in frames.values()]
    redness = [float(colour[0] - colour[1]) for colour in seen]
    assert redness[0] < 80 < 150 < redness[1]


def test_broken_photos_and_videos_are_left_out_and_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no more")
    spec = replace(POMELO, photos=(broken,), videos=(broken,), voice=broken)
    warnings: list[str] = []

    made = render_clip(spec, tmp_path, ignore, timeline=SHORT, warn=warnings.append)

    assert made.seconds == pytest.approx(SHORT.seconds)
    assert warnings == ["voice not_a_recording", "video 1 not_a_video", "photo 1 broken"]


def test_words_keep_their_contrast_over_a_video(tmp_path: Path) -> None:
    spec = replace(POMELO, videos=(film(tmp_path / "phone.mp4"),))
    shot = next(iter(make_shots(spec, 3)))
    block, planes = frame_buffer(1080, 1920)

    for share in (0.0, 0.4, 1.0):
        shot.draw(share, block, planes)
        seen = to_rgb(planes)
        for line in shot_words(spec, 0):
            box = line.box
            under = seen[box.top : box.bottom, box.left : box.right]
            assert contrast_over(under, line.colour) >= LEAST_CONTRAST
