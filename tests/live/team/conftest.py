"""A team's show, planned."""

from __future__ import annotations

import pytest

from catalog.accounts.queries import add_account
from catalog.households.model import Actor
from catalog.households.queries import add_household, add_person
from catalog.households.sign_in import make_link
from catalog.live.shows.plan import Plan, plan_show
from catalog.storage.database import now_ms
from tests.cast import Cast, browser
from tests.live.team_show import Team
from tests.orders.goods import MEAT, POMELO, give_account, list_goods


@pytest.fixture
async def team(cast: Cast) -> Team:
    """The planned show; nobody has answered yet."""
    await cast.shop.jobs.close()
    await give_account(cast)
    async with cast.shop.db.write() as connection:
        second = await add_household(connection, code="hoa5", village_id=cast.village.id, name="Lường Thị Hoa",
                                     phone="+84900000555",
                                     place="bản Lói")
        await add_account(connection, household_id=second.id, bank_bin="970436", account_number="0555",
                          account_name="LUONG THI HOA")
        member = await add_person(connection, name="Lường Thị Hoa", role="household", household_id=second.id)
        token = await make_link(connection, member.id)
    client = browser(cast.app)
    assert (await client.post(f"/s/{token}")).status_code == 303
    meat, pomelo = await list_goods(cast, MEAT), await list_goods(cast, POMELO, household=second, on_hand=60_000)
    async with cast.shop.db.write() as connection:
        show = await plan_show(connection, Actor(cast.helper_person, cast.household),
                               Plan("Chợ phiên tối nay", now_ms() + 3600_000, (meat.id, pomelo.id), False),
                               is_team=True)
    return Team(cast, show.code, meat, pomelo, second, member, client)
