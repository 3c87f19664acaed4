"""Opening and closing the ways by which a bank service reaches the shop."""

from __future__ import annotations

import re

from catalog.errors import FieldError, Invalid, NotFound
from catalog.households.queries import record
from catalog.households.tokens import new_token
from catalog.payments.banks.provider import Provider
from catalog.payments.banks.registry import PROVIDERS
from catalog.payments.model import Endpoint
from catalog.payments.queries import SQL, endpoints_of
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.words.keyed import N_

MOST = 5
"""One for each account, and some room to change a key without a gap."""

GIVEN_KEY = re.compile(r"[!-~]{16,200}")
"""A signature secret that the service made itself: printable, and no weaker than 16 characters."""


async def open_endpoint(connection: Connection, household_id: str, provider: Provider, method: str, *,
                        person_id: str, given_key: str = "") -> tuple[Endpoint, str]:
    """The new way in and its key, which can't be shown again.

    `given_key` is the secret where the service itself has made one. Raises `Invalid` for a method
    that the provider has not, for a key that is no key, and past `MOST`.
    """
    if method not in provider.methods:
        raise Invalid(fields={"method": FieldError("Chọn cách kiểm tra.")})
    if given_key and method != "hmac":
        raise Invalid(fields={"given_key": FieldError("Khoá SePay cho sẵn chỉ dùng với chữ ký HMAC.")})
    if given_key and not GIVEN_KEY.fullmatch(given_key):
        raise Invalid(fields={"given_key": FieldError("Khoá bí mật phải dài từ 16 ký tự, viết liền, không dấu.")})
    if len(await endpoints_of(connection, household_id)) >= MOST:
        raise Invalid("Đã có {most} kết nối. Bỏ bớt một cái rồi thêm.", most=MOST)
    key = given_key or new_token()
    endpoint = Endpoint(new_token(), household_id, provider.name, method, provider.keep(method, key), now_ms(), None)
    await SQL.add_endpoint(connection, id=endpoint.id, household_id=household_id, provider=provider.name,
                           method=method, secret=endpoint.secret, now_ms=endpoint.created_ms)
    await record(connection, household_id=household_id, person_id=person_id, verb=N_("kết nối báo tiền"),
                 detail=provider.title)
    return endpoint, key


async def close_endpoint(connection: Connection, household_id: str, endpoint_id: str, *, person_id: str) -> None:
    """Take the way in out of use and forget its key; raises `NotFound` where the household has none such."""
    closed = await SQL.remove_endpoint(connection, id=endpoint_id, household_id=household_id, now_ms=now_ms())
    if closed is None:
        raise NotFound
    await record(connection, household_id=household_id, person_id=person_id, verb=N_("bỏ kết nối báo tiền"),
                 detail=PROVIDERS[closed["provider"]].title)
