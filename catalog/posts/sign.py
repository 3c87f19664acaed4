"""What a stall prints of a listing: signs, sheets of signs and labels, each drawn once for each version of what it says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from catalog.accounts.panel import bank_panel
from catalog.accounts.queries import account_of
from catalog.errors import Busy
from catalog.households.model import Household
from catalog.listings import queries
from catalog.listings.model import KeptFile, Listing, Parts
from catalog.listings.scratch import scratch_folder
from catalog.listings.specs import card_spec, spec_key
from catalog.posts.model import CHANNELS
from catalog.storage.shop import Shop
from media.intake import media_files
from media.pool import RenderFailed
from media.spec import BankPanel, CardSpec

SIZES = ("A6", "A5", "A4")
SIGN_LIMIT_SECONDS = 30
MOST_SIGNS = 40
"""On one sheet of signs, ten pages of A4."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to print: what a worker is asked for, and the role of the file that it makes."""

    op: str
    role: str
    extra: tuple[tuple[str, Any], ...] = ()


PAPERS = {
    **{size: Paper("sign", f"sign-{size.lower()}", (("size", size),)) for size in SIZES},
    **{f"{size}-BLEED": Paper("sign", f"sign-{size.lower()}-bleed", (("size", size), ("bleed", True))) for size in SIZES},
    "LABELS": Paper("labels", "labels"), "LABEL": Paper("labels", "label"),
}
"""By the name in an address. With bleed it is for a print shop; LABELS is a sheet of A4, LABEL one PNG."""


async def panel_of(shop: Shop, household: Household) -> BankPanel | None:
    """The bank half of the household's signs; None where it has no account."""
    async with shop.db.read() as connection:
        account = await account_of(connection, household.id)
    return bank_panel(account) if account else None


def sign_spec(shop: Shop, listing: Listing, household: Household, bank: BankPanel | None) -> CardSpec:
    """What a sign says. It carries no photo and no stock, so neither makes it anew."""
    return card_spec(listing, household, Parts(), public_url=shop.settings.public_url, stock_said="", bank=bank,
                     channel=CHANNELS["sign"])


async def make_print(shop: Shop, listing: Listing, household: Household, paper: Paper) -> KeptFile:
    """The finished file. Raises `Busy` where it could not be drawn."""
    spec = sign_spec(shop, listing, household, await panel_of(shop, household))
    return await _make(shop, listing, paper.role, spec_key(spec), paper.op,
                       {"spec": spec.to_json(), **dict(paper.extra)})


async def make_sheet(shop: Shop, listings: list[Listing], household: Household) -> KeptFile:
    """The signs of several listings on pages of A4, kept with the first of them. Raises `Busy` as above."""
    bank = await panel_of(shop, household)
    specs = [sign_spec(shop, listing, household, bank) for listing in listings[:MOST_SIGNS]]
    key = hashlib.sha256("".join(map(spec_key, specs)).encode()).hexdigest()[:32]
    return await _make(shop, listings[0], "sign-sheet", key, "sign_sheet", {"specs": [spec.to_json() for spec in specs]})


async def _make(shop: Shop, listing: Listing, role: str, key: str, op: str, wish: dict[str, Any]) -> KeptFile:
    kept = await _kept(shop, listing, role, key)
    if kept is None or not shop.objects.path(kept.object_key).exists():
        await _draw(shop, listing, op, wish, key)
        kept = await _kept(shop, listing, role, key)
    assert kept is not None
    return kept


async def _kept(shop: Shop, listing: Listing, role: str, key: str) -> KeptFile | None:
    async with shop.db.read() as connection:
        files = await queries.files_of_listing(connection, listing.id)
    return next((file for file in files if file.role == role and file.spec_key == key), None)


async def _draw(shop: Shop, listing: Listing, op: str, wish: dict[str, Any], key: str) -> None:
    async with scratch_folder(shop) as folder:
        try:
            done = await shop.pool.run(op, {**wish, "out_dir": str(folder)}, seconds_limit=SIGN_LIMIT_SECONDS)
        except RenderFailed as error:
            raise Busy("Chưa làm được biển. Bấm lại giúp.") from error
        async with shop.objects.naming:
            for file in media_files(done):
                object_key = await shop.objects.keep(file.path)
                async with shop.db.write() as connection:
                    await queries.add_file(connection, role=file.role, object_key=object_key, spec_key=key,
                                           content_type=file.content_type, width=file.width, height=file.height,
                                           size=file.bytes, listing_id=listing.id)
