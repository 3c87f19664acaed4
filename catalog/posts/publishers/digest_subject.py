"""A village's digest on the village's own networks, written when it goes."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from catalog.households.model import Person, Village
from catalog.households.queries import village_by_id
from catalog.households.session import village_board
from catalog.posts.digest.model import digest_text, turned
from catalog.posts.digest.picture import digest_picture, digest_spec
from catalog.posts.digest.queries import goods_of_village
from catalog.posts.publishers.account import Account, Holder, holder_of_village
from catalog.posts.publishers.model import Attachment, Package
from catalog.posts.publishers.package import Ready, fingerprint
from catalog.posts.publishers.send_form import targets_of
from catalog.posts.publishers.sending import About, Sending
from catalog.posts.publishers.subject import Going, Kind, Sheet, Words
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.web.clock import local
from catalog.web.locale import translate
from catalog.words.keyed import N_

NOTHING_TODAY = N_("Hôm nay chưa nhà nào đăng hàng.")


@dataclass(frozen=True, slots=True)
class DigestSubject:
    """See `Subject`."""

    person: Person
    village: Village
    heading: str = N_("Đăng tin chợ phiên")
    name: str = ""
    fact: str = ""
    whose: str = ""
    kind: str = ""

    @property
    def holder(self) -> Holder:
        """The village's networks."""
        return holder_of_village(self.person, self.village)

    @property
    def about(self) -> About:
        """The village alone."""
        return About(village_id=self.village.id)

    @property
    def here(self) -> str:
        """The digest's page."""
        return f"/v/{self.village.code}/digest"

    @property
    def code(self) -> str:
        """The village's."""
        return self.village.code

    async def check(self) -> None:
        """What is sold is looked at when it goes."""

    async def sheet(self, shop: Shop, connection: Connection, accounts: list[Account]) -> Sheet:
        """The digest of this moment."""
        day = local(now_ms()).date()
        goods = turned(await goods_of_village(connection, self.village.id), day)
        text = digest_text(self.village, goods, day, public_url=shop.settings.public_url)
        return Sheet(targets_of(accounts), (Words(translate("Xem tin hôm nay"), text,
                                                  translate("Tin viết lúc đăng: hàng nào còn thì có.")),))

    async def note(self, connection: Connection, account: Account) -> None:
        """Nothing is done in a household's name."""


async def _load(request: Request) -> DigestSubject:
    return DigestSubject(*await village_board(request))


async def _make(shop: Shop, sending: Sending) -> Going | str:
    """The village's digest of this moment with its picture, or that nobody sells anything today."""
    assert sending.village_id is not None
    today = local(now_ms()).date()
    async with shop.db.read() as connection:
        village = await village_by_id(connection, sending.village_id)
        goods = turned(await goods_of_village(connection, village.id), today)
    if not goods and not sending.has_begun:
        return NOTHING_TODAY
    text = sending.text if sending.has_begun else digest_text(village, goods, today,
                                                              public_url=shop.settings.public_url)
    pictures: tuple[Attachment, ...] = ()
    if goods:
        path = await digest_picture(shop, village, await digest_spec(shop, village, goods, today))
        pictures = (Attachment("digest", path, "", "image/jpeg", 1080, 1350, path.stat().st_size),)
    package = Package(key=sending.id, title=f"Chợ phiên {village.name}", author=village.name, text=text,
                      link=f"{shop.settings.public_url}/", since_ms=sending.created_ms, pictures=pictures)
    return Going(Ready(package, fingerprint(text, *(picture.path.name for picture in pictures))))


DIGEST = Kind("/v/{village}/digest", _load, lambda sending: sending.village_id is not None and sending.show_id is None,
              _make)
