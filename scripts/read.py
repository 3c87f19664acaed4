"""Reads JSON Lines from standard input and answers each with one line on standard output, in order.

    read.py vietqr   {"bin","account","amount","memo"} -> {"payload"}
                     {"payload"} -> {"bin","account","amount","memo","method","service"}
    read.py memo     {"content","open_codes"} -> {"order_code"}
    read.py comments --context C.json
                     {"text"} -> {"text","order","items":[{"product","quantity","unit"}],"phone"}
    read.py listings {"text"} -> {"text","product","kind","price_vnd","price_max_vnd","unit","stock",
                     "min_order","tiers","phone","place","also"}

A line that cannot be taken is answered by {"error"}, and the run goes on. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from catalog.accounts.vietqr import MOST_AMOUNT_VND, TO_ACCOUNT, BadPayload, encode
from catalog.accounts.vietqr_decode import decode
from catalog.live.pins import Pins
from catalog.payments.memo import match_memo
from catalog.words.keyed import KeyedError, N_
from scripts._read_words import answer_comment, answer_listing, pins_of_file

_EXTRAS = {"bill": "bill", "ref": "reference", "name": "name", "city": "city"}
_AMOUNT = re.compile("[0-9]{1,13}")


class BadLine(KeyedError):
    """A line of input that is no JSON object, or lacks what its kind needs."""


def answer_vietqr(given: dict[str, Any]) -> dict[str, Any]:
    """The payload for a payment, or the payment in a payload; raises BadPayload or BadLine."""
    if "payload" in given:
        payment = decode(_text(given, "payload"))
        return {"bin": payment.bin, "account": payment.account, "amount": payment.amount_vnd,
                "memo": payment.memo, "method": payment.method, "service": payment.service}
    extras: dict[str, Any] = {name: _text_or_none(given, key) for key, name in _EXTRAS.items()}
    service: Any = TO_ACCOUNT if given.get("service") is None else given["service"]
    return {"payload": encode(_text(given, "bin"), _text(given, "account"), _amount_vnd(given.get("amount")),
                              _text_or_none(given, "memo"), service=service, **extras)}


def answer_memo(given: dict[str, Any]) -> dict[str, Any]:
    """The open order that a transfer's memo names, or null; raises BadLine."""
    codes = given.get("open_codes")
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise BadLine(N_("Cần danh sách mã ở “{field}”."), field="open_codes")
    return {"order_code": match_memo(_text(given, "content"), codes)}


def answer_listings(given: dict[str, Any]) -> dict[str, Any]:
    """The draft listing in one message; raises BadLine."""
    return answer_listing(_text(given, "text"))


def answer_comments(pins: Pins) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Reads a comment under those products on air; what it returns raises BadLine."""
    return lambda given: answer_comment(_text(given, "text"), pins)


def _text(given: dict[str, Any], field: str) -> str:
    value = given.get(field)
    if not isinstance(value, str):
        raise BadLine(N_("Cần chữ ở “{field}”."), field=field)
    return value


def _text_or_none(given: dict[str, Any], field: str) -> str | None:
    return None if given.get(field) is None else _text(given, field)


def _amount_vnd(value: object) -> int | None:
    """Whole đồng of a number or a string of digits; what is neither becomes 0, which is refused."""
    if value is None:
        return None
    if isinstance(value, str):
        return int(value) if _AMOUNT.fullmatch(value) else 0
    # JSON has one kind of number, so that 50000.0 is whole too; true and false are none.
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MOST_AMOUNT_VND:
        return int(value) if value == int(value) else 0
    return 0


def answer(line: bytes, answer_one: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """What one line is answered with; an error becomes {"error"}."""
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        given = None
    try:
        if not isinstance(given, dict):
            raise BadLine(N_("Mỗi dòng phải là một đối tượng JSON, viết bằng UTF-8."))
        return answer_one(given)
    except (BadPayload, BadLine) as error:
        return {"error": error.reason}


def main() -> None:
    """Runs until the input ends; the answers leave one by one, as the lines come."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    kinds.add_parser("vietqr", help="write and read VietQR payloads").set_defaults(answer_one=answer_vietqr)
    kinds.add_parser("memo", help="find the order that a transfer's memo names").set_defaults(answer_one=answer_memo)
    kinds.add_parser("listings", help="read one message into a draft listing").set_defaults(answer_one=answer_listings)
    comments = kinds.add_parser("comments", help="read a livestream's comments into draft orders")
    comments.add_argument("--context", type=Path, required=True, help="JSON with the products on air, `pinned`: "
                          "[{code, product, units, pack}]")
    chosen = parser.parse_args()
    if chosen.kind == "comments":
        try:
            chosen.answer_one = answer_comments(pins_of_file(chosen.context))
        except (OSError, ValueError) as error:
            parser.error(f"--context {chosen.context}: {error}")
    for line in sys.stdin.buffer:
        told = answer(line, chosen.answer_one)
        try:
            text = json.dumps(told, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            # Half of a surrogate pair came in by an escape and can only leave by one.
            text = json.dumps(told).encode()
        sys.stdout.buffer.write(text + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        # Whoever read the answers has left. Closing standard output again would only complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
