"""The options of render.py, read into what media/ draws from."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit

from catalog.accounts.banks import bank
from catalog.accounts.vietqr import BadPayload, encode
from media.spec import KINDS, BankPanel, CardSpec

MOST_PRICE_VND = 9_999_999_999
LONGEST_NAME, LONGEST_UNIT, LONGEST_LINK = 80, 12, 300


def parser() -> argparse.ArgumentParser:
    """The options as they are documented; argparse answers a bad one with exit code 2."""
    options = argparse.ArgumentParser(description="Draw a product's pictures, stall sign and clip into a folder.")
    options.add_argument("--photo", type=_file, action="append", default=[], help="a photo; may be given up to 8 times")
    options.add_argument("--voice", type=_file, help="the seller's recording, for the clip")
    options.add_argument("--kind", choices=KINDS, required=True)
    options.add_argument("--name", type=_words("a name", LONGEST_NAME), required=True)
    options.add_argument("--price", type=_price, required=True, metavar="VND", help="whole đồng: 25000")
    options.add_argument("--unit", type=_words("a unit", LONGEST_UNIT), required=True, help="kg, quả, túi, hộp, chục …")
    options.add_argument("--stock", type=_stock, metavar="N", help="how many units are left")
    options.add_argument("--place", type=_words("a place", 60))
    options.add_argument("--household", type=_words("a household", 60), default="Chợ Phiên")
    options.add_argument("--phone", type=_words("a phone number", 20), help="printed on the sign")
    options.add_argument("--bank-bin", help="the bank's six digits, with --account and --account-name")
    options.add_argument("--account")
    options.add_argument("--account-name", type=_words("an account name", 60))
    options.add_argument("--packed-on", type=_day, metavar="YYYY-MM-DD")
    options.add_argument("--best-before", type=_day, metavar="YYYY-MM-DD")
    options.add_argument("--link", type=_link, required=True, help="the order link that the QR carries")
    options.add_argument("--out", type=Path, required=True, help="the folder to write to; made when missing")
    return options


def read_options(options: argparse.ArgumentParser, arguments: list[str]) -> tuple[CardSpec, Path]:
    """What to draw, its photos still as given, and the folder; leaves with exit code 2 on a bad option."""
    given = options.parse_args(arguments)
    if len(given.photo) > 8:
        options.error("--photo may be given at most 8 times")
    if given.packed_on and given.best_before and given.best_before < given.packed_on:
        options.error("--best-before lies before --packed-on")
    link = urlsplit(given.link)
    spec = CardSpec(
        kind=given.kind, name=given.name, price_vnd=given.price, unit=given.unit, household=given.household,
        household_code=given.household, order_link=given.link, short_link=link.netloc + link.path.rstrip("/"),
        photos=tuple(given.photo), place=given.place, phone=given.phone,
        stock_text=f"Còn {given.stock} {given.unit}" if given.stock else None,
        packed_on=given.packed_on, best_before=given.best_before, bank=_bank(options, given), voice=given.voice)
    return spec, given.out


def _bank(options: argparse.ArgumentParser, given: argparse.Namespace) -> BankPanel | None:
    parts = (given.bank_bin, given.account, given.account_name)
    if not any(parts):
        return None
    if not all(parts):
        options.error("--bank-bin, --account and --account-name belong together")
    try:
        payload = encode(given.bank_bin, given.account)
    except BadPayload as bad:
        options.error(f"--bank-bin, --account: {bad}")
    known = bank(given.bank_bin)
    return BankPanel(payload, known.short_name if known else "", given.account_name, given.account)


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"no such file: {text}")
    return path


def _words(what: str, most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        words = " ".join(text.split())
        if not 0 < len(words) <= most:
            raise argparse.ArgumentTypeError(f"{what} has 1 to {most} characters")
        return words
    return read


def _price(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_PRICE_VND):
        raise argparse.ArgumentTypeError(f"{text!r} is not a price in whole đồng above 0, such as 25000")
    return int(text)


def _stock(text: str) -> str:
    """The number as it is written in Vietnamese, with a comma for the fraction."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not (number.is_finite() and 0 <= number < 1_000_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of units")
    return f"{number.normalize():f}".replace(".", ",")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-24") from None


def _link(text: str) -> str:
    link = urlsplit(text)
    whole = link.scheme.lower() in ("http", "https") and link.netloc
    if not whole or len(text) > LONGEST_LINK or not text.isascii():
        raise argparse.ArgumentTypeError(f"{text!r} is not an http or https link of at most {LONGEST_LINK} characters")
    return text
