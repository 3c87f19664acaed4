"""Posts that are due go out: a job may run twice and die anywhere, a post goes out once."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.posts.publishers.account import Account, place_of
from catalog.posts.publishers.connect import REMOVED
from catalog.posts.publishers.model import BAD_TOKEN, NotSure, Package, Posted, Refused, TryAgain
from catalog.posts.publishers.queries import SQL, account_by_id, sending_by_id
from catalog.posts.publishers.registry import Door, Secrets, publish
from catalog.posts.publishers.row_record import Overtaken, RowRecord
from catalog.posts.publishers.schedule import SEND_JOB, promise
from catalog.posts.publishers.sending import LOOK_AGAIN_SECONDS, MOST_LOOKS, Sending, next_wait_seconds
from catalog.posts.publishers.steps import Steps
from catalog.posts.publishers.subject import Kind
from catalog.posts.publishers.wire import Wire
from catalog.storage.database import new_id, now_ms
from catalog.storage.jobs import JobKind, Report
from catalog.storage.queries import Job
from catalog.storage.secrets import SecretLost
from catalog.storage.shop import Shop
from catalog.words.keyed import N_

PICTURES_EVERY_SECONDS = 20
PICTURES_WAIT_MS = 30 * 60_000
UPLOADS_LAST_MS = 12 * 3600_000
"""Networks throw away after a day what was uploaded and not posted."""

NO_FILES = N_("Ảnh hoặc clip chưa làm được. Mở món hàng, bấm “Làm lại”.")
LOOKING = N_("Chưa rõ bài đã lên chưa. Sạp sẽ tự xem lại.")
OWN_FAULT = N_("Sạp gặp trục trặc khi đăng.")

log = logging.getLogger("cho_phien.posts")
_locks: dict[str, asyncio.Lock] = {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a turn ends. `wait_seconds` says when the next is, where the state is waiting."""

    state: str
    reason: str = ""
    detail: str = ""
    link: str = ""
    wait_seconds: float = 0.0
    counts: bool = True
    looks: int = 0


def jobs_of(kinds: Sequence[Kind]) -> tuple[JobKind, ...]:
    """The job that sends posts of these kinds."""

    async def send(shop: Shop, job: Job, report: Report) -> None:
        await send_post(kinds, shop, job)

    return (JobKind(SEND_JOB, send),)


async def send_post(kinds: Sequence[Kind], shop: Shop, job: Job) -> None:
    """One turn of a post: whatever it comes to is in its row when this returns."""
    sending_id, turn = job.payload["sending_id"], new_id()
    async with shop.db.write() as connection:
        if await SQL.take_turn(connection, id=sending_id, turn=turn, now_ms=now_ms()) is None:
            return
        sending = await sending_by_id(connection, sending_id)
        assert sending is not None
        account = await account_by_id(connection, sending.account_id)
        assert account is not None
    try:
        # One post of an account at a time: its token may be renewed on the way, and works once.
        async with _locks.setdefault(account.id, asyncio.Lock()):
            outcome = await _turn(kinds, shop, sending, account.id, turn)
    except Overtaken:
        outcome = Outcome("waiting", wait_seconds=1, looks=sending.looks)
    except Exception:
        log.exception("a post failed by a fault of the shop's own")
        outcome = _again(sending, TryAgain(OWN_FAULT), is_seen=True)
    await _end(shop, sending, turn, outcome)


async def _turn(kinds: Sequence[Kind], shop: Shop, sending: Sending, account_id: str, turn: str) -> Outcome:
    async with shop.db.read() as connection:
        account = await account_by_id(connection, account_id)
    assert account is not None
    if account.is_removed:
        return Outcome("unknown" if sending.has_begun else "cancelled", REMOVED)
    found = await next(kind for kind in kinds if kind.sends(sending)).make(shop, sending)
    if isinstance(found, str):
        return Outcome("cancelled", found)
    ready = found.ready
    if ready.package is None:
        if ready.is_coming and now_ms() - max(sending.due_ms, sending.created_ms) < PICTURES_WAIT_MS:
            return Outcome("waiting", wait_seconds=PICTURES_EVERY_SECONDS, counts=False)
        return Outcome("failed", NO_FILES)
    kept = _still_good(sending, ready.fingerprint)
    record = RowRecord(shop, sending, turn, guard=found.guard, text=ready.package.text, kept=kept)
    try:
        posted = await _publish(shop, account, sending, ready.package, record)
    except SecretLost:
        await _mark_trouble(shop, account)
        return Outcome("failed", BAD_TOKEN)
    except Refused as refusal:
        if refusal.ends_account:
            await _mark_trouble(shop, account)
        if refusal.undoes_all:
            await record.forget()
        return Outcome("unknown" if record.is_seen else "failed", refusal.reason, refusal.detail)
    except NotSure as doubt:
        if doubt.can_look and sending.looks < MOST_LOOKS:
            return Outcome("waiting", LOOKING, wait_seconds=LOOK_AGAIN_SECONDS, counts=False, looks=sending.looks + 1)
        return Outcome("unknown", doubt.reason)
    except TryAgain as trouble:
        return _again(sending, trouble, is_seen=record.is_seen)
    return Outcome("done", link=posted.link)


async def _publish(shop: Shop, account: Account, sending: Sending, package: Package, record: RowRecord) -> Posted:
    networks = shop.settings.networks
    secrets: Secrets = json.loads(shop.secrets.unseal(account.sealed, place=place_of(account.id)))

    async def keep(renewed: Secrets) -> None:
        sealed = shop.secrets.seal(json.dumps(renewed), place=place_of(account.id))
        async with shop.db.write() as connection:
            await SQL.keep_sealed(connection, id=account.id, sealed=sealed, now_ms=now_ms())

    async with Wire(allow_loopback=networks.allow_loopback) as wire:
        return await publish(Door(wire, networks, account.network, account.address, secrets, keep), sending.shape,
                             package, Steps(record))


def _still_good(sending: Sending, fingerprint: str) -> dict[str, str]:
    """The outcomes that still count: uploads of other facts, or of half a day ago, are done anew."""
    is_old = now_ms() - int(sending.kept.get("at", "0")) > UPLOADS_LAST_MS
    if sending.has_begun or (sending.kept.get("facts") == fingerprint and not is_old):
        return sending.kept
    return {"facts": fingerprint, "at": str(now_ms())}


def _again(sending: Sending, trouble: TryAgain, *, is_seen: bool = False) -> Outcome:
    wait = next_wait_seconds(sending.tries + 1, trouble.wait_seconds)
    if wait is None:
        return Outcome("unknown" if is_seen else "failed", trouble.reason, trouble.detail)
    return Outcome("waiting", trouble.reason, trouble.detail, wait_seconds=wait)


async def _mark_trouble(shop: Shop, account: Account) -> None:
    async with shop.db.write() as connection:
        await SQL.set_trouble(connection, id=account.id, sealed=account.sealed, trouble=BAD_TOKEN)


async def _end(shop: Shop, sending: Sending, turn: str, outcome: Outcome) -> None:
    is_waiting = outcome.state == "waiting"
    due_ms = now_ms() + int(outcome.wait_seconds * 1000) if is_waiting else sending.due_ms
    async with shop.db.write() as connection:
        ended = await SQL.end_turn(
            connection, id=sending.id, turn=turn, state=outcome.state, due_ms=due_ms, looks=outcome.looks,
            tries=sending.tries + int(outcome.counts), reason=outcome.reason, detail=outcome.detail, link=outcome.link,
            now_ms=now_ms())
        if ended is not None and is_waiting:
            await promise(connection, sending.id, due_ms)
    shop.jobs.wake()
