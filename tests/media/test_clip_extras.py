"""What is made of a finished clip: a poster, a silent copy, a preview, and the same clip as a square."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image

from media.clips.clip import render_clip
from media.clips.extras import PREVIEW_MAX_BYTES, render_clip_extras
from media.clips.words import SQUARE
from media.sounds.ffmpeg import FfmpegError
from media.spec import MediaFile
from tests.media.clip_specs import LONG_NAME, POMELO, SHORT, drawn_photo, frames_of
from tests.media.test_clip import ignore


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, MediaFile]:
    """A short clip and all that is made of it, by role."""
    folder = tmp_path_factory.mktemp("extras")
    spec = replace(POMELO, photos=(drawn_photo(folder, 1600, 1200),))
    clip = render_clip(spec, folder, ignore, timeline=SHORT)
    square = render_clip(spec, folder, ignore, timeline=SHORT, sheet=SQUARE)
    return {file.role: file for file in (clip, square, *render_clip_extras(clip, folder, timeline=SHORT))}


def test_every_file_is_named_by_its_role_and_weighed(made: dict[str, MediaFile]) -> None:
    assert set(made) == {"clip", "clip-square", "poster", "clip-silent", "clip-preview"}
    assert all(file.path.stem == role for role, file in made.items())
    assert all(file.bytes == file.path.stat().st_size for file in made.values())


def test_the_poster_shows_the_name_over_the_first_photo(made: dict[str, MediaFile]) -> None:
    poster = np.asarray(Image.open(made["poster"].path).convert("RGB")).astype(int)
    first, named = (frame.astype(int) for frame in frames_of(made["clip"].path, {0, 16}).values())

    assert poster.shape == (1920, 1080, 3)
    assert np.abs(poster[1200:1520] - first[1200:1520]).mean() > 12
    assert np.abs(poster - named).mean() < 4


def test_the_silent_copy_has_the_same_pictures_and_no_sound(made: dict[str, MediaFile]) -> None:
    pictures = []
    for role in ("clip", "clip-silent"):
        with av.open(str(made[role].path)) as opened:
            assert len(opened.streams.audio) == (1 if role == "clip" else 0)
            pictures.append([bytes(packet) for packet in opened.demux(video=0) if packet.size])

    assert pictures[0] == pictures[1]
    assert made["clip-silent"].path.read_bytes().find(b"moov") < 100


def test_the_preview_moves_and_is_light(made: dict[str, MediaFile]) -> None:
    with Image.open(made["clip-preview"].path) as preview:
        frames = []
        for number in range(preview.n_frames):
            preview.seek(number)
            frames.append(np.asarray(preview.convert("L")).astype(int))

    assert made["clip-preview"].bytes <= PREVIEW_MAX_BYTES
    assert (len(frames), frames[0].shape) == (30, (640, 360))
    assert np.abs(frames[0] - frames[15]).mean() > 2


def test_the_square_clip_is_square_and_its_code_is_scanned_from_a_phone(made: dict[str, MediaFile]) -> None:
    frame = frames_of(made["clip-square"].path, {140})[140]

    codes = zxingcpp.read_barcodes(cv2.resize(frame, (360, 360), interpolation=cv2.INTER_AREA))

    assert frame.shape == (1080, 1080, 3)
    assert [code.text for code in codes] == ["HTTPS://CHOPHIEN.EXAMPLE/O/K7M2"]


@pytest.mark.parametrize("size", [(1600, 1200), (198, 198), None])
def test_a_square_shows_band_photo_and_words_whatever_the_photo(
    tmp_path: Path, size: tuple[int, int] | None
) -> None:
    photos = (drawn_photo(tmp_path, *size),) if size else ()
    spec = replace(POMELO, name=LONG_NAME, photos=photos)

    square = render_clip(spec, tmp_path, ignore, timeline=SHORT, sheet=SQUARE)

    frame = frames_of(square.path, {17})[17].astype(int)
    assert frame[4:72].std() > 30
    assert frame[100:520].std() > 10
    assert frame[620:1040, 60:940].max() > 230


def test_what_is_no_clip_has_no_extras(tmp_path: Path) -> None:
    broken = tmp_path / "clip.mp4"
    broken.write_bytes(b"no clip")

    with pytest.raises((FfmpegError, av.FFmpegError)):
        render_clip_extras(MediaFile(broken, "clip", 1080, 1920, 7, "video/mp4", 14.0), tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]
