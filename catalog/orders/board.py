"""A village at a glance for its helpers: which household waits for what, and one verb for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.orders.queries import SQL
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import ago, waited
from catalog.web.locale import translate, translate_plural
from catalog.words.fold import fold
from catalog.words.keyed import N_
from catalog.words.money import show_vnd

QUIET_MS = 30 * 24 * 3600_000
"""A household that has nothing on the stall and published nothing for so long is asked how it goes."""

MOST_ROWS = 200
MOST_AUDIT = 15
URGENT_MS = 30 * 60_000

FILTERS = {"consents": N_("chờ nhà đồng ý"), "failures": N_("ảnh bị hỏng"), "orders": N_("đơn đang chờ"),
           "quiet": N_("lâu chưa đăng")}


@dataclass(frozen=True, slots=True)
class Line:
    """One household on the board: what stands there, and the one thing to do. `posts` where that is a form's button."""

    code: str
    name: str
    detail: str
    tag: str
    tag_kind: str
    label: str
    href: str
    posts: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done for a household."""

    at_ms: int
    who: str
    verb: str
    detail: str
    household: str


@dataclass(frozen=True, slots=True)
class Board:
    """The four lists by their names in `FILTERS` with their counts, what was done lately, and how many households.

    Orders are counted one by one, though a household with several is one line.
    """

    counts: dict[str, int]
    lists: dict[str, list[Line]]
    done: list[Done]
    households: int


async def load_board(connection: Connection, village_id: str) -> Board:
    """The village as it stands now."""
    now = now_ms()
    consents = await SQL.board_consents(connection, village_id=village_id, most=MOST_ROWS)
    failures = await SQL.board_failures(connection, village_id=village_id, most=MOST_ROWS)
    orders = await SQL.board_orders(connection, village_id=village_id, most=MOST_ROWS)
    quiet = await SQL.board_quiet(connection, village_id=village_id, before_ms=now - QUIET_MS, most=MOST_ROWS)
    audit = await SQL.board_audit(connection, village_id=village_id, most=MOST_AUDIT)
    number = await SQL.households_in_village(connection, village_id=village_id)
    lists = {"consents": [_consent(row, now) for row in consents], "failures": [_failure(row) for row in failures],
             "orders": [_orders(row, now) for row in orders], "quiet": [_quiet(row, now) for row in quiet]}
    counts = {name: len(lines) for name, lines in lists.items()} | {"orders": sum(row["number"] for row in orders)}
    return Board(counts, lists,
                 [Done(row["at_ms"], row["person_name"] or row["household_name"], row["verb"], row["detail"],
                       row["household_name"]) for row in audit], number["number"])


async def search(connection: Connection, village_id: str, text: str, *, target: str = "") -> list[Line]:
    """The households whose name, or the name of whose goods, holds the text, marks or no marks.

    `target` is what follows the household's address in each line's link: "/sell" to list goods for it.
    """
    pattern = fold(text).replace("!", "!!").replace("%", "!%").replace("_", "!_")
    rows = await SQL.board_search(connection, village_id=village_id, pattern=f"%{pattern}%", most=MOST_ROWS)
    return [Line(row["code"], row["name"], _goods(row, text), "", "", translate("Mở"), f"/n/{row['code']}{target}")
            for row in rows]


def _consent(row: Any, now: int) -> Line:
    detail = row["listing_name"]
    if row["verb"] == "price" and row["new_price_vnd"] not in (None, row["price_vnd"]):
        detail += f" · {show_vnd(row['price_vnd'])} → {show_vnd(row['new_price_vnd'])}"
    elif row["verb"] == "price":
        detail += f" · {translate('giá mua nhiều')}"
    listing = f"/n/{row['code']}/listings/{row['listing_code'].lower()}"
    if row["state"] == "later":
        return Line(row["code"], row["name"], detail, translate("Nhà để sau"), "info", translate("Hỏi lại"), listing)
    tag = translate("Hỏi {time} trước").format(time=ago(row["asked_ms"], now))
    if row["phone"]:
        return Line(row["code"], row["name"], detail, tag, "waiting", translate("Gọi nhắc"), f"tel:{row['phone']}")
    return Line(row["code"], row["name"], detail, tag, "waiting", translate("Xem"), listing)


def _failure(row: Any) -> Line:
    tag = translate("Clip hỏng") if row["kind"] == "listings.clip" else translate("Ảnh hỏng")
    return Line(row["code"], row["name"], row["listing_name"], tag, "wrong", translate("Làm lại"),
                f"/n/{row['code']}/listings/{row['listing_code'].lower()}/again", posts=True)


def _orders(row: Any, now: int) -> Line:
    detail = translate_plural("{count} đơn · {name}", "{count} đơn · {name}", row["number"]).format(count=row["number"], name=row["listing_name"])
    return Line(row["code"], row["name"], detail, waited(row["since_ms"], now),
                "wrong" if now - row["since_ms"] > URGENT_MS else "waiting", translate("Xem đơn"),
                f"/n/{row['code']}/orders")


def _quiet(row: Any, now: int) -> Line:
    detail = row["listing_name"] or translate("Chưa có hàng")
    tag = (translate("{time} chưa đăng").format(time=ago(row["last_ms"], now)) if row["last_ms"]
           else translate("Chưa đăng lần nào"))
    if row["phone"]:
        return Line(row["code"], row["name"], detail, tag, "info", translate("Gọi hỏi"), f"tel:{row['phone']}")
    return Line(row["code"], row["name"], detail, tag, "info", translate("Đăng hàng"), f"/n/{row['code']}/sell")


def _goods(row: Any, text: str) -> str:
    if row["listing_name"] and text.strip():
        return str(row["listing_name"])
    return translate("{count} món đang bán").format(count=row["goods"]) if row["goods"] else translate("Chưa có hàng")
