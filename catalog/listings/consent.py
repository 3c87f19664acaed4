"""The household's word: asked for by a helper, given on the household's own phone, taken back at will.

Consent is voluntary, informed, specific and withdrawable (Law 91/2025/QH15 on personal data).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.errors import Conflict, Forbidden, NotFound
from catalog.households.model import Actor, Person
from catalog.households.queries import record
from catalog.households.short_codes import consent_code
from catalog.listings.model import Listing
from catalog.listings.queries import SQL, set_tiers, tiers_of_listing
from catalog.listings.renders import plan_renders
from catalog.listings.tiers import Tiers, tiers_json, tiers_of_json
from catalog.storage.database import new_id, now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection

PUBLISH, PRICE = "publish", "price"
"""What a household can be asked for."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What was asked, by whom, and what the household said. Tiers are None where only the price was asked."""

    id: str
    code: str
    household_id: str
    listing_id: str
    verb: str
    old_price_vnd: int | None
    new_price_vnd: int | None
    asked_by: str
    asked_by_name: str
    asked_ms: int
    state: str
    answered_ms: int | None
    old_tiers: Tiers | None = None
    new_tiers: Tiers | None = None

    @property
    def is_open(self) -> bool:
        """Whether it may still be answered."""
        return self.state in ("asked", "later")


def to_consent(row: Any) -> Consent:
    """A consent from its columns."""
    return Consent(row["id"], row["code"], row["household_id"], row["listing_id"], row["verb"],
                   row["old_price_vnd"], row["new_price_vnd"], row["asked_by"], row["asked_by_name"],
                   row["asked_ms"], row["state"], row["answered_ms"], _tiers(row["old_tiers"]), _tiers(row["new_tiers"]))


async def ask(connection: Connection, actor: Actor, listing: Listing, *, verb: str,
              new_price_vnd: int | None = None, new_tiers: Tiers | None = None) -> str:
    """The code of a fresh link to agree; an older question of the same sort is void."""
    await SQL.replace_consents(connection, listing_id=listing.id, verb=verb, now_ms=now_ms())
    code = consent_code()
    await SQL.add_consent(connection, id=new_id(), code=code, household_id=listing.household_id,
                          listing_id=listing.id, verb=verb, old_price_vnd=listing.price_vnd,
                          new_price_vnd=new_price_vnd,
                          old_tiers=None if new_tiers is None else tiers_json(listing.tiers),
                          new_tiers=None if new_tiers is None else tiers_json(new_tiers), asked_by=actor.person_id, now_ms=now_ms())
    return code


async def consent_by_code(connection: Connection, code: str) -> Consent:
    """What the link asks; raises `NotFound`."""
    row = await SQL.consent_by_code(connection, code=code.upper())
    if row is None:
        raise NotFound("Đường dẫn này không đúng. Nhờ tổ số của bản gửi lại.")
    return to_consent(row)


async def consents_waiting(connection: Connection, household_id: str) -> list[Consent]:
    """What the household has not answered with yes, the oldest first."""
    return [to_consent(row) for row in await SQL.consents_waiting(connection, household_id=household_id)]


async def newest_consent(connection: Connection, listing_id: str) -> Consent | None:
    """The open question about a listing, or None."""
    row = await SQL.newest_consent(connection, listing_id=listing_id)
    return to_consent(row) if row else None


def may_answer(person: Person | None, consent: Consent) -> bool:
    """Whether this browser may: not one that is signed in as somebody else, for nobody agrees for another."""
    return person is None or person.household_id == consent.household_id


def may_take_back(consent: Consent, listing: Listing) -> bool:
    """Whether what was agreed still stands: the listing on the stall, or the prices that were asked for."""
    if consent.state != "agreed":
        return False
    return (listing.state == "published" if consent.verb == PUBLISH
            else listing.price_vnd == consent.new_price_vnd and consent.new_tiers in (None, listing.tiers))


def check_may_answer(person: Person | None, consent: Consent) -> None:
    """Raises `Forbidden` where `may_answer` says no."""
    if not may_answer(person, consent):
        raise Forbidden("Việc này phải bấm trên máy của nhà. Gửi đường dẫn cho nhà mở.")


async def agree(shop: Shop, consent: Consent, person: Person | None) -> None:
    """Publish, or set the new prices. Raises `Conflict` when the question is no longer open."""
    check_may_answer(person, consent)
    async with shop.db.write() as connection:
        await _answer(connection, consent, "agreed", person)
        if consent.verb == PUBLISH:
            await SQL.set_state(connection, id=consent.listing_id, state="published", now_ms=now_ms())
        else:
            # Asked for other prices by amount alone, the price was only shown: a flash price may have been it.
            if consent.new_price_vnd != consent.old_price_vnd:
                await SQL.change_price(connection, id=consent.listing_id, price_vnd=consent.new_price_vnd,
                                       now_ms=now_ms())
            if consent.new_tiers is not None:
                await set_tiers(connection, consent.listing_id, consent.new_tiers)
        ended = await plan_renders(connection, consent.listing_id, public_url=shop.settings.public_url)
        await _record(connection, consent, person, "đồng ý")
    shop.jobs.drop(ended)


async def postpone(shop: Shop, consent: Consent, person: Person | None) -> None:
    """Not now: nothing is shown, and the same link may still be answered with yes."""
    check_may_answer(person, consent)
    async with shop.db.write() as connection:
        await _answer(connection, consent, "later", person)
        await _record(connection, consent, person, "để sau")


async def take_back(shop: Shop, consent: Consent, person: Person | None) -> None:
    """Withdraw an agreement: the listing leaves the stall, or the old prices return."""
    check_may_answer(person, consent)
    async with shop.db.write() as connection:
        done = await SQL.withdraw_consent(connection, id=consent.id, now_ms=now_ms(),
                                          answered_by=person.id if person else None)
        if done is None:
            raise Conflict
        if consent.verb == PUBLISH:
            await SQL.set_state(connection, id=consent.listing_id, state="withdrawn", now_ms=now_ms())
        else:
            # Prices that were set since then are nobody's to undo by this.
            back = await SQL.change_price_back(connection, id=consent.listing_id, price_vnd=consent.old_price_vnd,
                                               agreed_price_vnd=consent.new_price_vnd, now_ms=now_ms())
            if back is None:
                raise Conflict
            if consent.old_tiers is not None:
                if await tiers_of_listing(connection, consent.listing_id) != consent.new_tiers:
                    raise Conflict
                await set_tiers(connection, consent.listing_id, consent.old_tiers)
        ended = await plan_renders(connection, consent.listing_id, public_url=shop.settings.public_url)
        await _record(connection, consent, person, "rút lại")
    shop.jobs.drop(ended)


def _tiers(text: str | None) -> Tiers | None:
    return None if text is None else tiers_of_json(text)


async def _answer(connection: Connection, consent: Consent, state: str, person: Person | None) -> None:
    done = await SQL.answer_consent(connection, id=consent.id, state=state, now_ms=now_ms(),
                                    answered_by=person.id if person else None)
    if done is None:
        raise Conflict


async def _record(connection: Connection, consent: Consent, person: Person | None, verb: str) -> None:
    await record(connection, household_id=consent.household_id, person_id=person.id if person else None, verb=verb,
                 listing_id=consent.listing_id)
