"""The JSON API for listings: `/api/v1/listings`, with the household's key."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import FieldError, Invalid, NotFound, ShopError
from catalog.households.model import Household, key_holder
from catalog.households.session import household_of_key
from catalog.listings import queries
from catalog.listings.fields import LONGEST_NAME
from catalog.listings.intake import take_photo
from catalog.listings.media_pages import FORM_BYTES
from catalog.listings.model import MOST_PHOTOS, Facts, Listing, order_link
from catalog.listings.publish import create_listing, set_photos
from catalog.listings.renders import plan_renders, render_state
from catalog.listings.tiers import MOST_TIERS, Tier, Tiers, check_tier, in_order
from catalog.storage.shop import Shop
from catalog.web.api import Line, Operation, answer, api_routes, read_json
from catalog.web.limits import count_try
from catalog.web.render import shop_of
from catalog.words.money import MOST_VND
from catalog.words.units import SALE_UNITS, show_number, to_base
from media.intake import MAX_BYTES


class PriceByAmount(BaseModel):
    """Another price: of one unit from an amount on (`price_vnd`), or of exactly that amount (`total_vnd`)."""

    model_config = ConfigDict(extra="forbid")

    min_quantity: float = Field(gt=0, description="A number of the listing's unit.")
    price_vnd: int | None = Field(default=None, gt=0, le=MOST_VND, strict=True)
    total_vnd: int | None = Field(default=None, gt=0, le=MOST_VND, strict=True)


class NewListing(BaseModel):
    """What a product is, as its household says."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    kind: Literal["grapefruit", "mango", "dried_meat", "other"]
    name: Line = Field(min_length=1, max_length=LONGEST_NAME)
    price_vnd: int = Field(gt=0, le=MOST_VND, strict=True)
    unit: str = Field(min_length=1, max_length=20)
    stock: float = Field(ge=0, description="A number of the unit: 1.5 for one and a half kilograms.")
    min_order: float = Field(default=0, ge=0, description="The least that is sold at once, a number of the unit.")
    tiers: list[PriceByAmount] = Field(default=[], max_length=MOST_TIERS)
    place: Line = Field(default="", max_length=120)
    publish: bool = True
    packed_on: date | None = None
    best_before: date | None = None
    ingredients: Line = Field(default="", max_length=300)


class Picture(BaseModel):
    """A finished picture; its address never changes and never shows anything else."""

    role: str
    url: str
    width: int
    height: int


class Clip(BaseModel):
    """The clip: `state` is none, queued, running, done, failed or cancelled; `progress` is percent."""

    state: str
    progress: int
    url: str | None


class ListingOut(BaseModel):
    """A listing as it stands."""

    id: str
    code: str
    kind: str
    name: str
    price_vnd: int
    unit: str
    stock: float
    min_order: float
    tiers: list[PriceByAmount]
    place: str
    state: str
    packed_on: date | None
    best_before: date | None
    ingredients: str
    order_url: str
    pictures: list[Picture]
    clip: Clip


class ListingsOut(BaseModel):
    """A household's listings, the newest first."""

    listings: list[ListingOut]


class PhotoOut(BaseModel):
    """A kept photo."""

    id: str
    width: int
    height: int


async def add_listing(request: Request) -> Response:
    """201 with the listing. A photo is not needed to publish through the API."""
    household = await _who(request)
    wish = await read_json(request, NewListing)
    shop = shop_of(request)
    made = await create_listing(shop, key_holder(household), _facts(wish), photo_ids=[],
                                publish=wish.publish, photo_needed=False)
    return answer(await _show(shop, made.listing), 201)


async def list_listings(request: Request) -> Response:
    """All of the household's listings."""
    household = await _who(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        found = await queries.listings_of_household(connection, household.id)
    return answer(ListingsOut(listings=[await _show(shop, listing) for listing in found]))


async def get_listing(request: Request) -> Response:
    """One of the household's listings, by id or code."""
    household = await _who(request)
    return answer(await _show(shop_of(request), await listing_of(request, household)))


async def add_photo(request: Request) -> Response:
    """201 with the kept photo; the pictures are made anew with it."""
    household = await _who(request)
    listing = await listing_of(request, household)
    shop = shop_of(request)
    shop.pool.warm()
    async with request.form(max_files=1, max_fields=4) as form:
        upload = form.get("photo")
        if not isinstance(upload, UploadFile):
            raise Invalid(fields={"photo": FieldError("Thiếu mục này.")})
        photo = await take_photo(shop, household_id=household.id, upload_key=str(form.get("upload_key", "")),
                                 upload=upload)
    async with shop.db.write() as connection:
        there = [one.id for one in await queries.photos_of_listing(connection, listing.id)]
        if photo.id not in there:
            if len(there) >= MOST_PHOTOS:
                raise Invalid(fields={"photo": FieldError("Nhiều nhất {most} ảnh.", most=MOST_PHOTOS)})
            await set_photos(connection, listing, [*there, photo.id])
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)
    return answer(PhotoOut(id=photo.id, width=photo.width, height=photo.height), 201)


async def listing_of(request: Request, household: Household) -> Listing:
    """The household's listing that `{id}` names, by its id or its code; raises `NotFound`."""
    name = request.path_params["id"]
    async with shop_of(request).db.read() as connection:
        listing = (await queries.listing_by_id(connection, name)
                   or await queries.listing_by_code(connection, name))
    if listing is None or listing.household_id != household.id:
        raise NotFound("Không có hàng này.")
    return listing


async def _who(request: Request) -> Household:
    household = await household_of_key(request)
    await count_try(request, "api", who=household.id)
    return household


def _facts(wish: NewListing) -> Facts:
    wrong: dict[str, ShopError] = {}
    amount, least = 0, 0
    tiers: Tiers = ()
    if wish.unit not in {unit.code for unit in SALE_UNITS}:
        wrong["unit"] = FieldError("Không có đơn vị “{typed}”.", typed=wish.unit)
    else:
        try:
            amount = to_base(wish.stock, wish.unit, zero=True)
        except ValueError as error:
            wrong["stock"] = FieldError(getattr(error, "key", None), **getattr(error, "values", {}))
        try:
            least = to_base(wish.min_order, wish.unit, zero=True)
        except ValueError as error:
            wrong["min_order"] = FieldError(getattr(error, "key", None), **getattr(error, "values", {}))
        try:
            tiers = _tiers(wish)
        except ValueError as error:
            wrong["tiers"] = FieldError(getattr(error, "key", None), **getattr(error, "values", {}))
        except ShopError as error:
            wrong["tiers"] = error
    if wrong:
        raise Invalid(fields=wrong)
    return Facts(kind=wish.kind, name=wish.name, price_vnd=wish.price_vnd, unit=wish.unit, on_hand=amount,
                 place=wish.place, packed_on=wish.packed_on, best_before=wish.best_before,
                 ingredients=wish.ingredients, min_order=least if least > 1 else 0, tiers=tiers)


def _tiers(wish: NewListing) -> Tiers:
    if any((one.price_vnd is None) == (one.total_vnd is None) for one in wish.tiers):
        raise FieldError("Mỗi mức ghi price_vnd hoặc total_vnd, không ghi cả hai.")
    tiers = in_order(Tier(to_base(one.min_quantity, wish.unit), one.price_vnd, one.total_vnd) for one in wish.tiers)
    for place, tier in enumerate(tiers):
        check_tier(tier, price_vnd=wish.price_vnd, unit=wish.unit, smaller=tiers[:place])
    return tiers


async def _show(shop: Shop, listing: Listing) -> ListingOut:
    async with shop.db.read() as connection:
        state = await render_state(connection, listing)
    url = shop.settings.public_url
    clip = Clip(state=state.clip_state, progress=state.clip_percent, url=url + state.clip.url if state.clip else None)
    return ListingOut(
        id=listing.id, code=listing.code, kind=listing.kind, name=listing.name, price_vnd=listing.price_vnd,
        unit=listing.unit, stock=_number(listing.on_hand, listing), min_order=_number(listing.min_order, listing),
        tiers=[PriceByAmount(min_quantity=_number(tier.from_amount, listing), price_vnd=tier.price_vnd,
                             total_vnd=tier.total_vnd) for tier in listing.tiers],
        place=listing.place, state=listing.state, packed_on=listing.packed_on, best_before=listing.best_before,
        ingredients=listing.ingredients, order_url=order_link(url, listing.code), clip=clip,
        pictures=[Picture(role=file.role, url=url + file.url, width=file.width, height=file.height)
                  for file in state.pictures.values()])


def _number(amount: int, listing: Listing) -> float:
    """A base amount as a number of the listing's unit."""
    return float(show_number(amount, listing.unit).replace(",", "."))


LARGE_BODIES = [(r"/api/v1/listings/[^/]+/photos", MAX_BYTES + FORM_BYTES)]

OPERATIONS = [
    Operation("POST", "/api/v1/listings", add_listing, "List a product", takes=NewListing, gives=ListingOut, status=201),
    Operation("GET", "/api/v1/listings", list_listings, "All listings of the household", gives=ListingsOut),
    Operation("GET", "/api/v1/listings/{id}", get_listing, "One listing", gives=ListingOut, refusals=(404,)),
    Operation("POST", "/api/v1/listings/{id}/photos", add_photo, "Add a photo", gives=PhotoOut, status=201,
              file_field="photo", refusals=(404, 413, 415, 422)),
]

ROUTES = api_routes(OPERATIONS)
