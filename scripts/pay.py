"""Plays SePay for demos and tests: tells a shop on this machine that money has come.

    python3 scripts/pay.py --hook http://127.0.0.1:8000/hooks/sepay/ID --key KEY \\
        --account 0123456789 --amount 150000 --content "CP7K2M9QXA chuyen tien"
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import ipaddress
import json
import ssl
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

SECONDS_LIMIT = 30
"""SePay itself waits no longer for an answer."""

VIETNAM_HOURS = timedelta(hours=7)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A shop that sends the call elsewhere is no shop on this machine."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """None: the redirection itself is the answer."""
        return None


def loopback_address(text: str) -> str:
    """The address, if its host is this machine; raises ArgumentTypeError for any other."""
    parts = urlsplit(text)
    host = parts.hostname or ""
    try:
        is_here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = False
    if parts.scheme not in ("http", "https") or not is_here:
        raise argparse.ArgumentTypeError("only a shop on this machine is told: http://127.0.0.1:…")
    return text


def transfer(options: argparse.Namespace) -> dict[str, Any]:
    """One transfer in SePay's documented fields; the time is Vietnam's."""
    number = options.id or time.time_ns() // 1000
    return {
        "id": number, "gateway": options.gateway,
        "transactionDate": (datetime.now(UTC) + VIETNAM_HOURS).strftime("%Y-%m-%d %H:%M:%S"),
        "accountNumber": options.account, "subAccount": None, "code": options.code, "content": options.content,
        "transferType": "out" if options.out else "in", "description": f"BankAPINotify {options.content}",
        "transferAmount": options.amount, "accumulated": 0, "referenceCode": f"FT{number}"}


def proof(key: str, body: bytes, *, is_signed: bool) -> dict[str, str]:
    """The headers by which SePay proves a call: its key, or a signature over time and raw body."""
    if not is_signed:
        return {"Authorization": f"Apikey {key}"}
    timestamp = str(int(time.time()))
    digest = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-SePay-Timestamp": timestamp, "X-SePay-Signature": f"sha256={digest}"}


def send(address: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
    """The answer's status and text; status 0 where nobody answers."""
    # A shop run with --tls has a certificate that it made itself; nothing leaves this machine.
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect(),
                                         urllib.request.HTTPSHandler(context=trusting))
    request = urllib.request.Request(address, body, {"Content-Type": "application/json", **headers})
    try:
        with opener.open(request, timeout=SECONDS_LIMIT) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode(errors="replace")
    except OSError as error:
        return 0, f"nobody answers there: {error}"


def is_success(status: int, text: str) -> bool:
    """Whether SePay would not send it again."""
    try:
        return status in (200, 201) and json.loads(text) == {"success": True}
    except ValueError:
        return False


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Tell a shop on this machine of a transfer, as SePay would.")
    parser.add_argument("--hook", required=True, type=loopback_address, metavar="URL",
                        help="the address that the household's page shows")
    parser.add_argument("--key", required=True, help="the key that was shown beside it")
    parser.add_argument("--account", required=True, help="the account number that receives")
    parser.add_argument("--amount", required=True, type=int, metavar="VND", help="whole đồng")
    parser.add_argument("--content", required=True, help="the payer's memo, with the order code")
    parser.add_argument("--code", help="the order code that SePay has found in the memo itself")
    parser.add_argument("--id", type=int, help="SePay's number of the transfer: the same one again is a retry")
    parser.add_argument("--gateway", default="Vietcombank", help="the bank's name")
    parser.add_argument("--out", action="store_true", help="money that goes out")
    parser.add_argument("--hmac", action="store_true", help="prove the call by a signature instead of the key")
    parser.add_argument("--wrong-key", action="store_true", help="prove it by a wrong key: the shop must refuse")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """0 where the shop answers as SePay wants it to."""
    options = read_options(arguments)
    body = json.dumps(transfer(options), ensure_ascii=False).encode()
    key = options.key[::-1] + "x" if options.wrong_key else options.key
    status, text = send(options.hook, proof(key, body, is_signed=options.hmac), body)
    print(status or "—", text)
    return 0 if is_success(status, text) else 1


if __name__ == "__main__":
    sys.exit(main())
