"""A show filmed by an RTMP app: its key alone opens, through the documented nginx, and the newest encoder is shown."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import httpx
import numpy as np
import pytest

from catalog.live.encoders.followed import Encoders
from catalog.live.shows.broadcast import Broadcasts
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.stage import end
from catalog.storage.settings import Rtmp
from tests.cast import Cast, make_settings, open_cast
from tests.conftest import missing
from tests.live.airing import Airing, plan
from tests.live.rtmp_server import RtmpServer
from tests.live.serving import served
from tests.live.station import until
from tests.media.live.receiver import MODULE, free_port
from tests.media.live.streaming import Encoder, filmed
from tests.media.live.watching import is_near, pictures

SECRET = "only-the-rtmp-server-knows"
HOOK = f"/hooks/encoder/{SECRET}"
BLUE, GREEN = (0, 0, 255), (0, 128, 0)
PATIENT_SECONDS = 40.0


@pytest.fixture
async def cast(tmp_path: Path) -> AsyncIterator[Cast]:
    """The village, its shop set up for an RTMP server."""
    rtmp = Rtmp("rtmp://shop.example/live", f"rtmp://127.0.0.1:{free_port()}/live", SECRET)
    async with open_cast(make_settings(tmp_path, rtmp=rtmp)) as opened:
        yield opened


@dataclass
class Crew:
    """Encoders that a test sends out to the shop's RTMP server."""

    source: str
    films: dict[str, Path]
    sent: list[Encoder] = field(default_factory=list)

    def send(self, colour: str, key: str) -> Encoder:
        """One that films a colour."""
        self.sent.append(Encoder(self.films[colour], f"{self.source}/{key}"))
        return self.sent[-1]


@pytest.fixture
def crew(cast: Cast, tmp_path: Path) -> Iterator[Crew]:
    films = {colour: filmed(tmp_path / f"{colour}.flv", colour) for colour in ("blue", "green")}
    crew = Crew(cast.shop.settings.rtmp.source, films)
    yield crew
    for encoder in crew.sent:
        encoder.stop()


async def new_key(airing: Airing, client: httpx.AsyncClient) -> str:
    """The key that the page shows, this once."""
    made = await client.post(f"{airing.room}/encoder/key")
    assert made.status_code == 200, made.text
    return re.findall(r'data-copy="([a-z2-9]{32})"', made.text)[0]


def watched(folder: Path) -> np.ndarray:
    """The middle of the last picture that viewers can fetch."""
    newest, header = max(folder.glob("segment-*.m4s")), max(folder.glob("init-*.mp4"))
    with av.open(io.BytesIO(header.read_bytes() + newest.read_bytes())) as piece:
        *_, last = piece.decode(video=0)
    return np.asarray(last.to_ndarray(format="rgb24")[640, 360])


def asked(key: str, call: str = "publish") -> dict[str, str]:
    """What nginx-rtmp posts."""
    return {"app": "live", "flashver": "FMLE/3.0", "swfurl": "", "tcurl": "rtmp://shop.example/live", "pageurl": "",
            "addr": "203.0.113.9", "clientid": "7", "call": call, "name": key, "type": "live"}


async def standing(airing: Airing) -> str:
    """What the page asks for, again and again."""
    return str((await airing.cast.farmer.get(f"{airing.room}/encoder/state")).json()["version"])


async def test_an_app_films_a_show_drops_out_comes_back_and_gives_way_to_a_newer_one(
        cast: Cast, tmp_path: Path, crew: Crew) -> None:
    if not MODULE.exists():
        missing("nginx-rtmp", "apt-get install nginx libnginx-mod-rtmp")
    airing = await plan(cast)
    show, key = await airing.show(), await new_key(airing, cast.farmer)
    folder, broadcasts, encoders = show_folder(tmp_path, show.id), cast.app.state.broadcasts, cast.app.state.encoders

    def shows(picture: str, by: Broadcasts = broadcasts) -> bool:
        running = by.running(show.id)
        return running is not None and running.picture == picture

    async def is_ready() -> bool:
        return bool(await encoders.standing(show.id) == "ready")

    async with served(cast) as host:
        port = int(crew.source.split(":")[2].split("/")[0])
        server = RtmpServer(tmp_path / "nginx", port=port, shop=host, secret=SECRET)
        try:
            wrong, first = crew.send("blue", "not-the-key"), crew.send("blue", key)
            await until(lambda: wrong.is_refused, PATIENT_SECONDS)
            await until(is_ready, PATIENT_SECONDS)
            waiting, unseen = await cast.farmer.get(f"{airing.room}/encoder"), broadcasts.running(show.id)
            await cast.farmer.post(f"{airing.room}/do/start")
            await until(lambda: shows("on_air"), PATIENT_SECONDS)
            first.stop()
            await until(lambda: shows("slate"), PATIENT_SECONDS)
            crew.send("blue", key)
            await until(lambda: shows("on_air"), PATIENT_SECONDS)
            crew.send("green", key)
            await until(lambda: is_near(watched(folder), GREEN), PATIENT_SECONDS)
            filming = await encoders.standing(show.id)
            broadcasts.running(show.id).film("phone/1")
            pushed_aside = await cast.farmer.get(f"{airing.room}/encoder")

            await encoders.close()
            await broadcasts.close()
            later = Broadcasts(cast.shop)
            after_restart = Encoders(cast.shop, later)
            await after_restart.open()
            await until(lambda: shows("on_air", later), PATIENT_SECONDS)
            await after_restart.close()
            await later.close()
        finally:
            server.stop()

    seen = [pixels[640, 360] for _, pixels, _ in pictures(folder / "recording-1.mp4")]
    assert "Ứng dụng đã nối" in waiting.text and unseen is None
    assert filming == "sending" and "Máy khác đang quay" in pushed_aside.text
    assert any(is_near(pixel, BLUE) for pixel in seen)


async def test_an_rtmp_server_hears_no_to_wrong_keys_and_nothing_without_its_secret(cast: Cast) -> None:
    airing = await plan(cast)
    old = await new_key(airing, cast.farmer)
    key = await new_key(airing, cast.helper)

    answers = [(await cast.buyer.post(path, data=asked(name, call))).status_code for path, name, call in [
        (HOOK, key, "publish"), (HOOK, old, "publish"), (HOOK, "", "publish"), (HOOK, "x" * 5000, "publish"),
        (HOOK, key, "update_publish"), (HOOK, old, "update_publish"), (HOOK, "any", "update_play"),
        ("/hooks/encoder/guessed", key, "publish")]]
    renamed = (await cast.buyer.post(HOOK, data=asked(key))).headers["location"]
    ready, shown = await standing(airing), await cast.farmer.get(f"{airing.room}/encoder")
    await cast.buyer.post(HOOK, data=asked(key, "publish_done"))
    gone = await standing(airing)

    assert answers == [302, 403, 403, 403, 200, 403, 200, 404]
    assert renamed.startswith(f"{airing.code.lower()}-7-") and key not in renamed
    assert (ready, gone) == ("planned ready", "planned ")
    assert f'data-version="{ready}"' in shown.text
    assert (await cast.neighbour.get(f"{airing.room}/encoder/state")).status_code == 404


async def test_mediamtx_is_answered_in_its_own_words(cast: Cast) -> None:
    airing = await plan(cast)
    key = await new_key(airing, cast.farmer)

    def question(action: str, path: str, ip: str = "203.0.113.9") -> dict[str, str]:
        return {"user": "", "password": "", "token": "", "ip": ip, "action": action, "path": path, "protocol": "rtmp",
                "id": "5d6a", "query": ""}

    answers = [(await cast.buyer.post(HOOK, json=one)).status_code for one in (
        question("publish", f"live/{key}"), question("publish", "live/other"),
        question("read", f"live/{key}", "127.0.0.1"), question("read", f"live/{key}"), question("api", ""), ["odd"])]
    ready = await cast.app.state.encoders.standing((await airing.show()).id)

    assert answers == [200, 403, 200, 403, 403, 403]
    assert ready == "ready"


async def test_after_the_show_no_key_opens(cast: Cast) -> None:
    airing = await plan(cast)
    key = await new_key(airing, cast.farmer)
    await cast.farmer.post(f"{airing.room}/do/start")
    async with cast.shop.db.write() as connection:
        await end(connection, await airing.show(), person_id=cast.farmer_person.id)

    refused = await cast.buyer.post(HOOK, data=asked(key))
    another = await cast.farmer.post(f"{airing.room}/encoder/key")

    assert (refused.status_code, another.status_code) == (403, 409)


@pytest.mark.parametrize("said", ["ready", "over"])
async def test_after_the_show_the_page_says_to_stop_the_app_and_nothing_of_its_picture(
        cast: Cast, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    airing = await plan(cast)
    await cast.farmer.post(f"{airing.room}/do/start")
    async with cast.shop.db.write() as connection:
        await end(connection, await airing.show(), person_id=cast.farmer_person.id)

    async def standing_still(show_id: str) -> str:
        return said

    monkeypatch.setattr(cast.app.state.encoders, "standing", standing_still)
    page = (await cast.farmer.get(f"{airing.room}/encoder")).text

    assert "Buổi phát đã hết." in page and "Dừng phát trong ứng dụng." in page
    assert "Hình bị ngắt." not in page and "Hình sắp lên." not in page and "Chép hai dòng" not in page


async def test_the_key_is_shown_once_to_who_runs_the_show_and_kept_as_a_digest(cast: Cast) -> None:
    airing = await plan(cast)
    key = await new_key(airing, cast.farmer)
    await cast.buyer.post(HOOK, data=asked(key))

    again = await cast.farmer.get(f"{airing.room}/encoder")
    closed = [(await client.get(f"{airing.room}/encoder")).status_code for client in (cast.neighbour, cast.buyer)]
    planned = await cast.farmer.get(airing.room)
    async with cast.shop.db.read() as connection:
        kept = [str(tuple(row)) for row in await connection.execute_fetchall("SELECT * FROM show_encoders")]

    assert key not in again.text and "Tạo mã mới" in again.text and f"{airing.room}/encoder" in planned.text
    assert all(status in (303, 401, 403, 404) for status in closed)
    assert len(kept) == 1 and key not in kept[0] and f"{airing.code.lower()}-7-" not in kept[0]


async def test_without_an_rtmp_server_there_is_neither_page_nor_hook(tmp_path: Path) -> None:
    async with open_cast(make_settings(tmp_path / "bare", rtmp=Rtmp("rtmp://shop.example/live"))) as cast:
        airing = await plan(cast)

        answers = [(await cast.farmer.get(f"{airing.room}/encoder")).status_code,
                   (await cast.farmer.post(f"{airing.room}/encoder/key")).status_code,
                   (await cast.buyer.post("/hooks/encoder/", data=asked("x"))).status_code,
                   (await cast.buyer.post("/hooks/encoder/x", data=asked("x"))).status_code]
        planned = await cast.farmer.get(airing.room)

    assert answers == [404, 404, 404, 404] and "/encoder" not in planned.text
