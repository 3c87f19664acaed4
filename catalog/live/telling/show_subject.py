"""A show on networks: announced now or at a set time, with its poster and what it sells when it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request

from catalog.errors import Invalid
from catalog.households.model import Actor, Village
from catalog.households.queries import record, village_by_id
from catalog.live.shows.access import own_show, room_path
from catalog.live.shows.model import Show
from catalog.live.shows.queries import show_by_id
from catalog.live.shows.sellers import seller_of
from catalog.live.telling.poster import Poster, draw_posters
from catalog.live.telling.queries import SQL
from catalog.live.telling.tell import NETWORK_NAMES, has_old_hour, posts_of_show, told_of_show
from catalog.posts.publishers.account import Account, Holder, holder_of_household, holder_of_village
from catalog.posts.publishers.model import WITH_CLIP, Attachment, Package
from catalog.posts.publishers.package import Ready, fingerprint
from catalog.posts.publishers.queries import SQL as NETWORKS
from catalog.posts.publishers.send_form import Moment, Target, targets_of
from catalog.posts.publishers.sending import About, Sending
from catalog.posts.publishers.subject import Going, Kind, Sheet, Words
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.web.clock import clock, day, local
from catalog.web.locale import translate
from catalog.web.render import shop_of
from catalog.words.keyed import N_
from media.pool import RenderFailed

IS_OVER = N_("Buổi phát đã hết nên không đăng.")
OLD_HOUR = N_("Giờ phát đã đổi mà lời sửa tay chưa có giờ mới. Sửa lời rồi đăng lại.")
LEAST_AHEAD_MS = 5 * 60_000
"""A moment that is nearer is the same as now."""


@dataclass(frozen=True, slots=True)
class ShowSubject:
    """See `Subject`."""

    actor: Actor
    show: Show
    village: Village
    heading: str = N_("Đăng báo buổi phát")
    kind: str = ""

    @property
    def holder(self) -> Holder:
        """The household's own networks, or the village's for its team's show."""
        if self.show.village_id:
            return holder_of_village(self.actor.person, self.village)
        return holder_of_household(self.actor)

    @property
    def about(self) -> About:
        """The show, in the name of whose networks it goes out on."""
        return About(household_id=self.holder.household_id, village_id=self.holder.village_id, show_id=self.show.id)

    @property
    def here(self) -> str:
        """The page of its announcements."""
        return f"{room_path(self.actor, self.show)}/tell"

    @property
    def name(self) -> str:
        """Its title."""
        return self.show.title

    @property
    def fact(self) -> str:
        """When it begins."""
        return f"{clock(self.show.starts_ms)} {day(self.show.starts_ms)}"

    @property
    def whose(self) -> str:
        """The household, for a helper."""
        return self.actor.household.name if self.actor.is_for_other and not self.show.village_id else ""

    @property
    def code(self) -> str:
        """The household's."""
        return self.actor.household.code

    async def check(self) -> None:
        """Raises `Invalid` for a show that is over."""
        if self.show.state == "ended":
            raise Invalid("Buổi này đã hết rồi.")

    async def sheet(self, shop: Shop, connection: Connection, accounts: list[Account]) -> Sheet:
        """Pictures with words; the usual moments are the day before and an hour before."""
        targets = [target for target in targets_of(accounts) if target.shape not in WITH_CLIP]
        texts = await posts_of_show(connection, self.show, public_url=shop.settings.public_url)
        posts = {post.network: post for post in texts}
        words = tuple(
            Words(translate("Xem lời: {network}").format(network=translate(NETWORK_NAMES[network])),
                  posts[network].text,
                  translate("Giờ hay giá đổi thì lời đổi theo, trừ lời đã sửa tay."), posts[network].findings,
                  f"{self.here}?to={network}#loi")
            for network in dict.fromkeys(map(text_for, targets)))
        obstacle = (N_("Buổi phát đã hết."), N_("Hẹn buổi mới rồi đăng.")) if self.show.state == "ended" else None
        return Sheet(targets, words, obstacle, self._moments())

    async def note(self, connection: Connection, account: Account) -> None:
        """In the household's own list of what was done."""
        await record(connection, household_id=self.show.household_id, person_id=self.actor.person_id,
                     verb=N_("cho đăng bài"),
                     detail=f"{self.show.title}: {account.title}")

    def _moments(self) -> tuple[Moment, ...]:
        """The day before and an hour before, as long as they are still to come."""
        starts = local(self.show.starts_ms)
        wanted = ((starts - timedelta(days=1), translate("Hôm trước")),
                  (starts - timedelta(hours=1), translate("Trước 1 giờ")))
        return tuple(Moment(moment.strftime("%Y-%m-%dT%H:%M"), words, f"{clock(ms)} {day(ms)}")
                     for moment, words in wanted if (ms := int(moment.timestamp() * 1000)) > now_ms() + LEAST_AHEAD_MS)


def text_for(target: Target) -> str:
    """Which of a show's texts goes there."""
    return _text_for(target.account.network, target.shape)


def _text_for(network: str, shape: str) -> str:
    if network == "zalo":
        return "group" if shape == "group" else "zalo"
    return "facebook" if network == "facebook" else "zalo"


async def _load(request: Request) -> ShowSubject:
    actor, show = await own_show(request)
    async with shop_of(request).db.read() as connection:
        return ShowSubject(actor, show, await village_by_id(connection, actor.household.village_id))


async def _make(shop: Shop, sending: Sending) -> Going | str:
    """The announcement as it stands now with the poster of this moment, or why it doesn't go."""
    assert sending.show_id is not None
    url, network = shop.settings.public_url, _text_for(sending.network, sending.shape)
    async with shop.db.read() as connection:
        show = await show_by_id(connection, sending.show_id)
        seller = await seller_of(connection, show)
        told = await told_of_show(connection, show, public_url=url)
        post = next(one for one in await posts_of_show(connection, show, public_url=url) if one.network == network)
        if not sending.has_begun and show.state == "ended":
            return IS_OVER
        if not sending.has_begun and await has_old_hour(connection, show, network):
            return OLD_HOUR
    try:
        posters = await draw_posters(shop, show.id)
    except RenderFailed:
        return Going(Ready(None, is_coming=True))
    text = sending.text if sending.has_begun else post.text
    feed = next((one for one in posters if one.role == "feed"), None)
    package = Package(
        key=sending.id, title=show.title, author=seller.village.name if seller.is_team else seller.household.name,
        text=text, link=told.telling.link, since_ms=sending.created_ms,
        pictures=(_attach(shop, show, feed),) if feed else (),
        about="show", facts={"code": show.code, "title": show.title,
                             "starts": local(show.starts_ms).isoformat(timespec="minutes"),
               "page": told.telling.link, "goods": [{"code": listing.code, "name": listing.name,
                                                     "price_vnd": listing.price_vnd,
                                                    "unit": listing.unit} for listing, _ in told.goods]})

    async def guard(connection: Connection) -> bool:
        """The show is as it was told, and each product on the stall at the price that was told."""
        if await SQL.hold_show(connection, id=show.id, title=show.title, starts_ms=show.starts_ms) is None:
            return False
        return all([await NETWORKS.hold_facts(connection, id=one.id, price_vnd=one.price_vnd, name=one.name) is not None
                    for one, _ in told.goods])

    return Going(Ready(package, fingerprint(text, feed.object_key if feed else "")), guard)


def _attach(shop: Shop, show: Show, poster: Poster) -> Attachment:
    return Attachment("poster", shop.objects.path(poster.object_key),
                      f"{shop.settings.public_url}{show.path}/poster/{poster.role}.jpg?v={poster.key}", "image/jpeg",
                      poster.width, poster.height, poster.bytes)


SHOW = Kind("/n/{household}/shows/{show}/tell", _load, lambda sending: sending.show_id is not None, _make)
