"""media.clips.clip: a file that every network takes, with everything on it that a buyer needs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
import zxingcpp

from media.clips import encode
from media.clips.clip import render_clip
from media.sounds.sound import RATE_HZ, decode, measure
from media.spec import MediaFile
from tests.media.clip_specs import POMELO, SHORT, boxes_of, drawn_photo, frames_of


def ignore(_: float) -> None:
    """A progress that nobody watches."""


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> MediaFile:
    """The whole clip of one photo, 14 s."""
    folder = tmp_path_factory.mktemp("clip")
    return render_clip(replace(POMELO, photos=(drawn_photo(folder, 1600, 1200),)), folder, ignore)


def test_the_clip_is_what_networks_ask_for(clip: MediaFile) -> None:
    with av.open(str(clip.path)) as opened:
        video, audio = opened.streams.video[0], opened.streams.audio[0]
        coder = video.codec_context

        assert (coder.name, coder.profile, coder.pix_fmt) == ("h264", "High", "yuv420p")
        assert (coder.width, coder.height, video.average_rate) == (1080, 1920, 30)
        assert video.frames == 14 * 30
        assert (audio.codec_context.name, audio.rate, audio.channels) == ("aac", RATE_HZ, 1)
        assert 80_000 < audio.bit_rate < 110_000
    assert (clip.role, clip.seconds, clip.bytes) == ("clip", 14.0, clip.path.stat().st_size)
    assert clip.bytes <= 2_000_000


def test_the_colours_are_tagged_as_they_were_made(clip: MediaFile) -> None:
    with av.open(str(clip.path)) as opened:
        frame = next(opened.decode(video=0))
        coder = opened.streams.video[0].codec_context

    bt709, limited = 1, 1
    assert (frame.colorspace, frame.color_range) == (bt709, limited)
    assert (coder.color_primaries, coder.color_trc) == (bt709, bt709)


def test_playing_can_start_before_the_file_is_there(clip: MediaFile) -> None:
    boxes = boxes_of(clip.path)

    assert boxes.index("moov") < boxes.index("mdat")
    assert b"elst" not in clip.path.read_bytes()[:20_000]


def test_groups_of_pictures_last_two_seconds_and_the_end_card_begins_one(clip: MediaFile) -> None:
    with av.open(str(clip.path)) as opened:
        shown = [frame.key_frame for frame in opened.decode(video=0)]

    assert [at for at, key in enumerate(shown) if key] == [0, 60, 120, 180, 240, 300, 330, 390]


def test_the_first_frame_shows_photo_and_band(clip: MediaFile) -> None:
    frame = frames_of(clip.path, {0})[0]

    band, photo = frame[10:66], frame[200:1000]
    assert photo.mean() > 60 and photo.std() > 20
    assert band.std() > 40


def test_the_band_never_moves(clip: MediaFile) -> None:
    frames = frames_of(clip.path, {0, 100, 200})

    bands = [frame[4:72].astype(int) for frame in frames.values()]
    assert all(np.abs(bands[0] - band).mean() < 6 for band in bands)


@pytest.mark.parametrize("width_px", [1080, 360])
@pytest.mark.parametrize("number", [335, 419])
def test_the_end_card_is_scanned_from_a_paused_phone(clip: MediaFile, width_px: int, number: int) -> None:
    frame = frames_of(clip.path, {number})[number]
    seen = cv2.resize(frame, (width_px, width_px * 16 // 9), interpolation=cv2.INTER_AREA)

    codes = zxingcpp.read_barcodes(seen)

    assert [code.text for code in codes] == ["HTTPS://CHOPHIEN.EXAMPLE/O/K7M2"]


def test_the_end_card_stands_still(clip: MediaFile) -> None:
    first, *others = frames_of(clip.path, {330, 360, 389, 390, 419}).values()

    assert all(np.abs(first.astype(int) - other.astype(int)).mean() < 2.0 for other in others)


def test_the_sound_is_as_loud_as_networks_ask(clip: MediaFile) -> None:
    loudness = measure(decode(clip.path, formats="mov", seconds=60))

    assert loudness.lufs == pytest.approx(-16, abs=1)
    assert loudness.true_peak_db <= -1.5


def test_the_same_product_gives_the_same_bytes(tmp_path: Path) -> None:
    spec = replace(POMELO, photos=(drawn_photo(tmp_path, 900, 1200),))
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()

    first, second = (render_clip(spec, folder, ignore, timeline=SHORT) for folder in folders)

    assert first.path.read_bytes() == second.path.read_bytes()


def test_a_busy_photo_is_encoded_more_coarsely_and_stays_small(tmp_path: Path) -> None:
    dice = np.random.default_rng(3)
    noise = cv2.resize(dice.integers(0, 256, (960, 540, 3), dtype=np.uint8), (1080, 1920))
    busy, plain = tmp_path / "busy.jpg", tmp_path / "plain.jpg"
    cv2.imwrite(str(busy), noise)
    cv2.imwrite(str(plain), cv2.GaussianBlur(noise, (0, 0), 20))

    sizes = [
        render_clip(replace(POMELO, photos=(photo,)), tmp_path, ignore, timeline=SHORT).bytes
        for photo in (busy, plain)
    ]

    # Nothing is busier than noise; left alone it would take eight times as much.
    assert sizes[1] < sizes[0] < 2_500_000


def test_progress_rises_to_one_in_some_dozens_of_steps(tmp_path: Path) -> None:
    told: list[float] = []

    render_clip(POMELO, tmp_path, told.append, timeline=SHORT)

    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert 20 <= len(told) <= 50


def test_a_photo_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no more")
    good = drawn_photo(tmp_path, 900, 1200)

    made = render_clip(replace(POMELO, photos=(broken, good)), tmp_path, ignore, timeline=SHORT)

    assert made.seconds == pytest.approx(4.8)
    assert frames_of(made.path, {0})[0][300:900].std() > 20


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "x264_options", lambda _: {"preset": "no such preset"})

    with pytest.raises(av.FFmpegError):
        render_clip(POMELO, tmp_path, ignore, timeline=SHORT)

    assert list(tmp_path.iterdir()) == []


def test_stopping_halfway_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(done: float) -> None:
        if done > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_clip(POMELO, tmp_path, stop, timeline=SHORT)

    assert list(tmp_path.iterdir()) == []
