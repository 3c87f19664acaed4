"""What people call the units they sell in, each with the one name it has here."""

from __future__ import annotations

UNIT_WORDS: dict[str, str] = {
    **dict.fromkeys(("kg", "kgs", "kgam", "cân", "ký", "kí", "ky", "ki", "kilo", "kilô", "kilogam", "kílô", "kýlô"), "kg"),
    "lạng": "lạng", **dict.fromkeys(("g", "gr", "gram", "gam", "gờ"), "g"),
    "yến": "yến", "tạ": "tạ", "tấn": "tấn", **dict.fromkeys(("quả", "trái", "qa", "qủa", "trấy", "quar", "trais"), "quả"),
    **dict.fromkeys(("túi", "tuis"), "túi"), "bịch": "bịch", "gói": "gói", "bao": "bao", "bọc": "bọc",
    **dict.fromkeys(("cặp", "đôi"), "cặp"), "chục": "chục", "tá": "tá", "thùng": "thùng", "hộp": "hộp", "két": "két",
    "hũ": "hũ", "hủ": "hũ", "lọ": "lọ", "chai": "chai", "lít": "lít", "lit": "lít", "con": "con", "cây": "cây",
    "mớ": "mớ", "bó": "bó", "rổ": "rổ", "sọt": "sọt", "kiện": "kiện", "buồng": "buồng", "nải": "nải", "bắp": "bắp",
    "củ": "củ", "bánh": "bánh", "khúc": "khúc", "miếng": "miếng", "xâu": "xâu", "khay": "khay", "vỉ": "vỉ",
    "bầu": "bầu", "chậu": "chậu", "cành": "cành", "bông": "bông", "giỏ": "giỏ", "bình": "bình",
    "cái": "cái", "chiếc": "cái", "tô": "tô", "suất": "suất", "slot": "suất", "phần": "suất", "combo": "combo", "set": "set",
    "xe": "xe", "xuất": "suất", "nhành": "cành", "ống": "ống", "tờ": "tờ", "đòn": "đòn", "ổ": "ổ", "thúng": "thúng",
    "gùi": "gùi", "bồ": "bồ", "ghe": "ghe", "cuộn": "cuộn", "viên": "viên", "đĩa": "đĩa", "dĩa": "đĩa",
    "nhánh": "nhánh", "gốc": "gốc", "lá": "lá", "xiên": "xiên", "lọn": "lọn", "giò": "giò", "thanh": "thanh", "tổ": "tổ", "bộ": "bộ", "đàn": "đàn", "cuốn": "cuốn",
}
