"""Playlists say what is there, and go on after a restart."""

from __future__ import annotations

from pathlib import Path

from media.live.hls import FULL, LIVE, Playlists
from media.live.recording import Fragment

ZERO = 1_800_000_000.0


def played(folder: Path, part: int, first: int, count: int) -> Playlists:
    lists = Playlists(folder, part=part, head=b"head", zero=ZERO)
    for number in range(first, first + count):
        lists.add(Fragment(b"fragment", number * 2.0, number * 2.0 + 2), 4 + number * 8)
    return lists


def test_the_live_list_holds_the_last_half_minute(tmp_path: Path) -> None:
    played(tmp_path, 1, 0, 40)

    lines = (tmp_path / LIVE).read_text().splitlines()

    names = [line for line in lines if line.endswith(".m4s")]
    assert names == [f"segment-{number:06d}.m4s" for number in range(26, 41)]
    assert all((tmp_path / name).read_bytes() == b"fragment" for name in names)
    assert "#EXT-X-MEDIA-SEQUENCE:26" in lines
    assert '#EXT-X-MAP:URI="init-1.mp4"' in lines
    assert "#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:50.000Z" in lines
    assert "#EXT-X-ENDLIST" not in lines


def test_segments_leave_the_disk_a_while_after_the_list(tmp_path: Path) -> None:
    played(tmp_path, 1, 0, 100)

    numbers = sorted(int(path.stem[-6:]) for path in tmp_path.glob("segment-*"))

    assert numbers == list(range(56, 101))


def test_the_full_list_names_ranges_of_the_recording(tmp_path: Path) -> None:
    played(tmp_path, 1, 0, 2).close()

    text = (tmp_path / FULL).read_text()

    assert '#EXT-X-MAP:URI="recording-1.mp4",BYTERANGE="4@0"' in text
    assert "#EXTINF:2.000,\n#EXT-X-BYTERANGE:8@12\nrecording-1.mp4\n#EXT-X-ENDLIST\n" in text


def test_a_restart_is_a_discontinuity_with_a_header_of_its_own(tmp_path: Path) -> None:
    played(tmp_path, 1, 0, 3)

    played(tmp_path, 2, 5, 1)

    live, full = (tmp_path / LIVE).read_text(), (tmp_path / FULL).read_text()
    for text in (live, full):
        assert text.count("#EXT-X-DISCONTINUITY\n") == 1
        assert text.count("#EXT-X-MAP") == 2
    assert live.index("segment-000003.m4s") < live.index("#EXT-X-DISCONTINUITY\n") < live.index("init-2.mp4")
    assert "segment-000004.m4s" in live


def test_a_discontinuity_that_left_the_list_is_counted(tmp_path: Path) -> None:
    played(tmp_path, 1, 0, 1)

    played(tmp_path, 2, 5, 40)

    live = (tmp_path / LIVE).read_text()
    assert "#EXT-X-DISCONTINUITY-SEQUENCE:1\n" in live
    assert "#EXT-X-DISCONTINUITY\n" not in live
