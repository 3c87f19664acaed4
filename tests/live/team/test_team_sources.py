"""A team's show reads comments from its village's Page, which the shop's owner alone connects."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from catalog.live.sources.queries import sources_of
from catalog.storage.settings import Networks
from tests.cast import Cast, make_settings, open_cast
from tests.live.doubles.facebook import LIVE, TOKEN, LiveFacebook
from tests.live.team_show import Team


@pytest.fixture
async def cast(facebook: LiveFacebook, tmp_path: Path) -> AsyncIterator[Cast]:
    """The village, its shop beside Facebook's double."""
    networks = Networks(facebook=facebook.url, facebook_video=facebook.url, facebook_upload=facebook.url,
                        facebook_stream=facebook.url, allow_loopback=True)
    async with open_cast(make_settings(tmp_path, networks=networks)) as opened:
        await opened.app.state.readers.close()
        yield opened


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
