"""Posts handed to another site: signed, once, and never into a private network."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from catalog.posts.publishers.address import NOT_HTTPS, NOT_PUBLIC, check_address, is_public, public_target
from catalog.posts.publishers.model import BAD_CONTENT, BAD_TOKEN, ODD_ANSWER, Posted, Refused, TryAgain, safe_link
from catalog.posts.publishers.webhook import GONE, body_of
from catalog.posts.publishers.wire import Wire
from tests.posts.doubles.double import AFTER, BEFORE, serving
from tests.posts.doubles.portal import SECRET, PortalDouble
from tests.posts.outbox import TEXT, MemoryRecord, package, send


@pytest.fixture
async def portal() -> AsyncIterator[PortalDouble]:
    double = PortalDouble()
    async with serving(double):
        yield double


@pytest.fixture
def post(portal: PortalDouble, tmp_path: Path) -> Callable[..., object]:
    async def run(record: MemoryRecord | None = None, secret: str = SECRET) -> Posted:
        return await send(portal.url, "webhook", f"{portal.url}/in", {"secret": secret}, "pictures", package(tmp_path),
                          record or MemoryRecord())
    return run


async def test_a_signed_post_is_taken_with_text_pictures_and_facts(portal: PortalDouble, post) -> None:
    done = await post()

    (taken,) = portal.taken.values()
    assert taken["text"] == TEXT and taken["listing"] == {"code": "K7M2", "price_vnd": 25_000}
    assert [picture["role"] for picture in taken["pictures"]] == ["square", "portrait"] and taken["clip"]["width"] == 1080
    assert done == Posted("sending-1", "https://dienbien.example/tin/1")


def test_a_show_is_told_under_its_own_name(tmp_path: Path) -> None:
    body = json.loads(body_of(package(tmp_path, about="show", facts={"code": "K7M2P"}, clip=None)))

    assert body["event"] == "show.post" and body["show"] == {"code": "K7M2P"} and "listing" not in body


@pytest.mark.parametrize("fault", [fault for fault in (*BEFORE, *AFTER) if fault not in (
    "redirect", "garbage", "empty", "packed", "lost garbage")])
async def test_whatever_goes_wrong_the_same_post_is_sent_again_and_taken_once(portal: PortalDouble, post, fault: str) -> None:
    record = MemoryRecord()
    portal.fail("post", fault)
    with pytest.raises(TryAgain):
        await post(record)

    await post(record)

    assert list(portal.taken) == ["sending-1"]


async def test_a_good_answer_needs_no_json(portal: PortalDouble, post) -> None:
    portal.fail("post", "lost garbage")

    assert await post() == Posted("sending-1", "")


async def test_a_redirect_is_not_followed(portal: PortalDouble, post) -> None:
    portal.fail("post", "redirect")

    with pytest.raises(Refused) as caught:
        await post()

    assert caught.value.reason == ODD_ANSWER and portal.calls == ["post"]


async def test_a_wrong_key_is_refused(portal: PortalDouble, post) -> None:
    with pytest.raises(Refused) as caught:
        await post(secret="another-key-of-32-signs-another-1")

    assert caught.value.reason == BAD_TOKEN and portal.taken == {}


@pytest.mark.parametrize(("status", "reason", "ends"), [
    (400, BAD_CONTENT, False), (413, BAD_CONTENT, False), (422, BAD_CONTENT, False), (410, GONE, True)])
async def test_refusals_are_final(portal: PortalDouble, post, status: int, reason: str, ends: bool) -> None:
    portal.refuse_with = status

    with pytest.raises(Refused) as caught:
        await post()

    assert (caught.value.reason, caught.value.ends_account) == (reason, ends)


@pytest.mark.parametrize("url", [
    "http://dienbien.example/in", "ftp://dienbien.example/in", "https://", "https://user:pass@dienbien.example/",
    "https://dien bien.example/", "javascript:alert(1)", "https://[::1", "https://a.example:99999/", "", "//a.example/"])
def test_only_https_addresses_of_a_host_are_called(url: str) -> None:
    with pytest.raises(Refused):
        check_address(url)


@pytest.mark.parametrize("host", [
    "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "[::1]",
    "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "localhost", "2130706433",
    "0x7f000001", "127.1"])
async def test_addresses_of_private_networks_are_refused(host: str) -> None:
    with pytest.raises(Refused) as caught:
        await public_target(f"https://{host}/in")

    assert caught.value.reason == NOT_PUBLIC


@pytest.mark.parametrize(("address", "is_open"), [
    ("8.8.8.8", True), ("2606:4700::1111", True), ("::ffff:8.8.8.8", True), ("64:ff9b::808:808", True),
    ("::ffff:127.0.0.1", False), ("255.255.255.255", False), ("ff02::1", False)])
def test_public_addresses_are_told_from_the_rest(address: str, is_open: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) == is_open


async def test_the_address_that_was_checked_is_the_one_that_is_called(portal: PortalDouble, monkeypatch) -> None:
    asked: list[str] = []

    async def getaddrinfo(host: str, port: int, **kwargs: object) -> list[object]:
        asked.append(host)
        return [(2, 1, 6, "", ("8.8.8.8" if len(asked) == 1 else "127.0.0.1", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    target = await public_target("https://portal.example/in?a=1")

    assert (target.url, target.host, target.host_header) == ("https://8.8.8.8:443/in?a=1", "portal.example", "portal.example")
    assert asked == ["portal.example"]


async def test_without_leave_nothing_on_this_machine_is_called(portal: PortalDouble) -> None:
    async with Wire() as wire:
        for is_fixed in (True, False):
            with pytest.raises(Refused) as caught:
                await wire.call("POST", f"{portal.url}/in", is_fixed=is_fixed)
            assert caught.value.reason == NOT_HTTPS

    assert portal.calls == []


@pytest.mark.parametrize(("value", "shown"), [
    ("https://a.example/1", "https://a.example/1"), ("javascript:alert(1)", ""), (7, ""), ("https://" + "a" * 600, ""),
    ("https://[", ""), ("https://a.example/\u202e", "")])
def test_only_web_addresses_become_links(value: object, shown: str) -> None:
    assert safe_link(value) == shown
