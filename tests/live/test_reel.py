"""A live's picture for many viewers: looked up once, handed out from memory, and soon forgotten."""

from __future__ import annotations

import pytest

from catalog.live.shows import reel
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.stage import end
from tests.cast import Cast
from tests.live.airing import Airing, go_on_air
from tests.live.station import until


async def filmed(cast: Cast) -> Airing:
    """A show on air whose folder holds a playlist, a header and a segment."""
    airing = await go_on_air(cast)
    folder = show_folder(cast.shop.settings.data, (await airing.show()).id)
    folder.mkdir(parents=True)
    for name in ("live.m3u8", "init-1.mp4", "segment-000001.m4s"):
        (folder / name).write_bytes(f"the {name}".encode())
    return airing


async def test_a_piece_is_read_once_for_all_who_ask_within_some_seconds(
        cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reel, "PIECE_SECONDS", 0.3)
    airing = await filmed(cast)
    path = show_folder(cast.shop.settings.data, (await airing.show()).id) / "segment-000001.m4s"
    address, other = f"/l/{airing.code.lower()}/segment-000001.m4s", f"/l/{airing.code.upper()}/segment-000001.m4s"

    first = await cast.buyer.get(address)
    path.unlink()
    second = await cast.buyer.get(other)

    async def is_forgotten() -> bool:
        return (await cast.buyer.get(address)).status_code == 404

    assert first.content == second.content == b"the segment-000001.m4s"
    assert first.headers["cache-control"].endswith("immutable")
    await until(is_forgotten)


async def test_what_is_over_the_memory_comes_from_the_disk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reel, "MOST_BYTES", 4)
    airing = await filmed(cast)
    path = show_folder(cast.shop.settings.data, (await airing.show()).id) / "init-1.mp4"

    first = await cast.buyer.get(f"/l/{airing.code}/init-1.mp4")
    path.write_bytes(b"new")
    second = await cast.buyer.get(f"/l/{airing.code}/init-1.mp4")

    assert (first.content, second.content) == (b"the init-1.mp4", b"new")


async def test_the_playlist_ends_with_the_show_and_strangers_names_find_nothing(
        cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reel, "SHOW_SECONDS", 0.2)
    airing = await filmed(cast)

    on_air = await cast.buyer.get(f"/l/{airing.code}/live.m3u8")
    async with cast.shop.db.write() as connection:
        await end(connection, await airing.show(), person_id=cast.farmer_person.id)
    strange = [(await cast.buyer.get(f"/l/{code}/{name}")).status_code for code, name in (
        ("ZZZZZ", "live.m3u8"), ("ZZZZZ", "segment-000001.m4s"), (airing.code, "segment-1.m4s"),
        (airing.code, "segment-000009.m4s"), (airing.code, "init-%2e%2e.mp4"))]

    async def is_over() -> bool:
        return (await cast.buyer.get(f"/l/{airing.code}/live.m3u8")).status_code == 204

    assert on_air.text == "the live.m3u8" and on_air.headers["cache-control"] == "no-store"
    assert strange == [404] * 5
    await until(is_over)
