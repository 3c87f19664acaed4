"""The options of render.py, read into what media/ draws from."""

from __future__ import annotations

import argparse
from pathlib import Path
from urllib.parse import urlsplit

from catalog.accounts.banks import bank
from catalog.accounts.vietqr import BadPayload, encode
from media.spec import KINDS, BankPanel, CardSpec
from scripts import _render_words as read

LONGEST_NAME, LONGEST_UNIT, LONGEST_CAPTIONS = 80, 12, 600
MOST_PHOTOS, MOST_VIDEOS, MOST_TIERS = 8, 4, 3


def parser(kind: type[argparse.ArgumentParser] = argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The options as they are documented; argparse answers a bad one with exit code 2."""
    options = kind(description="Draw a product's pictures, stall sign and clip into a folder.", allow_abbrev=False,
                   epilog="Many listings: --batch FILE --out DIR, where FILE is a CSV or a JSON list with columns "
                   "named as these options. A run that was stopped goes on where it stopped.")
    add = options.add_argument
    add("--photo", type=read.file, action="append", default=[], help=f"a photo; may be given up to {MOST_PHOTOS} times")
    add("--focus", type=read.point, action="append", default=[], metavar="X,Y",
        help="what must stay in sight, as shares of width and height (0.5,0.3); one for each photo, in their order")
    add("--video", type=read.file, action="append", default=[], help="a short piece for the clip; may be repeated")
    add("--voice", type=read.file, help="the seller's recording, for the clip")
    add("--captions", type=read.words("captions", LONGEST_CAPTIONS), help="what the voice says, shown in the clip")
    add("--kind", choices=KINDS, required=True)
    add("--name", type=read.words("a name", LONGEST_NAME), required=True)
    add("--price", type=read.price, required=True, metavar="VND", help="whole đồng: 25000")
    add("--was", type=read.price, metavar="VND", help="the price before a promotion, drawn struck through")
    add("--tier", type=read.tier, action="append", default=[], metavar="WORDS=VND",
        help="a price by amount: 'từ 5 kg=23000'; may be repeated")
    add("--unit", type=read.words("a unit", LONGEST_UNIT), required=True, help="kg, quả, túi, hộp, chục …")
    add("--stock", type=read.stock, metavar="N", help="how many units are left")
    add("--place", type=read.words("a place", 60))
    add("--household", type=read.words("a household", 60), default="Chợ Phiên")
    add("--phone", type=read.words("a phone number", 20), help="printed on the sign")
    add("--ocop", type=int, choices=read.OCOP_STARS, default=0, help="stars of a valid OCOP certificate")
    add("--vietgap", type=read.yes, nargs="?", const=True, default=False, help="the product has a VietGAP certificate")
    add("--harvested-on", type=read.day, metavar="YYYY-MM-DD")
    add("--packed-on", type=read.day, metavar="YYYY-MM-DD")
    add("--best-before", type=read.day, metavar="YYYY-MM-DD")
    add("--ingredients", type=read.words("ingredients", 160), help="printed on labels")
    add("--net", type=read.words("a net weight", 20), help="printed on labels: '500 g'")
    add("--bank-bin", help="the bank's six digits, with --account and --account-name")
    add("--account")
    add("--account-name", type=read.words("an account name", 60))
    add("--link", type=read.link, required=True, help="the order link that the QR carries")
    add("--out", type=Path, required=True, help="the folder to write to; made when missing")
    return options


def read_options(options: argparse.ArgumentParser, arguments: list[str]) -> tuple[CardSpec, Path]:
    """What to draw, its photos still as given, and the folder; a bad option goes to the parser's `error`."""
    given = options.parse_args(arguments)
    for name, most in (("photo", MOST_PHOTOS), ("video", MOST_VIDEOS), ("tier", MOST_TIERS)):
        if len(getattr(given, name)) > most:
            options.error(f"--{name} may be given at most {most} times")
    if len(given.focus) > len(given.photo):
        options.error("--focus is given more often than --photo")
    if given.packed_on and given.best_before and given.best_before < given.packed_on:
        options.error("--best-before lies before --packed-on")
    if given.was is not None and given.was <= given.price:
        options.error("--was is not above --price")
    link = urlsplit(given.link)
    spec = CardSpec(
        kind=given.kind, name=given.name, price_vnd=given.price, unit=given.unit, household=given.household,
        household_code=given.household, order_link=given.link, short_link=link.netloc + link.path.rstrip("/"),
        photos=tuple(given.photo), focus=tuple(given.focus), videos=tuple(given.video), voice=given.voice,
        captions=given.captions, place=given.place, phone=given.phone,
        stock_text=f"Còn {given.stock} {given.unit}" if given.stock else None, was_vnd=given.was,
        tiers=tuple(given.tier), ocop_stars=given.ocop, is_vietgap=given.vietgap, harvested_on=given.harvested_on,
        packed_on=given.packed_on, best_before=given.best_before, ingredients=given.ingredients, net_text=given.net,
        bank=_bank(options, given))
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
