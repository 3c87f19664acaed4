"""Scores of the readers of Vietnamese on labelled examples that were kept apart from the rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT = Path(__file__).resolve().parent.parent / "tests" / "kept"
FIELDS = ("kind", "price_vnd", "unit", "stock", "min_order", "tiers", "phone")


@dataclass(frozen=True, slots=True)
class CommentScore:
    """Shares of 1: `f1` of being an order, `exact` of the orders wholly right, `phones` right; false orders in 100 others."""

    comments: int
    f1: float
    exact: float
    false_orders: float
    phones: float


@dataclass(frozen=True, slots=True)
class ListingScore:
    """Shares of 1: messages with every field right, and fields right."""

    messages: int
    whole: float
    fields: float


def load(name: str) -> list[dict[str, Any]]:
    """The labelled lines of one kept-apart file."""
    return [json.loads(line) for line in (KEPT / name).read_text(encoding="utf-8").splitlines() if line]


def score_comments(rows: Sequence[dict[str, Any]], read: Callable[[str], dict[str, Any]]) -> CommentScore:
    """How well `read` does on the labelled comments."""
    answers = [(row, read(row["text"])) for row in rows]
    orders = [(row, answer) for row, answer in answers if row["order"]]
    others = [(row, answer) for row, answer in answers if not row["order"]]
    found = sum(answer["order"] for _, answer in orders)
    wrong = sum(answer["order"] for _, answer in others)
    exact = sum(answer["order"] and answer["phone"] == row["phone"] and same_items(row["items"], answer["items"])
                for row, answer in orders)
    phones = sum(answer["phone"] == row["phone"] for row, answer in answers)
    return CommentScore(len(rows), 2 * found / (found + wrong + len(orders)), exact / len(orders),
                        100 * wrong / len(others), phones / len(rows))


def same_items(wanted: Sequence[dict[str, Any]], got: Sequence[dict[str, Any]]) -> bool:
    """Whether both name the same goods; where the label leaves unit or quantity open, a usual one may stand."""
    left = list(got)
    for item in wanted:
        match = next((other for other in left if other["product"] == item["product"]
                      and (other["quantity"] == item["quantity"] or (item["quantity"] is None and other["quantity"] == 1))
                      and item["unit"] in (None, other["unit"])), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def score_listings(rows: Sequence[dict[str, Any]], read: Callable[[str], dict[str, Any]]) -> ListingScore:
    """How well `read` does on the labelled messages."""
    right = [[_plain(field, row.get(field)) == _plain(field, answer.get(field)) for field in FIELDS]
             for row in rows for answer in (read(row["text"]),)]
    return ListingScore(len(rows), sum(all(fields) for fields in right) / len(rows),
                        sum(sum(fields) for fields in right) / len(rows) / len(FIELDS))


def _plain(field: str, value: Any) -> Any:
    if field != "tiers":
        return value
    tiers: Iterable[dict[str, Any]] = value or []
    return sorted(json.dumps(tier, sort_keys=True) for tier in tiers)
