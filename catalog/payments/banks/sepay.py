"""SePay's webhook: a JSON body for each transfer, proved by a key or by a signature.

Source: SePay developer pages on webhooks (fields, `Authorization: Apikey …`, `X-SePay-Signature:
sha256=<hex>` with `X-SePay-Timestamp`, HMAC-SHA256 over "<timestamp>." and the raw body, five
minutes at most). Retries and replays carry the same `id`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from catalog.errors import FieldError, Invalid, ShopError
from catalog.payments.banks.provider import Headers, Notice, Provider

MOST_SECONDS_OFF = 300
LONGEST_TEXT = 500
MOST_AMOUNT_VND = 9_999_999_999_999
MOST_ID = 2**63 - 1

_TIMESTAMP = re.compile("[0-9]{1,12}")


def _clean(value: object) -> object:
    """A text without what PostgreSQL refuses (NUL, halves of a surrogate pair) and without line ends."""
    if not isinstance(value, str):
        return value
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())[:LONGEST_TEXT]


Text = Annotated[str, BeforeValidator(_clean)]


class Wire(BaseModel):
    """SePay's fields that matter here. Types are strict; fields that SePay adds are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: Annotated[int, Field(ge=0, le=MOST_ID)]
    accountNumber: Annotated[Text, Field(min_length=1)]
    transferType: Literal["in", "out"]
    transferAmount: Annotated[int, Field(gt=0, le=MOST_AMOUNT_VND)]
    content: Text | None
    transactionDate: Text | None = None
    code: Text | None = None
    subAccount: Text | None = None
    referenceCode: Text | None = None


def keep(method: str, key: str) -> str:
    """What is kept of a key: only a digest of an API key, the whole secret for signatures."""
    return hashlib.sha256(key.encode()).hexdigest() if method == "apikey" else key


def verify(method: str, kept: str, headers: Headers, body: bytes, now_s: float) -> bool:
    """Whether the call proves itself by the endpoint's method; compared in constant time."""
    if method == "apikey":
        return _has_key(kept, headers.get("authorization", ""))
    return _is_signed(kept, headers.get("x-sepay-signature", ""), headers.get("x-sepay-timestamp", ""), body, now_s)


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of `X-SePay-Signature` for these raw bytes."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def read(body: bytes) -> Notice:
    """The transfer in the body. Raises `ShopError` for what is no JSON object, `Invalid` for wrong fields."""
    try:
        fields = json.loads(body.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ShopError("Phần gửi tới không phải JSON.") from error
    if not isinstance(fields, dict):
        raise ShopError("Phần gửi tới không phải JSON.")
    try:
        wire = Wire.model_validate(fields)
    except ValidationError as error:
        wrong = {str(fault["loc"][0]): FieldError("Giá trị này không đúng.") for fault in error.errors()}
        # Without a cause: the original error quotes the memo, and would be logged with it.
        raise Invalid("Phần gửi tới thiếu hoặc sai mục.", fields=wrong) from None
    return Notice(
        provider_id=str(wire.id) if wire.id else None,
        accounts=tuple(number for number in (wire.accountNumber, wire.subAccount) if number),
        is_incoming=wire.transferType == "in", amount_vnd=wire.transferAmount, content=wire.content or "",
        code=wire.code or None, reference=wire.referenceCode or "", at_text=wire.transactionDate or "")


def _has_key(kept: str, authorization: str) -> bool:
    scheme, _, key = authorization.partition(" ")
    return scheme.lower() == "apikey" and hmac.compare_digest(keep("apikey", key.strip()), kept)


def _is_signed(secret: str, signature: str, timestamp: str, body: bytes, now_s: float) -> bool:
    if not _TIMESTAMP.fullmatch(timestamp) or abs(now_s - int(timestamp)) > MOST_SECONDS_OFF:
        return False
    return hmac.compare_digest(sign(secret, timestamp, body).encode(), signature.encode())


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


SEPAY = Provider(name="sepay", title="SePay", methods=("apikey", "hmac"), verify=verify, read=read, keep=keep)
