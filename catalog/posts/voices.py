"""How posts begin, name the price and call: sentence shapes, each a plain fact said another way.

`{low}` is the product's name inside a sentence, `{h}` when it was harvested. An opening has two forms,
without and with `{h}`. Every network has nine openings or more, and numbers of calls and price lines that
share no factor with them, so that a household's posts take long to sound alike.
"""

from __future__ import annotations

Opening = tuple[str, str]

FACEBOOK: tuple[Opening, ...] = (
    ("Nhà {household} ở {place} đang có {low}.", "Nhà {household} ở {place} có {low}, {h}."),
    ("Bà con ơi, nhà mình có {low} để bán.", "Bà con ơi, nhà mình có {low}, {h}."),
    ("{Name} của nhà {household}, {place}.", "{Name} của nhà {household}, {place}, {h}."),
    ("Chào cả nhà, đợt này nhà mình có {low}.", "Chào cả nhà, đợt này nhà mình có {low}, {h}."),
    ("Ai đang tìm {low} thì nhà {household} có đây.", "Ai đang tìm {low} thì nhà {household} có đây, {h}."),
    ("{Place}: nhà {household} bán {low}.", "{Place}: nhà {household} bán {low}, {h}."),
    ("Hôm nay nhà mình đăng {low}, bà con xem giúp.", "Nhà mình đăng {low}, {h}, bà con xem giúp."),
    ("Nhà {household} mời bà con mua {low}.", "Nhà {household} mời bà con mua {low}, {h}."),
    ("Có {low} rồi, bà con ơi. Hàng nhà {household} ở {place}.",
     "Có {low} rồi, bà con ơi, {h}. Hàng nhà {household} ở {place}."),
    ("Trong ảnh là {low} nhà mình đang bán.", "Trong ảnh là {low} nhà mình, {h}."),
)

ZALO: tuple[Opening, ...] = (
    ("Nhà {household} ở {place} có {low}", "Nhà {household} ở {place} có {low} {h}"),
    ("Bà con ai lấy {low} thì nhà mình đang có", "Bà con ai lấy {low} thì nhà mình có, {h}"),
    ("{Name} nhà {household}, {place}", "{Name} nhà {household}, {place}, {h}"),
    ("Chào cả nhóm, nhà mình có {low}", "Chào cả nhóm, nhà mình có {low} {h}"),
    ("Ở {place}, nhà {household} bán {low}", "Ở {place}, nhà {household} bán {low} {h}"),
    ("Cả nhà ơi, nhà {household} có {low}", "Cả nhà ơi, nhà {household} có {low} {h}"),
    ("Đợt này nhà {household} bán {low}", "Đợt này nhà {household} bán {low} {h}"),
    ("Ai cần {low} thì nhắn nhà mình nhé", "Nhà mình có {low} {h}, ai cần thì nhắn nhé"),
    ("Báo cả nhóm, nhà {household} có {low}", "Báo cả nhóm, nhà {household} có {low} {h}"),
)

TIKTOK: tuple[Opening, ...] = (
    ("{Name} nhà {household}, {price}/{unit}", "{Name} nhà {household} {h}, {price}/{unit}"),
    ("Nhà mình có {low}, {price}/{unit}", "Nhà mình có {low} {h}, {price}/{unit}"),
    ("{Name} ở {place}, giá {price}/{unit}", "{Name} ở {place}, {h}, giá {price}/{unit}"),
    ("Đây là {low} nhà {household}, {price}/{unit}", "Đây là {low} nhà {household} {h}, {price}/{unit}"),
    ("{price}/{unit} {low}, nhà {household}", "{price}/{unit} {low} {h}, nhà {household}"),
    ("Nhà {household} bán {low}, giá {price}/{unit}", "Nhà {household} bán {low} {h}, giá {price}/{unit}"),
    ("Lên {place} có {low}, {price}/{unit}", "Lên {place} có {low} {h}, {price}/{unit}"),
    ("Ai mua {low} không? {price}/{unit}", "Ai mua {low} {h} không? {price}/{unit}"),
    ("Xem {low} nhà mình nhé, {price}/{unit}", "Xem {low} nhà mình {h} nhé, {price}/{unit}"),
)

PORTAL: tuple[Opening, ...] = tuple((title, title) for title in (
    "{Name} – nhà {household}, {place}",
    "{Name}, {place}",
    "Nhà {household} bán {low}",
    "{Name} của nhà {household}",
    "{Place}: {low}",
    "{Name} tại {place} – nhà {household}",
    "Bán {low} – nhà {household}, {place}",
    "{Name} (nhà {household}, {place})",
    "Nhà {household}, {place}: {low}",
))

SMS: tuple[Opening, ...] = tuple((lead, lead) for lead in (
    "Nha {household} co {low}", "{Name} nha {household}", "Nha {household} ban {low}", "{Name} cua nha {household}",
    "Nha {household} o {place} co {low}", "Ba con oi, nha {household} co {low}", "Nha {household} dang co {low}",
    "{Place}: nha {household} co {low}", "Dot nay nha {household} co {low}"))

CALLS = {
    "facebook": ("Đặt ở đây: {link}", "Ai lấy thì đặt ở đây nhé: {link}", "Bấm vào đây để đặt: {link}",
                 "Muốn lấy thì bấm vào đây: {link}", "Đặt trước để nhà mình phần cho: {link}",
                 "Xem ảnh và đặt ở đây: {link}", "Đặt hàng: {link}"),
    "zalo": ("Đặt ở đây nhé:", "Ai lấy thì bấm vào đây:", "Xem ảnh rồi đặt ở đây:", "Muốn lấy thì đặt ở đây:", "Bấm vào đây để đặt:"),
    "tiktok": ("Gọi {phone}", "Ai lấy gọi {phone}", "Đặt thì gọi {phone}", "Điện thoại {phone}"),
    "portal": ("Đặt hàng: {link}", "Đặt mua tại: {link}", "Trang đặt hàng: {link}", "Đặt qua mạng: {link}"),
    "sms": ("Dat: {link}", "Dat o day: {link}", "Bam de dat: {link}", "Xem, dat: {link}"),
}

PRICES = {
    "facebook": ("Giá {price}/{unit}, {left}.", "{price}/{unit}, {left}.", "Giá nhà mình để {price}/{unit}, {left}.",
                 "Giá bán {price}/{unit}, hiện {left}.", "Bán {price}/{unit}. {Left}.",
                 "Giá: {price}/{unit}. {Left}.", "Để giá {price}/{unit}, {left}."),
    "zalo": (", giá {price}/{unit}, {left}.", ", {price}/{unit}, {left}.", ". Giá {price}/{unit}, {left}.",
             ": {price}/{unit}, {left}."),
}
"""Where nothing is said of what is left, the sentence ends after the unit."""

SOLD_OUT = ("{Name} nhà {household} hết rồi, bà con ơi.", "Nhà {household} bán hết {low} rồi.",
            "{Name} nhà {household}, đợt này bán hết rồi.")
SOLD_OUT_PRICE = "Giá vừa bán {price}/{unit}."
SOLD_OUT_CALL = "Khi nào có lại, xem ở đây: {link}"

PICK_UP = ("Lấy hàng ở {seller}, xa thì gửi xe khách.", "Đến {seller} lấy, hoặc gửi xe khách, bưu điện.",
           "Hàng ở {seller}, gửi xe khách được.")
"""Where the opening hasn't named seller and place. The three ways to get goods are the shop's own, always open."""

SENDING = ("Ở xa thì gửi xe khách, bưu điện.", "Đến lấy hoặc gửi xe khách đều được.", "Bà con ở xa, nhà mình gửi xe khách.")
BY_POST = "bưu điện"
"""Living animals don't go by post: what has this word isn't said of them."""

MINIMUM = ("Lấy từ {minimum} trở lên.", "Bán từ {minimum} trở lên.", "Mỗi lần lấy ít nhất {minimum}.")
MORE = ("Lấy nhiều: {tiers}.", "Mua nhiều: {tiers}.", "Ai lấy nhiều thì {tiers}.")
PROOFS = ("Có chứng nhận {title}, hạn đến {until}.", "{title}, giấy còn hạn đến {until}.",
          "Có giấy {title}, còn hạn đến {until}.")
PHONES = ("Gọi {phone}", "Hoặc gọi {phone}", "Điện thoại: {phone}", "Hỏi thêm thì gọi {phone}")

EMOJI = {"grapefruit": "🍈", "mango": "🥭", "dried_meat": "🍖", "other": "🧺"}
KIND_TAGS = {"grapefruit": "buoi", "mango": "xoai", "dried_meat": "thitsay", "other": "chophien"}

OPENINGS = {"facebook": FACEBOOK, "zalo": ZALO, "tiktok": TIKTOK, "portal": PORTAL, "sms": SMS}
