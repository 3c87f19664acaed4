"""media.clips.piece: any phone's video becomes a short, upright, silent MP4; what is none is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from media.clips.footage import Footage
from media.clips.piece import check_and_clean
from media.intake import LONGEST_PIECE_SECONDS, CleanPiece, UnsupportedVideo, VideoFault
from tests.media.clip_specs import boxes_of
from tests.media.test_footage import CODECS, HEIGHT, WIDTH, film, run

ROOT = Path(__file__).resolve().parents[2]
MOST_MEMORY_MB = 300
MEASURED = """
import sys
from pathlib import Path
from media.clips.piece import check_and_clean
check_and_clean(Path(sys.argv[1]), Path(sys.argv[2]))
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""The peak in MB. Not ru_maxrss: that begins with what the parent held when it forked."""


def frames_in(piece: CleanPiece) -> list[np.ndarray]:
    """Every frame, RGB."""
    with av.open(str(piece.path)) as opened:
        return [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]


def cleaned(source: Path, folder: Path) -> CleanPiece:
    """The piece, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    return check_and_clean(source, folder)


def fault_of(source: Path, folder: Path) -> str:
    """Why it is refused; nothing of it stays."""
    folder.mkdir(exist_ok=True)
    with pytest.raises(UnsupportedVideo) as refused:
        check_and_clean(source, folder)
    assert list(folder.iterdir()) == []
    return str(refused.value.reason)


@pytest.mark.parametrize("name", sorted(CODECS))
def test_any_phones_video_becomes_h264_of_thirty_even_frames_in_its_colours(tmp_path: Path, name: str) -> None:
    piece = cleaned(film(tmp_path / name), tmp_path / "out")

    with av.open(str(piece.path)) as opened:
        (stream,) = opened.streams
        times = [frame.pts * frame.time_base for frame in opened.decode(stream)]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
    assert (piece.width_px, piece.height_px) == (WIDTH, HEIGHT)
    assert [float(later - earlier) for earlier, later in zip(times, times[1:], strict=False)] == pytest.approx(
        [1 / 30] * (len(times) - 1), abs=1e-4)
    assert piece.seconds == pytest.approx(2.0, abs=0.05) and len(times) == round(piece.seconds * 30)
    first = frames_in(piece)[0]
    assert np.abs(first[90, 260].astype(int) - (200, 20, 20)).max() < 20
    assert piece.path.name == f"{piece.sha256}.mp4" and piece.path.stat().st_size == piece.bytes


@pytest.mark.parametrize(("turned", "red"), [(90, "top"), (-90, "bottom"), (180, "left")])
def test_a_turned_phone_gives_an_upright_piece_without_a_mark(tmp_path: Path, turned: int, red: str) -> None:
    piece = cleaned(film(tmp_path / "phone.mp4", turned=turned), tmp_path / "out")

    seen = frames_in(piece)[0]

    wide, high = (HEIGHT, WIDTH) if turned in (90, -90) else (WIDTH, HEIGHT)
    places = {"top": (high // 8, wide // 2), "bottom": (high * 7 // 8, wide // 2), "left": (high // 2, wide // 8)}
    assert seen.shape == (high, wide, 3)
    assert seen[places[red]][0] > 150 > 60 > seen[places[red]][1]
    with av.open(str(piece.path)) as opened:
        assert next(opened.decode(video=0)).rotation == 0


def test_an_uneven_pace_is_kept_in_even_frames(tmp_path: Path) -> None:
    uneven = ("-vf", "setpts='if(lt(N,15),N,15+3*(N-15))/15/TB'", "-fps_mode", "vfr")
    piece = cleaned(film(tmp_path / "phone.mp4", options=uneven), tmp_path / "out")

    frames = frames_in(piece)

    brightness = [float(frames[round(at * 30)][90, 60].mean()) for at in (0.0, 1.0, 2.0, 3.7)]
    assert brightness == pytest.approx([60, 120, 140, 172], abs=14)
    assert piece.seconds == pytest.approx(4.0, abs=0.2)


def test_the_first_eight_seconds_are_kept(tmp_path: Path) -> None:
    piece = cleaned(film(tmp_path / "phone.mp4", seconds=12), tmp_path / "out")

    assert piece.seconds == LONGEST_PIECE_SECONDS
    assert len(frames_in(piece)) == 240


@pytest.mark.parametrize(("size", "turned", "kept"), [
    ("2560x1440", 0, (1920, 1080)), ("2560x1440", 90, (1080, 1920)), ("1600x1600", 0, (1080, 1080)),
    ("640x360", 0, (640, 360)), ("1921x181", 0, (1920, 180)),
])
def test_a_piece_is_made_smaller_but_never_larger(tmp_path: Path, size: str, turned: int, kept: tuple[int, int]) -> None:
    plain, source = tmp_path / "plain.mp4", tmp_path / "turned.mp4"
    run("-f", "lavfi", "-i", f"testsrc2=s={size}:r=10", "-t", "0.8", "-c:v", "libx264", "-preset", "ultrafast",
        "-pix_fmt", "yuv444p", str(plain))
    run("-display_rotation:v:0", str(turned), "-i", str(plain), "-c", "copy", str(source))

    piece = cleaned(source, tmp_path / "out")

    assert (piece.width_px, piece.height_px) == kept


def test_sound_place_date_and_name_are_gone(tmp_path: Path) -> None:
    source = tmp_path / "told.mov"
    run("-i", str(film(tmp_path / "phone.mp4")), "-f", "lavfi", "-i", "sine=440", "-shortest", "-c:v", "copy",
        "-c:a", "aac", "-metadata", "location=+21.3860+103.0230/", "-metadata", "title=Nhà Lò Thị Xuân",
        "-metadata", "creation_time=2026-10-01T06:00:00Z", "-metadata", "com.android.model=SM-A107F",
        "-movflags", "use_metadata_tags", str(source))
    assert b"+21.3860" in source.read_bytes()

    piece = cleaned(source, tmp_path / "out")

    content = piece.path.read_bytes()
    assert not [word for word in (b"21.38", "Xuân".encode(), b"2026", b"SM-A107F", b"\xa9xyz", b"Lavf") if word in content]
    with av.open(str(piece.path)) as opened:
        assert [stream.type for stream in opened.streams] == ["video"]
    assert boxes_of(piece.path)[:2] == ["ftyp", "moov"]


def test_the_same_video_gives_the_same_bytes_and_the_clip_can_play_them(tmp_path: Path) -> None:
    source = film(tmp_path / "phone.mp4", turned=90)

    first, second = cleaned(source, tmp_path / "a"), cleaned(source, tmp_path / "b")

    assert first.path.read_bytes() == second.path.read_bytes()
    assert Footage(first.path, 180, 320).at(1.0).y.shape == (320, 180)


def test_a_video_that_breaks_off_is_kept_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = film(tmp_path / "recorded.webm", seconds=6)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    piece = cleaned(whole, tmp_path / "out")

    assert 0.5 < piece.seconds < 6


@pytest.mark.parametrize("content", [b"", b"<!doctype html><html>no video</html>", bytes(4000),
                                     b"\x00\x00\x00\x20ftypmp42" + bytes(400), b"#EXTM3U\nhttp://127.0.0.1:9/a.ts\n"])
def test_what_is_no_video_is_refused_and_nothing_stays(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "video.mp4"
    source.write_bytes(content)

    assert fault_of(source, tmp_path / "out") == VideoFault.NOT_A_VIDEO


def test_an_mp4_that_was_cut_before_its_index_is_refused(tmp_path: Path) -> None:
    cut = film(tmp_path / "phone.mp4")
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])

    assert fault_of(cut, tmp_path / "out") == VideoFault.NOT_A_VIDEO


def test_hours_moments_and_strips_are_refused_by_name(tmp_path: Path) -> None:
    slow = ("-vf", "setpts=N*400/TB", "-fps_mode", "vfr")
    hours = film(tmp_path / "phone.mp4", seconds=0.4, options=slow)
    moment = film(tmp_path / "phone.mov", seconds=0.2)
    strip = tmp_path / "strip.mp4"
    run("-f", "lavfi", "-i", "testsrc2=s=4096x160:r=10", "-t", "1", "-c:v", "libx264", "-preset", "ultrafast", str(strip))

    faults = [fault_of(source, tmp_path / "out") for source in (hours, moment, strip)]

    assert faults == [VideoFault.TOO_LONG, VideoFault.TOO_SHORT, VideoFault.TOO_SMALL]


def test_a_long_busy_video_in_full_hd_stays_within_the_memory(tmp_path: Path) -> None:
    source = tmp_path / "busy.mp4"
    run("-f", "lavfi", "-i", "mandelbrot=s=1920x1080:r=30", "-t", "3", "-c:v", "libx264", "-preset", "ultrafast",
        "-pix_fmt", "yuv420p", str(source))

    done = subprocess.run([sys.executable, "-c", MEASURED, str(source), str(tmp_path)], cwd=ROOT, check=True,
                          capture_output=True, text=True, timeout=120)

    assert int(done.stdout) < MOST_MEMORY_MB
