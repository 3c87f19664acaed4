"""What a person does to a listing: make it, publish it, change it, take it away.

A household acts at once. What a helper lists waits for the household, and so does every price that
a helper changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalog.errors import Invalid, NotFound
from catalog.households.model import Actor
from catalog.households.queries import record
from catalog.listings import queries
from catalog.listings.consent import ask
from catalog.listings.model import Facts, Listing, check_publishable
from catalog.listings.queries import SQL
from catalog.listings.renders import plan_renders
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.web.clock import local
from catalog.words.money import show_vnd
from catalog.words.units import show_quantity


@dataclass(frozen=True, slots=True)
class Made:
    """The listing, and the code of the link by which the household is to agree, where that is needed."""

    listing: Listing
    consent_code: str | None = None


async def create_listing(shop: Shop, actor: Actor, facts: Facts, *, photo_ids: list[str], publish: bool,
                         draft_key: str | None = None, photo_needed: bool = True) -> Made:
    """The new listing, its photos in the given order and its pictures promised.

    The same draft key gives the listing it made before. Raises `Invalid` for what is missing.
    """
    if publish:
        check_publishable(facts, photos=len(photo_ids), photo_needed=photo_needed, today=local(now_ms()).date())
    async with shop.db.write() as connection:
        if draft_key and (row := await SQL.listing_by_draft(connection, household_id=actor.household.id,
                                                            draft_key=draft_key)):
            return await _as_before(connection, queries.to_listing(row))
        state = "draft" if not publish else "waiting" if actor.is_for_other else "published"
        listing = await queries.add_listing(connection, household_id=actor.household.id, facts=facts, state=state,
                                            created_by=actor.person_id)
        if draft_key:
            await SQL.set_draft_key(connection, id=listing.id, draft_key=draft_key)
        await attach_photos(connection, listing, photo_ids)
        code = await ask(connection, actor, listing, verb="publish") if state == "waiting" else None
        await record(connection, household_id=listing.household_id, person_id=actor.person_id, verb="đăng hàng",
                     listing_id=listing.id, detail=f"{facts.name} {show_vnd(facts.price_vnd)}/{facts.unit}")
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)
    return Made(listing, code)


async def publish(shop: Shop, actor: Actor, listing: Listing, *, photo_needed: bool = True) -> Made:
    """Put a draft or withdrawn listing before buyers, or ask the household to agree to it."""
    facts = facts_of(listing)
    async with shop.db.write() as connection:
        photos = await queries.photos_of_listing(connection, listing.id)
        check_publishable(facts, photos=len(photos), photo_needed=photo_needed, today=local(now_ms()).date())
        state = "waiting" if actor.is_for_other else "published"
        await SQL.set_state(connection, id=listing.id, state=state, now_ms=now_ms())
        code = await ask(connection, actor, listing, verb="publish") if actor.is_for_other else None
        await record(connection, household_id=listing.household_id, person_id=actor.person_id, verb="đăng hàng",
                     listing_id=listing.id, detail=listing.name)
    return Made(replace(listing, state=state), code)


async def change_listing(shop: Shop, actor: Actor, listing: Listing, facts: Facts, *,
                         stock_seen: int | None = None) -> Made:
    """Write changed facts. The price of a helper's change waits for the household; the rest stands at once.

    The stock is changed by the difference to what the form showed (`stock_seen`), so that orders
    that came meanwhile stay taken off. Raises `Invalid` for what must not be published so.
    """
    if listing.state in ("published", "waiting"):
        check_publishable(facts, photos=0, photo_needed=False, today=local(now_ms()).date())
    if facts.unit != listing.unit and listing.state == "published":
        raise Invalid(fields={"unit": Invalid("Hàng đang bán thì không đổi đơn vị. Đăng món mới giúp.")})
    code = None
    async with shop.db.write() as connection:
        await queries.change_facts(connection, listing.id, facts)
        await _change_stock(connection, listing, facts.on_hand - (listing.on_hand if stock_seen is None
                                                                  else stock_seen), actor)
        if facts.price_vnd != listing.price_vnd:
            if actor.is_for_other and listing.state == "published":
                code = await ask(connection, actor, listing, verb="price", new_price_vnd=facts.price_vnd)
            else:
                await SQL.change_price(connection, id=listing.id, price_vnd=facts.price_vnd, now_ms=now_ms())
            await record(connection, household_id=listing.household_id, person_id=actor.person_id,
                         verb="đặt giá" if code is None else "xin đổi giá", listing_id=listing.id,
                         detail=f"{facts.name} {show_vnd(facts.price_vnd)}/{facts.unit}")
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
        changed = await queries.listing_by_id(connection, listing.id)
    shop.jobs.drop(ended)
    assert changed is not None
    return Made(changed, code)


async def withdraw(shop: Shop, actor: Actor, listing: Listing) -> None:
    """Take the listing from the stall; its orders go on."""
    async with shop.db.write() as connection:
        await SQL.set_state(connection, id=listing.id, state="withdrawn", now_ms=now_ms())
        await SQL.replace_consents(connection, listing_id=listing.id, verb="publish", now_ms=now_ms())
        await SQL.replace_consents(connection, listing_id=listing.id, verb="price", now_ms=now_ms())
        await record(connection, household_id=listing.household_id, person_id=actor.person_id, verb="rút hàng",
                     listing_id=listing.id, detail=listing.name)


async def attach_photos(connection: Connection, listing: Listing, photo_ids: list[str], *, start: int = 0) -> None:
    """Make unclaimed photos of the household the listing's, in this order; raises `NotFound` for any other."""
    for position, photo_id in enumerate(photo_ids, start):
        if await SQL.attach_photo(connection, id=photo_id, household_id=listing.household_id, listing_id=listing.id,
                                  position=position) is None:
            raise NotFound("Không thấy ảnh này. Chụp lại giúp.")


def facts_of(listing: Listing) -> Facts:
    """The facts that the listing stands on."""
    return Facts(kind=listing.kind, name=listing.name, price_vnd=listing.price_vnd, unit=listing.unit,
                 on_hand=listing.on_hand, place=listing.place, packed_on=listing.packed_on,
                 best_before=listing.best_before, ingredients=listing.ingredients)


async def _change_stock(connection: Connection, listing: Listing, change: int, actor: Actor) -> None:
    if change == 0:
        return
    if await SQL.change_stock(connection, id=listing.id, change=change, now_ms=now_ms()) is None:
        raise Invalid(fields={"stock": Invalid("Vừa có người đặt, kho không còn nhiều như vậy. Xem lại số còn.")})
    await record(connection, household_id=listing.household_id, person_id=actor.person_id, verb="sửa số còn",
                 listing_id=listing.id, detail=f"{listing.name} {'+' if change > 0 else '−'}"
                 f"{show_quantity(abs(change), listing.unit)}")


async def _as_before(connection: Connection, listing: Listing) -> Made:
    row = await SQL.newest_consent(connection, listing_id=listing.id)
    return Made(listing, row["code"] if row else None)
