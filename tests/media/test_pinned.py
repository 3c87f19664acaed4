"""The card over a live picture: every word in it, its code readable, its corners clear."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from media.cards.pinned import HEIGHT_PX, WIDTH_PX, PinnedSpec, draw_pinned

LINK = "HTTPS://CHO-PHIEN.EXAMPLE/O/K7M2/L"


@pytest.mark.parametrize("name", ["Xoài", "Thịt trâu gác bếp loại một của bản Lói, sấy bếp củi bảy ngày"])
def test_the_code_reads_back_and_the_corners_are_clear(name: str) -> None:
    card = draw_pinned(PinnedSpec("A1", name, "dried_meat", 1_170_000, "túi", "Còn 15 túi", LINK))

    assert card.size == (WIDTH_PX, HEIGHT_PX) and card.mode == "RGBA"
    assert card.getpixel((0, 0))[3] == 0 and card.getpixel((WIDTH_PX // 2, HEIGHT_PX // 2))[3] == 255  # type: ignore[index]
    ground = Image.new("RGB", card.size, "black")
    ground.paste(card, mask=card.getchannel("A"))
    assert [code.text for code in zxingcpp.read_barcodes(ground)] == [LINK]


def test_sold_out_looks_otherwise() -> None:
    spec = {"pin": "A1", "name": "Xoài", "kind": "mango", "price_vnd": 18_000, "unit": "kg", "payload": LINK}

    there = draw_pinned(PinnedSpec(left="Còn 3 kg", **spec))  # type: ignore[arg-type]
    gone = draw_pinned(PinnedSpec(left="Vừa hết", is_sold_out=True, **spec))  # type: ignore[arg-type]

    assert there.tobytes() != gone.tobytes()
