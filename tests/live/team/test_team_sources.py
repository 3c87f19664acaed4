"""A team's show reads comments from its village's Page, which the shop's owner alone connects."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from catalog.live.shows.drafts import confirm
from catalog.live.shows.queries import SQL as SHOWS
from catalog.live.shows.queries import to_draft
from catalog.live.sources.model import NOT_AGREED, Batch, Incoming, Source
from catalog.live.sources.queries import SQL, set_state, sources_of
from catalog.live.sources.reply import REPLY, send_reply
from catalog.live.sources.take import take_batch
from catalog.storage.database import now_ms
from catalog.storage.queries import Job
from catalog.storage.settings import Networks
from tests.cast import Cast, make_settings, open_cast
from tests.live.doubles.facebook import LIVE, TOKEN, LiveFacebook
from tests.live.doubles.youtube import KEY
from tests.live.team_show import Team


@pytest.fixture
async def cast(facebook: LiveFacebook, tmp_path: Path) -> AsyncIterator[Cast]:
    """The village, its shop beside Facebook's double."""
    networks = Networks(facebook=facebook.url, facebook_video=facebook.url, facebook_upload=facebook.url,
                        facebook_stream=facebook.url, allow_loopback=True)
    async with open_cast(make_settings(tmp_path, networks=networks)) as opened:
        await opened.app.state.readers.close()
        yield opened


async def connected(team: Team, holder: str, client: httpx.AsyncClient) -> str:
    """The holder's Page, connected: its account."""
    answer = await client.post(f"{holder}/networks/facebook", data={"token": TOKEN})
    assert answer.status_code == 303, answer.text
    async with team.cast.shop.db.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT id FROM network_accounts WHERE removed_ms IS NULL ORDER BY created_ms")
    return str([row["id"] for row in rows][-1])


async def the_source(team: Team) -> Source:
    """The only source of the show."""
    async with team.cast.shop.db.read() as connection:
        (source,) = await sources_of(connection, (await team.show()).id)
    return source


async def test_the_village_s_page_is_connected_by_the_owner_and_read_by_the_team(team: Team) -> None:
    cast, here = team.cast, f"{team.room(team.cast.household)}/sources"
    connects = f"/v/{cast.village.code}/networks/facebook"
    asked = {client: (await client.get(here)).text for client in (cast.helper, cast.owner)}
    refused = await cast.helper.post(connects, data={"token": TOKEN})
    connected = await cast.owner.post(connects, data={"token": TOKEN})
    page = re.findall(r'name="account" value="([^"]+)"', (await cast.helper.get(here)).text)[0]

    foreign = await cast.farmer.post(here, data={"account": page})
    answer = await cast.helper.post(here, data={"account": page}, follow_redirects=True)

    async with cast.shop.db.read() as connection:
        sources = await sources_of(connection, (await team.show()).id)
    assert "Chỉ chủ sạp chung nối được trang của bản." in asked[cast.helper] and connects not in asked[cast.helper]
    assert connects in asked[cast.owner]
    assert (refused.status_code, connected.status_code, foreign.status_code) == (403, 303, 404)
    assert answer.status_code == 200 and "Đang nối" in answer.text
    assert [(one.network, one.address, one.account_id) for one in sources] == [("facebook", LIVE, page)]


async def test_a_household_s_page_serves_a_team_s_show_only_while_the_household_agrees(team: Team) -> None:
    cast, here = team.cast, f"{team.room(team.cast.household)}/sources"
    page = await connected(team, f"/n/{cast.household.code}", cast.farmer)
    before = (await cast.helper.get(here)).text
    refused = await cast.helper.post(here, data={"account": page})
    await team.go_on_air()
    added = await cast.helper.post(here, data={"account": page})
    source = await the_source(team)
    comment = Incoming("7001", "Ngọc Bùi", "A2 lấy 2 kg", now_ms())
    await take_batch(cast.shop, source, Batch((comment,), ""))
    draft_id = await confirm_first(team)

    await cast.farmer.post(await team.question(cast.household), data={"answer": "withdraw"})
    after = (await cast.helper.get(here)).text
    await send_reply(cast.shop, Job("j", REPLY, "k", "", {"draft_id": draft_id}, 1), unheard)

    async with cast.shop.db.read() as connection:
        read = await SQL.sources_to_read(connection, most=9)
        (reply,) = await SQL.replies_of_show(connection, show_id=source.show_id, most=9)
    assert page not in before and (refused.status_code, added.status_code) == (404, 303)
    assert NOT_AGREED in after and "Đọc tiếp" not in after and list(read) == []
    assert (reply["reply"], reply["reply_reason"]) == ("failed", NOT_AGREED)


async def test_a_source_that_stopped_goes_on_by_the_page_that_is_connected_now(team: Team) -> None:
    cast, here = team.cast, f"{team.room(team.cast.household)}/sources"
    await team.agree()
    own = await connected(team, f"/n/{cast.household.code}", cast.farmer)
    await cast.helper.post(here, data={"account": own})
    first = await the_source(team)
    async with cast.shop.db.write() as connection:
        await set_state(connection, first, "stopped", "token")
    asked = (await cast.owner.get(here)).text

    await cast.farmer.post(f"/n/{cast.household.code}/networks/facebook/{own}/remove")
    anew = await connected(team, f"/n/{cast.household.code}", cast.farmer)
    await cast.helper.post(f"{here}/{first.id}/go-on")
    second = await the_source(team)
    village = await connected(team, f"/v/{cast.village.code}", cast.owner)
    await cast.helper.post(here, data={"account": village})
    third = await the_source(team)

    assert f'href="/n/{cast.household.code}/networks/facebook"' in asked
    assert (second.id, second.account_id, second.state) == (first.id, anew, "waiting") and anew != own
    assert (third.id, third.account_id) == (first.id, village)


async def test_the_owner_keeps_a_team_s_youtube_key_with_the_household_it_was_planned_from(team: Team) -> None:
    cast, room = team.cast, team.room(team.second)
    told = (await cast.helper.get(f"{room}/sources")).text
    refused = await cast.helper.post(f"{room}/youtube-key", data={"key": KEY})

    kept = await cast.owner.post(f"{room}/youtube-key", data={"key": KEY})

    async with cast.shop.db.read() as connection:
        keys = [await SQL.youtube_key(connection, household_id=one.id) for one in (cast.household, team.second)]
    assert "Mã để ở nhà Lò Thị Xuân, nhà hẹn buổi này. Chủ sạp chung dán được." in told
    assert (refused.status_code, kept.status_code) == (403, 303)
    assert keys[0] is not None and keys[1] is None
    assert "Mã để ở nhà Lò Thị Xuân" in (await cast.owner.get(f"{room}/sources")).text


async def confirm_first(team: Team) -> str:
    """One tap on the oldest draft."""
    show = await team.show()
    async with team.cast.shop.db.write() as connection:
        draft = to_draft((await SHOWS.waiting_drafts(connection, show_id=show.id, most=9))[0])
        await confirm(connection, show, draft, version=draft.version, person_id=team.cast.helper_person.id)
    return draft.id


async def unheard(share: float) -> None:
    """Progress that nobody follows."""
