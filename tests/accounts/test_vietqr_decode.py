"""Reading payloads: every odd one of the peers' collection judged, and random damage."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from catalog.accounts.vietqr import BadPayload, crc, encode
from catalog.accounts.vietqr_decode import Payment, decode
from tests.peers import load

ACCOUNT = "1012345678"
SOUND = encode("970436", ACCOUNT, 50_000, "DH1", bill="HD1", name="SHOP LAN ANH", city="HA NOI")

# What is refused, and why.
REFUSED = {
    "spec-6.1.1-static-account": "the account's length leaves its last digit outside",
    "spec-6.1.4-dynamic-card-heading": "the checksum belongs to another text",
    "readme-vnpay": "object 26 is VNPAY's own; there is no bank account",
    "crc-wrong": "damaged", "crc-missing": "damaged or cut", "crc-tag-truncated": "cut",
    "crc-flip-one-digit-amount": "altered", "crc-not-last": "something was added after the checksum",
    "empty": "nothing", "short": "nothing", "not-emv-url": "a link", "not-emv-text": "words",
    "tlv-truncated-value-crc-ok": "object 38 runs into the checksum",
    "tlv-length-too-long-crc-ok": "object 54 runs beyond the end",
    "tlv-length-nondigit-crc-ok": "a length that is no number", "tlv-length-zero-crc-ok": "an empty amount",
    "tlv-odd-tail-crc-ok": "object 62 runs into the checksum",
    "inner-01-truncated": "bank and account run beyond their template",
    "inner-account-len-wrong": "the account runs beyond its template",
    "guid-other": "not NAPAS's own identifier", "no-38": "nobody to pay", "no-account": "no account to pay",
    "duplicate-54": "two amounts", "two-38": "two accounts", "currency-usd": "not đồng",
    "amount-space": "a blank in the amount", "amount-zero": "no amount", "amount-negative": "negative",
    "amount-14-digits": "longer than 13", "no-01": "mandatory, and the method is not told without it",
    "version-02": "an unknown version",
    "memo-diacritics-bytelen": "lengths count characters, so everything after the memo is shifted",
}
# What is read, and why, with (bin, account, amount, memo, method, service).
READ = {
    "spec-6.1.2-static-card": ("970403", "9704031101234567", None, None, "static", "QRIBFTTC"),
    "spec-6.1.3-dynamic-account": ("970403", "0011012345678", 180_000, "thanh toan don hang", "dynamic", "QRIBFTTA"),
    "spec-6.1.4-dynamic-card-steps":
        ("970403", "9704031101234567", 180_000, "thanh toan don hang", "dynamic", "QRIBFTTC"),
    "readme-acb": ("970416", "257678859", 1000, "Chuyen tien", "dynamic", "QRIBFTTA"),
    "readme-momo": ("971025", "PSP123456789000000", None, None, "static", "QRIBFTTA"),
    # An object of MoMo's own is kept.
    "readme-momo-old-tag80": ("970454", "99MM24011M34875080", None, None, "static", "QRIBFTTA"),
    # Some programs write it so; its value is the same.
    "crc-lowercase": ("970403", "0011012345678", 180_000, "thanh toan don hang", "dynamic", "QRIBFTTA"),
    # Copying adds these, and they are outside of the checksum.
    "bom-prefix": ("970403", "0011012345678", 180_000, "thanh toan don hang", "dynamic", "QRIBFTTA"),
    "space-prefix": ("970403", "0011012345678", 180_000, "thanh toan don hang", "dynamic", "QRIBFTTA"),
    "newline-suffix": ("970403", "0011012345678", 180_000, "thanh toan don hang", "dynamic", "QRIBFTTA"),
    # The document calls the service conditional.
    "no-service": ("970436", ACCOUNT, None, None, "dynamic", None),
    # Only 00 and 63 have a place of their own.
    "order-shuffled": ("970436", ACCOUNT, 50_000, "DH1", "dynamic", "QRIBFTTA"),
    # The document allows a point, and nothing stands after it.
    "amount-decimal": ("970436", ACCOUNT, 50_000, None, "dynamic", "QRIBFTTA"),
    # Shops print such signs; who is paid and how much is clear.
    "static-with-amount": ("970436", ACCOUNT, 50_000, "DH1", "static", "QRIBFTTA"),
    # Three stars ask the payer to type the memo.
    "prompt-stars": ("970436", ACCOUNT, None, "***", "static", "QRIBFTTA"),
    "name-city-mcc": ("970436", ACCOUNT, 50_000, "DH1", "dynamic", "QRIBFTTA"),
    # Texts move no money: lengths in characters and a fitting checksum over UTF-8 are enough.
    "memo-diacritics-utf8": ("970436", ACCOUNT, None, "Cọc áo", "dynamic", "QRIBFTTA"),
    # Longer than the document's 25, as some banks take it.
    "memo-99": ("970436", ACCOUNT, None, "X" * 95, "dynamic", "QRIBFTTA"),
    "lang-64": ("970436", ACCOUNT, None, None, "dynamic", "QRIBFTTA"),
    # A sign for both networks: the NAPAS half is whole.
    "26-and-38": ("970436", ACCOUNT, None, None, "dynamic", "QRIBFTTA"),
}


def sealed(body: str) -> str:
    """`body` with a checksum that fits, as only a broken program writes it."""
    return body + "6304" + crc(body + "6304")


def told(payment: Payment) -> tuple[str, str, int | None, str | None, str, str | None]:
    return (payment.bin, payment.account, payment.amount_vnd, payment.memo, payment.method, payment.service)


def test_every_case_of_the_collection_is_judged(shared_data: Path) -> None:
    names = {case["name"] for case in load(shared_data / "vietqr_decode.json")["cases"]}

    assert names == REFUSED.keys() | READ.keys()
    assert not REFUSED.keys() & READ.keys()


def test_what_leaves_doubt_is_refused_with_a_reason(shared_data: Path) -> None:
    for case in load(shared_data / "vietqr_decode.json")["cases"]:
        if case["name"] in REFUSED:
            with pytest.raises(BadPayload) as caught:
                decode(case["payload"])
            assert caught.value.reason, case["name"]


def test_what_is_clear_is_read(shared_data: Path) -> None:
    read = {case["name"]: told(decode(case["payload"]))
            for case in load(shared_data / "vietqr_decode.json")["cases"] if case["name"] in READ}

    assert read == READ


def test_every_payload_of_the_independent_encoders_reads_back_even_where_the_shop_would_not_write_it(shared_data: Path) -> None:
    for vector in load(shared_data / "vietqr_encode.json")["vectors"]:
        payment = decode(vector["payload"])
        given = vector["input"]
        assert (payment.bin, payment.account, payment.memo) == (given["bin"], given["account"], given["memo"])
        assert payment.amount_vnd == (given["amount"] and int(given["amount"]))


def test_nothing_of_a_seller_s_own_code_is_lost() -> None:
    payment = decode(sealed(
        "000201010211" "38620010A000000727" "01320006970454011899MM24011M34875080" "0208QRIBFTTA"
        "5303704" "5802VN" "62190515MOMOW2W34875080" "64170002vi0107Lan Anh" "8003046"))

    assert payment.other == (("64", "0002vi0107Lan Anh"), ("80", "046"), ("62-05", "MOMOW2W34875080"))


@pytest.mark.parametrize(("body", "reason"), [
    (SOUND[:-8].replace("5802VN", ""), "Mã QR này thiếu mục 58."),
    (SOUND[:-8].replace("5303704", ""), "Mã QR này thiếu mục 53."),
    (SOUND[:-8].replace("5802VN", "5802US"), "Mã QR này không trả bằng tiền Việt Nam."),
    (SOUND[:-8].replace("010212", "010213"), "Mã QR này theo bản khác, chưa đọc được."),
    (SOUND[:-8].replace("QRIBFTTA", "QRCASH0A"), "Đây không phải mã VietQR chuyển khoản."),
    (SOUND[:-8].replace("0006970436", "0006A70436"), "Mã QR này ghi sai ở mục 38-01-00."),
    (SOUND[:-8].replace("1012345678", "10123-5678"), "Mã QR này ghi sai ở mục 38-01-01."),
    (SOUND[:-8] + "5802VN", "Mã QR này có hai mục 58."),
    (SOUND[:-8] + "63040000", "Mã QR này ghi sai ở mục 63."),
    (SOUND[:-8] + "640500021", "Mã QR này ghi sai ở mục 64-00."),
    (SOUND[:-8].replace("0103HD1", "0199HD1"), "Mã QR này ghi sai ở mục 62-01."),
    ("010212" "000201" + SOUND[12:-8], "Đây không phải mã VietQR chuyển khoản."),
    (SOUND[:-8] + "8005A\nB C", "Mã QR này bị hỏng hoặc thiếu. Chụp lại hoặc lưu lại ảnh mã."),
    *((SOUND[:-8].replace("540550000", f"54{len(amount):02}{amount}"), "Số tiền trong mã QR này không đúng.")
      for amount in ("50000.5", ".5", ".", "1.0.0", "+5", "00", "0.00", "1e3", "５", "12345678901.00")),
])
def test_a_fitting_checksum_hides_no_fault(body: str, reason: str) -> None:
    with pytest.raises(BadPayload) as caught:
        decode(sealed(body))

    assert caught.value.reason == reason


def test_decimals_that_are_noughts_are_no_decimals() -> None:
    assert decode(sealed(SOUND[:-8].replace("540550000", "540850000.00"))).amount_vnd == 50_000


def test_any_single_changed_lost_or_doubled_character_is_noticed() -> None:
    # A letter of the checksum in the other case is the same checksum.
    kinds = [SOUND[:at] + char + SOUND[at + 1:] for at in range(len(SOUND)) for char in "05AaZ -"]
    kinds += [SOUND[:at] + SOUND[at + 1:] for at in range(len(SOUND))]
    kinds += [SOUND[:at] + SOUND[at] + SOUND[at:] for at in range(len(SOUND))]

    for damaged in kinds:
        if damaged.strip().upper()[-4:] == SOUND[-4:] and damaged.strip()[:-4] == SOUND[:-4]:
            continue
        with pytest.raises(BadPayload):
            decode(damaged)


def test_any_text_with_a_fitting_checksum_is_read_whole_or_refused() -> None:
    rng = random.Random(63)

    read = 0
    for _ in range(20_000):
        body = list(SOUND[:-8])
        for _ in range(rng.randint(0, 3)):
            at = rng.randrange(len(body))
            body[at:at + rng.randint(0, 2)] = rng.choices("0123456789AVQ .ạ🌸\ud800", k=rng.randint(0, 2))
        try:
            payment = decode("".join(body) + "6304" + crc_or_zero("".join(body) + "6304"))
        except BadPayload:
            continue
        read += 1
        assert len(payment.bin) == 6 and payment.bin.isdigit()
        assert payment.account.isalnum() and payment.account.isascii() and len(payment.account) <= 19
        assert payment.amount_vnd is None or 0 < payment.amount_vnd < 10**13
    assert read > 5000


def crc_or_zero(body: str) -> str:
    try:
        return crc(body)
    except UnicodeEncodeError:
        return "0000"
