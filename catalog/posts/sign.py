"""The stall sign of a listing: drawn once for each size and each version of what it says."""

from __future__ import annotations

from pathlib import Path

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


async def panel_of(shop: Shop, household: Household) -> BankPanel | None:
    """The bank half of the household's signs; None where it has no account."""
    async with shop.db.read() as connection:
        account = await account_of(connection, household.id)
    return bank_panel(account) if account else None


def sign_spec(shop: Shop, listing: Listing, household: Household, bank: BankPanel | None) -> CardSpec:
    """What a sign says. It carries no photo and no stock, so neither makes it anew."""
    return card_spec(listing, household, Parts(), public_url=shop.settings.public_url, stock_said="", bank=bank,
                     channel=CHANNELS["sign"])


async def make_sign(shop: Shop, listing: Listing, household: Household, size: str) -> Path:
    """The PDF of a `size` of `SIZES`. Raises `Busy` where it could not be drawn."""
    spec = sign_spec(shop, listing, household, await panel_of(shop, household))
    key, role = spec_key(spec), f"sign-{size.lower()}"
    kept = await _kept(shop, listing, role, key)
    if kept is None or not shop.objects.path(kept.object_key).exists():
        await _draw(shop, listing, spec, size, key)
        kept = await _kept(shop, listing, role, key)
    assert kept is not None
    return shop.objects.path(kept.object_key)


async def _kept(shop: Shop, listing: Listing, role: str, key: str) -> KeptFile | None:
    async with shop.db.read() as connection:
        files = await queries.files_of_listing(connection, listing.id)
    return next((file for file in files if file.role == role and file.spec_key == key), None)


async def _draw(shop: Shop, listing: Listing, spec: CardSpec, size: str, key: str) -> None:
    async with scratch_folder(shop) as folder:
        try:
            done = await shop.pool.run("sign", {"spec": spec.to_json(), "size": size, "out_dir": str(folder)},
                                       seconds_limit=SIGN_LIMIT_SECONDS)
        except RenderFailed as error:
            raise Busy("Chưa làm được biển. Bấm lại giúp.") from error
        (file,) = media_files(done)
        async with shop.objects.naming:
            object_key = await shop.objects.keep(file.path)
            async with shop.db.write() as connection:
                await queries.add_file(connection, role=file.role, object_key=object_key, spec_key=key,
                                       content_type=file.content_type, width=file.width, height=file.height,
                                       size=file.bytes, listing_id=listing.id)
