"""The clip of a stretch of a show: its own picture and sound, words, captions, the end card."""

from __future__ import annotations

import io
from itertools import groupby
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from media.cards.pinned import PinnedSpec, draw_pinned
from media.clips.aired import LEAST_SECONDS, picture_in, plan_aired, render_aired, window_of
from media.clips.captions import spread_captions
from media.clips.footage import VideoError
from media.clips.shots import STAGE_END_PX
from media.clips.words import HEIGHT_PX, WIDTH_PX
from media.lettering.text import Box
from media.live.compositor import Compositor
from media.live.pieces import cut
from media.live.spec import COVERED_FOOT, LiveSpec
from media.sounds.aired import last_pause, own_sound
from media.sounds.sound import RATE_HZ, TARGET_LUFS, measure
from media.spec import MediaFile, Take
from tests.media.clip_specs import POMELO, frames_of
from tests.media.live.filming import FOOT, SHOTS, film

SECONDS, CHANGE = 6.0, 3.0
LINES = ("Hái sáng nay ở vườn sau nhà",)


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Take:
    folder = tmp_path_factory.mktemp("show")
    film(folder, SECONDS, (CHANGE,), foot=COVERED_FOOT)
    cut(folder, 0, SECONDS, folder / "take.mp4")
    return Take(folder / "take.mp4", LINES, COVERED_FOOT)


@pytest.fixture(scope="module")
def clip(take: Take) -> MediaFile:
    return render_aired(POMELO, take, take.path.parent, lambda share: None)


@pytest.fixture(scope="module")
def seen(clip: MediaFile) -> dict[int, np.ndarray]:
    return frames_of(clip.path, {60, 85, 95, 120, round(clip.seconds * 30) - 15})


def test_it_is_upright_and_as_long_as_the_stretch_and_the_end_card(clip: MediaFile) -> None:
    assert (clip.width, clip.height, clip.seconds) == (WIDTH_PX, HEIGHT_PX, SECONDS + 3.0)


def test_the_shows_own_picture_plays_in_its_own_time(seen: dict[int, np.ndarray]) -> None:
    for number, shot in ((60, 0), (85, 0), (95, 1), (120, 1)):
        assert np.abs(seen[number][560:600, 40:200].mean(axis=(0, 1)) - SHOTS[shot]).max() < 20


def test_no_picture_is_dropped_or_doubled(clip: MediaFile) -> None:
    shown = frames_of(clip.path, set(range(30, 85)))

    bars = [
        int(np.argmax(picture[400].astype(int).sum(axis=1))) // 12 for picture in shown.values()
    ]  # it moves by 24 px
    runs = [len(list(run)) for _, run in groupby(bars)]
    assert set(runs[1:-1]) == {3}


def test_what_the_shows_card_covered_is_not_shown(seen: dict[int, np.ndarray]) -> None:
    purple = np.array(FOOT)

    for picture in seen.values():
        assert (np.abs(picture.astype(int) - purple).max(axis=2) < 60).mean() < 0.001


def test_the_sound_keeps_time_with_the_picture_at_the_usual_loudness(clip: MediaFile) -> None:
    sound = own_sound(clip.path, most_seconds=clip.seconds)

    def heard(at: float) -> float:
        return float(np.sqrt((sound[round((at - 0.05) * RATE_HZ) : round((at + 0.05) * RATE_HZ)] ** 2).mean()))

    assert heard(2.6) > 20 * heard(2.85) and heard(3.1) > 20 * heard(2.85)
    assert heard(8.0) > 5 * heard(2.85)  # music on the end card
    assert abs(measure(sound).lufs - TARGET_LUFS) < 1


def test_the_household_s_line_is_a_caption_over_the_picture(seen: dict[int, np.ndarray]) -> None:
    strip = seen[60][232:300, 400:680].astype(int)

    bare = np.abs(strip - SHOTS[0]).max(axis=2) < 30
    assert bare.mean() < 0.3


def test_the_end_card_s_code_carries_the_order_link(seen: dict[int, np.ndarray], clip: MediaFile) -> None:
    card = seen[round(clip.seconds * 30) - 15]

    text, _, _ = cv2.QRCodeDetector().detectAndDecode(cv2.cvtColor(card, cv2.COLOR_RGB2BGR))

    assert text.lower() == POMELO.order_link.lower()


def test_black_bars_and_the_covered_foot_are_no_picture() -> None:
    night = np.full((1280, 720), 16, np.uint8)
    lying = night.copy()
    lying[438:842] = 120
    upright = np.full((1280, 720), 120, np.uint8)
    narrow = night.copy()
    narrow[:, 90:630] = 120

    assert picture_in([night], covered=0.2) == Box(0, 0, 720, 1024)
    assert picture_in([upright], covered=0.2) == Box(0, 0, 720, 1024)
    assert picture_in([lying, night], covered=0.2) == Box(0, 440, 720, 840)
    assert picture_in([narrow], covered=0.2) == Box(92, 0, 628, 1024)


def test_a_lying_picture_stands_on_cloth_above_the_words_and_an_upright_one_fills_the_width() -> None:
    lying, upright = window_of(Box(0, 440, 536, 840), is_staged=True), window_of(Box(0, 0, 720, 1024), is_staged=False)

    assert lying.width == upright.width == WIDTH_PX
    assert lying.bottom <= STAGE_END_PX and upright.bottom > 1500


def test_a_long_stretch_ends_where_the_speaker_pauses() -> None:
    at = np.arange(30 * RATE_HZ) / RATE_HZ
    speech = (0.3 * np.sin(2 * np.pi * 180 * at) * (at % 8 < 7)).astype(np.float32)

    assert abs(last_pause(speech, least_seconds=LEAST_SECONDS) - 23.5) < 0.3
    assert last_pause(speech[: 22 * RATE_HZ], least_seconds=LEAST_SECONDS) == 22.0


def test_captions_stand_long_enough_to_be_read_and_never_over_each_other() -> None:
    captions = spread_captions(
        ("Hái sáng nay", "Cây trồng từ năm 2012, không phun thuốc trước khi hái 20 ngày"), begin=1, end=30
    )

    assert [caption.start for caption in captions] == sorted(caption.start for caption in captions)
    assert all(soon.end <= late.start for soon, late in zip(captions, captions[1:], strict=False))
    assert all(
        caption.end - caption.start >= 0.4 * sum(len(line.split()) for line in caption.lines) for caption in captions
    )


def test_what_is_no_video_or_over_at_once_is_refused(tmp_path: Path) -> None:
    (tmp_path / "noise.mp4").write_bytes(b"\x00" * 5000)
    film(tmp_path, 2.0, ())
    cut(tmp_path, 0, 2.0, tmp_path / "short.mp4")

    for name in ("noise.mp4", "short.mp4"):
        with pytest.raises(VideoError):
            plan_aired(Take(tmp_path / name))


def test_the_share_that_a_card_covers_is_the_share_that_is_told() -> None:
    spec = LiveSpec(Path())
    card = io.BytesIO()
    draw_pinned(
        PinnedSpec("A1", "Bưởi", "grapefruit", 25_000, "kg", "Còn 3 kg", "HTTPS://CHOPHIEN.EXAMPLE/O/K7M2/L")
    ).save(card, "PNG")
    drawn = Compositor(spec)
    picture = av.VideoFrame.from_ndarray(np.zeros((1280, 720, 3), np.uint8), format="rgb24").reformat(format="yuv420p")
    drawn.show(picture)
    drawn.pin(card.getvalue())

    rows = np.flatnonzero(drawn.frame.to_ndarray()[:1280].max(axis=1) > 40)

    assert 0 <= rows[0] - 1280 * (1 - COVERED_FOOT) < 16
