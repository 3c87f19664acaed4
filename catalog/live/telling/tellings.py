"""Words that tell of a show to come, in each network's manner and length, from its facts alone.

As with a product's posts, a household has its own order of openings and takes them in turn, so that two
shows in a row are never announced alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.posts.sms import MOST_CHARACTERS, plain
from catalog.posts.texts import low_first, turn_of
from catalog.words.fold import fold

NETWORKS = ("group", "zalo", "facebook", "tiktok", "sms")
MOST_TOLD = 5
LONGEST_TAG = 30

OPENINGS = {
    "facebook": ("{When}, {seller} phát trực tiếp ở {place}.", "Bà con ơi, {when} {we} phát trực tiếp.",
                 "Hẹn cả nhà {when}, {seller} lên live bán hàng.",
                 "{When}, mời bà con vào xem {seller} bán hàng trực tiếp.", "{Seller} hẹn phát trực tiếp lúc {when}.",
                 "Ai muốn xem hàng tận mắt thì {when} vào xem {we} phát trực tiếp.",
                 "{When} {we} bật máy, bà con vào xem hàng nhé.", "Live bán hàng của {seller}: {when}.",
                 "Buổi phát của {seller} ở {place}: {when}."),
    "zalo": ("{When}, {seller} phát trực tiếp", "{Seller} phát trực tiếp lúc {when}",
             "Hẹn bà con {when}, {seller} phát trực tiếp",
             "{Seller}, {place}, phát trực tiếp lúc {when}", "{When} có buổi phát của {seller}",
             "Mời bà con {when} xem {seller} bán hàng trực tiếp", "{Seller} lên live lúc {when}"),
    "group": ("Cả nhóm ơi, {when} {we} phát trực tiếp", "Báo cả nhóm, {when} {seller} phát trực tiếp",
              "{When} {we} lên live, cả nhóm vào xem nhé", "Hẹn cả nhóm {when}, {seller} phát trực tiếp",
              "Cả nhà ơi, {when} vào xem {we} bán hàng trực tiếp", "{When} {seller} bật máy bán hàng",
              "{Seller} phát trực tiếp lúc {when}, mời cả nhóm"),
    "tiktok": ("Live {when}", "{When} live nhé", "Hẹn live {when}", "{When}, {we} lên live", "{Seller} live {when}"),
    "sms": ("{when} {seller} phat truc tiep", "{Seller} live {when}", "Hen {when}, {seller} phat truc tiep"),
}
CALLS = ("Xem và đặt ở đây, không phải cài gì: {link}", "Vào xem, ưng thì đặt luôn ở đây: {link}",
         "Đến giờ bấm vào đây là xem được: {link}", "Xem ở đây, đặt cũng ở đây: {link}")


@dataclass(frozen=True, slots=True)
class Telling:
    """A show as an announcement needs it. `when` is whole ("19:30 tối thứ Bảy 28/11"); `goods` are name and price.

    `seller` stands inside a sentence ("nhà Lò Thị Xuân"), `we` is what it calls itself ("nhà mình"). `code` gives the
    order of openings and `rank` the place in it.
    """

    title: str
    when: str
    seller: str
    we: str
    place: str
    phone: str | None
    goods: tuple[tuple[str, str], ...]
    link: str
    code: str
    rank: int


def tell(network: str, told: Telling) -> str:
    """The network's text; raises KeyError for a network that isn't known."""
    opening = _opening(network, told)
    if network == "sms":
        return _sms(told, opening)
    if network == "facebook":
        return _facebook(told, opening)
    if network == "tiktok":
        return _tiktok(told, opening)
    goods = ", ".join(f"{low_first(name)} {price}" for name, price in told.goods[:MOST_TOLD])
    rest = _rest(told)
    breath = f"{opening}: {told.title}." + (f" Có {goods}{f' {rest}' if rest else ''}." if goods else "")
    return f"{breath} {_turn(CALLS, 'call', told).partition(':')[0]}:\n{told.link}"


def _facebook(told: Telling, opening: str) -> str:
    goods = [f"– {name}, {price}" for name, price in told.goods[:MOST_TOLD]]
    rest = [f"… {_rest(told)}"] if _rest(told) else []
    lines = [f"🔴 {opening}", f"{told.title}.", *goods, *rest, "",
             f"👉 {_turn(CALLS, 'call', told).format(link=told.link)}"]
    phone = [f"Hỏi trước thì gọi {told.phone}"] if told.phone else []
    return "\n".join([*lines, *phone, "", " ".join(_tags(told))])


def _tiktok(told: Telling, opening: str) -> str:
    goods = ", ".join(f"{low_first(name)} {price}" for name, price in told.goods[:3])
    phone = f" Gọi {told.phone}." if told.phone else ""
    said = f" {_cap(goods)}." if goods else ""
    return f"{opening}: {told.title}.{said}{phone}\n{' '.join(_tags(told))}"


def _sms(told: Telling, opening: str) -> str:
    """One message of 160 characters: the title is cut at a word where it must be."""
    head, end = plain(opening), f" Xem: {told.link}"
    title = plain(f": {told.title}.")
    room = MOST_CHARACTERS - len(head) - len(end)
    if len(title) > room:
        title = f"{title[:max(0, room - 1)].rpartition(' ')[0].rstrip(':., ')}." if room > 12 else "."
    return (head + title + end)[:max(MOST_CHARACTERS, len(end))]


def _opening(network: str, told: Telling) -> str:
    words = {"when": told.when, "When": told.when, "seller": told.seller, "Seller": _cap(told.seller), "we": told.we,
             "place": told.place}
    return _cap(_turn(OPENINGS[network], network, told).format(**words))


def _turn(choices: tuple[str, ...], salt: str, told: Telling) -> str:
    return choices[turn_of(told.code, told.rank, f"show-{salt}", len(choices))]


def _rest(told: Telling) -> str:
    more = len(told.goods) - MOST_TOLD
    return f"và {more} món nữa" if more > 0 else ""


def _tags(told: Telling) -> list[str]:
    """Without marks, since networks split words at them."""
    commune = re.sub(r"^(xa|phuong|thi tran|ban) ", "", fold(told.place.rsplit(",", 1)[-1]).strip())
    wanted = ("chophien", "livebanhang", commune, *(fold(name) for name, _ in told.goods[:1]))
    tags = dict.fromkeys(re.sub(r"[^a-z0-9]", "", one)[:LONGEST_TAG] for one in wanted)
    return [f"#{tag}" for tag in tags if tag]


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
