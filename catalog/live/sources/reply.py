"""The private message below a comment whose order was confirmed: once, within a week, its outcome kept.

Source: Meta, Messenger Platform, "Private Replies" (April 2026): one message for each comment, within 7 days of
it, as `recipient {comment_id}`; a conversation begins only where the person answers. YouTube has no such thing.
"""

from __future__ import annotations

import json

from catalog.live.shows.queries import SQL as SHOWS
from catalog.live.shows.queries import items_of, note, show_by_id, to_draft
from catalog.live.sources.feeds import page_token
from catalog.live.sources.model import NAMELESS, NOT_AGREED, Stop
from catalog.live.sources.queries import SQL, held_back
from catalog.posts.publishers.account import Account
from catalog.posts.publishers.graph import Graph
from catalog.posts.publishers.model import BAD_TOKEN, NO_RIGHT, Failed, NoAnswer, Refused, TryAgain
from catalog.posts.publishers.queries import account_by_id
from catalog.posts.publishers.wire import Wire
from catalog.storage.database import now_ms
from catalog.storage.queries import Job, enqueue
from catalog.storage.jobs import JobKind, Report
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.words.keyed import N_
from catalog.words.units import show_quantity

REPLY = "live.reply"
LANE = "networks"
WEEK_MS = 7 * 24 * 3600_000
MARGIN_MS = 10 * 60_000
AGAIN_SECONDS = (15, 60, 300, 1800)
LONGEST_TEXT = 1_000
"""Messenger takes 2000; a name and six goods need 400."""

NO_ANSWER = N_("Facebook không trả lời.")
NOT_ALLOWED = N_("Facebook không cho nhắn người này.")
NO_MESSAGES_RIGHT = N_("Mã kết nối thiếu quyền nhắn tin (pages_messaging).")
NOT_CONNECTED = N_("Mã kết nối hết hạn hoặc đã bị thu lại.")
TOO_BUSY = N_("Facebook bảo chờ lâu quá.")


async def send_reply(shop: Shop, job: Job, report: Report) -> None:
    """One try. A second run finds the first one's mark and sends nothing: one that died on the way is in doubt."""
    draft_id, tries = job.payload["draft_id"], int(job.payload.get("tries", 0))
    async with shop.db.write() as connection:
        told = await _begin(connection, draft_id, shop.settings.public_url)
    if told is None:
        return
    comment_id, external_id, account, text = told
    reply, reason, wait = await _send(shop, account, external_id, text)
    if reply == "waiting" and tries >= len(AGAIN_SECONDS):
        reply, reason = "failed", TOO_BUSY
    async with shop.db.write() as connection:
        await SQL.end_reply(connection, comment_id=comment_id, reply=reply, reason=reason, now_ms=now_ms())
        row = await SQL.confirmed_draft(connection, id=draft_id)
        if row is not None:
            await note(connection, row["show_id"], "reply", draft=draft_id, state=reply)
        if reply == "waiting":
            await enqueue(connection, REPLY, key=f"{REPLY}:{draft_id}:{tries + 1}", lane=LANE,
                          payload={"draft_id": draft_id, "tries": tries + 1},
                          run_at_ms=now_ms() + int(max(wait or 0, AGAIN_SECONDS[tries]) * 1000))


async def _begin(connection: Connection, draft_id: str, public_url: str) -> tuple[str, str, Account | None, str] | None:
    """The comment's ids, the account and the words, marked as being sent; None where nothing is to be sent."""
    row = await SQL.confirmed_draft(connection, id=draft_id)
    if row is None:
        return None
    comment = await SQL.source_comment(connection, comment_id=row["comment_id"])
    if comment is None or comment["network"] != "facebook":
        return None
    is_late = now_ms() - comment["at_ms"] > WEEK_MS - MARGIN_MS
    if await SQL.begin_reply(connection, comment_id=row["comment_id"], now_ms=now_ms()) is None:
        await SQL.doubt_reply(connection, comment_id=row["comment_id"], now_ms=now_ms())
        return None
    if is_late:
        await SQL.end_reply(connection, comment_id=row["comment_id"], reply="late", reason="", now_ms=now_ms())
        return None
    if comment["source_id"] in await held_back(connection, row["show_id"]):
        await SQL.end_reply(connection, comment_id=row["comment_id"], reply="failed", reason=NOT_AGREED,
                            now_ms=now_ms())
        return None
    text = await _words(connection, row, public_url)
    return row["comment_id"], comment["external_id"], await account_by_id(connection, comment["account_id"]), text


async def _words(connection: Connection, row: dict[str, object], public_url: str) -> str:
    """What the buyer reads: Vietnamese, as the comment was."""
    draft = to_draft(row)
    show = await show_by_id(connection, draft.show_id)
    items = {item.pin: item for item in await items_of(connection, show.id)}
    author = (await SHOWS.comment_by_id(connection, id=draft.comment_id))["author"]
    what = ", ".join(f"{show_quantity(want.amount, items[want.pin].listing.unit)} {items[want.pin].listing.name}"
                     for want in draft.wants if want.pin in items and want.amount)
    link = f"{public_url}/x/{(draft.claim or '').lower()}"
    greeting = "Bạn" if author.startswith(NAMELESS["facebook"]) else author
    return f"{greeting} ơi, đã chốt {what}. Điền nốt tên, số điện thoại, chỗ nhận ở đây nhé: {link}"[:LONGEST_TEXT]


async def _send(shop: Shop, account: Account | None, external_id: str, text: str) -> tuple[str, str, float | None]:
    """The outcome, its reason, the seconds to wait where it waits."""
    networks = shop.settings.networks
    try:
        token = page_token(shop, account)
        assert account is not None
        async with Wire(allow_loopback=networks.allow_loopback) as wire:
            await Graph(wire, networks, token).post(
                f"{account.address}/messages", recipient=json.dumps({"comment_id": external_id}),
                message=json.dumps({"text": text}, ensure_ascii=False))
    except Stop:
        return "failed", NOT_CONNECTED, None
    except Refused as error:
        return "failed", {BAD_TOKEN: NOT_CONNECTED, NO_RIGHT: NO_MESSAGES_RIGHT}.get(error.reason, NOT_ALLOWED), None
    except (Failed, NoAnswer):  # It may have been sent, and nobody can look it up.
        return "unknown", NO_ANSWER, None
    except TryAgain as error:
        return "waiting", "", error.wait_seconds
    return "sent", "", None


JOBS = (JobKind(REPLY, send_reply),)
