"""A comment taken in: read beside what was on air, kept, and made a draft where it asks for something."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from catalog.errors import Conflict
from catalog.live.intent import CANCEL, CHANGE
from catalog.live.items import Item
from catalog.live.pins import MEAT, Pin, Pins
from catalog.live.shows.hold import hold, too_small
from catalog.live.shows.model import LITTLE, Show, ShowItem, Want, wants_json
from catalog.live.shows.queries import SQL, draft_by_id, items_of, note
from catalog.live.thread import REPEAT_MS, Heard, Thread
from catalog.storage.database import new_id, now_ms
from catalog.storage.sql import Connection
from catalog.words.fold import fold
from catalog.words.units import BadQuantity, read_unit, to_base

NOBODY = "Khách"
"""Stands where a comment names nobody."""

MOST_BEFORE = 30
"""Earlier comments of the same person that are looked at."""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it came: who, what, from where; when, where that is known and isn't just now."""

    author: str
    text: str
    source: str
    at_ms: int | None = None


async def take_comments(connection: Connection, show: Show, said: list[Said], *, seller: str,
                        person_id: str | None = None) -> int:
    """How many were new. Pasted ones that were pasted before are left out, the seller's own make no draft.

    Raises `Conflict` where the show is not on air. Wake the job runner afterwards.
    """
    items = {item.pin: item for item in await items_of(connection, show.id)}
    pins = Pins([Pin(item.pin, item.listing.name, units_of(item.listing.unit)) for item in items.values()])
    marks = [(row["at_ms"], json.loads(row["detail"])["pin"]) for row in await SQL.markers(connection, show_id=show.id)
             if row["what"] == "pinned"]
    taken = 0
    for one in said:
        author = one.author or NOBODY
        folded = fold(author)
        if one.source == "paste" and await SQL.same_comment(
                connection, show_id=show.id, folded=folded, text=one.text, source=one.source,
                since_ms=now_ms() - REPEAT_MS):
            continue
        row = await SQL.next_comment(connection, id=show.id)
        if row is None:
            raise Conflict("Buổi phát chưa bắt đầu hoặc đã hết.")
        heard, before = await _hear(connection, show, pins, marks, author, one.text, one.at_ms or now_ms())
        comment_id = new_id()
        await SQL.add_comment(
            connection, id=comment_id, show_id=show.id, number=row["last_comment"], source=one.source, author=author,
            folded=folded, text=one.text, at_ms=heard.at_ms, reading=json.dumps(_reading(heard, items), ensure_ascii=False))
        if folded != fold(seller):
            await _draft(connection, show, items, comment_id, heard, before)
        taken += 1
    if taken:
        await note(connection, show.id, "comments", person_id=person_id, count=taken)
    return taken


def units_of(unit: str) -> tuple[str, ...]:
    """The units in which people ask for what is sold by `unit`."""
    known = read_unit(unit)
    if known.base == "g":
        return ("kg",)
    return ("quả",) if known.is_count_word else (known.code,)


def wants_of(heard: Heard, items: dict[str, ShowItem]) -> tuple[Want, ...]:
    """What the comment asks for, in the goods' own units as far as they can be told."""
    return tuple(_want(one, heard, items) for one in heard.reading.items)


async def _hear(connection: Connection, show: Show, pins: Pins, marks: list[tuple[int, str]], author: str,
                text: str, at_ms: int) -> tuple[Heard, list[str]]:
    """The comment read after the person's own earlier ones, and their ids."""
    thread = Thread(pins)
    for since_ms, pin in marks:
        if pin in pins.by_code:
            thread.pin(pin, since_ms)
    rows = await SQL.comments_of_author(connection, show_id=show.id, folded=fold(author), most=MOST_BEFORE)
    if author == NOBODY:
        rows = []
    for row in reversed(rows):
        thread.take(row["author"], row["text"], row["at_ms"])
    return thread.take(author, text, at_ms), [row["id"] for row in reversed(rows)]


async def _draft(connection: Connection, show: Show, items: dict[str, ShowItem], comment_id: str, heard: Heard,
                 before: list[str]) -> None:
    intent = heard.reading.intent
    earlier = heard.repeats if heard.repeats is not None else heard.about
    about = await SQL.draft_of_comment(connection, comment_id=before[earlier]) if earlier is not None else None
    if not heard.reading.orders and not (intent in (CANCEL, CHANGE) and about):
        return
    wants = wants_of(heard, items)
    unsure = heard.unsure or ("amount" if any(want.pin and not want.amount for want in wants) else "")
    if not unsure and any(too_small(want, items) for want in wants):
        unsure = LITTLE
    if intent in (CANCEL, CHANGE):
        unsure = intent
    draft_id = new_id()
    await SQL.add_draft(
        connection, id=draft_id, show_id=show.id, comment_id=comment_id, about_id=about["id"] if about else None,
        intent=intent, items=wants_json(wants), candidates=json.dumps(heard.candidates or tuple(items)[:3]),
        phone=heard.reading.phone or "", unsure=unsure, now_ms=now_ms())
    draft = await draft_by_id(connection, show.id, draft_id)
    assert draft is not None
    if draft.is_sure:
        await hold(connection, draft, items)


def _want(item: Item, heard: Heard, items: dict[str, ShowItem]) -> Want:
    pin = item.product if item.product in items else None
    if pin is None and (item.product in (None, MEAT)) and len(heard.candidates) == 1:
        pin = heard.candidates[0]
    said = f"{item.quantity:f} {item.unit or ''}".strip() if item.quantity is not None else ""
    if pin is None:
        return Want(None, None, said)
    unit = items[pin].listing.unit
    try:
        return Want(pin, to_base(item.quantity if item.quantity is not None else 1, item.unit or unit, sold_by=unit), said)
    except BadQuantity:
        return Want(pin, None, said)


def _reading(heard: Heard, items: dict[str, ShowItem]) -> dict[str, Any]:
    return {"intent": heard.reading.intent, "unsure": heard.unsure,
            "wants": [[want.pin, want.amount, want.said] for want in wants_of(heard, items)]}
