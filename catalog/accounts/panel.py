"""The QR codes of a household's account: for the stall sign, and for one order."""

from __future__ import annotations

from catalog.accounts.banks import bank
from catalog.accounts.model import Account
from catalog.accounts.vietqr import encode
from media.spec import BankPanel


def bank_name(account: Account) -> str:
    """How people call the account's bank; its number at NAPAS where the table has no name for it."""
    known = bank(account.bank_bin)
    return known.short_name if known else account.bank_bin


def account_payload(account: Account) -> str:
    """A reusable VietQR without an amount: who scans it types the sum."""
    return encode(account.bank_bin, account.account_number)


def order_payload(account: Account, amount_vnd: int, order_code: str) -> str:
    """A VietQR with the order's sum, its code as the memo. Raises `BadPayload` for what is not legal."""
    return encode(account.bank_bin, account.account_number, amount_vnd, order_code)


def bank_panel(account: Account) -> BankPanel:
    """The bank half of a stall sign."""
    return BankPanel(payload=account_payload(account), bank_name=bank_name(account),
                     account_name=account.account_name, account_number=account.account_number)
