"""What a product is certified for: read from a form, kept, shown while it is valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.errors import FieldError
from catalog.households.model import Actor
from catalog.households.queries import record
from catalog.listings.fields import read_day
from catalog.listings.model import Certificate, Listing
from catalog.listings.queries import SQL, certificates_of_listing
from catalog.listings.renders import plan_renders
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from catalog.web.forms import Form
from catalog.words.keyed import N_

STARS = ("3", "4", "5")
"""OCOP products below three stars get no certificate (Decision 148/QĐ-TTg of 2023)."""

LONGEST_YEARS = 3
"""An OCOP certificate is valid for 36 months."""

LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What the form says: when it was harvested, and what it is certified for."""

    harvested_on: date | None
    certificates: tuple[Certificate, ...]


def read_told(form: Form, *, today: date) -> Told:
    """The form's facts. Mistakes stand in `form.errors`; the caller checks."""
    harvested_on = form.read("harvested_on", read_day, None)
    if harvested_on and harvested_on > today:
        form.wrong("harvested_on", FieldError("Ngày hái ở sau hôm nay. Xem lại ngày."))
    stars = form.raw("ocop_stars")
    found = [certificate for certificate in (
        _read(form, "ocop", int(stars), today) if stars in STARS else None,
        _read(form, "vietgap", 0, today) if form.raw("vietgap_number").strip() else None) if certificate]
    return Told(harvested_on, tuple(found))


async def write_told(shop: Shop, actor: Actor, listing: Listing, told: Told) -> None:
    """Keep it, write down who said so, and have the pictures made anew where they show it."""
    async with shop.db.write() as connection:
        before = await certificates_of_listing(connection, listing.id)
        if told == Told(listing.harvested_on, tuple(before)):
            return
        await SQL.drop_certificates(connection, listing_id=listing.id)
        for one in told.certificates:
            await SQL.add_certificate(connection, listing_id=listing.id, kind=one.kind, stars=one.stars,
                                      number=one.number, valid_until=one.valid_until.isoformat())
        await SQL.set_harvest(connection, id=listing.id, now_ms=now_ms(),
                              harvested_on=told.harvested_on.isoformat() if told.harvested_on else None)
        await record(connection, household_id=listing.household_id, person_id=actor.person_id,
                     verb=N_("ghi chứng nhận"), listing_id=listing.id,
                     detail=" · ".join([listing.name, *(f"{one.title} {one.number}" for one in told.certificates)]))
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)


def _read(form: Form, kind: str, stars: int, today: date) -> Certificate | None:
    number = form.text(f"{kind}_number", longest=LONGEST_NUMBER, missing="Ghi số trên giấy chứng nhận.")
    until = form.read(f"{kind}_until", read_day, None)
    if until is None:
        form.wrong(f"{kind}_until", FieldError("Ghi ngày hết hạn trên giấy chứng nhận."))
        return None
    if until < today:
        form.wrong(f"{kind}_until", FieldError("Chứng nhận đã hết hạn thì không ghi lên ảnh được."))
    elif kind == "ocop" and until > today.replace(year=today.year + LONGEST_YEARS, day=min(today.day, 28)):
        form.wrong(f"{kind}_until", FieldError("Giấy OCOP có hạn 3 năm. Xem lại ngày."))
    return Certificate(kind, stars, number, until)
