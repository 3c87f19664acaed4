"""Writing VietQR payloads: equal to independent encoders where legal, refused with the reason where not."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from catalog.accounts.vietqr import BadPayload, compose_memo, crc, encode
from catalog.accounts.vietqr_decode import decode
from tests.peers import load

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
BAD_BIN = "Mã ngân hàng phải có đúng 6 chữ số."
BAD_ACCOUNT = "Số tài khoản gồm 1 đến 19 chữ không dấu hoặc số, viết liền."
BAD_AMOUNT = "Số tiền phải là số đồng tròn, lớn hơn 0 và không quá 13 chữ số."
BAD_MEMO = "Nội dung chuyển khoản gồm 1 đến 25 chữ không dấu, số và dấu cách đơn."


def arguments(given: dict[str, Any]) -> dict[str, Any]:
    """A vector's input as `encode` takes it."""
    named = {key: value for key, value in given.items() if key not in ("amount", "ref")}
    return named | {"amount_vnd": given["amount"] and int(given["amount"]), "reference": given.get("ref")}


def is_legal(vector: dict[str, Any]) -> bool:
    """Judged by the group's meaning, apart from the encoder's own rules."""
    if vector["group"] in ("punct-raw", "nonascii-raw"):
        return False
    return vector["input"]["memo"] is None or len(vector["input"]["memo"]) <= 25


def test_every_legal_vector_is_written_byte_for_byte(shared_data: Path) -> None:
    vectors = [vector for vector in load(shared_data / "vietqr_encode.json")["vectors"] if is_legal(vector)]

    written = {vector["id"]: encode(**arguments(vector["input"])) for vector in vectors}

    assert len(vectors) == 95
    assert written == {vector["id"]: vector["payload"] for vector in vectors}


def test_every_illegal_vector_is_refused_for_its_memo(shared_data: Path) -> None:
    vectors = [vector for vector in load(shared_data / "vietqr_encode.json")["vectors"] if not is_legal(vector)]

    assert len(vectors) == 15
    for vector in vectors:
        with pytest.raises(BadPayload) as caught:
            encode(**arguments(vector["input"]))
        assert caught.value.reason == BAD_MEMO


def test_the_napas_samples_are_written_as_printed() -> None:
    card = encode("970403", "9704031101234567", service="QRIBFTTC")
    dynamic = encode("970403", "0011012345678", 180_000, "thanh toan don hang", bill="NPS6869")

    assert card == ("00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC"
                    "53037045802VN63044F52")
    assert dynamic == ("00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
                       "530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E")


@pytest.mark.parametrize(("changed", "reason"), [
    *(({"bin": value}, BAD_BIN) for value in ("", "97043", "9704360", "97043a", "９70436", "970436\n", " 70436")),
    *(({"account": value}, BAD_ACCOUNT) for value in ("", "1" * 20, "12 34", "12-34", "tàikhoản", "123\n", "１２３")),
    *(({"amount_vnd": value}, BAD_AMOUNT) for value in (0, -1, 10**13)),
    *(({"memo": value}, BAD_MEMO) for value in (
        "", " ", "A" * 26, " A", "A ", "A  B", "A\u00a0B", "A\tB", "A\n", "A-B", "A.B", "đơn", "Ａ", "A_B", "***", "🌸")),
    ({"service": "QRPUSH"}, "Loại chuyển khoản phải là QRIBFTTA hoặc QRIBFTTC."),
    ({"name": "N" * 26}, "Phần ghi thêm 59 gồm 1 đến 25 ký tự không dấu."),
    ({"city": "Hà Nội"}, "Phần ghi thêm 60 gồm 1 đến 15 ký tự không dấu."),
    ({"bill": ""}, "Phần ghi thêm 01 gồm 1 đến 25 ký tự không dấu."),
    ({"reference": "R" * 26}, "Phần ghi thêm 05 gồm 1 đến 25 ký tự không dấu."),
])
def test_illegal_input_is_refused_with_the_reason(changed: dict[str, Any], reason: str) -> None:
    legal: dict[str, Any] = {"bin": "970436", "account": "1012345678", "amount_vnd": 50_000, "memo": "DH1"}

    with pytest.raises(BadPayload) as caught:
        encode(**(legal | changed))

    assert caught.value.reason == reason


def test_the_longest_of_everything_is_still_legal() -> None:
    payload = encode("970436", "A" * 19, 9_999_999_999_999, "M" * 25, bill="B" * 25, reference="R" * 25,
                     name="N" * 25, city="C" * 15)

    payment = decode(payload)

    assert (payment.account, payment.amount_vnd, payment.memo) == ("A" * 19, 9_999_999_999_999, "M" * 25)
    assert dict(payment.other) == {"59": "N" * 25, "60": "C" * 15, "62-01": "B" * 25, "62-05": "R" * 25}


def test_the_checksum_keeps_its_leading_noughts() -> None:
    payload = encode("970436", "1000000052", 50_000, "DH52")

    assert payload.endswith("63040A87")
    # The check value that catalogues of CRCs give for CRC-16/CCITT-FALSE.
    assert crc("123456789") == "29B1"


def test_whatever_is_written_reads_back_the_same() -> None:
    rng = random.Random(247)

    for _ in range(3000):
        bin = "".join(rng.choices(DIGITS, k=6))
        account = "".join(rng.choices(LETTERS + DIGITS, k=rng.randint(1, 19)))
        amount = rng.choice([None, rng.randint(1, 10 ** rng.randint(1, 13) - 1)])
        memo = " ".join("".join(rng.choices(LETTERS + DIGITS, k=rng.randint(1, 8))) for _ in range(3))[:25].strip()
        service = rng.choice(["QRIBFTTA", "QRIBFTTC"])
        payment = decode(encode(bin, account, amount, rng.choice([None, memo]) or memo, service=service))
        assert (payment.bin, payment.account, payment.amount_vnd, payment.memo) == (bin, account, amount, memo)
        assert (payment.method, payment.service) == ("dynamic" if amount else "static", service)
        assert payment.other == ()


@pytest.mark.parametrize(("words", "memo"), [
    ("", "CP7K4MXQ9"),
    ("Bưởi Xuân", "CP7K4MXQ9 BUOI XUAN"),
    ("Bưởi da xanh", "CP7K4MXQ9 BUOI DA"),
    ("nghiêng nghiêng", "CP7K4MXQ9 NGHIENG"),
    ("trâugácbếpđặcsản", "CP7K4MXQ9"),
    ("2 túi trâu", "CP7K4MXQ9"),
    ("H'Mông – Đào", "CP7K4MXQ9 HMONG DAO"),
])
def test_a_memo_begins_with_the_code_and_holds_whole_words_in_19_characters(words: str, memo: str) -> None:
    composed = compose_memo("CP7K4MXQ9", words)

    assert composed == memo
    assert len(composed) <= 19
    assert encode("970436", "1012345678", 1000, composed)


def test_a_code_typed_with_signs_loses_them_in_the_memo() -> None:
    assert compose_memo("cp-7k4m xq9") == "CP7K4MXQ9"
