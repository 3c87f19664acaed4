"""The phone's own slices are kept whatever their order and whatever breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from media.live.originals import Log, assemble_all, form_of, header_of
from media.live.spec import is_recorder
from tests.media.live.phone import recorded

HEAD = b"\x1a\x45\xdf\xa3head"
CLUSTER = b"\x1f\x43\xb6\x75"


def test_slices_that_come_late_stand_in_their_place(tmp_path: Path) -> None:
    log = Log.open(tmp_path, "r1")
    for number, data in ((0, HEAD), (1, b"one"), (4, b"four"), (2, b"two"), (3, b"three")):
        log.keep(number, data)

    whole = log.assemble()

    assert whole == tmp_path / "original-r1.webm"
    assert whole.read_bytes() == HEAD + b"onetwothreefour"


def test_a_slice_sent_twice_is_kept_once(tmp_path: Path) -> None:
    log = Log.open(tmp_path, "r1")

    assert log.keep(0, HEAD)
    assert not log.keep(0, b"another")
    assert log.missing == []


def test_a_log_that_was_cut_off_loses_its_last_slice_only(tmp_path: Path) -> None:
    log = Log.open(tmp_path, "r1")
    log.keep(0, HEAD)
    log.keep(2, b"whole")
    log.keep(3, b"cut off")
    log.path.write_bytes(log.path.read_bytes()[:-3])

    found = Log.open(tmp_path, "r1")
    found.keep(4, b"later")

    assert sorted(found.places) == [0, 2, 4]
    assert found.missing == [1, 3]
    assert Log.open(tmp_path, "r1").places == found.places


def test_the_header_is_found_when_it_came_in_pieces(tmp_path: Path) -> None:
    log = Log.open(tmp_path, "r1")
    log.keep(0, HEAD)
    before = log.header()
    log.keep(1, b"tracks" + CLUSTER + b"pictures")

    assert before is None
    assert log.header() == HEAD + b"tracks"


@pytest.mark.parametrize("form", ["webm", "mp4"])
def test_a_recording_tells_its_form_and_header(form: str) -> None:
    whole = b"".join(recorded(0.6, form=form))

    header = header_of(whole)

    assert form_of(whole) == form
    assert header is not None
    assert 100 < len(header) < 4000


def test_a_recorders_name_never_leaves_the_folder() -> None:
    assert is_recorder("Ab-9_x")
    assert not any(is_recorder(name) for name in ("", "../x", "a/b", "a.b", "x" * 41, "ă"))


def test_a_recorder_set_up_anew_is_read_behind_its_newest_beginning(tmp_path: Path) -> None:
    first, second = recorded(0.5), recorded(0.5, form="matroska", codec="libx264")
    log = Log.open(tmp_path, "r1")
    for number, data in enumerate([*first, *second]):
        log.keep(number, data)

    again = Log.open(tmp_path, "r1")

    assert again.newest_beginning == log.newest_beginning == len(first)
    assert again.header(again.newest_beginning) == header_of(b"".join(second))
    assert again.header() == header_of(b"".join(first))


def test_logs_become_files_where_the_disk_has_room_for_the_copy(tmp_path: Path) -> None:
    slices = recorded(0.5)
    for name in ("r1", "r2"):
        log = Log.open(tmp_path, name)
        for number, data in enumerate(slices):
            log.keep(number, data)
    (tmp_path / "original-r1.part").write_bytes(b"of a process that was ended")

    without_room = assemble_all(tmp_path, leave_bytes=1 << 62)
    kept = sorted(path.name for path in tmp_path.iterdir())
    with_room = assemble_all(tmp_path)

    assert (without_room, kept) == (2, ["original-r1.slices", "original-r2.slices"])
    assert with_room == 0
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [b"".join(slices)] * 2
