"""SePay's calls as its pages describe them, for tests."""

from __future__ import annotations

import itertools
import json
from typing import Any

from catalog.payments.banks.sepay import read
from catalog.payments.banks.provider import Notice

_ids = itertools.count(92_704)


def body(**changes: Any) -> bytes:
    """One transfer's JSON; each call has a new `id` and reference unless told otherwise."""
    number = next(_ids)
    fields: dict[str, Any] = {
        "id": number, "gateway": "Vietcombank", "transactionDate": "2026-03-25 14:02:37",
        "accountNumber": "0123499999", "subAccount": None, "code": None, "content": "chuyen tien",
        "transferType": "in", "description": "BankAPINotify chuyen tien", "transferAmount": 170_000,
        "accumulated": 19_077_000, "referenceCode": f"MBVCB.{number}"}
    return json.dumps(fields | changes).encode()


def notice(**changes: Any) -> Notice:
    """The same as the shop reads it."""
    return read(body(**changes))
