"""A team's posters show what is agreed to now, and nothing of who has taken the word back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from catalog.live.telling.poster import POSTER_JOB, draw_posters, posters_of
from catalog.storage.queries import jobs_of_subject
from catalog.web.clock import local
from tests.live.team_show import Team


async def shown(team: Team) -> tuple[int, bool]:
    """What a network finds: the poster's status, and whether the show's page names one."""
    picture = await team.cast.buyer.get(f"/l/{team.code}/poster/feed.jpg")
    page = await team.cast.buyer.get(f"/l/{team.code}")
    return picture.status_code, "og:image" in page.text


async def test_moved_to_another_day_the_show_has_no_poster_until_somebody_agrees_anew(team: Team) -> None:
    await team.agree()
    show = await team.show()
    await draw_posters(team.cast.shop, show.id)
    before, moved = await shown(team), local(show.starts_ms) + timedelta(days=2)

    changed = await team.cast.helper.post(f"{team.room(team.cast.household)}/change", data={
        "title": show.title, "day": moved.date().isoformat(), "hour": "19:30",
        "goods": [team.meat.code, team.pomelo.code]})
    after, drawn = await shown(team), await draw_posters(team.cast.shop, show.id)
    texts = await team.cast.helper.get(f"{team.room(team.cast.household)}/tell")

    assert changed.status_code == 303
    assert before == (200, True) and after == (404, False) and drawn == []
    assert "/poster/" not in texts.text


async def test_who_withdraws_on_air_is_left_off_the_next_poster_and_the_last_takes_it_along(team: Team) -> None:
    await team.go_on_air()
    show = await team.show()
    (first, *_) = await draw_posters(team.cast.shop, show.id)

    await team.cast.farmer.post(await team.question(team.cast.household), data={"answer": "withdraw"})
    async with team.cast.shop.db.read() as connection:
        promised = [job for job in await jobs_of_subject(connection, show.id) if job.kind == POSTER_JOB]
    (second, *_) = await draw_posters(team.cast.shop, show.id)
    await team.second_browser.post(await team.question(team.second), data={"answer": "withdraw"})

    assert len(promised) == 3 and first.version != second.version
    assert await shown(team) == (404, False)


async def test_a_poster_that_was_being_drawn_when_the_word_was_taken_back_is_not_kept(
        team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    await team.cast.farmer.post(await team.question(team.cast.household), data={"answer": "agree"})
    shop, show, question = team.cast.shop, await team.show(), await team.question(team.cast.household)
    draw = shop.pool.run

    async def draw_slowly(*told: Any, **more: Any) -> Any:
        done = await draw(*told, **more)
        await team.cast.farmer.post(question, data={"answer": "withdraw"})
        return done

    monkeypatch.setattr(shop.pool, "run", draw_slowly)
    drawn = await draw_posters(shop, show.id)

    async with shop.db.read() as connection:
        kept = await posters_of(connection, show.id)
    assert drawn == [] and kept == []
