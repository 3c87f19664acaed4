"""`bench.py words`: the readers on kept-apart examples, beside a vendor's rule, and their speed on one core."""

from __future__ import annotations

import statistics
import time

import _read_words
from _vendor_rule import read_by_rule
from _words_score import KEPT, CommentScore, load, score_comments, score_listings

LEAST_A_SECOND = 2000
COMMENT_GOALS = {"f1": 0.95, "exact": 0.90, "phones": 0.98}
MOST_FALSE = 2.0
LISTING_GOALS = {"whole": 0.80, "fields": 0.95}


def run(rounds: int) -> int:
    """Prints every figure beside its goal; 0 when all are kept."""
    pins = _read_words.pins_of_file(KEPT / "comments-context.json")
    products = {pin.code.lower(): pin.code for pin in pins.pins} | {word: pin.code for pin in pins.pins for word in pin.name.lower().split()
                                                                    if sum(word in other.name.lower().split() for other in pins.pins) == 1}
    missed = 0
    for name, words in (("comments.jsonl", "comments in the manner of the examples"),
                        ("comments-hard.jsonl", "comments full of traps")):
        rows = load(name)
        ours = score_comments(rows, lambda text: _read_words.answer_comment(text, pins))
        rule = score_comments(rows, lambda text: read_by_rule(text, products))
        print(f"{words} ({ours.comments}, {sum(row['order'] for row in rows)} of them orders)")
        missed += _show(ours, rule)
    rows = load("listings.jsonl")
    listings = score_listings(rows, _read_words.answer_listing)
    print(f"listings ({listings.messages} messages)")
    for label, value, goal in (("every field right", listings.whole, LISTING_GOALS["whole"]),
                               ("fields right", listings.fields, LISTING_GOALS["fields"])):
        print(f"  {label:<32} {value:.3f}   goal {goal:.2f}   {_mark(value >= goal)}")
        missed += value < goal
    texts = [row["text"] for name in ("comments.jsonl", "comments-hard.jsonl") for row in load(name)]
    speed = statistics.median(_speed(texts, pins) for _ in range(rounds))
    print(f"comments read in a second of CPU, one core: {speed:,.0f}   at least {LEAST_A_SECOND:,}   {_mark(speed >= LEAST_A_SECOND)}")
    return int(missed or speed < LEAST_A_SECOND)


def _show(ours: CommentScore, rule: CommentScore) -> int:
    missed = 0
    for label, name in (("order F1", "f1"), ("whole order exact", "exact"), ("phone exact", "phones")):
        value, goal = getattr(ours, name), COMMENT_GOALS[name]
        print(f"  {label:<32} {value:.3f}   vendor's rule {getattr(rule, name):.2f}   goal {goal:.2f}   {_mark(value >= goal)}")
        missed += value < goal
    print(f"  {'false orders in 100 others':<32} {ours.false_orders:.1f}     vendor's rule {rule.false_orders:.0f}     "
          f"at most {MOST_FALSE:.0f}   {_mark(ours.false_orders <= MOST_FALSE)}")
    return missed + (ours.false_orders > MOST_FALSE)


def _speed(texts: list[str], pins: object) -> float:
    """Comments read in a second of this process's own time."""
    begin = time.process_time()
    for text in texts:
        _read_words.answer_comment(text, pins)  # type: ignore[arg-type]
    return len(texts) / (time.process_time() - begin)


def _mark(kept: bool) -> str:
    return "kept" if kept else "NOT KEPT"
