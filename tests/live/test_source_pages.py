"""The page of a show's sources, and what the control room says of them."""

from __future__ import annotations

import re
from pathlib import Path


from catalog.live.sources.attach import detach
from catalog.live.sources.queries import set_state, sources_of
from catalog.storage.database import now_ms
from tests.live.airing import plan
from tests.live.doubles.facebook import LIVE, LiveFacebook
from tests.live.doubles.youtube import KEY, VIDEO, LiveYouTube
from tests.live.station import Station, station, until
from tests.orders.goods import mistakes
from tests.posts.doubles.double import serving


async def sources(on_air: Station) -> list[tuple[str, str]]:
    show = await on_air.airing.show()
    async with on_air.cast.shop.db.read() as connection:
        return [(one.network, one.address) for one in await sources_of(connection, show.id)]


async def account_of(on_air: Station) -> str:
    return (await on_air.source()).account_id or ""


async def remove(on_air: Station) -> None:
    async with on_air.cast.shop.db.write() as connection:
        await detach(connection, on_air.actor, await on_air.airing.show(), on_air.source_id)


async def test_one_tap_connects_what_the_page_broadcasts(facebook: LiveFacebook, on_air: Station) -> None:
    account = await account_of(on_air)
    await remove(on_air)

    answer = await on_air.cast.helper.post(f"{on_air.airing.room}/sources", data={"account": account}, follow_redirects=True)

    assert answer.status_code == 200 and "Thịt gác bếp mới" in answer.text and "Đang nối" in answer.text
    assert await sources(on_air) == [("facebook", LIVE)]


async def test_of_several_live_videos_one_is_chosen(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.other_lives = [{"id": "55500099", "title": "Nấu cơm lam", "status": "LIVE"},
                            {"id": "55500098", "title": "Hôm qua", "status": "VOD"}]

    asked = await on_air.cast.farmer.post(f"{on_air.airing.room}/sources", data={"account": await account_of(on_air)})

    assert asked.status_code == 200 and "Nấu cơm lam" in asked.text and "Hôm qua" not in asked.text
    assert await sources(on_air) == [("facebook", LIVE)]


async def test_where_the_page_broadcasts_nothing_it_says_what_to_do(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.is_live = False

    refused = await on_air.cast.farmer.post(f"{on_air.airing.room}/sources", data={"account": await account_of(on_air)})

    assert refused.status_code == 422 and "Bấm phát trên Facebook trước" in refused.text


async def test_a_wrong_address_keeps_what_was_typed(facebook: LiveFacebook, on_air: Station) -> None:
    refused = await on_air.cast.farmer.post(f"{on_air.airing.room}/sources", data={
        "account": await account_of(on_air), "video": "facebook.com/nhaxuan"})

    assert refused.status_code == 422 and set(mistakes(refused.text)) == {"video"}
    assert 'value="facebook.com/nhaxuan"' in refused.text


async def test_anothers_page_cannot_be_read(facebook: LiveFacebook, on_air: Station) -> None:
    answer = await on_air.cast.farmer.post(f"{on_air.airing.room}/sources", data={"account": "someone", "video": LIVE})

    assert answer.status_code == 404


async def test_the_room_shows_each_state_in_words(facebook: LiveFacebook, on_air: Station) -> None:
    cast, room, source = on_air.cast, on_air.airing.room, await on_air.source()
    seen = []
    for state, reason, wait in (("reading", "", None), ("waiting", "busy", now_ms() + 30_000), ("waiting", "busy", now_ms() + 200_000),
                                ("stopped", "token", None)):
        async with cast.shop.db.write() as connection:
            await set_state(connection, source, state, reason, wait)
        seen.append((await cast.helper.get(room)).text)

    for text, words in zip(seen, ("Facebook: Đang đọc", "Facebook: Chờ ", "Facebook: Chờ 4 phút", "Facebook: Đã dừng"), strict=True):
        assert words in text
    assert " giây" in seen[1] and "Nối lại Trang, rồi bấm “Đọc tiếp”." in seen[3]


async def test_what_stopped_goes_on_at_a_press(facebook: LiveFacebook, on_air: Station) -> None:
    async with on_air.cast.shop.db.write() as connection:
        await set_state(connection, await on_air.source(), "stopped", "token")

    page = (await on_air.cast.helper.get(f"{on_air.airing.room}/sources")).text
    await on_air.cast.helper.post(f"{on_air.airing.room}/sources/{on_air.source_id}/go-on")

    assert "Đọc tiếp" in page and (await on_air.source()).state == "waiting"


async def test_a_source_is_taken_away_at_a_press(facebook: LiveFacebook, on_air: Station) -> None:
    path = f"{on_air.airing.room}/sources/{on_air.source_id}/remove"

    first, second = await on_air.cast.farmer.post(path), await on_air.cast.farmer.post(path)

    assert (first.status_code, second.status_code) == (303, 404) and await sources(on_air) == []


async def test_what_buyers_were_told_stands_beside_their_codes(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("A1 lấy 2 túi")
    async with on_air.reading():
        await on_air.until_lines(1)
    made = await on_air.confirm_first()
    on_air.cast.shop.jobs.wake()
    await until(lambda: facebook.sent)

    async def is_told() -> bool:
        return "Đã nhắn riêng" in (await on_air.cast.helper.get(on_air.airing.room)).text
    await until(is_told)
    page = (await on_air.cast.helper.get(f"{on_air.airing.room}/sources")).text

    assert made.claim in page and "Đã nhắn riêng" in page and "Facebook" in (await on_air.cast.helper.get(on_air.airing.room)).text


async def test_neighbours_and_strangers_see_nothing(facebook: LiveFacebook, on_air: Station) -> None:
    path = f"{on_air.airing.room}/sources"

    neighbour, buyer = await on_air.cast.neighbour.get(path), await on_air.cast.buyer.get(path)

    assert neighbour.status_code in (403, 404) and "Thịt gác bếp mới" not in neighbour.text + buyer.text


async def test_a_planned_show_can_be_connected_before_it_begins(facebook: LiveFacebook, on_air: Station) -> None:
    planned = await plan(on_air.cast)

    answer = await on_air.cast.farmer.post(f"{planned.room}/sources", data={"account": await account_of(on_air)}, follow_redirects=True)

    assert "Đọc khi bắt đầu phát" in answer.text


async def test_a_key_for_youtube_is_kept_and_never_shown(tmp_path: Path) -> None:
    double = LiveYouTube()
    async with serving(double), station(tmp_path, double) as on_air:
        await remove(on_air)
        cast, room = on_air.cast, on_air.airing.room
        await cast.farmer.post(f"{room}/youtube-key", data={"key": ""})
        without = (await cast.farmer.get(f"{room}/sources")).text
        wrong = await cast.farmer.post(f"{room}/youtube-key", data={"key": "mã của tôi"})
        by_helper = await cast.helper.post(f"{room}/youtube-key", data={"key": KEY})

        kept = await cast.farmer.post(f"{room}/youtube-key", data={"key": f" {KEY}\n"}, follow_redirects=True)
        added = await cast.helper.post(f"{room}/sources", data={"network": "youtube", "youtube": f"youtu.be/{VIDEO}"},
                                       follow_redirects=True)

        assert "Dán mã để đọc YouTube" in without and set(mistakes(wrong.text)) == {"key"} and "mã của tôi" not in wrong.text
        ids = re.findall(r' id="([^"]+)"', added.text)
        assert len(ids) == len(set(ids))
        assert by_helper.status_code == 403 and KEY not in kept.text + added.text
        assert "Chợ phiên tối nay" in added.text and await sources(on_air) == [("youtube", VIDEO)]
