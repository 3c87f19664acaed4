"""After a show: it is cut by itself, the household alone fetches it, and it goes when its time or its room is over."""

from __future__ import annotations

import io
import json
from pathlib import Path

import av

from catalog.live.shows.cutting import FULL, OVER
from catalog.live.shows.keeping import DAY_MS, RECORDING_DAYS, WARNED_MS, forget_pictures, going_of, make_room
from catalog.live.shows.queries import SQL, note
from catalog.storage.database import now_ms
from media.live.originals import Log
from tests.cast import Cast
from tests.listings.stall import rows, wait_for
from tests.live.airing import Airing, go_on_air
from tests.live.filmed import end_show, film_show, set_clock
from tests.media.live.filming import film
from tests.media.live.phone import recorded


async def is_cut(airing: Airing) -> bool:
    show = await airing.show()
    async with airing.cast.shop.db.read() as connection:
        return await SQL.recording(connection, show_id=show.id) is not None


async def cut(airing: Airing, *, ago_ms: int = 0) -> None:
    await end_show(airing, ago_ms=ago_ms)
    await wait_for(lambda: is_cut(airing))


async def test_the_end_of_a_show_cuts_the_whole_and_the_piece_of_each_pin(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder = await film_show(airing)

    await cut(airing)

    recording = await cast.farmer.get(f"{airing.room}/recording.mp4")
    pieces = [await cast.farmer.get(f"{airing.room}/pieces/{number}.mp4") for number in (0, 1)]
    with av.open(io.BytesIO(recording.content)) as whole:
        titles = [chapter["metadata"]["title"] for chapter in whole.chapters()]
        seconds = [whole.duration / 1e6]
    for piece in pieces:
        with av.open(io.BytesIO(piece.content)) as file:
            seconds.append(file.duration / 1e6)
    assert titles == [f"A1 · {airing.meat.name}", f"A2 · {airing.pomelo.name}"]
    assert [round(one) for one in seconds] == [12, 5, 6]
    assert "attachment" in recording.headers["content-disposition"]
    assert sorted(path.name for path in folder.glob("*.mp4")) == [
        "init-1.mp4",
        "piece-0.mp4",
        "piece-1.mp4",
        "whole.mp4",
    ]
    assert list(folder.glob("segment-*.m4s"))  # viewers are some seconds behind


async def test_nobody_else_fetches_a_recording(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder = await film_show(airing, 5.0, ((0.0, "A1"),))
    (folder / "original-phone.webm").write_bytes(b"webm")
    await cut(airing)

    for path in ("recording.mp4", "pieces/0.mp4", "originals/0"):
        answers = [(await client.get(f"{airing.room}/{path}")).status_code
                   for client in (cast.farmer, cast.helper, cast.neighbour, cast.buyer)]
        assert answers == [200, 200, 404, 404]
    for path in ("pieces/1.mp4", "pieces/x.mp4", "originals/1", "originals/-1"):
        assert (await cast.farmer.get(f"{airing.room}/{path}")).status_code == 404


async def test_what_a_phone_has_sent_becomes_a_file_after_the_show(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder, slices = await film_show(airing, 5.0, ((0.0, "A1"),)), recorded(1)
    log = Log.open(folder, "phone")
    for number in (*range(2, len(slices)), 0, 1):
        log.keep(number, slices[number])

    await cut(airing)
    await wait_for(lambda: is_gathered(folder))

    assert (await cast.farmer.get(f"{airing.room}/originals/0")).content == b"".join(slices)


async def is_gathered(folder: Path) -> bool:
    """Whether nothing waits to be put in order."""
    return not list(folder.glob("original-*.slices"))


async def test_a_show_on_which_no_card_was_laid_is_whole_without_pieces(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await film_show(airing, 4.0, ())

    await cut(airing)

    assert (await cast.farmer.get(f"{airing.room}/recording.mp4")).status_code == 200
    assert (await cast.farmer.get(f"{airing.room}/pieces/0.mp4")).status_code == 404
    assert (await cast.farmer.get(airing.room)).status_code == 200


async def test_a_show_over_a_restart_is_joined_and_a_pin_laid_anew_is_one_piece(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder = await film_show(airing, 4.0, ((1.0, "A1"),))
    film(folder, 4.0, (9.0,), begin=9.0, finish=False)
    async with cast.shop.db.write() as connection:
        await note(connection, (await airing.show()).id, "shown", pin="A1", seconds=9.0)

    await cut(airing, ago_ms=60_000)

    async with cast.shop.db.read() as connection:
        pieces = await SQL.pieces(connection, show_id=(await airing.show()).id)
    assert [(row["pin"], round(row["seconds"])) for row in pieces] == [("A1", 5)]


async def test_each_product_that_was_seen_long_enough_becomes_a_draft_of_a_clip(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder = await film_show(airing, 16.0, ((0.0, "A1"), (4.0, "A2")))
    set_clock(folder, begun_ago=0.0)
    async with cast.shop.db.write() as connection:
        await SQL.change_item(
            connection, show_id=(await airing.show()).id, pin="A2", points="Hái sáng nay\n\n Ruột hồng ", flash_vnd=None
        )

    await cut(airing, ago_ms=-16_000)

    (clip,) = await rows(cast, "SELECT * FROM filmed_clips")
    report = await cast.farmer.get(airing.room)
    assert clip["listing_id"] == airing.pomelo.id and json.loads(clip["lines"]) == ["Hái sáng nay", "Ruột hồng"]
    assert "Clip để đăng" in report.text and f"/filmed/{clip['id']}" in report.text
    assert not (folder / "take.mp4").exists()


async def test_files_that_are_still_being_written_are_waited_for(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder = await film_show(airing)
    playlist = (folder / FULL).read_text()
    (folder / FULL).write_text(playlist.replace(OVER, ""))

    await end_show(airing)
    page = await cast.farmer.get(airing.room)
    too_soon = await cast.farmer.get(f"{airing.room}/recording.mp4")
    (folder / FULL).write_text(playlist)
    await wait_for(lambda: is_cut(airing))

    assert "Đang cắt hình" in page.text and too_soon.status_code == 404
    assert "Đang cắt hình" not in (await cast.farmer.get(airing.room)).text


async def test_a_recording_that_can_not_be_cut_is_not_called_nearly_done_for_ever(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder = await film_show(airing, 4.0, ((0.0, "A1"),))
    for path in folder.glob("recording-*.mp4"):
        path.write_bytes(b"\x00" * 4000)

    await end_show(airing, ago_ms=3600_000)

    assert "Chưa cắt được hình" in (await cast.farmer.get(airing.room)).text


async def test_a_show_that_nobody_filmed_has_no_recording(cast: Cast) -> None:
    airing = await go_on_air(cast)

    await end_show(airing)

    assert "Hình đã quay" not in (await cast.farmer.get(airing.room)).text


async def test_recordings_go_after_their_days(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder = await film_show(airing, 5.0, ((0.0, "A1"),))
    await cut(airing)

    early = await forget_pictures(cast.shop, now=now_ms() + (RECORDING_DAYS - 1) * DAY_MS)
    late = await forget_pictures(cast.shop, now=now_ms() + (RECORDING_DAYS + 1) * DAY_MS)

    assert (early, late) == (0, 1) and not folder.exists()
    assert (await cast.farmer.get(f"{airing.room}/recording.mp4")).status_code == 404
    assert "Hình đã quay" not in (await cast.farmer.get(airing.room)).text


async def test_a_recording_that_must_make_room_is_told_so_two_days_before(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder = await film_show(airing, 5.0, ((0.0, "A1"),))
    await cut(airing)

    await make_room(cast.shop, least_free=1 << 60)
    told = await cast.farmer.get(airing.room)
    listed = await cast.farmer.get(f"{cast.stall}/shows")
    early = await forget_pictures(cast.shop)
    await make_room(cast.shop, least_free=0)
    spared = await forget_pictures(cast.shop, now=now_ms() + WARNED_MS + 1)
    await make_room(cast.shop, least_free=1 << 60)
    gone = await forget_pictures(cast.shop, now=now_ms() + WARNED_MS + 1)

    assert "Hết chỗ giữ hình" in told.text and "Xoá hình" in listed.text
    assert (early, spared, gone) == (0, 0, 1) and not folder.exists()


def test_the_oldest_of_a_household_go_first_and_the_newest_stays_however_large() -> None:
    shows = [("d", "xuân"), ("c", "thào"), ("b", "xuân"), ("a", "xuân")]
    sizes = {"a": 3, "b": 3, "c": 90, "d": 3}

    assert going_of(shows, sizes, lacking=0, most_bytes=10) == set()
    assert going_of(shows, sizes, lacking=0, most_bytes=6) == {"a"}
    assert going_of(shows, sizes, lacking=5, most_bytes=10) == {"a", "b"}
    assert going_of(shows, sizes, lacking=5, most_bytes=6) == {"a", "b"}


async def test_the_household_gives_its_pictures_up_at_once_and_nobody_else(cast: Cast) -> None:
    airing = await go_on_air(cast)
    folder = await film_show(airing, 5.0, ((0.0, "A1"),))
    remove = f"{airing.room}/recording/remove"
    too_soon = await cast.farmer.post(remove)
    await cut(airing)

    strangers = [await browser.post(remove) for browser in (cast.neighbour, cast.buyer, cast.helper)]
    stayed = folder.is_dir()
    removed = await cast.farmer.post(remove)
    again = await cast.farmer.post(remove)

    assert too_soon.status_code == 409 and all(answer.status_code in (303, 401, 403, 404) for answer in strangers)
    assert stayed and not folder.exists() and removed.status_code == again.status_code == 303
    assert (await cast.farmer.get(f"{airing.room}/recording.mp4")).status_code == 404
    assert "Hình đã quay" not in (await cast.farmer.get(airing.room)).text
    assert [row["verb"] for row in await rows(cast, "SELECT verb FROM audit")].count("xoá hình buổi phát") == 1
