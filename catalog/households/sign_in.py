"""Personal links and the sessions that they open."""

from __future__ import annotations

from catalog.errors import Gone, NotFound
from catalog.households.model import Person
from catalog.households.pin import check_pin
from catalog.households.queries import SQL, to_person
from catalog.households.tokens import digest, new_token
from catalog.storage.database import Database, new_id, now_ms
from catalog.storage.sql import Connection

DAY_MS = 24 * 3600_000


async def make_link(connection: Connection, person_id: str, *, once: bool = False) -> str:
    """The token of a new personal link. A lasting link replaces the one before it."""
    token = new_token()
    if not once:
        await SQL.revoke_links(connection, person_id=person_id, now_ms=now_ms())
    await SQL.add_link(connection, id=new_id(), person_id=person_id, token_digest=digest(token), once=int(once),
                       now_ms=now_ms())
    return token


async def revoke(connection: Connection, person_id: str) -> None:
    """End the person's links and every phone's session."""
    await SQL.revoke_links(connection, person_id=person_id, now_ms=now_ms())
    await SQL.end_sessions_of(connection, person_id=person_id)


async def person_of_link(connection: Connection, token: str) -> Person:
    """Whom the link belongs to; raises `NotFound` or, for a used or revoked one, `Gone`."""
    link = await SQL.link_by_digest(connection, token_digest=digest(token))
    if link is None:
        raise NotFound("Đường dẫn này không đúng. Nhờ tổ số của bản gửi lại.")
    if link["revoked_ms"] is not None or (link["once"] and link["used_ms"] is not None):
        raise Gone("Đường dẫn này đã thay bằng đường dẫn mới. Nhờ tổ số của bản gửi lại.")
    return to_person(await SQL.person_by_id(connection, id=link["person_id"]))


async def open_link(db: Database, token: str, *, pin: str, days: int) -> tuple[str, Person]:
    """A new session's token and its person. Raises as `person_of_link` and `check_pin` do."""
    async with db.read() as connection:
        person = await person_of_link(connection, token)
    await check_pin(db, person.id, pin)
    session = new_token()
    async with db.write() as connection:
        link = await SQL.link_by_digest(connection, token_digest=digest(token))
        if link is None or await SQL.use_link(connection, id=link["id"], now_ms=now_ms()) is None:
            raise Gone("Đường dẫn này đã dùng rồi.")
        await SQL.forget_old_sessions(connection, now_ms=now_ms())
        await SQL.add_session(connection, token_digest=digest(session), person_id=person.id, link_id=link["id"],
                              now_ms=now_ms(), expires_ms=now_ms() + days * DAY_MS)
    return session, person
