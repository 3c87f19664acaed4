"""What a person does to a listing: make it, publish it, change it, take it away.

A household acts at once. What a helper lists waits for the household, and so does every price that
a helper changes, be it of one unit or by amount.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalog.errors import FieldError, Invalid
from catalog.households.model import Actor
from catalog.households.queries import record
from catalog.listings import queries
from catalog.listings.consent import PRICE, PUBLISH, ask
from catalog.listings.model import Facts, Listing, check_publishable
from catalog.listings.photo_order import opening_order
from catalog.listings.queries import SQL
from catalog.listings.renders import plan_renders
from catalog.listings.tiers import tiers_text
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
    state = "draft" if not publish else "waiting" if actor.is_for_other else "published"
    async with shop.db.write() as connection:
        listing = await queries.add_listing(connection, household_id=actor.household.id, facts=facts, state=state,
                                            created_by=actor.person_id, draft_key=draft_key)
        if listing is None:
            return await _made_before(connection, actor, draft_key)
        await set_photos(connection, listing, photo_ids)
        code = await ask(connection, actor, listing, verb=PUBLISH) if state == "waiting" else None
        await _record(connection, actor, listing, "đăng hàng", _offer(facts))
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)
    return Made(listing, code)


async def publish(shop: Shop, actor: Actor, listing: Listing, *, photo_needed: bool = True) -> Made:
    """Put a draft or withdrawn listing before buyers, or ask the household to agree to it.

    What is on the stall already stays there. Raises `Invalid` for what is missing.
    """
    if listing.state == "published":
        return Made(listing)
    async with shop.db.write() as connection:
        photos = await queries.photos_of_listing(connection, listing.id)
        check_publishable(facts_of(listing), photos=len(photos), photo_needed=photo_needed,
                          today=local(now_ms()).date())
        state = "waiting" if actor.is_for_other else "published"
        await SQL.set_state(connection, id=listing.id, state=state, now_ms=now_ms())
        code = None
        if actor.is_for_other:
            code = await ask(connection, actor, listing, verb=PUBLISH)
        else:
            await SQL.replace_consents(connection, listing_id=listing.id, verb=PUBLISH, now_ms=now_ms())
        await _record(connection, actor, listing, "đăng hàng", _offer(facts_of(listing)))
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)
    return Made(replace(listing, state=state), code)


async def change_listing(shop: Shop, actor: Actor, listing: Listing, facts: Facts, *,
                         photo_ids: list[str] | None = None, stock_seen: int | None = None,
                         price_seen: int | None = None) -> Made:
    """Write changed facts. Prices of a helper's change wait for the household; the rest stands at once.

    The stock is changed by the difference to what the form showed (`stock_seen`), so that orders
    that came meanwhile stay taken off; a price that is still the one it showed (`price_seen`) was not changed: what
    stands now stays, as a flash price may have begun or ended meanwhile. `photo_ids`, where given, are all photos it
    is to have, in their order. Raises `Invalid` for what must not be published so.
    """
    is_shown = listing.state in ("published", "waiting")
    if is_shown:
        check_publishable(facts, photos=0, photo_needed=False, today=local(now_ms()).date())
    if facts.unit != listing.unit and listing.state == "published":
        raise Invalid(fields={"unit": FieldError("Hàng đang bán thì không đổi đơn vị. Đăng món mới giúp.")})
    async with shop.db.write() as connection:
        await queries.change_facts(connection, listing.id, facts)
        if photo_ids is not None:
            if is_shown and not photo_ids and await queries.photos_of_listing(connection, listing.id):
                raise Invalid(fields={"photos": FieldError("Chưa có ảnh. Chụp hoặc chọn ít nhất 1 ảnh.")})
            await set_photos(connection, listing, photo_ids)
        await _change_stock(connection, listing, facts.on_hand - (listing.on_hand if stock_seen is None
                                                                  else stock_seen), actor)
        standing = await queries.listing_by_id(connection, listing.id)
        assert standing is not None
        if facts.price_vnd == price_seen:
            facts = replace(facts, price_vnd=standing.price_vnd)
        code = await _change_price(connection, actor, replace(listing, price_vnd=standing.price_vnd), facts)
        changed = await queries.listing_by_id(connection, listing.id)
        assert changed is not None
        if actor.is_for_other and listing.state == "waiting":
            # The household agrees to what it sees: a question about the older facts is void.
            code = await ask(connection, actor, changed, verb=PUBLISH)
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)
    return Made(changed, code)


async def withdraw(shop: Shop, actor: Actor, listing: Listing) -> None:
    """Take the listing from the stall; its orders go on."""
    async with shop.db.write() as connection:
        await SQL.set_state(connection, id=listing.id, state="withdrawn", now_ms=now_ms())
        for verb in (PUBLISH, PRICE):
            await SQL.replace_consents(connection, listing_id=listing.id, verb=verb, now_ms=now_ms())
        await _record(connection, actor, listing, "rút hàng", listing.name)


async def set_photos(connection: Connection, listing: Listing, photo_ids: list[str]) -> None:
    """Make these the listing's photos, in `opening_order`; a photo it had and has no more is swept in time.

    Raises `Invalid` for a photo that is another's or is gone.
    """
    await SQL.detach_photos(connection, listing_id=listing.id)
    rows = [await SQL.photo_by_id(connection, id=photo_id, household_id=listing.household_id) for photo_id in photo_ids]
    known = opening_order([queries.to_photo(row) for row in rows if row])
    ordered = [photo.id for photo in known] + [one for one, row in zip(photo_ids, rows, strict=True) if row is None]
    for position, photo_id in enumerate(ordered):
        if await SQL.attach_photo(connection, id=photo_id, household_id=listing.household_id, listing_id=listing.id,
                                  position=position) is None:
            raise Invalid(fields={"photos": FieldError("Có ảnh không còn nữa. Chụp lại giúp.")})


def facts_of(listing: Listing) -> Facts:
    """The facts that the listing stands on."""
    return Facts(kind=listing.kind, name=listing.name, price_vnd=listing.price_vnd, unit=listing.unit,
                 on_hand=listing.on_hand, place=listing.place, packed_on=listing.packed_on,
                 best_before=listing.best_before, ingredients=listing.ingredients, min_order=listing.min_order,
                 tiers=listing.tiers)


async def _change_stock(connection: Connection, listing: Listing, change: int, actor: Actor) -> None:
    if change == 0:
        return
    if await SQL.change_stock(connection, id=listing.id, change=change, now_ms=now_ms()) is None:
        raise Invalid(fields={"stock": FieldError("Vừa có người đặt, kho không còn nhiều như vậy. Xem lại số còn.")})
    await _record(connection, actor, listing, "sửa số còn",
                  f"{listing.name} {'+' if change > 0 else '−'}{show_quantity(abs(change), listing.unit)}")


async def _change_price(connection: Connection, actor: Actor, listing: Listing, facts: Facts) -> str | None:
    """The code of the link to agree, where the new prices wait for the household."""
    if (facts.price_vnd, facts.tiers) == (listing.price_vnd, listing.tiers):
        return None
    if actor.is_for_other and listing.state == "published":
        await _record(connection, actor, listing, "xin đổi giá", _offer(facts))
        return await ask(connection, actor, listing, verb=PRICE, new_price_vnd=facts.price_vnd,
                         new_tiers=facts.tiers if facts.tiers != listing.tiers else None)
    # Whoever may set the price has answered whatever was asked about it.
    await SQL.replace_consents(connection, listing_id=listing.id, verb=PRICE, now_ms=now_ms())
    await SQL.change_price(connection, id=listing.id, price_vnd=facts.price_vnd, now_ms=now_ms())
    await queries.set_tiers(connection, listing.id, facts.tiers)
    await _record(connection, actor, listing, "đặt giá", _offer(facts))
    return None


async def _made_before(connection: Connection, actor: Actor, draft_key: str | None) -> Made:
    listing = await queries.listing_by_draft(connection, actor.household.id, draft_key or "")
    assert listing is not None
    row = await SQL.newest_consent(connection, listing_id=listing.id)
    return Made(listing, row["code"] if row else None)


async def _record(connection: Connection, actor: Actor, listing: Listing, verb: str, detail: str) -> None:
    await record(connection, household_id=listing.household_id, person_id=actor.person_id, verb=verb,
                 listing_id=listing.id, detail=detail)


def _offer(facts: Facts) -> str:
    more = f", {tiers_text(facts.tiers, facts.unit)}" if facts.tiers else ""
    return f"{facts.name} {show_vnd(facts.price_vnd)}/{facts.unit}{more}"
