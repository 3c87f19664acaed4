"""A clip from a show arrives as a draft of the household alone, with words to share, and stays only if it is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from catalog.listings.model import Listing
from catalog.posts.filmed.jobs import lines_of
from catalog.posts.filmed.model import FilmedClip
from catalog.posts.filmed.offer import forget_filmed, offer
from catalog.posts.filmed.queries import clips_of_listing
from catalog.storage.database import now_ms
from media.live.pieces import cut
from media.live.spec import COVERED_FOOT
from tests.cast import BASE_URL, Cast
from tests.listings.stall import rows, wait_for
from tests.media.live.filming import film
from tests.orders.goods import MEAT, POMELO, list_goods

DAY_MS = 24 * 3600_000


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("show")
    film(folder, 4.0, (2.0,), foot=COVERED_FOOT)
    cut(folder, 0, 4.0, folder / "take.mp4")
    return folder / "take.mp4"


async def offered(
    cast: Cast, listing: Listing, source: Path, *, lines: tuple[str, ...] = ("Hái sáng nay",), days: int = 30
) -> None:
    await offer(
        cast.shop,
        source,
        household_id=listing.household_id,
        listing_id=listing.id,
        origin="show-1",
        title="Thịt gác bếp mới",
        shown_ms=now_ms(),
        lines=lines,
        covered=COVERED_FOOT,
        until_ms=now_ms() + days * DAY_MS,
    )
    cast.shop.jobs.wake()


async def the_clip(cast: Cast, listing: Listing) -> FilmedClip:
    async with cast.shop.db.read() as connection:
        return (await clips_of_listing(connection, listing.id))[0]


def page_of(cast: Cast, listing: Listing, filmed: FilmedClip) -> str:
    return f"{cast.stall}/listings/{listing.code.lower()}/filmed/{filmed.id}"


async def is_in(cast: Cast, listing: Listing, state: str) -> bool:
    return (await the_clip(cast, listing)).state == state


async def test_a_draft_is_drawn_shared_by_a_person_kept_and_given_up(cast: Cast, source: Path) -> None:
    listing = await list_goods(cast, POMELO)
    await offered(cast, listing, source)
    await offered(cast, listing, source)
    await wait_for(lambda: is_in(cast, listing, "made"))
    filmed = await the_clip(cast, listing)
    here = page_of(cast, listing, filmed)

    made = await cast.farmer.get(here)
    listed = await cast.farmer.get(f"{cast.stall}/listings/{listing.code.lower()}")
    clip = await cast.farmer.get(f"{here}/clip.mp4")
    poster = await cast.farmer.get(f"{here}/poster.jpg")
    kept = await cast.farmer.post(f"{here}/keep")
    async with cast.shop.db.write() as connection:
        await connection.execute_fetchall("UPDATE listings SET price_vnd = 31000")
    dearer = await cast.farmer.get(here)
    await cast.farmer.post(f"{here}/posts/zalo", data={"text": "Lời của nhà em"})
    before = [path for path in cast.shop.objects.folder.glob("??/*")]
    dropped = await cast.farmer.post(f"{here}/drop")

    assert len(await rows(cast, "SELECT * FROM jobs WHERE kind = 'posts.filmed'")) == 1
    assert "Trích buổi phát trực tiếp ngày" in made.text and "/z" in made.text and "text-sms" not in made.text
    assert "Clip từ buổi phát" in listed.text and here in listed.text
    assert clip.content[4:8] == b"ftyp" and poster.content[:2] == b"\xff\xd8"
    assert kept.status_code == dropped.status_code == 303
    assert "25.000đ" in dearer.text and f"{here}/again" in dearer.text
    assert len(before) >= 3 and not list(cast.shop.objects.folder.glob("??/*.mp4"))
    assert (await cast.farmer.get(here)).status_code == 404


async def test_its_text_is_kept_for_this_clip_alone_until_it_is_emptied(cast: Cast, source: Path) -> None:
    listing = await list_goods(cast, POMELO)
    await offered(cast, listing, source)
    await wait_for(lambda: is_in(cast, listing, "made"))
    here = page_of(cast, listing, await the_clip(cast, listing))
    given = (await cast.farmer.get(here)).text

    saved = await cast.farmer.post(f"{here}/posts/facebook", data={"text": "Vườn nhà em hôm qua, 30.000đ một quả"})
    written = (await cast.farmer.get(saved.headers["location"])).text
    listed = (await cast.farmer.get(f"{cast.stall}/listings/{listing.code.lower()}")).text
    foreign = await cast.neighbour.post(f"{here}/posts/facebook", data={"text": "Của nhà khác"})
    unknown = await cast.farmer.post(f"{here}/posts/sms", data={"text": "Tin nhắn"})
    await cast.farmer.post(f"{here}/posts/facebook", data={"text": " "})

    assert "to=facebook" in saved.headers["location"] and 'value="facebook" checked' in written
    assert "Vườn nhà em hôm qua" in written and "Vườn nhà em hôm qua" not in listed
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert (await cast.farmer.get(here)).text == given
    assert not await rows(cast, "SELECT * FROM filmed_texts")


async def test_a_draft_is_nobody_else_s(cast: Cast, source: Path) -> None:
    listing = await list_goods(cast, POMELO)
    await offered(cast, listing, source)
    here = page_of(cast, listing, await the_clip(cast, listing))

    for path in ("", "/clip.mp4", "/poster.jpg"):
        assert [(await client.get(here + path)).status_code for client in (cast.neighbour, cast.buyer)] == [404, 404]
    for verb in ("keep", "again", "drop"):
        assert (await cast.neighbour.post(f"{here}/{verb}")).status_code == 404


async def test_what_can_not_be_drawn_says_so_and_can_be_tried_again(cast: Cast, tmp_path: Path) -> None:
    listing = await list_goods(cast, POMELO)
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(b"\x00" * 4000)
    await offered(cast, listing, noise)
    await wait_for(lambda: is_in(cast, listing, "failed"))
    here = page_of(cast, listing, await the_clip(cast, listing))

    page = await cast.farmer.get(here)
    again = await cast.farmer.post(f"{here}/again")

    assert "Chưa làm được clip" in page.text and "<video" not in page.text
    assert again.status_code == 303
    assert "Đang làm clip" in (await cast.farmer.get(here)).text


async def test_drafts_go_after_their_days_but_not_what_was_kept(cast: Cast, source: Path) -> None:
    gone, kept = await list_goods(cast, POMELO), await list_goods(cast, MEAT)
    await offered(cast, gone, source, days=-1)
    await offered(cast, kept, source, days=-1)
    await cast.farmer.post(f"{page_of(cast, kept, await the_clip(cast, kept))}/keep")

    await forget_filmed(cast.shop)

    left = await rows(cast, "SELECT listing_id FROM filmed_clips")
    assert [row["listing_id"] for row in left] == [kept.id]


async def test_captions_are_the_household_s_words_else_the_facts_and_never_what_the_law_forbids(
    cast: Cast, source: Path
) -> None:
    listing = await list_goods(cast, MEAT)
    await offered(cast, listing, source, lines=("Ướp mắc khén", "Chữa đau dạ dày", "Gác bếp ba tháng"))
    filmed = await the_clip(cast, listing)
    async with cast.shop.db.read() as connection:
        told = await lines_of(connection, filmed, listing, cast.household, public_url=BASE_URL)
        bare = await lines_of(connection, replace(filmed, lines=()), listing, cast.household, public_url=BASE_URL)

    assert told == ("Ướp mắc khén", "Gác bếp ba tháng")
    assert any("Đến lấy ở" in line for line in bare) and not any(listing.name in line for line in bare)
