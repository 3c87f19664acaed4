"""Asking for a post, now or later, and what a person may do about it afterwards."""

from __future__ import annotations

from dataclasses import asdict

from catalog.errors import Conflict, FieldError, Invalid
from catalog.households.queries import record
from catalog.posts.publishers.account import Account
from catalog.posts.publishers.queries import SQL
from catalog.posts.publishers.sending import Sending
from catalog.posts.publishers.subject import Subject
from catalog.storage.database import new_id, now_ms
from catalog.storage.queries import enqueue
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.words.keyed import N_

SEND_JOB = "posts.send"
LANE = "networks"
MOST_ON_THEIR_WAY = 50


async def schedule(shop: Shop, subject: Subject, account: Account, *, shape: str, due_ms: int, form_key: str) -> str:
    """The id of the post on its way; the same form sent twice makes one.

    Raises `Invalid` where the subject may not be posted now, and where the same is waiting.
    """
    await subject.check()
    async with shop.db.write() as connection:
        sending_id, is_new = await _add(connection, subject, account, shape=shape, due_ms=due_ms, form_key=form_key)
        if is_new:
            await subject.note(connection, account)
    shop.jobs.wake()
    return sending_id


async def cancel(shop: Shop, sending: Sending, *, person_id: str | None) -> None:
    """Stop a post that has not begun. Raises `Conflict` where it has."""
    async with shop.db.write() as connection:
        if await SQL.cancel_sending(connection, id=sending.id, now_ms=now_ms()) is None:
            raise Conflict("Bài này đã bắt đầu đăng, không huỷ được nữa.")
        if sending.household_id:
            await record(connection, household_id=sending.household_id, person_id=person_id, listing_id=sending.listing_id,
                         verb=N_("huỷ đăng bài"), detail=sending.subject)


async def send_again(shop: Shop, sending: Sending, *, price_vnd: int = 0) -> None:
    """Try a failed post once more, or one of which a person has seen that it isn't there."""
    async with shop.db.write() as connection:
        now = now_ms()
        if await SQL.send_again(connection, id=sending.id, price_vnd=price_vnd, now_ms=now) is None:
            raise Conflict
        await promise(connection, sending.id, now)
    shop.jobs.wake()


async def settle_as_done(shop: Shop, sending: Sending) -> None:
    """A person has seen the post on the network."""
    async with shop.db.write() as connection:
        if await SQL.settle_as_done(connection, id=sending.id, now_ms=now_ms()) is None:
            raise Conflict


async def promise_all(shop: Shop) -> None:
    """At a start: a job for whatever is on its way and has none, for instance after a copy was brought back."""
    async with shop.db.write() as connection:
        for row in await SQL.without_a_promise(connection):
            await promise(connection, row["id"], row["due_ms"])
    shop.jobs.wake()


async def promise(connection: Connection, sending_id: str, due_ms: int) -> None:
    """A job for the moment. Each has a key of its own: one that runs must not swallow the promise of the next."""
    await enqueue(connection, SEND_JOB, key=f"send:{sending_id}:{new_id()}", subject=sending_id,
                  payload={"sending_id": sending_id}, lane=LANE, run_at_ms=due_ms)


async def _add(connection: Connection, subject: Subject, account: Account, *, shape: str, due_ms: int,
               form_key: str) -> tuple[str, bool]:
    """The id, and whether it is new. Raises `Invalid` where the same waits, and past `MOST_ON_THEIR_WAY`."""
    if same := await SQL.sending_by_form(connection, account_id=account.id, shape=shape, form_key=form_key):
        return str(same["id"]), False
    about = asdict(subject.about)
    waiting = await SQL.on_their_way(connection, household_id=about["household_id"], village_id=about["village_id"])
    if waiting["number"] >= MOST_ON_THEIR_WAY:
        raise Invalid("Đã có {most} bài chờ đăng. Chờ bớt rồi thêm.", most=MOST_ON_THEIR_WAY)
    sending_id = new_id()
    if await SQL.add_sending(connection, id=sending_id, account_id=account.id, shape=shape, form_key=form_key,
                             due_ms=due_ms, asked_by=subject.holder.person_id, now_ms=now_ms(), **about) is None:
        raise Invalid(fields={"target": FieldError("Bài này đang chờ đăng ở đây rồi.")})
    await promise(connection, sending_id, due_ms)
    return sending_id, True
