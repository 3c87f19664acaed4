"""Announcements of a show: each network's manner, every fact in it, nothing that the law speaks against."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.live.telling.tellings import MOST_TOLD, NETWORKS, OPENINGS, Telling, tell
from catalog.posts.check import claim_findings
from catalog.posts.sms import MOST_CHARACTERS

SHOW = Telling(title="Bưởi mới hái sáng nay", when="19:30 tối thứ Bảy 28/11", seller="nhà Lò Thị Xuân", we="nhà mình",
               place="bản Lói, xã Mường Ảng", phone="0900 000 456", link="https://chophien.example/l/k7m2p",
               code="xuan2", rank=0,
               goods=(("Bưởi da xanh", "25.000đ/kg"), ("Thịt trâu gác bếp", "170.000đ/túi")))


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("rank", range(9))
def test_every_opening_says_when_and_claims_nothing(network: str, rank: int) -> None:
    text = tell(network, replace(SHOW, rank=rank))

    assert "19:30" in text and "28/11" in text
    assert list(claim_findings(text)) == [] and "{" not in text
    assert text[0].isupper() or not text[0].isalpha()


@pytest.mark.parametrize("network", ["group", "zalo", "facebook"])
def test_goods_prices_and_the_link_are_told(network: str) -> None:
    text = tell(network, SHOW)

    assert "25.000đ/kg" in text and "170.000đ/túi" in text and "https://chophien.example/l/k7m2p" in text
    assert "Bưởi mới hái sáng nay" in text


def test_where_links_cant_be_pressed_the_phone_stands() -> None:
    text = tell("tiktok", SHOW)

    assert "https" not in text and "0900 000 456" in text and "#muongang" in text


def test_goods_that_are_too_many_are_counted() -> None:
    many = tuple((f"Món {at}", "10.000đ/kg") for at in range(MOST_TOLD + 7))

    assert all("và 7 món nữa" in tell(network, replace(SHOW, goods=many)) for network in ("group", "zalo", "facebook"))


@pytest.mark.parametrize("network", NETWORKS)
def test_two_shows_in_a_row_never_open_alike(network: str) -> None:
    texts = [tell(network, replace(SHOW, rank=rank)) for rank in range(len(OPENINGS[network]))]

    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("title",
                         ["Bưởi", "Thịt trâu gác bếp, xoài Tuần Giáo, bưởi Mường Ảng hái sáng nay, giao xe ngay đêm",
                          "x" * 80])
@pytest.mark.parametrize("seller", ["nhà Lò Thị Xuân", "nhà Nguyễn Thị Phương Thảo Hoàng Nguyên",
                                    "tổ số Bản Huổi Lóng Pa Thơm"])
def test_a_text_message_is_one_message_without_marks(title: str, seller: str) -> None:
    texts = [tell("sms", replace(SHOW, title=title, seller=seller, rank=rank)) for rank in range(3)]

    assert all(len(text) <= MOST_CHARACTERS and text.isascii() and text.endswith(SHOW.link) for text in texts)


def test_a_show_without_goods_or_phone_is_told_all_the_same() -> None:
    texts = [tell(network, replace(SHOW, goods=(), phone=None)) for network in NETWORKS]

    assert all("Có ." not in text and "Gọi" not in text and ".." not in text for text in texts)
