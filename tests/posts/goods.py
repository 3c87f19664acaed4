"""Twenty listings of five households, as posts know them. `python -m tests.posts.goods` prints their posts to read aloud."""

from __future__ import annotations

import dataclasses

from catalog.posts.model import CHANNELS, NETWORKS, Facts, Proof
from catalog.posts.texts import compose

PUBLIC_URL = "https://chophien.vn"

HOUSEHOLDS = {
    "xuan8": ("Lò Thị Xuân", "bản Lói, xã Mường Ảng", "0900 000 456"),
    "dung4": ("Quàng Văn Dũng", "xã Tuần Giáo", "0900 000 789"),
    "hoa4e": ("Lường Thị Hoa", "bản Co Sản, xã Búng Lao", "0900 000 111"),
    "vang2": ("Vàng A Dơ", "bản Huổi Lóng, xã Tủa Chùa", None),
    "ca7th": ("Cà Thị Thoan", "chợ Mường Thanh, phường Điện Biên Phủ", "0900 000 222"),
}

OCOP = Proof("OCOP 3 sao", "125/QĐ-UBND", "20/08/2028")
VIETGAP = Proof("VietGAP", "VG-TT-11-0245", "30/04/2027")

# household, kind, name, price, unit, what is left, more
_GOODS: tuple[tuple[str, str, str, str, str, str | None, dict[str, object]], ...] = (
    ("xuan8", "grapefruit", "Bưởi da xanh", "25.000đ", "kg", "Còn 80 kg", {"harvested_on": "24/11/2026"}),
    ("xuan8", "grapefruit", "Bưởi diễn", "18.000đ", "quả", "Còn 120 quả", {"minimum": "10 quả"}),
    ("xuan8", "other", "Gà thả đồi", "140.000đ", "kg", "Còn 25 kg", {}),
    ("xuan8", "other", "Trứng gà ta", "45.000đ", "chục", "Còn 6 chục", {}),
    ("dung4", "mango", "Xoài Tuần Giáo", "18.000đ", "kg", "Còn 60,5 kg", {"harvested_on": "25/11/2026", "proofs": (VIETGAP,)}),
    ("dung4", "mango", "Xoài tròn Yên Châu", "22.000đ", "kg", None, {"minimum": "5 kg"}),
    ("dung4", "other", "Mật ong hoa rừng", "180.000đ", "chai", "Còn 14 chai", {"proofs": (OCOP,)}),
    ("dung4", "other", "Măng khô", "250.000đ", "kg", "Còn 8 kg", {}),
    ("hoa4e", "dried_meat", "Thịt trâu gác bếp", "170.000đ", "túi", "Còn 18 túi", {
        "packed_on": "20/11/2026", "best_before": "20/02/2027", "ingredients": "thịt trâu, mắc khén, gừng, muối",
        "proofs": (OCOP,)}),
    ("hoa4e", "dried_meat", "Lạp xưởng lợn bản", "130.000đ", "gói", "Còn 30 gói", {
        "packed_on": "22/11/2026", "best_before": "22/01/2027", "ingredients": "thịt lợn, rượu, đường, muối"}),
    ("hoa4e", "other", "Gạo nếp nương", "38.000đ", "kg", "Còn 2 tạ", {"harvested_on": "02/11/2026", "minimum": "5 kg"}),
    ("hoa4e", "other", "Chẩm chéo", "30.000đ", "hũ", "Còn 40 hũ", {}),
    ("vang2", "other", "Chè shan tuyết Tủa Chùa", "320.000đ", "kg", "Còn 12 kg", {"proofs": (OCOP,)}),
    ("vang2", "other", "Khoai sọ", "20.000đ", "kg", "Còn 150 kg", {"harvested_on": "20/11/2026"}),
    ("vang2", "other", "Rau cải mèo", "15.000đ", "bó", "Còn 35 bó", {}),
    ("vang2", "other", "Lợn đen con", "1.200.000đ", "con", "Còn 7 con", {}),
    ("ca7th", "other", "Gạo tám Điện Biên", "24.000đ", "kg", "Còn 5 tạ", {"minimum": "10 kg"}),
    ("ca7th", "other", "Khăn piêu thêu tay", "350.000đ", "cái", "Còn 4 cái", {}),
    ("ca7th", "mango", "Xoài ương", "12.000đ", "kg", "Còn 40 kg", {"harvested_on": "26/11/2026"}),
    ("ca7th", "other", "Cá suối khô", "280.000đ", "kg", None, {"is_sold_out": True}),
)


def listings(network: str) -> list[Facts]:
    """The twenty, with the network's own links."""
    made: list[Facts] = []
    for at, (code, kind, name, price, unit, left, more) in enumerate(_GOODS):
        household, place, phone = HOUSEHOLDS[code]
        made.append(dataclasses.replace(Facts(
            kind=kind, name=name, price_text=price, unit=unit, household=household, household_code=code, rank=at % 4,
            place=place, province="Điện Biên", link=f"{PUBLIC_URL}/o/k{at:02}m/{CHANNELS[network].lower()}",
            left_text=left, phone=phone), **more))  # type: ignore[arg-type]
    return made


if __name__ == "__main__":
    for network in NETWORKS:
        for facts in listings(network):
            text = compose(network, facts)
            print(f"--- {network} · {facts.name} · {len(text)}\n{text}\n")
