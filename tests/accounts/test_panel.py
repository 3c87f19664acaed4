"""The QR codes of an account say exactly who is paid, how much and for what."""

from __future__ import annotations

from catalog.accounts.model import Account
from catalog.accounts.panel import account_payload, bank_name, bank_panel, order_payload
from catalog.accounts.vietqr_decode import decode

ACCOUNT = Account("a1", "h1", "970405", "8888123456", "LO THI XUAN")


def test_the_signs_code_can_be_paid_again_and_again() -> None:
    payment = decode(account_payload(ACCOUNT))

    assert (payment.bin, payment.account) == ("970405", "8888123456")
    assert (payment.amount_vnd, payment.method) == (None, "static")


def test_an_orders_code_carries_its_sum_and_code() -> None:
    payment = decode(order_payload(ACCOUNT, 150_000, "CP7K2M9QXA"))

    assert (payment.amount_vnd, payment.memo, payment.method) == (150_000, "CP7K2M9QXA", "dynamic")


def test_the_sign_shows_the_bank_by_the_name_people_use() -> None:
    panel = bank_panel(ACCOUNT)

    assert (panel.bank_name, panel.account_name, panel.account_number) == ("Agribank", "LO THI XUAN", "8888123456")


def test_a_bank_without_a_name_in_the_table_is_shown_by_its_number() -> None:
    assert bank_name(Account("a1", "h1", "970999", "1", "X")) == "970999"
