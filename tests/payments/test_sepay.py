"""SePay's wire format: what proves a call, and what is read from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import Invalid, ShopError
from catalog.payments.banks.sepay import keep, read, sign, verify
from tests.payments.sepay_wire import body
from tests.peers import load

SECRET = "whsec_test_0123456789"
NOW_S = 1_700_000_000


def signed(raw: bytes, *, secret: str = SECRET, timestamp: str = str(NOW_S)) -> dict[str, str]:
    return {"x-sepay-signature": sign(secret, timestamp, raw), "x-sepay-timestamp": timestamp}


def test_signatures_agree_with_those_of_three_other_programs(shared_data: Path) -> None:
    cases = load(shared_data / "webhook_signatures.json")["sepay"]["cases"]

    for case in cases:
        headers = {"x-sepay-signature": case["signature"], "x-sepay-timestamp": case["timestamp"]}
        now_s = int(case["timestamp"])
        assert verify("hmac", case["secret"], headers, case["raw_body"].encode(), now_s) is case["valid"]


@pytest.mark.parametrize(("seconds_off", "is_taken"),
                         [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_a_signature_is_good_for_five_minutes(seconds_off: int, is_taken: bool) -> None:
    raw = body()

    assert verify("hmac", SECRET, signed(raw), raw, NOW_S + seconds_off) is is_taken


@pytest.mark.parametrize("changes", [
    {"x-sepay-signature": ""}, {"x-sepay-timestamp": ""}, {"x-sepay-timestamp": "1e9"}, {"x-sepay-timestamp": "-1"},
    {"x-sepay-signature": "sha256=é"}, {"x-sepay-timestamp": "９" * 10}, {"x-sepay-timestamp": "9" * 5000}])
def test_broken_signature_headers_are_refused_and_break_nothing(changes: dict[str, str]) -> None:
    raw = body()

    assert not verify("hmac", SECRET, signed(raw) | changes, raw, NOW_S)


def test_a_signature_covers_the_very_bytes_that_came() -> None:
    raw = body()
    respaced = json.dumps(json.loads(raw), separators=(",", ":")).encode()

    assert respaced != raw
    assert not verify("hmac", SECRET, signed(raw), respaced, NOW_S)


@pytest.mark.parametrize(("header", "is_taken"), [
    ("Apikey k3y-of-ours", True), ("apikey  k3y-of-ours", True), ("Apikey k3y-of-theirs", False), ("Apikey", False),
    ("Bearer k3y-of-ours", False), ("k3y-of-ours", False), ("", False), ("Apikey é", False)])
def test_an_api_key_must_be_the_very_one(header: str, is_taken: bool) -> None:
    kept = keep("apikey", "k3y-of-ours")

    assert verify("apikey", kept, {"authorization": header}, b"", NOW_S) is is_taken


def test_of_an_api_key_only_a_digest_is_kept() -> None:
    assert "k3y-of-ours" not in keep("apikey", "k3y-of-ours")
    assert not verify("apikey", keep("apikey", "k3y"), {"authorization": f"Apikey {keep('apikey', 'k3y')}"}, b"", NOW_S)


def test_a_key_is_no_signature_and_a_signature_is_no_key() -> None:
    raw = body()

    assert not verify("hmac", SECRET, {"authorization": f"Apikey {SECRET}"}, raw, NOW_S)
    assert not verify("apikey", keep("apikey", SECRET), signed(raw), raw, NOW_S)


def test_a_transfer_is_read_with_what_matters() -> None:
    notice = read(body(id=7, code="CP7K2M9QXA", subAccount="VA01", content="CP7K2M9QXA mua thit", unknown=[1]))

    assert (notice.provider_id, notice.is_incoming, notice.amount_vnd) == ("7", True, 170_000)
    assert (notice.accounts, notice.code) == (("0123499999", "VA01"), "CP7K2M9QXA")
    assert (notice.content, notice.at_text) == ("CP7K2M9QXA mua thit", "2026-03-25 14:02:37")


def test_empty_and_null_and_absent_extras_mean_nothing() -> None:
    raw = json.loads(body(code="", subAccount="", content=None))
    del raw["referenceCode"], raw["transactionDate"]

    notice = read(json.dumps(raw).encode())

    assert (notice.code, notice.content, notice.reference, notice.at_text) == (None, "", "", "")
    assert notice.accounts == ("0123499999",)


def test_a_memo_loses_what_no_table_takes() -> None:
    notice = read(body(content="mua\u0000 bưởi \ud83c\nCP " + "x" * 3000))

    assert notice.content.startswith("mua bưởi CP xxx") and len(notice.content) == 500
    notice.content.encode()


def test_a_call_without_an_id_of_its_own_is_a_trial() -> None:
    assert read(body(id=0)).provider_id is None


@pytest.mark.parametrize("raw", [
    b"", b"{", b"\xff\xfe{}", b"[]", b"null", b"[" * 60_000, b'{"id": NaN}', b'{"id": 1} x',
    b'{"id": ' + b"9" * 5000 + b"}"])
def test_what_is_no_json_object_is_refused_as_such(raw: bytes) -> None:
    with pytest.raises(ShopError) as refused:
        read(raw)

    assert refused.value.status == 400


@pytest.mark.parametrize(("field", "value"), [
    ("id", "92704"), ("id", True), ("id", 1.5), ("id", -1), ("id", 2**63), ("id", None),
    ("transferAmount", "170000"), ("transferAmount", 0), ("transferAmount", -1), ("transferAmount", 170000.5),
    ("transferAmount", 10**13), ("transferAmount", True), ("transferType", "IN"), ("transferType", None),
    ("accountNumber", 123), ("accountNumber", ""), ("accountNumber", None), ("content", 5), ("code", 5),
    ("referenceCode", {}), ("subAccount", [])])
def test_a_field_of_the_wrong_type_is_named(field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        read(body(**{field: value}))

    assert list(refused.value.fields) == [field]


def test_a_refusal_never_quotes_the_memo() -> None:
    with pytest.raises(Invalid) as refused:
        read(body(content="Nguyen Thi Lan 0912345678", transferAmount="x"))

    assert refused.value.__cause__ is None and "Lan" not in str(refused.value)
