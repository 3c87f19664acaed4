"""media.clips.captions: what the seller typed, in step with the voice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from media.clips.captions import caption_overlay, caption_top, split_captions, time_captions
from media.clips.clip import render_clip
from media.clips.planes import frame_buffer, to_rgb
from media.clips.scrim import contrast_over
from media.clips.words import SQUARE, TALL
from media.palette import palette
from media.sounds.sound import RATE_HZ
from media.sounds.voice import speech_runs
from tests.media.clip_specs import POMELO, frames_of
from tests.media.test_clip import ignore
from tests.media.test_voice import record, speech_like

SAID = "Nhà em còn mười hai cân, bà con đặt sớm nhé! Thịt trâu gác bếp hun khói ba tháng, thơm lắm."


def spoken(*seconds: float, pause: float = 0.6) -> np.ndarray:
    """Phrases of so many seconds with pauses between."""
    silence = np.zeros(round(pause * RATE_HZ), np.float32)
    parts = [part for length in seconds for part in (speech_like(length), silence)]
    return np.concatenate(parts[:-1])


def test_phrases_are_found_by_the_pauses_between_them() -> None:
    runs = speech_runs(spoken(2.0, 3.0))

    assert [round(end - start) for start, end in runs] == [2, 3]
    assert runs[1][0] == pytest.approx(2.6, abs=0.15)


def test_silence_has_no_phrases() -> None:
    assert speech_runs(np.zeros(RATE_HZ, np.float32)) == []
    assert speech_runs(np.zeros(0, np.float32)) == []


def test_a_text_is_broken_after_its_marks_into_two_lines_at_most() -> None:
    cards = split_captions(SAID)

    assert [" ".join(card) for card in cards] == [
        "Nhà em còn mười hai cân, bà con đặt sớm nhé!",
        "Thịt trâu gác bếp hun khói ba tháng, thơm lắm.",
    ]
    assert all(len(card) == 2 for card in cards)


@pytest.mark.parametrize("text", [SAID, "xoài " * 90, "Một", "  ", "!!!", "a" * 200])
def test_no_word_of_a_text_is_lost(text: str) -> None:
    cards = split_captions(text)

    assert [word for card in cards for line in card for word in line.split()] == (
        text.split() if text.strip(" !") else []
    )
    assert all(1 <= len(card) <= 2 for card in cards)


def test_captions_change_in_the_voices_pauses() -> None:
    first, second = time_captions(SAID, spoken(2.6, 3.0), voice_from=0.3)

    assert first.start == pytest.approx(0.3, abs=0.1)
    assert first.end == second.start == pytest.approx(0.3 + 2.6 + 0.3, abs=0.15)
    assert second.end == pytest.approx(0.3 + 6.2, abs=0.2)


@pytest.mark.parametrize("kind", ["grapefruit", "mango", "dried_meat", "other"])
def test_a_caption_is_read_over_white(kind: str) -> None:
    caption = time_captions(SAID, spoken(3.0), voice_from=0.3)[0]
    block, planes = frame_buffer(1080, 1920)
    planes.y[:], planes.u[:], planes.v[:] = 235, 128, 128
    overlay = caption_overlay(caption, kind, 230)

    overlay.lay(planes)

    height, width = overlay.colour.y.shape
    seen = to_rgb(planes)[230 : 230 + height, overlay.left : overlay.left + width]
    ground = seen[4:12, width // 2 - 40 : width // 2 + 40]
    assert contrast_over(ground, palette(kind).paper) >= 4.5
    assert 72 <= overlay.left and overlay.left + width <= 1080 - 72


def test_captions_leave_a_mounted_photo_free() -> None:
    assert caption_top(TALL, is_staged=False) == 230
    assert SQUARE.top + 90 < caption_top(SQUARE, is_staged=False) < SQUARE.top + 140
    assert all(840 < caption_top(sheet, is_staged=True) < 884 for sheet in (TALL, SQUARE))


def test_a_clip_shows_its_captions_while_the_voice_speaks(tmp_path: Path) -> None:
    voice = record(tmp_path / "voice.m4a", spoken(2.6, 3.0))
    clips = []
    for name, captions in (("with", SAID), ("without", None)):
        (tmp_path / name).mkdir()
        spec = replace(POMELO, voice=voice, captions=captions)
        clips.append(render_clip(spec, tmp_path / name, ignore).path)

    early, late = ([frames_of(clip, {at})[at][866:1006].astype(int) for clip in clips] for at in (60, 230))

    assert np.abs(early[0] - early[1]).mean() > 15
    assert np.abs(late[0] - late[1]).mean() < 4
