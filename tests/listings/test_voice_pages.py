"""The seller's voice: taken in, heard again, put into the clip, given up; and what is no voice."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.cast import Cast
from tests.listings.stall import kept_files, listing_row, rows, sell
from tests.media.test_voice import record, speech_like

SILENCE = 0.0001


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A phone's recording of four seconds."""
    return record(tmp_path_factory.mktemp("voice") / "voice.m4a", speech_like(4)).read_bytes()


async def send(cast: Cast, client: httpx.AsyncClient, code: str, content: bytes, *, key: str = "") -> httpx.Response:
    """The answer to a recording sent as voice.js sends it."""
    return await client.post(f"{cast.stall}/listings/{code}/voice/recording", data={"upload_key": key},
                             files={"voice": ("voice.m4a", content, "audio/mp4")}, headers={"Sec-Fetch-Dest": "empty"})


async def test_a_recording_is_kept_heard_again_and_promises_a_new_clip(cast: Cast, voice: bytes) -> None:
    code = await sell(cast, cast.farmer)
    before = (await listing_row(cast, code))["render_key"]

    answer = await send(cast, cast.farmer, code, voice)

    assert answer.status_code == 201, answer.text
    assert answer.json()["seconds"] == pytest.approx(4, abs=0.5)
    heard = await cast.farmer.get(answer.json()["url"])
    assert heard.headers["content-type"] == "audio/mp4" and heard.content[4:8] == b"ftyp"
    row = await listing_row(cast, code)
    assert row["render_key"] != before
    (job,) = await rows(cast, "SELECT state FROM jobs WHERE job_key = ?", f"{row['render_key']}:clip")
    assert job["state"] in ("queued", "running", "done")


async def test_the_same_recording_sent_twice_is_kept_once(cast: Cast, voice: bytes) -> None:
    code = await sell(cast, cast.farmer)

    first, second = [await send(cast, cast.farmer, code, voice, key="k1") for _ in range(2)]

    assert first.json() == second.json()
    assert len(await rows(cast, "SELECT id FROM recordings")) == 1


async def test_a_new_recording_takes_the_place_of_the_old_one_and_its_file(cast: Cast, voice: bytes,
                                                                            tmp_path: Path) -> None:
    code = await sell(cast, cast.farmer)
    first = await send(cast, cast.farmer, code, voice)

    second = await send(cast, cast.farmer, code, record(tmp_path / "other.ogg", speech_like(3)).read_bytes())

    assert second.status_code == 201
    assert (await cast.farmer.get(first.json()["url"])).status_code == 404
    assert sum(path.suffix == ".m4a" for path in kept_files(cast)) == 1


async def test_a_voice_that_is_given_up_leaves_nothing(cast: Cast, voice: bytes) -> None:
    code = await sell(cast, cast.farmer)
    await send(cast, cast.farmer, code, voice)

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/voice/remove")

    assert answer.status_code == 303
    assert await rows(cast, "SELECT id FROM recordings") == []
    assert not any(path.suffix == ".m4a" for path in kept_files(cast))


@pytest.mark.parametrize(("content", "status", "said"), [
    (b"", 415, "không phải ghi âm"), (b"<html>not a voice</html>", 415, "không phải ghi âm"),
    (b"\x00\x00\x00\x20ftypM4A " + b"\x00" * 400, 415, "không phải ghi âm"),
])
async def test_what_is_no_recording_is_refused_with_what_to_do(cast: Cast, content: bytes, status: int,
                                                               said: str) -> None:
    code = await sell(cast, cast.farmer)

    answer = await send(cast, cast.farmer, code, content)

    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert await rows(cast, "SELECT id FROM recordings") == []


async def test_silence_and_a_slip_of_the_thumb_are_told_apart(cast: Cast, tmp_path: Path) -> None:
    code = await sell(cast, cast.farmer)
    silent = record(tmp_path / "silent.wav", speech_like(3, loudest=SILENCE)).read_bytes()
    short = record(tmp_path / "short.wav", speech_like(0.2)).read_bytes()

    answers = [await send(cast, cast.farmer, code, content) for content in (silent, short)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Không nghe thấy tiếng nói" in answers[0].json()["detail"]
    assert "ngắn quá" in answers[1].json()["detail"]


async def test_without_script_the_form_takes_recording_and_words_and_keeps_the_words_when_refused(
        cast: Cast, voice: bytes) -> None:
    code = await sell(cast, cast.farmer)
    address = f"{cast.stall}/listings/{code}/voice"
    words = {"captions": "Bưởi nhà em hái sáng nay."}

    refused = await cast.farmer.post(address, data=words, files={"voice": ("a.m4a", b"none", "audio/mp4")})
    saved = await cast.farmer.post(address, data=words, files={"voice": ("a.m4a", voice, "audio/mp4")})

    assert refused.status_code == 422 and "Bưởi nhà em hái sáng nay." in refused.text
    assert "không phải ghi âm" in refused.text
    assert saved.status_code == 303
    assert (await listing_row(cast, code))["captions"] == "Bưởi nhà em hái sáng nay."
    assert len(await rows(cast, "SELECT id FROM recordings")) == 1


async def test_a_neighbour_neither_hears_nor_changes_it(cast: Cast, voice: bytes) -> None:
    code = await sell(cast, cast.farmer)
    heard = (await send(cast, cast.farmer, code, voice)).json()["url"]

    answers = [await cast.neighbour.get(heard), await cast.buyer.get(heard),
               await send(cast, cast.neighbour, code, voice),
               await cast.neighbour.post(f"{cast.stall}/listings/{code}/voice/remove")]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert len(await rows(cast, "SELECT id FROM recordings")) == 1
