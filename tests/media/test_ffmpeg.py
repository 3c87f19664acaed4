"""media.sounds.ffmpeg: nothing but plain files and the pipe, never for longer than allowed."""

from __future__ import annotations

from pathlib import Path

import ffmpeg
import numpy as np
import pytest

from media.sounds import ffmpeg as runner
from media.sounds.sound import RATE_HZ, decode, measure


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/voice.m4a", "concat:a.wav|b.wav", "subfile,,start,0,end,9,,:a.wav", "tcp://127.0.0.1:9"],
)
def test_an_address_instead_of_a_file_is_refused(address: str) -> None:
    graph = ffmpeg.input(address).output(runner.PIPE, format="null")

    with pytest.raises(runner.FfmpegError, match="not a file"):
        runner.run(graph, limit_seconds=5)


def test_a_playlist_that_names_an_address_opens_nothing(tmp_path: Path) -> None:
    playlist = tmp_path / "voice.m3u8"
    playlist.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    graph = ffmpeg.input(str(playlist)).output(runner.PIPE, format="null")

    with pytest.raises(runner.FfmpegError) as refused:
        runner.run(graph, limit_seconds=10)

    assert "not on whitelist" in refused.value.log


def test_a_list_of_other_files_is_not_read_as_sound(tmp_path: Path) -> None:
    (tmp_path / "secret.wav").write_bytes(b"RIFF")
    disguised = tmp_path / "voice.mp3"
    disguised.write_text("ffconcat version 1.0\nfile secret.wav\n")

    with pytest.raises(runner.FfmpegError):
        decode(disguised, formats="mov,mp3,ogg,wav", seconds=5)


def test_a_run_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    hour = tmp_path / "hour.raw"
    with hour.open("wb") as file:
        file.truncate(3600 * RATE_HZ * 4)
    graph = ffmpeg.input(str(hour), format="f32le", ar=RATE_HZ, ac=1, re=None).output(
        runner.PIPE, format="null"
    )

    with pytest.raises(runner.FfmpegError, match="more than 0.5 s"):
        runner.run(graph, limit_seconds=0.5)


def test_a_failure_keeps_what_ffmpeg_said(tmp_path: Path) -> None:
    empty = tmp_path / "empty.wav"
    empty.write_bytes(b"")

    with pytest.raises(runner.FfmpegError) as failed:
        runner.run(ffmpeg.input(str(empty)).output(runner.PIPE, format="null"), limit_seconds=5)

    assert "Invalid data" in failed.value.log


def test_a_full_scale_tone_measures_as_the_standard_says() -> None:
    time = np.arange(5 * RATE_HZ) / RATE_HZ
    tone = np.sin(2 * np.pi * 997 * time).astype(np.float32)

    loudness = measure(tone)

    # ITU-R BS.1770: a full-scale 997 Hz sine in one channel reads -3.01 LKFS.
    assert loudness.lufs == pytest.approx(-3.0, abs=0.15)
    assert loudness.true_peak_db == pytest.approx(0.0, abs=0.2)
