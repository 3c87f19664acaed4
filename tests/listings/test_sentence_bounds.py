"""A message may be anything: the reader never raises and says nothing that was not said."""

from __future__ import annotations

import json
import random
import unicodedata
from pathlib import Path

import pytest

from catalog.listings.sentence.model import Draft
from catalog.listings.sentence.reader import as_json, read_listing

FIELDS = ("kind", "price_vnd", "price_max_vnd", "unit", "stock", "min_order", "tiers", "phone")
SIGNS = "0123456789.,-/% kgđtrảquả()\n😀"


def test_the_shared_messages_are_read_in_every_field(shared_data: Path) -> None:
    wanted = [json.loads(line) for line in (shared_data / "text" / "listings.jsonl").read_text(encoding="utf-8").splitlines()]

    got = [as_json(one["text"], read_listing(one["text"])) for one in wanted]

    assert len(wanted) == 30
    for want, have in zip(wanted, got, strict=True):
        assert {name: have.get(name) for name in FIELDS} == {name: want.get(name) for name in FIELDS}


@pytest.mark.parametrize("message", ["", " ", "\n\n", "???", "😀😀", "0", "0k/0kg", "k", "/", "chào cả nhà", "\ud800", "ai mua không?"])
def test_a_message_without_goods_tells_nothing(message: str) -> None:
    draft = read_listing(message)

    assert (draft.price_vnd, draft.unit, draft.stock, draft.min_order, draft.tiers, draft.phone) == (None, None, None, None, (), None)


def test_letters_in_two_pieces_are_read_as_in_one() -> None:
    message = "Bưởi Diễn 28 nghìn/quả, còn 50 quả, lấy 10 quả 250k, bản Nà Ớt 0986 771 402"

    assert read_listing(unicodedata.normalize("NFD", message)) == read_listing(message)
    assert read_listing(message).price_vnd == 28_000


@pytest.mark.parametrize("piece", ["1kg ", "kg ", "20k, ", "9", "1/2/3", "1 tạ ", "một ", "5kg 0k ", "(", "Ba Vì ", "bò khô ", "từ 5kg 3k ", "a", "😀", "1."])
def test_a_long_message_of_one_piece_is_read_to_its_end(piece: str) -> None:
    draft = read_listing((piece * 4000)[:4000])

    assert isinstance(draft, Draft)
    json.dumps(as_json("", draft), allow_nan=False)


def test_whatever_comes_is_answered_with_numbers_that_json_can_write() -> None:
    chance = random.Random(7)
    for _ in range(300):
        signs = "".join(chance.choices(SIGNS, k=80))
        letters = bytes(chance.randrange(256) for _ in range(80)).decode("utf-8", errors="replace")

        for message in (signs, letters):
            draft = read_listing(message)

            assert draft.price_vnd is None or 0 < draft.price_vnd < 10**11
            json.dumps(as_json(message, draft), allow_nan=False)
