"""`read.py listings`: one message in, one draft out, whatever comes."""

from __future__ import annotations

from tests.scripts.test_read import run

KEYS = {"text", "product", "kind", "price_vnd", "unit", "stock", "min_order", "tiers", "phone", "place"}


def test_a_message_comes_out_as_a_draft_with_the_promised_keys() -> None:
    message = "Xoài keo 18k/kg, còn 2 tạ, từ 30kg 15k, 0788 416 203"

    answer, = run("listings", [{"text": message}])

    assert answer.keys() == KEYS
    assert answer | {"place": None} == {
        "text": message, "product": "Xoài keo", "kind": "mango", "price_vnd": 18000, "unit": "kg",
        "stock": {"quantity": 200, "unit": "kg"}, "min_order": None,
        "tiers": [{"min_quantity": 30, "unit": "kg", "price_vnd": 15000}], "phone": "+84788416203", "place": None}


def test_what_was_not_said_is_null() -> None:
    answer, = run("listings", [{"text": "chào cả nhà"}])

    assert {name for name, value in answer.items() if value is None} >= {"price_vnd", "unit", "stock", "min_order", "phone"}
    assert answer["kind"] == "other" and answer["tiers"] == []


def test_a_line_that_holds_no_message_is_an_error_in_its_place() -> None:
    sent = b'{"text": "\xc4\x91\xc6\xa1n"}\nno json\n[]\n{"text": 5}\n{}\n\n{"text": "\\ud800"}\n{"text": "kh\xc3\xb4 b\xc3\xb2 300k/kg"}\n'

    answers = run("listings", sent)

    assert [set(answer) == {"error"} for answer in answers] == [False, True, True, True, True, True, False, False]
    assert answers[-1]["price_vnd"] == 300_000
