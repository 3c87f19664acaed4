"""What to say on air about one listing, for 60 to 90 seconds, from its facts alone."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.listings.tiers import Tier
from catalog.posts.model import Facts
from catalog.posts.texts import low_first, turn
from catalog.words.keyed import N_
from catalog.words.spoken import say_amount, say_unit, say_vnd, seconds_to_say
from catalog.words.units import show_quantity

SHORTEST_SECONDS, LONGEST_SECONDS = 60, 90
AIM_SECONDS = 72
"""Between both, so that a slow and a quick reader stay within them."""

GREETINGS = (
    "Xin chào cả nhà. Nhà {household} ở {place} đây. Hôm nay nhà mình bán {low}, hàng ngay đây, cả nhà xem cùng nhé.",
    "Chào bà con, chào cả nhà đang xem. Đây là nhà {household}, ở {place}. Hôm nay nhà mình có {low} cho bà con.",
    "Cả nhà ơi, nhà {household} lên sóng rồi đây. Nhà mình ở {place}, hôm nay mang {low} ra cho cả nhà xem.",
    "Chào mọi người, nhà {household} đây. Nhà mình đang ở {place}, hôm nay bán {low}, ai cần thì ở lại xem nhé.",
)
LOOKS = (
    "Cả nhà nhìn kỹ hàng trên hình nhé. Muốn xem chỗ nào thì viết vào bình luận, nhà mình đưa lại gần máy cho xem.",
    "Hàng thế nào thì trên hình thế ấy. Ai muốn xem gần hơn cứ bảo, nhà mình đưa vào sát máy.",
    "Nhà mình xoay một vòng cho cả nhà nhìn. Chỗ nào chưa thấy rõ thì bảo nhà mình quay lại.",
)
GOODBYES = (
    "Nhắc lại cho ai mới vào: {low}, {price} một {unit}, nhà {household} ở {place}.{phone} Cảm ơn cả nhà đã xem.",
    "Ai vừa vào thì nhà mình nói lại: {low} {price} một {unit}, hàng nhà {household} ở {place}.{phone} Cảm ơn bà con nhiều.",
    "Nhà mình nói lại lần nữa: {low}, một {unit} {price}, nhà {household}, {place}.{phone} Cảm ơn mọi người, chào cả nhà.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to say: a short title, what to do with the hands (or ""), the words."""

    title: str
    cue: str
    words: str


@dataclass(frozen=True, slots=True)
class Script:
    """The parts in their order, the points that they make, and how long reading them out takes."""

    parts: tuple[Part, ...]
    points: tuple[str, ...]
    seconds: int


def live_script(facts: Facts, *, price_vnd: int, takes_transfers: bool) -> Script:
    """The script; what can be left out is put in until it lasts about AIM_SECONDS."""
    price, unit = say_vnd(price_vnd), say_unit(facts.unit)
    words = {"household": facts.household, "place": facts.place, "low": low_first(facts.name), "price": price, "unit": unit,
             "phone": f" Gọi số {facts.phone}." if facts.phone else ""}
    def told(form: str) -> str:
        return form.format(**words)

    few = 3 if price_vnd >= 1_000_000 else 5
    send = "gửi xe khách hoặc gửi bưu điện" if not facts.is_alive else "gửi xe khách"
    fixed = [
        (N_("Chào"), "", told(_one(GREETINGS, facts, "greeting"))),
        (N_("Cho xem hàng"), N_("Cầm hàng lên gần máy, xoay chậm."), " ".join([*_seen(facts), _one(LOOKS, facts, "looks")])),
        (N_("Giá"), "", f"Giá {price} một {unit}. Nhà mình nhắc lại, {price} một {unit}.{_left(facts)}"),
        (N_("Cách đặt"), N_("Chỉ vào đường dẫn ghim."), f"Ai lấy thì viết vào bình luận: tên món, lấy mấy {unit}, với số điện thoại. "
         "Hoặc bấm vào đường dẫn ghim ở đây, ghi tên, số điện thoại, chỗ nhận hàng rồi bấm Gửi đơn. Không phải cài gì cả."),
        (N_("Nhận hàng, trả tiền"), "", f"Ai ở gần thì đến lấy ở {facts.place}. Ai ở xa thì nhà mình {send}. "
         + ("Tiền thì chuyển khoản theo mã trên trang đơn, hoặc nhận hàng rồi trả." if takes_transfers else "Tiền thì nhận hàng rồi trả.")),
        (N_("Chào lại"), "", told(_one(GOODBYES, facts, "goodbye")))]
    sums = f"Lấy 2 {unit} là {say_vnd(2 * price_vnd)}, {few} {unit} là {say_vnd(few * price_vnd)}, cả nhà cứ thế mà tính."
    spare = [
        *([] if facts.minimum or facts.tiers else [(2, sums)]),
        (4, "Có gì chưa rõ thì cứ hỏi, nhà mình trả lời từng người. Điều gì không biết chắc thì nhà mình nói là không biết."),
        (3, "Đặt xong có mã đơn, cả nhà giữ lại mã ấy, lúc nhận hàng thì đọc cho nhà mình."),
        (4, told("Ai quen người đang tìm {low} thì gửi buổi này cho họ xem với nhé.")),
        (2, "Ghi giá ra giấy cho khỏi quên cũng được, nhà mình chờ."),
        (1, "Xem xong ai thích thì mình nói chuyện giá.")]
    texts = [text for _, _, text in fixed]
    for at, text in spare:
        if seconds_to_say(" ".join(texts)) < AIM_SECONDS:
            texts[at] += " " + text
    parts = tuple(Part(title, cue, text) for (title, cue, _), text in zip(fixed, texts, strict=True))
    return Script(parts, _points(facts, takes_transfers), seconds_to_say(" ".join(texts)))


def _seen(facts: Facts) -> list[str]:
    """What the listing tells of the goods themselves."""
    said = []
    if facts.harvested_on:
        verb = "hái" if facts.kind in ("grapefruit", "mango") else "thu hoạch"
        said.append(f"Hàng này nhà mình {verb} {_day(facts.harvested_on)}.")
    if facts.packed_on and facts.best_before:
        said.append(f"Đóng gói {_day(facts.packed_on)}, dùng đến {_day(facts.best_before, year=True)}.")
    if facts.ingredients:
        said.append(f"Thành phần có {facts.ingredients}.")
    return said + [f"Món này có chứng nhận {proof.title}, giấy còn hạn đến {_day(proof.until, year=True)}." for proof in facts.proofs]


def _left(facts: Facts) -> str:
    left = f" Hiện còn {say_amount(facts.left_text.partition(' ')[2])}." if facts.left_text else ""
    left += "".join(f" {_cap(_said_tier(tier, facts.unit))}." for tier in facts.tiers)
    return left + (f" Nhà mình bán từ {say_amount(facts.minimum)} trở lên." if facts.minimum else "")


def _said_tier(tier: Tier, unit: str) -> str:
    amount = say_amount(show_quantity(tier.from_amount, unit))
    if tier.price_vnd is not None:
        return f"lấy từ {amount} thì {say_vnd(tier.price_vnd)} một {say_unit(unit)}"
    return f"lấy {amount} thì {say_vnd(tier.total_vnd or 0)}"


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _points(facts: Facts, takes_transfers: bool) -> tuple[str, ...]:
    """The facts to have before one's eyes, as they are written."""
    points = [f"{facts.name}, {facts.price_text}/{facts.unit}", facts.left_text or "",
              f"Bán từ {facts.minimum}" if facts.minimum else "",
              f"Lấy nhiều: {facts.tiers_text}" if facts.tiers else "",
              f"Đóng gói {facts.packed_on}, dùng đến {facts.best_before}" if facts.packed_on and facts.best_before else "",
              *(f"{proof.title}, số {proof.number}" for proof in facts.proofs),
              f"Đến lấy ở {facts.place}, hoặc gửi xe khách" + (", bưu điện" if not facts.is_alive else ""),
              "Chuyển khoản, hoặc nhận hàng rồi trả" if takes_transfers else "Nhận hàng rồi trả tiền", facts.phone or ""]
    return tuple(point for point in points if point)


def _one(forms: tuple[str, ...], facts: Facts, salt: str) -> str:
    return forms[turn(facts, f"script-{salt}", len(forms))]


def _day(shown: str, *, year: bool = False) -> str:
    day, month, full = shown.split("/")
    return f"ngày {int(day)} tháng {int(month)}{f' năm {full}' if year else ''}"
