"""What a team's shows film is the team's to make room for, not the household's that they were planned from."""

from __future__ import annotations

from catalog.live.shows.cutting import WHOLE
from catalog.live.shows.keeping import make_room
from catalog.live.shows.model import Show
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.queries import SQL
from catalog.live.shows.stage import end, start
from catalog.storage.database import now_ms
from tests.live.airing import Airing, plan
from tests.live.team_show import Team

LARGE = b"x" * 6_000_000


async def ended(team: Team, show: Show) -> None:
    """The show is over and its recording cut: 6 MB."""
    shop, person_id = team.cast.shop, team.cast.helper_person.id
    async with shop.db.write() as connection:
        if show.state == "planned":
            await start(connection, show, person_id=person_id)
        await end(connection, show, person_id=person_id)
        await SQL.add_recording(connection, show_id=show.id, seconds=60.0, now_ms=now_ms())
    folder = show_folder(shop.settings.data, show.id)
    folder.mkdir(parents=True)
    (folder / WHOLE).write_bytes(LARGE)


async def test_a_team_s_recordings_use_up_nothing_of_a_household_s_room(team: Team) -> None:
    own: Airing = await plan(team.cast)
    await ended(team, await own.show())
    await team.go_on_air()
    await ended(team, await team.show())

    await make_room(team.cast.shop, most_bytes=10_000_000, least_free=0)
    farmer = (await team.cast.farmer.get(own.room)).text
    helper = (await team.cast.helper.get(team.room(team.cast.household))).text
    await make_room(team.cast.shop, most_bytes=10_000_000, least_free=1 << 60)
    shows = [(await client.get(f"{base}/shows")).text for client, base in (
        (team.cast.farmer, team.cast.stall), (team.cast.helper, f"/v/{team.cast.village.code}"))]

    assert "Hình của nhà: 6 MB trong 6 GB" in farmer and "Hết chỗ giữ hình" not in farmer
    assert "Hình của tổ số: 6 MB trong 6 GB" in helper and "Hết chỗ giữ hình" not in helper
    assert [text.count("Xoá hình") for text in shows] == [1, 1]
