"""How a household's word on a team's show stands, and the question as it is sent to the household."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from catalog.live.shows.model import Show
from catalog.live.team.joining import Joining
from catalog.posts.listing_view import ZALO_CHAT
from catalog.web.clock import clock, day
from catalog.words.keyed import N_
from catalog.words.money import show_vnd
from catalog.words.phones import show_phone
from media.qr import link_payload, qr_svg

STATE_WORDS = {"asked": N_("Chờ nhà đồng ý"), "later": N_("Nhà để sau"), "agreed": N_("Đã đồng ý"),
               "withdrawn": N_("Nhà đã rút")}
STATE_TAGS = {"asked": "waiting", "later": "info", "agreed": "done", "withdrawn": "wrong"}


@dataclass(frozen=True, slots=True)
class Asking:
    """One household: what was asked, where it answers, and the message, always in Vietnamese."""

    joining: Joining
    short_link: str
    message: str
    zalo_href: str
    qr: Markup

    @property
    def words(self) -> str:
        """How it stands, as a message key."""
        return STATE_WORDS[self.joining.state]

    @property
    def tag_kind(self) -> str:
        """The colour of its tag."""
        return STATE_TAGS[self.joining.state]

    @property
    def goods_text(self) -> str:
        """What of the household's is to be sold, with its pins."""
        return ", ".join(f"{item.pin} {item.listing.name}" for item in self.joining.goods)


def asking_of(joining: Joining, show: Show, *, public_url: str) -> Asking:
    """The question, ready to be sent."""
    household, link = joining.household, public_url + joining.path
    goods = ", ".join(f"{item.listing.name} {show_vnd(item.listing.price_vnd)}/{item.listing.unit}"
                      for item in joining.goods)
    message = (f"{joining.asked_by_name} xin bán {goods} của nhà {household.name} trên buổi phát “{show.title}”, "
               f"{clock(show.starts_ms)} {day(show.starts_ms)}. Đơn và tiền về nhà. "
               f"Mở xem, được thì bấm Đồng ý: {link}")
    return Asking(joining, link.split("://", 1)[-1], message,
                  ZALO_CHAT + show_phone(household.phone).replace(" ", "") if household.phone else "",
                  Markup(qr_svg(link_payload(link))))
