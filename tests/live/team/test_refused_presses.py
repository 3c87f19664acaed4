"""What can't be done on a team's show is told to who pressed: the team in its room, a household on its part."""

from __future__ import annotations

from tests.live.team_show import Team
from tests.live.test_refused_presses import FIRST, form_of


async def test_a_show_without_goods_says_what_to_do_first(team: Team) -> None:
    room = team.room(team.cast.household)

    refused = await team.cast.helper.post(f"{room}/do/start")

    assert refused.status_code == 422 and "Chưa có món nào. Chọn hàng sẽ bán trước." in refused.text


async def test_a_household_is_told_on_its_part_why_nothing_was_done(team: Team) -> None:
    await team.go_on_air()
    room = team.room(team.cast.household)
    draft = await team.say("A1 lấy 2 túi", "Ngọc Bùi")
    confirm = {"answer": "confirm", "version": str(draft.version)}
    await team.cast.helper.post(f"{room}/drafts/{draft.id}", data=confirm)

    late = await team.cast.farmer.post(f"{room}/drafts/{draft.id}", data=confirm)
    flash = await team.cast.farmer.post(f"{room}/do/flash", data={"pin": "A1", "price": "170.000", "minutes": "10"})

    assert late.status_code == 409 and FIRST in late.text and 'data-live="said"' in late.text
    assert flash.status_code == 422 and "Giá chớp phải thấp hơn 170.000đ." in form_of(flash.text, "flash")
    assert "Bưởi" not in late.text + flash.text
