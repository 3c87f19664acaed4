"""How a source stands, in words: reading, waiting 30 seconds, stopped and why; what came of the private messages."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.live.shows.mask import mask_phones
from catalog.live.shows.model import Show
from catalog.live.sources.model import NOT_AGREED, Source
from catalog.live.sources.queries import SQL, held_back, sources_of
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.locale import say, translate
from catalog.words.keyed import N_

MOST_REPLIES = 40
TWO_MINUTES = 120
REPLIES = {"waiting": ("waiting", N_("Sắp nhắn riêng")), "sending": ("waiting", N_("Đang nhắn riêng")),
           "sent": ("done", N_("Đã nhắn riêng")), "failed": ("wrong", N_("Không nhắn được, đọc mã cho khách")),
           "late": ("wrong", N_("Quá 7 ngày, không nhắn được")), "unknown": ("waiting", N_("Chưa rõ đã nhắn chưa, đọc mã cho khách")),
           "": ("waiting", N_("Đọc mã cho khách"))}

ASK_OR_CONNECT = N_("Hỏi nhà ấy, hoặc nối Trang của bản.")


@dataclass(frozen=True, slots=True)
class Standing:
    """A source with its state in words. `kind` is a tag's; `why` and `todo` are empty where all is well.

    `is_held` is of a household's Page on a team's show that it has not agreed to.
    """

    source: Source
    kind: str
    words: str
    why: str
    todo: str
    is_held: bool = False

    @property
    def is_stopped(self) -> bool:
        """Whether a person has to do something."""
        return self.kind == "wrong"


@dataclass(frozen=True, slots=True)
class Told:
    """What came of the message to a buyer: who, the code, a tag, and why not."""

    author: str
    claim: str
    kind: str
    words: str
    reason: str


async def standings(connection: Connection, show: Show) -> list[Standing]:
    """The show's sources as they stand now."""
    held = await held_back(connection, show.id) if show.state != "ended" else set()
    return [Standing(one, "wrong", translate("Đã dừng"), translate(NOT_AGREED), translate(ASK_OR_CONNECT), True)
            if one.id in held else standing(one, show) for one in await sources_of(connection, show.id)]


def standing(source: Source, show: Show) -> Standing:
    """The source in words."""
    why, todo = (translate(one) if one else "" for one in source.why)
    if show.state == "ended":
        return Standing(source, "done", translate("Đã đọc xong"), "", "")
    if source.state == "stopped":
        return Standing(source, "wrong", translate("Đã dừng"), why, todo)
    if show.state == "planned":
        return Standing(source, "waiting", translate("Đọc khi bắt đầu phát"), "", "")
    if source.state == "reading":
        return Standing(source, "done", translate("Đang đọc"), why, todo)
    left = -(-((source.wait_until_ms or 0) - now_ms()) // 1000)
    if left <= 0:
        words = translate("Đang nối")
    elif left < TWO_MINUTES:
        words = say(N_("Chờ {seconds} giây"), {"seconds": left})
    else:
        words = say(N_("Chờ {minutes} phút"), {"minutes": -(-left // 60)})
    return Standing(source, "waiting", words, why, todo)


async def replies_of(connection: Connection, show: Show, *, whole: bool) -> list[Told]:
    """The newest confirmed orders that came from a network, and what their buyers were told.

    Not `whole`: numbers in their names are covered.
    """
    found = []
    for row in await SQL.replies_of_show(connection, show_id=show.id, most=MOST_REPLIES):
        kind, words = REPLIES[row["reply"]]
        reason = row["reply_reason"]
        author = row["author"] if whole else mask_phones(row["author"])
        found.append(Told(author, row["claim"], kind, translate(words), translate(reason) if reason else ""))
    return found
