"""Where else a team's show goes out is the shop's owner's to say."""

from __future__ import annotations

from tests.live.team_show import Team
from tests.live.test_places import PLACE


async def test_the_owner_alone_adds_and_removes_a_place_of_a_team_s_show(team: Team) -> None:
    await team.agree()
    cast, here = team.cast, f"{team.room(team.cast.household)}/places"
    told = (await cast.helper.get(here)).text
    refused = [await client.post(f"{here}/add", data=PLACE) for client in (cast.helper, cast.farmer)]

    added = await cast.owner.post(f"{here}/add", data=PLACE, follow_redirects=True)
    async with cast.shop.db.read() as connection:
        (place,) = await connection.execute_fetchall("SELECT id FROM show_destinations")
    kept = await cast.helper.post(f"{here}/{place['id']}/remove")
    removed = await cast.owner.post(f"{here}/{place['id']}/remove", follow_redirects=True)

    assert "Chủ sạp chung mới thêm, bỏ được nơi phát." in told and 'name="key"' not in told
    assert [one.status_code for one in refused] == [403, 404] and "của tổ số" in refused[0].text
    assert 'name="key"' in added.text and f"{place['id']}/remove" in added.text
    assert kept.status_code == 403 and place["id"] not in removed.text
