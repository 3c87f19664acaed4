"""The text inside a VietQR code: whom to pay, how much and with which memo.

Source: NAPAS, "VietQR format in NAPAS247", version 1.0 (09/2021), on the EMVCo merchant-presented
code. Every object is an id and a length of two digits each, then the value.
"""

from __future__ import annotations

import re
from binascii import crc_hqx
from typing import Literal

from catalog.words.fold import memo_fold
from catalog.words.keyed import KeyedError, N_

GUID = "A000000727"
TO_ACCOUNT, TO_CARD = "QRIBFTTA", "QRIBFTTC"
Service = Literal["QRIBFTTA", "QRIBFTTC"]

BIN = re.compile("[0-9]{6}")
ACCOUNT = re.compile("[A-Za-z0-9]{1,19}")
# The document allows printable ASCII; letters, digits and blanks are what every bank hands on.
MEMO = re.compile("(?=.{1,25}$)[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
MOST_AMOUNT_VND = 9_999_999_999_999
# Some services show no more of a memo than this.
_SHORT_MEMO = 19


class BadPayload(KeyedError):
    """A payload that may not be written, or one that cannot be read without doubt."""


def encode(bin: str, account: str, amount_vnd: int | None = None, memo: str | None = None, *,
           service: Service = TO_ACCOUNT, bill: str | None = None, reference: str | None = None,
           name: str | None = None, city: str | None = None) -> str:
    """The payload that pays `amount_vnd` to `account` at the bank `bin`, written as given.

    Without an amount the code is a reusable one. Raises BadPayload for a bin that is not 6 digits,
    an account that is not 1–19 letters and digits, an amount that is not 1–13 digits above 0, a
    memo that is not 1–25 letters, digits and single blanks, and for longer or non-ASCII extras.
    """
    _check(BIN, bin, N_("Mã ngân hàng phải có đúng 6 chữ số."))
    _check(ACCOUNT, account, N_("Số tài khoản gồm 1 đến 19 chữ không dấu hoặc số, viết liền."))
    if service not in (TO_ACCOUNT, TO_CARD):
        raise BadPayload(N_("Loại chuyển khoản phải là QRIBFTTA hoặc QRIBFTTC."))
    if amount_vnd is not None and not 0 < amount_vnd <= MOST_AMOUNT_VND:
        raise BadPayload(N_("Số tiền phải là số đồng tròn, lớn hơn 0 và không quá 13 chữ số."))
    if memo is not None:
        _check(MEMO, memo, N_("Nội dung chuyển khoản gồm 1 đến 25 chữ không dấu, số và dấu cách đơn."))
    beneficiary = _tlv("00", GUID) + _tlv("01", _tlv("00", bin) + _tlv("01", account)) + _tlv("02", service)
    more = _extra("01", bill, 25) + _extra("05", reference, 25) + (_tlv("08", memo) if memo else "")
    if len(more) > 99:
        raise BadPayload(N_("Các phần ghi thêm dài quá 99 ký tự."))
    body = (_tlv("00", "01") + _tlv("01", "11" if amount_vnd is None else "12") + _tlv("38", beneficiary)
            + _tlv("53", "704") + (_tlv("54", str(amount_vnd)) if amount_vnd else "") + _tlv("58", "VN")
            + _extra("59", name, 25) + _extra("60", city, 15) + (_tlv("62", more) if more else "") + "6304")
    return body + crc(body)


def crc(body: str) -> str:
    """CRC-16/CCITT-FALSE of all that stands before it, "6304" included: four upper-case hex digits."""
    return f"{crc_hqx(body.encode(), 0xFFFF):04X}"


def compose_memo(order_code: str, words: str = "") -> str:
    """The shop's memo: the order's code, then as many whole `words` as fit into 19 characters.

    Always upper-case letters, digits and single blanks. Words do not begin with a digit: a bank
    that drops the blank would glue it to the code, which then could not be told any more.
    """
    memo = memo_fold(order_code).replace(" ", "")
    kept = memo_fold(words).split()
    if kept and kept[0][0].isdigit():
        kept = []
    for word in kept:
        if len(memo) + 1 + len(word) > _SHORT_MEMO:
            break
        memo += f" {word}"
    return memo


def _check(form: re.Pattern[str], value: str, key: str) -> None:
    if not form.fullmatch(value):
        raise BadPayload(key)


def _extra(tag: str, value: str | None, most: int) -> str:
    """An optional object of at most `most` printable ASCII characters, or nothing."""
    if value is None:
        return ""
    if not re.fullmatch(f"[ -~]{{1,{most}}}", value):
        raise BadPayload(N_("Phần ghi thêm {tag} gồm 1 đến {most} ký tự không dấu."), tag=tag, most=most)
    return _tlv(tag, value)


def _tlv(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"
