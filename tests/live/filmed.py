"""The files that a broadcast leaves, made by its own output: a show on air without the waiting."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta
from pathlib import Path

from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.queries import note
from catalog.live.shows.stage import end
from media.live.zero import zero_of
from tests.live.airing import Airing
from tests.media.live.filming import film

async def film_show(
    airing: Airing, seconds: float = 12.0, pins: tuple[tuple[float, str], ...] = ((1.0, "A1"), (6.0, "A2"))
) -> Path:
    """The show, filmed for so long with these pins; its folder."""
    show = await airing.show()
    folder = show_folder(airing.cast.shop.settings.data, show.id)
    film(folder, seconds, tuple(at for at, _ in pins))
    async with airing.cast.shop.db.write() as connection:
        await note(connection, show.id, "picture", picture="on_air")
        for at, pin in pins:
            await note(connection, show.id, "shown", pin=pin, seconds=at)
    return folder


async def end_show(airing: Airing, *, ago_ms: int = 0) -> None:
    """The end, as the control room presses it, or pressed it so long ago."""
    show = await airing.show()
    async with airing.cast.shop.db.write() as connection:
        await end(connection, show, person_id=airing.cast.farmer_person.id)
        await connection.execute_fetchall(f"UPDATE shows SET ended_ms = ended_ms - {ago_ms}")
    airing.cast.shop.jobs.wake()


def set_clock(folder: Path, *, begun_ago: float) -> None:
    """Let the broadcast's clock have stood at 0 so many seconds ago, its playlist with it."""
    zero = time.time() - begun_ago
    moved = zero - zero_of(folder)
    (folder / "broadcast.json").write_text(json.dumps({"zero": zero}))
    lines = [_later(line, moved) for line in (folder / "full.m3u8").read_text().splitlines()]
    (folder / "full.m3u8").write_text("\n".join(lines) + "\n")


def _later(line: str, seconds: float) -> str:
    name, _, value = line.partition(":")
    if name != "#EXT-X-PROGRAM-DATE-TIME":
        return line
    return f"{name}:{(datetime.fromisoformat(value) + timedelta(seconds=seconds)).isoformat()}"
