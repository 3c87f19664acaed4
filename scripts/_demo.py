"""A village to try everything with: a team, three households, their goods, a few orders."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from starlette.datastructures import UploadFile

from catalog.accounts.queries import account_of, add_account
from catalog.households import queries
from catalog.households.model import Household, key_holder
from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.households.sign_in import make_link
from catalog.households.tokens import digest, new_token
from catalog.listings.intake import take_photo
from catalog.listings.model import Facts, Listing, order_link
from catalog.listings.publish import create_listing, set_photos
from catalog.listings.queries import listings_of_household, photos_of_listing
from catalog.listings.renders import plan_renders
from catalog.listings.tiers import Tier, Tiers
from catalog.orders.checkout import Wish, place_order
from catalog.orders.pay import record_payment
from catalog.orders.queries import newest_orders
from catalog.payments.banks.registry import PROVIDERS
from catalog.payments.endpoints import open_endpoint
from catalog.payments.queries import endpoints_of
from catalog.storage.database import new_id, now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.web.clock import local
from catalog.words.fold import memo_fold

VILLAGE = "loi"


@dataclass(frozen=True, slots=True)
class Family:
    """A household of the demo. Every name, number and account is invented."""

    code: str
    name: str
    phone: str
    account: str
    kind: str
    product: str
    price_vnd: int
    unit: str
    on_hand: int
    tiers: Tiers = ()


FAMILIES = (
    Family("xuan8", "Lò Thị Xuân", "+84900000456", "0900000456", "grapefruit", "Bưởi da xanh", 25_000, "kg", 80_000),
    Family("dung4", "Quàng Văn Dũng", "+84900000789", "0900000789", "mango", "Xoài Tuần Giáo", 18_000, "kg", 60_500),
    Family("hoa4e", "Lường Thị Hoa", "+84900000111", "0900000111", "dried_meat", "Thịt trâu gác bếp", 170_000,
           "túi", 18, (Tier(5, price_vnd=160_000), Tier(10, price_vnd=150_000))),
)
HELPERS = ("Quàng Văn Minh", "Cà Thị Thu")
BUYERS = (("Thu Hà", "+84900000123", "12 ngõ 5, phường Mường Thanh", "transfer", 2, True),
          ("Minh Tú", "+84900000124", "Tổ 4, phường Điện Biên Phủ", "transfer", 1, False),
          ("Ngọc Mai", "+84900000125", "Chợ trung tâm, xã Tuần Giáo", "cash", 3, False))


async def fill_village(shop: Shop) -> list[str]:
    """One line for each link. What is there already stays; sign-in links and keys are made anew."""
    async with shop.db.read() as connection:
        is_new = await queries.village_by_code(connection, VILLAGE) is None
    if is_new:
        await _settle(shop)
    return await _links(shop)


async def _settle(shop: Shop) -> None:
    async with shop.db.write() as connection:
        village = await queries.add_village(connection, code=VILLAGE, name="Bản Lói", commune="xã Mường Ảng",
                                            province="Điện Biên")
        for name in HELPERS:
            await queries.add_person(connection, name=name, role="helper", village_id=village.id)
        for family in FAMILIES:
            household = await queries.add_household(connection, code=family.code, village_id=village.id,
                                                    name=family.name, phone=family.phone,
                                                    place="bản Lói, xã Mường Ảng")
            await queries.add_person(connection, name=family.name, role="household", phone=family.phone,
                                     household_id=household.id)
            await add_account(connection, household_id=household.id, bank_bin="970422",
                              account_number=family.account, account_name=memo_fold(family.name))
    for family, buyer in zip(FAMILIES, BUYERS, strict=True):
        async with shop.db.read() as connection:
            found = await queries.household_by_code(connection, family.code)
        assert found is not None
        made = await create_listing(shop, key_holder(found), _facts(family), photo_ids=[], publish=True,
                                    photo_needed=False)
        await _order(shop, made.listing, buyer)


def _facts(family: Family) -> Facts:
    today = local(now_ms()).date()
    is_meat = family.kind == "dried_meat"
    return Facts(kind=family.kind, name=family.product, price_vnd=family.price_vnd, unit=family.unit,
                 on_hand=family.on_hand, tiers=family.tiers, place="bản Lói, xã Mường Ảng",
                 packed_on=today - timedelta(days=4) if is_meat else None,
                 best_before=today + timedelta(days=86) if is_meat else None,
                 ingredients="thịt trâu, mắc khén, gừng, muối" if is_meat else "")


async def _order(shop: Shop, listing: Listing, buyer: tuple[str, str, str, str, int, bool]) -> None:
    name, phone, place, payment, number, is_paid = buyer
    amount = number * (1000 if listing.unit == "kg" else 1)
    placed = await place_order(shop.db, Wish(
        listing_id=listing.id, amount=amount, sold_by=listing.unit, buyer_name=name, buyer_phone=phone,
        buyer_place=place, delivery="coach", payment=payment, request_key=new_token(), channel="Z"),
        hold_seconds=shop.settings.transfer_hold_seconds)
    if is_paid:
        async with shop.db.write() as connection:
            await record_payment(connection, placed.order.id, placed.order.total_vnd, now_ms())
    shop.jobs.wake()


async def _links(shop: Shop) -> list[str]:
    url, lines = shop.settings.public_url, [f"stalls {shop.settings.public_url}/"]
    async with shop.db.write() as connection:
        village = await queries.village_by_code(connection, VILLAGE)
        assert village is not None
        for helper in await queries.helpers_of_village(connection, village.id):
            lines.append(f"helper {url}/s/{await make_link(connection, helper.id)}")
        for family in FAMILIES:
            household = await queries.household_by_code(connection, family.code)
            assert household is not None
            for person in await queries.people_of_household(connection, household.id):
                lines.append(f"household {url}/s/{await make_link(connection, person.id)}")
            for listing in await listings_of_household(connection, household.id):
                lines.append(f"listing {order_link(url, listing.code)}")
            for order in await newest_orders(connection, household.id, most=5):
                lines.append(f"order {url}/d/{order.token}")
        first = await queries.household_by_code(connection, FAMILIES[0].code)
        assert first is not None
        lines += await _keys(shop, connection, first)
    return lines


async def _keys(shop: Shop, connection: Connection, household: Household) -> list[str]:
    token = new_token()
    await HOUSEHOLDS.revoke_api_keys(connection, household_id=household.id, now_ms=now_ms())
    await HOUSEHOLDS.add_api_key(connection, id=new_id(), household_id=household.id, token_digest=digest(token),
                                 now_ms=now_ms())
    account = await account_of(connection, household.id)
    lines = [f"api-key {token}"]
    if account and not await endpoints_of(connection, household.id):
        (member, *_) = await queries.people_of_household(connection, household.id)
        endpoint, key = await open_endpoint(connection, household.id, PROVIDERS["sepay"], "apikey",
                                            person_id=member.id)
        lines += [f"sepay {shop.settings.public_url}/hooks/sepay/{endpoint.id}", f"sepay-key {key}"]
    return lines


async def photograph(shop: Shop) -> None:
    """Draw the products and give them to their listings: after the links are printed, since it takes seconds."""
    async with shop.db.read() as connection:
        missing = [family for family in FAMILIES if not await _has_photo(connection, family)]
    if not missing:
        return
    folder = shop.scratch / "demo"
    folder.mkdir()
    drawing = await asyncio.create_subprocess_exec(
        sys.executable, str(Path(__file__).with_name("_demo_photos.py")), str(folder),
        *(family.kind for family in missing), stdout=asyncio.subprocess.PIPE)
    assert drawing.stdout is not None
    async for line in drawing.stdout:
        kind = line.decode().strip()
        family = next(family for family in FAMILIES if family.kind == kind)
        await _give_photo(shop, family, folder / f"{kind}.jpg")
    await drawing.wait()


async def _has_photo(connection: Connection, family: Family) -> bool:
    household = await queries.household_by_code(connection, family.code)
    assert household is not None
    listings = await listings_of_household(connection, household.id)
    return bool(await photos_of_listing(connection, listings[-1].id))


async def _give_photo(shop: Shop, family: Family, path: Path) -> None:
    async with shop.db.read() as connection:
        household = await queries.household_by_code(connection, family.code)
        assert household is not None
        listing = (await listings_of_household(connection, household.id))[-1]
    with path.open("rb") as file:
        photo = await take_photo(shop, household_id=household.id, upload_key=f"demo-{family.kind}",
                                 upload=UploadFile(file, filename=path.name))
    async with shop.db.write() as connection:
        if not await photos_of_listing(connection, listing.id):
            await set_photos(connection, listing, [photo.id])
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)
