"""Units in which goods are packed, and those that may stand without a number."""

from __future__ import annotations

PACKS = frozenset(("túi", "bịch", "gói", "hộp", "thùng", "hũ", "lọ", "chai", "bao", "can", "bình", "sọt", "rổ", "khay", "vỉ", "kiện", "giỏ", "két",
                   "chục", "bó", "combo", "set", "cặp", "cái", "con", "xâu", "bọc", "bánh", "ống", "lưới", "xấp", "cuộn", "tải"))
HOLDERS = frozenset(("chục", "thùng", "hộp", "combo", "set", "túi", "khay", "vỉ", "rổ", "giỏ", "bó", "lưới", "xấp", "bịch", "gói"))
"""Packs of pieces; of the others only the weight is told."""
BUNDLES = frozenset(("combo", "set", "lốc"))
"""Packs that are only a number of others."""
ALONE = frozenset(("kg", "quả", "lạng", "chục", "cặp", "yến", "tạ", "tấn", "lít", "túi", "hộp", "gói", "bịch", "hũ", "chai", "thùng", "con", "mớ", "bó",
                   "cây", "lọ", "bao", "combo", "khay", "nải", "buồng", "vỉ", "rổ", "giỏ", "bánh", "cái", "bình", "tá", "set", "két", "sọt", "chiếc"))
"""Units that stand for one where no number is said."""
