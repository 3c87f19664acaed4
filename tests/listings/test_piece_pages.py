"""Pieces of video: taken in, watched, put into the clip, given up; and what is no video."""

from __future__ import annotations

import asyncio
from pathlib import Path

import av
import httpx
import pytest

from catalog.listings import piece_pages, pieces
from catalog.listings.queries import listing_by_code, parts_of_listing
from catalog.listings.specs import card_spec, spec_key
from catalog.web.locale import current, say
from media.intake import VideoFault
from tests.cast import Cast
from tests.listings.stall import kept_files, listing_row, plain_photo, rows, sell, sent_photo, wait_for
from tests.media.test_footage import film

CLIP_SECONDS = 90
HTML = b"<!doctype html><html>no video</html>"


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Four phones' videos, each another."""
    folder = tmp_path_factory.mktemp("videos")
    return [film(folder / "phone.mp4", seconds=seconds, turned=90).read_bytes() for seconds in (1.0, 1.4, 1.8, 2.2)]


async def send(cast: Cast, client: httpx.AsyncClient, code: str, content: bytes, *, key: str = "") -> httpx.Response:
    """The answer to a video sent as piece.js sends it."""
    return await client.post(f"{cast.stall}/listings/{code}/pieces/upload", data={"upload_key": key},
                             files={"piece": ("quay.mp4", content, "video/mp4")}, headers={"Sec-Fetch-Dest": "empty"})


async def choose(cast: Cast, code: str, content: bytes, name: str = "quay.mp4") -> httpx.Response:
    """The answer to the form sent without script."""
    return await cast.farmer.post(f"{cast.stall}/listings/{code}/pieces", files={"piece": (name, content, "video/mp4")})


async def page_of(cast: Cast, code: str, path: str = "/pieces") -> str:
    """The page as the farmer sees it."""
    return (await cast.farmer.get(f"{cast.stall}/listings/{code}{path}")).text


def kept_videos(cast: Cast) -> list[Path]:
    """The kept files that are pieces; clips are not made while these tests look."""
    return [path for path in kept_files(cast) if path.suffix == ".mp4"]


async def test_a_video_is_kept_watched_in_parts_and_promises_a_new_clip(cast: Cast, videos: list[bytes]) -> None:
    code = await sell(cast, cast.farmer)
    before = (await listing_row(cast, code))["render_key"]

    answer = await send(cast, cast.farmer, code, videos[0])

    assert answer.status_code == 201, answer.text
    assert answer.json()["seconds"] == pytest.approx(1, abs=0.1)
    seen = await cast.farmer.get(answer.json()["url"], headers={"Range": "bytes=0-11"})
    assert (seen.status_code, seen.headers["content-type"]) == (206, "video/mp4") and seen.content[4:8] == b"ftyp"
    assert "private" in seen.headers["cache-control"]
    row = await listing_row(cast, code)
    assert row["render_key"] != before
    (job,) = await rows(cast, "SELECT state FROM jobs WHERE job_key = ?", f"{row['render_key']}:clip")
    assert job["state"] in ("queued", "running", "done")


async def test_the_clips_spec_holds_the_pieces_in_their_order_wherever_they_lie(cast: Cast, videos: list[bytes]) -> None:
    code = await sell(cast, cast.farmer)
    for video in videos[:2]:
        await send(cast, cast.farmer, code, video)
    async with cast.shop.db.read() as connection:
        listing = await listing_by_code(connection, code)
        assert listing is not None
        parts = await parts_of_listing(connection, listing.id)

    here, there = (card_spec(listing, cast.household, parts, public_url="https://a", stock_said="", folder=folder)
                   for folder in (None, cast.shop.objects.folder))

    assert [path.name for path in here.videos] == [piece.object_key for piece in parts.pieces]
    assert all(path.is_file() for path in there.videos)
    assert [piece.seconds for piece in parts.pieces] == pytest.approx([1.0, 1.4], abs=0.1)
    assert spec_key(here) == spec_key(there)


async def test_the_clip_shows_the_piece(cast: Cast, videos: list[bytes]) -> None:
    code = await sell(cast, cast.farmer, photos=[await sent_photo(cast, plain_photo("#338833"))])
    await send(cast, cast.farmer, code, videos[3])
    key = (await listing_row(cast, code))["render_key"]

    async def made() -> bool:
        return bool(await rows(cast, "SELECT 1 FROM media_files WHERE role = 'clip' AND spec_key = ?", key))
    await wait_for(made, seconds=CLIP_SECONDS)

    (clip,) = await rows(cast, "SELECT * FROM media_files WHERE role = 'clip' AND spec_key = ?", key)
    with av.open(str(cast.shop.objects.path(clip["object_key"]))) as opened:
        middles = [frame.to_ndarray(format="rgb24")[300:900, 400:700].mean(axis=(0, 1)) for number, frame
                   in enumerate(opened.decode(video=0)) if number % 30 == 15]
    assert clip["left_out"] == ""
    assert any(red > green + 60 for red, green, _ in middles)


async def test_the_same_key_and_the_same_video_are_kept_once(cast: Cast, videos: list[bytes]) -> None:
    code = await sell(cast, cast.farmer)

    first, again = [await send(cast, cast.farmer, code, videos[0], key="k1") for _ in range(2)]
    other_key = await send(cast, cast.farmer, code, videos[0], key="k2")

    assert first.json() == again.json() == other_key.json()
    assert len(await rows(cast, "SELECT id FROM pieces")) == 1


async def test_three_at_once_are_kept_and_the_fourth_is_told_what_to_do(cast: Cast, videos: list[bytes]) -> None:
    code = await sell(cast, cast.farmer)

    answers = await asyncio.gather(*(send(cast, cast.farmer, code, video) for video in videos))

    assert sorted(answer.status_code for answer in answers) == [201, 201, 201, 409]
    (refused,) = [answer for answer in answers if answer.status_code == 409]
    assert "Bỏ bớt một đoạn" in refused.json()["detail"]
    kept = await rows(cast, "SELECT object_key, position FROM pieces ORDER BY position")
    assert [row["position"] for row in kept] == [1, 2, 3]
    names = {path.name for path in kept_videos(cast)}
    assert {row["object_key"] for row in kept} <= names
    page = await page_of(cast, code)
    assert page.count("<video muted playsinline controls preload=\"none\"") == 3
    assert "Đã đủ 3 đoạn" in page and "type=\"file\"" not in page


async def test_a_piece_that_is_removed_leaves_no_file_and_is_asked_for_no_more(cast: Cast, videos: list[bytes]) -> None:
    code = await sell(cast, cast.farmer)
    sent = (await send(cast, cast.farmer, code, videos[0])).json()
    (kept,) = await rows(cast, "SELECT object_key FROM pieces")
    with_it = (await listing_row(cast, code))["render_key"]

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/pieces/{sent['id']}/remove")
    again = await cast.farmer.post(f"{cast.stall}/listings/{code}/pieces/{sent['id']}/remove")

    assert (answer.status_code, again.status_code) == (303, 404)
    assert await rows(cast, "SELECT id FROM pieces") == []
    assert kept["object_key"] not in {path.name for path in kept_files(cast)}
    assert (await cast.farmer.get(sent["url"])).status_code == 404
    assert (await listing_row(cast, code))["render_key"] != with_it


async def test_a_file_that_two_listings_show_stays_until_both_have_given_it_up(cast: Cast, videos: list[bytes]) -> None:
    codes = [await sell(cast, cast.farmer), await sell(cast, cast.farmer, name="Bưởi Diễn")]
    sent = [(await send(cast, cast.farmer, code, videos[0], key="k")).json() for code in codes]
    (key,) = {row["object_key"] for row in await rows(cast, "SELECT object_key FROM pieces")}

    await cast.farmer.post(f"{cast.stall}/listings/{codes[0]}/pieces/{sent[0]['id']}/remove")
    while_one_shows_it = key in {path.name for path in kept_files(cast)}
    await cast.farmer.post(f"{cast.stall}/listings/{codes[1]}/pieces/{sent[1]['id']}/remove")

    assert while_one_shows_it
    assert key not in {path.name for path in kept_files(cast)}


@pytest.mark.parametrize("content", [b"", HTML, bytes(4000), b"\x00\x00\x00\x20ftypmp42" + bytes(400)])
async def test_what_is_no_video_is_refused_with_what_to_do_and_nothing_stays(cast: Cast, content: bytes) -> None:
    code = await sell(cast, cast.farmer)

    answer = await send(cast, cast.farmer, code, content)

    assert answer.status_code == 415
    assert "không phải đoạn quay" in answer.json()["detail"] and "mp4, mov, 3gp" in answer.json()["detail"]
    assert await rows(cast, "SELECT id FROM pieces") == []
    assert not any(path.name == "upload" for path in cast.shop.scratch.rglob("*"))


async def test_hours_and_moments_are_told_apart(cast: Cast, tmp_path: Path) -> None:
    code = await sell(cast, cast.farmer)
    slow = ("-vf", "setpts=N*400/TB", "-fps_mode", "vfr")
    hours = film(tmp_path / "phone.mp4", seconds=0.4, options=slow).read_bytes()
    moment = film(tmp_path / "phone.mov", seconds=0.2).read_bytes()

    answers = [await send(cast, cast.farmer, code, content) for content in (hours, moment)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "dài quá 10 phút" in answers[0].json()["detail"]
    assert "ngắn quá" in answers[1].json()["detail"]


async def test_too_many_bytes_are_refused_before_and_while_they_come(
        cast: Cast, videos: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    code = await sell(cast, cast.farmer)
    declared = await cast.farmer.post(
        f"{cast.stall}/listings/{code}/pieces/upload", content=b"", headers={
            "Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(piece_pages.LARGE_BODIES[0][1] + 1),
            "Sec-Fetch-Dest": "empty"})
    monkeypatch.setattr(pieces, "MAX_PIECE_BYTES", 1000)

    counted = await send(cast, cast.farmer, code, videos[0])

    assert (declared.status_code, counted.status_code) == (413, 413)
    assert "120 MB" in counted.json()["detail"]
    assert await rows(cast, "SELECT id FROM pieces") == []


async def test_without_script_the_form_adds_a_piece_or_says_beside_the_field_what_is_wrong(
        cast: Cast, videos: list[bytes]) -> None:
    code = await sell(cast, cast.farmer)

    saved = await choose(cast, code, videos[0])
    refused, empty = await choose(cast, code, HTML), await choose(cast, code, b"", name="")

    assert saved.status_code == 303 and saved.headers["location"].endswith("/pieces")
    assert [refused.status_code, empty.status_code] == [422, 422]
    assert 'aria-invalid="true"' in refused.text and "không phải đoạn quay" in refused.text
    assert "Chưa chọn đoạn quay nào" in empty.text
    assert refused.text.count("<video") == 1
    assert len(await rows(cast, "SELECT id FROM pieces")) == 1


async def test_the_listings_page_leads_there_and_counts_the_pieces(cast: Cast, videos: list[bytes]) -> None:
    code = await sell(cast, cast.farmer)
    before = await page_of(cast, code, "")
    await send(cast, cast.farmer, code, videos[0])

    after = await page_of(cast, code, "")

    assert "Đoạn quay trong clip" in before and "quay tay hái" in before
    assert f"/listings/{code}/pieces" in after and "1 đoạn" in after


async def test_a_helper_may_and_a_neighbour_finds_nothing(cast: Cast, videos: list[bytes]) -> None:
    code = await sell(cast, cast.farmer)
    sent = (await send(cast, cast.helper, code, videos[0])).json()
    base = f"{cast.stall}/listings/{code}/pieces"

    answers = [await cast.neighbour.get(sent["url"]), await cast.neighbour.get(base),
               await send(cast, cast.neighbour, code, videos[1]),
               await cast.neighbour.post(base, files={"piece": ("a.mp4", videos[1], "video/mp4")}),
               await cast.neighbour.post(f"{base}/{sent['id']}/remove"), await cast.buyer.get(sent["url"])]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert len(await rows(cast, "SELECT id FROM pieces")) == 1


async def test_a_piece_is_found_and_removed_under_its_own_listing_only(cast: Cast, videos: list[bytes]) -> None:
    code, other = await sell(cast, cast.farmer), await sell(cast, cast.farmer, name="Bưởi Diễn")
    sent = (await send(cast, cast.farmer, code, videos[0])).json()
    elsewhere = f"{cast.stall}/listings/{other}/pieces/{sent['id']}"

    answers = [await cast.farmer.get(f"{elsewhere}.mp4"), await cast.farmer.post(f"{elsewhere}/remove")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert len(await rows(cast, "SELECT id FROM pieces")) == 1


def test_every_fault_of_a_video_has_a_sentence_in_both_languages() -> None:
    for fault in VideoFault:
        error = pieces.refusal(pieces.REFUSALS, str(fault))
        vietnamese = say(error.key, error.values)
        token = current.set("en")
        english = say(error.key, error.values)
        current.reset(token)
        assert vietnamese != english and "." in english
