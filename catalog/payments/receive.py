"""A transfer told by the bank: kept first, then counted for its order, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.accounts.queries import account_of
from catalog.payments.banks.provider import Notice
from catalog.payments.credit import credit
from catalog.payments.memo import match_memo
from catalog.payments.model import CREDITED, Endpoint, Why
from catalog.payments.queries import DAY_MS, SQL, order_ids_by_code
from catalog.storage.database import new_id, now_ms
from catalog.storage.sql import Connection

KEEP_CONTENT_MS = 90 * DAY_MS
"""Who has not asked after three months will not be helped by the memo any more."""


async def receive_transfer(connection: Connection, endpoint: Endpoint, notice: Notice) -> Why | None:
    """How the transfer stands; None where there is nothing to keep: a repeat, a trial, money going out.

    Whatever doubt there is about incoming money puts it before a person.
    """
    household_id = endpoint.household_id
    await SQL.note_call(connection, id=endpoint.id, now_ms=now_ms())
    if notice.provider_id is None or not notice.is_incoming:
        return None
    await SQL.forget_contents(connection, household_id=household_id, before_ms=now_ms() - KEEP_CONTENT_MS)
    account = await account_of(connection, household_id)
    own = account.account_number.upper() if account else ""
    number = next((given for given in notice.accounts if given.upper() == own), None)
    transfer_id = new_id()
    added = await SQL.add_transfer(
        connection, id=transfer_id, household_id=household_id, provider=endpoint.provider, endpoint_id=endpoint.id,
        provider_id=notice.provider_id, account_number=number or notice.accounts[0], amount_vnd=notice.amount_vnd,
        content=notice.content, reference=notice.reference, at_text=notice.at_text, now_ms=now_ms())
    if added is None:
        return None
    order_ids = await order_ids_by_code(connection, household_id)
    code = find_code(notice, order_ids)
    if number is None:
        why = Why.OTHER_ACCOUNT
    elif code is None:
        why = Why.NO_CODE
    else:
        why = await credit(connection, transfer_id, order_ids[code], notice.amount_vnd)
    state = "matched" if why in CREDITED else "unmatched" if why is Why.NO_CODE else "review"
    await SQL.conclude(connection, id=transfer_id, state=state, reason=why.value,
                       order_id=order_ids[code] if code else None,
                       content=code if code and state == "matched" else notice.content)
    return why


def find_code(notice: Notice, codes: Iterable[str]) -> str | None:
    """The order code that is meant: what the service itself has read comes first, then the memo."""
    known = tuple(codes)
    return (match_memo(notice.code, known) if notice.code else None) or match_memo(notice.content, known)
