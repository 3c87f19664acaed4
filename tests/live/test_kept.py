"""The kept-apart examples are what they should be: labelled whole, apart from the others, enough of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from catalog.words.fold import fold

KEPT = Path(__file__).resolve().parents[1] / "kept"
COMMENTS = ("comments.jsonl", "comments-hard.jsonl")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (KEPT / name).read_text(encoding="utf-8").splitlines()]


def test_there_are_enough_of_them_and_none_twice() -> None:
    comments = [row["text"] for name in COMMENTS for row in rows(name)]
    listings = [row["text"] for row in rows("listings.jsonl")]

    assert len(rows("comments.jsonl")) >= 300 and len(listings) >= 120
    assert len({fold(text) for text in comments}) >= len(comments) - 3 and len(set(listings)) == len(listings)


@pytest.mark.parametrize("name", COMMENTS)
def test_every_comment_is_labelled_by_the_rules(name: str) -> None:
    codes = {pin["code"] for pin in json.loads((KEPT / "comments-context.json").read_text(encoding="utf-8"))["pinned"]}

    for row in rows(name):
        assert set(row) >= {"text", "order", "items", "phone"}
        assert bool(row["items"]) == row["order"]
        assert row["phone"] is None or row["phone"].startswith("+84")
        for item in row["items"]:
            assert item["product"] in codes | {"thịt sấy", None} and item["unit"] in {"kg", "quả", "túi", None}


def test_every_listing_is_labelled_by_the_rules() -> None:
    for row in rows("listings.jsonl"):
        assert row["kind"] in {"grapefruit", "mango", "dried_meat", "other"}
        assert all(("price_vnd" in tier) != ("total_vnd" in tier) for tier in row["tiers"])
        assert row.get("price_max_vnd") is None or row["price_max_vnd"] > row["price_vnd"]


def test_none_of_them_is_among_the_shared_examples(shared_data: Path) -> None:
    shared = {fold(json.loads(line)["text"]) for name in ("comments.jsonl", "listings.jsonl")
              for line in (shared_data / "text" / name).read_text(encoding="utf-8").splitlines()}

    mine = {fold(row["text"]) for name in (*COMMENTS, "listings.jsonl") for row in rows(name)}

    assert not mine & shared
