"""A live goes to other platforms too, and none of them disturbs it or another."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from media.live.destinations import checked_url
from media.live.spec import DestinationState, Ended, OnAir
from media.live.tunnel import joined
from tests.conftest import missing
from tests.media.live.phone import recorded, send
from tests.media.live.receiver import MODULE, Receiver, free_port
from tests.media.live.watching import AMPLE, RED, Heard, is_near, on_air, pictures

KEY = "key-nobody-may-see"


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    if not MODULE.exists():
        missing("nginx-rtmp", "apt-get install nginx libnginx-mod-rtmp")
    receiver = Receiver(tmp_path / "receiver")
    receiver.start()
    yield receiver
    receiver.stop()


async def state_of(heard: Heard, id: str, state: str, *, reason: str = "", after: int = 0) -> int:
    """Wait for a destination's state; how many events there were by then."""
    wanted = (id, state, reason)

    def is_there() -> bool:
        states = [event for event in heard.events[after:] if isinstance(event, DestinationState)]
        return any((event.id, event.state, event.reason) == wanted for event in states)

    async with asyncio.timeout(AMPLE), heard.news:
        await heard.news.wait_for(is_there)
    return len(heard.events)


def pushers() -> list[Path]:
    """The processes of our own that push, by /proc."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (process / "status").read_text(), (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"media.live.push" in command and f"PPid:\t{os.getpid()}\n" in status:
            found.append(process)
    return found


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that it signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(key, hashes.SHA256()))
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


async def test_a_platform_receives_the_show_as_it_is(tmp_path: Path, receiver: Receiver) -> None:
    async with on_air(tmp_path / "live") as (live, heard):
        await live.destination("fb", receiver.url(KEY))
        await state_of(heard, "fb", "live")
        await send(live, "phone", recorded(3, colour=RED))
        await heard.first(OnAir)

    received = pictures(receiver.folder / f"{KEY}.flv")
    assert len(received) > 50
    assert is_near(received[-10][1][10, 160], RED)
    assert max(late[0] - soon[0] for soon, late in zip(received, received[1:], strict=False)) < 0.06
    assert pushers() == []


async def test_the_stream_key_stands_in_no_list_of_processes(tmp_path: Path, receiver: Receiver) -> None:
    async with on_air(tmp_path / "live") as (live, heard):
        await live.destination("fb", receiver.url(KEY))
        await state_of(heard, "fb", "live")

        found = pushers()
        shown = [(process / name).read_bytes() for process in found for name in ("cmdline", "environ")]

    assert len(found) == 1
    assert all(KEY.encode() not in text for text in shown)
    assert all(KEY not in repr(event) for event in heard.events)


async def test_one_that_hangs_and_one_that_refuses_leave_the_others_alone(
    tmp_path: Path, receiver: Receiver
) -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as hung, on_air(tmp_path / "live") as (
        live, heard,
    ):
        port = hung.sockets[0].getsockname()[1]
        await live.destination("hung", f"rtmp://127.0.0.1:{port}/live/x")
        await live.destination("wrong", receiver.url("x", app="elsewhere"))
        await live.destination("off", f"rtmp://127.0.0.1:{free_port()}/live/x")
        await live.destination("good", receiver.url("good"))
        await state_of(heard, "good", "live")
        await state_of(heard, "wrong", "waiting", reason="refused")
        await state_of(heard, "off", "waiting", reason="unreachable")
        await asyncio.sleep(1)
        await live.destination("hung", None)
        await state_of(heard, "hung", "removed")

    arrived = [seconds for seconds, _, _ in pictures(receiver.folder / "good.flv")]
    assert len(arrived) > 20
    assert max(late - soon for soon, late in zip(arrived, arrived[1:], strict=False)) < 0.06


async def test_a_platform_that_was_gone_is_taken_up_again(tmp_path: Path, receiver: Receiver) -> None:
    async with on_air(tmp_path / "live") as (live, heard):
        await live.destination("fb", receiver.url("again"))
        seen = await state_of(heard, "fb", "live")
        receiver.stop()
        seen = await state_of(heard, "fb", "waiting", reason="closed", after=seen)
        receiver.start()

        await state_of(heard, "fb", "live", after=seen)


async def test_a_platform_behind_tls_is_believed_by_its_certificate_only(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lead_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        near_reader, near_writer = await asyncio.open_connection("127.0.0.1", receiver.port)
        await joined((reader, near_writer), (near_reader, writer))

    files = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    async with await asyncio.start_server(lead_on, "127.0.0.1", 0, ssl=context) as front, on_air(
        tmp_path / "live"
    ) as (live, heard):
        url = f"rtmps://localhost:{front.sockets[0].getsockname()[1]}/live/secret"
        await live.destination("unknown", url)
        await state_of(heard, "unknown", "waiting", reason="certificate")
        await live.destination("unknown", None)
        monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
        await live.destination("known", url)
        await state_of(heard, "known", "live")
        await asyncio.sleep(2)
        await live.destination("known", None)
        await asyncio.sleep(0.5)

    assert len(pictures(receiver.folder / "secret.flv")) > 10


async def test_the_connection_outlives_the_worker(tmp_path: Path, receiver: Receiver) -> None:
    async with on_air(tmp_path / "live") as (live, heard):
        await live.destination("fb", receiver.url("one"))
        before = await state_of(heard, "fb", "live")
        assert live.pid
        os.kill(live.pid, 9)
        await asyncio.sleep(3)

        states = [event for event in heard.events[before:] if isinstance(event, DestinationState)]

    assert [event.state for event in states] == []
    received = pictures(receiver.folder / "one.flv")
    assert received[-1][0] - received[0][0] > 2.5


async def test_one_to_which_no_way_can_be_opened_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    @asynccontextmanager
    async def no_way(host: str, port: int) -> AsyncIterator[None]:
        raise OSError(24, "too many open files")
        yield

    monkeypatch.setattr("media.live.destinations.tunnel", no_way)
    async with on_air(tmp_path) as (live, heard):
        await live.destination("p", "rtmps://shop.example/live/k")
        async with asyncio.timeout(AMPLE):
            while not any(isinstance(one, DestinationState) and one.reason == "unreachable" for one in heard.events):
                await asyncio.sleep(0.05)

    assert await heard.first(Ended)


@pytest.mark.parametrize("url", ["", "http://x/live/k", "rtmp://", "rtmp://host", "rtmp://h/l/k\nx",
                                 "file:///etc/passwd", "rtmp://h/a b", "rtmps://h:99999/live/k", "rtmp://h:0/live/k", "rtmp://h/" + "x" * 1000])
def test_only_addresses_of_rtmp_are_taken_and_never_repeated(url: str) -> None:
    with pytest.raises(ValueError) as refusal:
        checked_url(url)

    assert not url or url not in str(refusal.value)
