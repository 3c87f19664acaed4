"""Reading a VietQR payload strictly: what leaves in doubt who is paid or how much is refused.

Source: NAPAS, "VietQR format in NAPAS247", version 1.0 (09/2021). Everything the document makes
mandatory must be there. Texts are not judged, since they move no money: other shops write longer
memos, and some write diacritics, with lengths in characters and the CRC over UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from catalog.accounts.vietqr import ACCOUNT, BIN, GUID, TO_ACCOUNT, TO_CARD, BadPayload, crc
from catalog.words.keyed import N_

_OUTSIDE = " \t\r\n\v\f\u00a0\u200b\ufeff"
_HEADER = re.compile("([0-9]{2})([0-9]{2})")
_AMOUNT = re.compile(r"(?=.{1,13}$)([0-9]+)(?:\.0*)?")
_METHODS: dict[str, Literal["static", "dynamic"]] = {"11": "static", "12": "dynamic"}
_MANDATORY = ("00", "01", "38", "53", "58")
_DAMAGED = N_("Mã QR này bị hỏng hoặc thiếu. Chụp lại hoặc lưu lại ảnh mã.")
_BROKEN = N_("Mã QR này ghi sai ở mục {tag}.")
_MISSING = N_("Mã QR này thiếu mục {tag}.")
_NOT_TRANSFER = N_("Đây không phải mã VietQR chuyển khoản.")


@dataclass(frozen=True, slots=True)
class Payment:
    """A transfer that a payload asks for.

    `memo` is as written; "***" asks the payer to type one. `service` is None where the payload
    leaves it out. `other` holds every object not named here, in its order, the parts of 62 and 38
    as "62-01", so that nothing of a seller's own code is lost.
    """

    bin: str
    account: str
    amount_vnd: int | None
    memo: str | None
    method: Literal["static", "dynamic"]
    service: str | None
    other: tuple[tuple[str, str], ...]


def decode(payload: str) -> Payment:
    """The payment in `payload`; outer blanks and a byte order mark are passed over.

    Raises BadPayload for a wrong or absent CRC, anything after it, objects that overrun, are empty,
    have no two-digit header or stand twice, at every level; for what NAPAS makes mandatory and is
    not there; and for another version, currency or country, a broken account, or an amount that is
    not whole, not above 0 or longer than 13 characters.
    """
    text = payload.strip(_OUTSIDE)
    if not text.startswith("0002"):
        raise BadPayload(_NOT_TRANSFER)
    if not text.isprintable() or text[-8:-4] != "6304" or text[-4:].upper() != crc(text[:-4]):
        raise BadPayload(_DAMAGED)
    objects = _objects(text[:-8])
    if "63" in objects:
        raise BadPayload(_BROKEN, tag="63")
    if "38" not in objects:
        raise BadPayload(_NOT_TRANSFER)
    for tag in _MANDATORY:
        if tag not in objects:
            raise BadPayload(_MISSING, tag=tag)
    method = _METHODS.get(objects["01"])
    if objects["00"] != "01" or method is None:
        raise BadPayload(N_("Mã QR này theo bản khác, chưa đọc được."))
    if objects["53"] != "704" or objects["58"] != "VN":
        raise BadPayload(N_("Mã QR này không trả bằng tiền Việt Nam."))
    bin, account, service, rest = _beneficiary(objects["38"])
    more = _objects(objects["62"], inside="62-") if "62" in objects else {}
    if "64" in objects:
        _objects(objects["64"], inside="64-")
    rest |= {tag: value for tag, value in objects.items() if tag not in (*_MANDATORY, "54", "62")}
    rest |= {f"62-{tag}": value for tag, value in more.items() if tag != "08"}
    return Payment(bin=bin, account=account, amount_vnd=_amount(objects.get("54")), memo=more.get("08"),
                   method=method, service=service, other=tuple(rest.items()))


def _objects(text: str, *, inside: str = "") -> dict[str, str]:
    """The objects that fill `text` exactly, in their order; lengths count characters."""
    objects: dict[str, str] = {}
    at = 0
    while at < len(text):
        header = _HEADER.match(text, at)
        if header is None:
            raise BadPayload(_BROKEN, tag=inside + text[at:at + 2])
        tag, length = header[1], int(header[2])
        value = text[at + 4:at + 4 + length]
        if length == 0 or len(value) != length:
            raise BadPayload(_BROKEN, tag=inside + tag)
        if tag in objects:
            raise BadPayload(N_("Mã QR này có hai mục {tag}."), tag=inside + tag)
        objects[tag] = value
        at += 4 + length
    return objects


def _beneficiary(template: str) -> tuple[str, str, str | None, dict[str, str]]:
    """Bank, account and service of object 38, and what else stands there."""
    parts = _objects(template, inside="38-")
    if parts.get("00") != GUID:
        raise BadPayload(_NOT_TRANSFER)
    target = _objects(parts.get("01", ""), inside="38-01-")
    bin, account, service = target.get("00", ""), target.get("01", ""), parts.get("02")
    if not BIN.fullmatch(bin):
        raise BadPayload(_BROKEN if bin else _MISSING, tag="38-01-00")
    if not ACCOUNT.fullmatch(account):
        raise BadPayload(_BROKEN if account else _MISSING, tag="38-01-01")
    if service not in (TO_ACCOUNT, TO_CARD, None):
        raise BadPayload(_NOT_TRANSFER)
    rest = {f"38-{tag}": value for tag, value in parts.items() if tag not in ("00", "01", "02")}
    rest |= {f"38-01-{tag}": value for tag, value in target.items() if tag not in ("00", "01")}
    return bin, account, service, rest


def _amount(written: str | None) -> int | None:
    """Whole đồng; the document allows a decimal point, and đồng has no decimals but noughts."""
    if written is None:
        return None
    found = _AMOUNT.fullmatch(written)
    if found is None or int(found[1]) == 0:
        raise BadPayload(N_("Số tiền trong mã QR này không đúng."))
    return int(found[1])
