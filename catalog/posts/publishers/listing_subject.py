"""A listing on networks: its texts, today's facts, the finished pictures, or why it can't go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from catalog.errors import Invalid
from catalog.households.model import Actor, Household
from catalog.households.queries import household_by_id, record
from catalog.listings.access import listing_path, own_listing
from catalog.listings.model import Listing, order_link
from catalog.listings.queries import SQL as LISTINGS
from catalog.listings.queries import files_of_listing, listing_by_id
from catalog.listings.renders import render_state
from catalog.posts.compose import posts_of
from catalog.posts.model import Post
from catalog.posts.publishers.account import Account, Holder, holder_of_household
from catalog.posts.publishers.model import NETWORK_TITLES, WITH_CLIP, Package
from catalog.posts.publishers.package import Ready, attach, fingerprint
from catalog.posts.publishers.queries import SQL
from catalog.posts.publishers.send_form import targets_of
from catalog.posts.publishers.sending import About, Sending
from catalog.posts.publishers.subject import Going, Kind, Sheet, Words
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.web.clock import local
from catalog.web.locale import translate
from catalog.words.keyed import N_
from catalog.words.money import show_vnd

TEXTS = {"facebook": "facebook", "zalo": "zalo", "webhook": "portal"}
"""Which of a listing's texts goes where."""

ROLES = {"pictures": ("square", "portrait"), "article": ("square", "portrait"), "broadcast": ("square", "portrait"),
         "group": ("square",), "reel": ("clip",), "video": ("clip",)}

WITHDRAWN = N_("Hàng không còn trên sạp nên không đăng.")
SOLD_OUT = N_("Hết hàng nên không đăng.")
TOO_OLD = N_("Hàng quá hạn dùng nên không đăng.")
OLD_PRICE = N_("Giá đã đổi mà lời sửa tay chưa có giá mới. Sửa lời rồi đăng lại.")


@dataclass(frozen=True, slots=True)
class ListingSubject:
    """See `Subject`."""

    actor: Actor
    listing: Listing
    heading: str = N_("Đăng lên mạng")

    @property
    def holder(self) -> Holder:
        """The household's own networks."""
        return holder_of_household(self.actor)

    @property
    def about(self) -> About:
        """The listing at its price of now."""
        return About(household_id=self.listing.household_id, listing_id=self.listing.id,
                     price_vnd=self.listing.price_vnd)

    @property
    def here(self) -> str:
        """The listing's page."""
        return listing_path(self.actor, self.listing)

    @property
    def name(self) -> str:
        """The product's."""
        return self.listing.name

    @property
    def fact(self) -> str:
        """Its price."""
        return f"{show_vnd(self.listing.price_vnd)}/{self.listing.unit}"

    @property
    def whose(self) -> str:
        """The household, for a helper."""
        return self.actor.household.name if self.actor.is_for_other else ""

    @property
    def code(self) -> str:
        """The household's."""
        return self.actor.household.code

    @property
    def kind(self) -> str:
        """The product's."""
        return self.listing.kind

    async def check(self) -> None:
        """Raises `Invalid` for a listing that isn't on the stall or is sold out."""
        if self.listing.state != "published":
            raise Invalid("Món này chưa lên sạp nên chưa đăng được.")
        if self.listing.is_sold_out:
            raise Invalid("Hết hàng. Ghi lại số còn rồi đăng.")

    async def sheet(self, shop: Shop, connection: Connection, accounts: list[Account]) -> Sheet:
        """Clips are offered where there is one; each connected network's text can be changed on the listing's page."""
        state = await render_state(connection, self.listing)
        has_clip = state.clip is not None or state.clip_state in ("queued", "running")
        targets = [target for target in targets_of(accounts) if has_clip or target.shape not in WITH_CLIP]
        words = []
        for network in dict.fromkeys(target.account.network for target in targets):
            post = await post_for(connection, self.listing, self.actor.household, network,
                                  public_url=shop.settings.public_url)
            words.append(Words(translate("Xem lời: {network}").format(network=translate(NETWORK_TITLES[network])),
                               post.text,
                               translate("Giá hay số còn đổi thì lời đổi theo, trừ lời đã sửa tay."), post.findings,
                               f"{self.here}?to={TEXTS[network]}#loi"))
        obstacle = None
        if self.listing.state != "published":
            obstacle = (N_("Món này chưa lên sạp."), N_("Lên sạp rồi mới đăng được."))
        elif self.listing.is_sold_out:
            obstacle = (N_("Hết hàng."), N_("Có hàng mới thì bấm Sửa, ghi lại số còn."))
        return Sheet(targets, tuple(words), obstacle)

    async def note(self, connection: Connection, account: Account) -> None:
        """In the household's own list of what was done."""
        await record(connection, household_id=self.listing.household_id, person_id=self.actor.person_id,
                     listing_id=self.listing.id, verb=N_("cho đăng bài"),
                     detail=f"{self.listing.name}: {account.title}")


def why_not(listing: Listing, sending: Sending, post: Post, today: date) -> str:
    """Why the listing must not be posted now, as a message key; "" where it may."""
    if listing.state != "published":
        return WITHDRAWN
    if listing.is_sold_out:
        return SOLD_OUT
    if listing.best_before and listing.best_before < today:
        return TOO_OLD
    if post.edited and listing.price_vnd != sending.price_vnd and show_vnd(listing.price_vnd) not in post.text:
        return OLD_PRICE
    return ""


async def post_for(connection: Connection, listing: Listing, household: Household, network: str, *,
                   public_url: str) -> Post:
    """The text that goes to the network, as it stands now."""
    posts = {post.network: post for post in await posts_of(connection, listing, household, public_url=public_url)}
    return posts[TEXTS[network]]


async def make_ready(shop: Shop, connection: Connection, listing: Listing, household: Household, sending: Sending,
                     post: Post) -> Ready:
    """The post with the files that show the listing as it is now: older ones only where it has begun already."""
    row = await LISTINGS.listing_by_id(connection, id=listing.id)
    files = {file.role: file for file in await files_of_listing(connection, listing.id)
             if file.spec_key == row["render_key"] or sending.has_begun}
    state = await render_state(connection, listing)
    wanted = ROLES[sending.shape]
    if any(role not in files for role in wanted):
        is_coming = not state.is_ready and not state.has_failed
        if is_coming or wanted[0] not in files:
            return Ready(None, is_coming=is_coming)
    clip = files.get("clip")
    attachments = tuple(attach(shop, files[role]) for role in wanted if role in files and role != "clip")
    text = sending.text if sending.has_begun else post.text
    package = Package(
        key=sending.id, title=listing.name, author=household.name, text=text, link=post.link,
        since_ms=sending.created_ms, pictures=attachments, clip=attach(shop, clip) if clip else None,
        facts={"code": listing.code, "kind": listing.kind, "name": listing.name, "price_vnd": listing.price_vnd,
               "unit": listing.unit, "place": listing.place or household.place,
               "packed_on": listing.packed_on.isoformat() if listing.packed_on else None,
               "best_before": listing.best_before.isoformat() if listing.best_before else None,
               "page": order_link(shop.settings.public_url, listing.code)})
    return Ready(package, fingerprint(text, *(files[role].object_key for role in wanted if role in files)))


async def _load(request: Request) -> ListingSubject:
    return ListingSubject(*await own_listing(request))


async def _make(shop: Shop, sending: Sending) -> Going | str:
    """The listing's post as it stands now, or why it doesn't go."""
    assert sending.listing_id is not None and sending.household_id is not None
    async with shop.db.read() as connection:
        listing = await listing_by_id(connection, sending.listing_id)
        household = await household_by_id(connection, sending.household_id)
        assert listing is not None
        post = await post_for(connection, listing, household, sending.network, public_url=shop.settings.public_url)
        if not sending.has_begun and (why := why_not(listing, sending, post, local(now_ms()).date())):
            return why
        ready = await make_ready(shop, connection, listing, household, sending, post)

    async def guard(connection: Connection) -> bool:
        return await SQL.hold_facts(connection, id=listing.id, price_vnd=listing.price_vnd,
                                    name=listing.name) is not None

    return Going(ready, guard)


LISTING = Kind("/n/{household}/listings/{listing}", _load, lambda sending: sending.listing_id is not None, _make)
