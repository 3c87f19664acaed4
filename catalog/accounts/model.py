"""A household's bank account: where its buyers' money goes."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.accounts.vietqr import ACCOUNT
from catalog.errors import Forbidden
from catalog.households.model import Actor
from catalog.words.fold import memo_fold
from catalog.words.keyed import KeyedError, N_

LONGEST_NAME = 50
ONLY_THE_HOUSEHOLD = N_("Chỉ người trong nhà mới đổi được tài khoản: tiền của khách vào thẳng đó.")


class BadAccount(KeyedError):
    """An account number or a holder's name that no bank would write."""


@dataclass(frozen=True, slots=True)
class Account:
    """`bank_bin` is the bank's six digits at NAPAS; `account_name` is as banks write it, capitals without marks."""

    id: str
    household_id: str
    bank_bin: str
    account_number: str
    account_name: str


def read_number(typed: str) -> str:
    """The account number without the blanks, dots and hyphens that people group it with.

    Raises BadAccount for what is not 1 to 19 letters or digits (NAPAS 247, object 38-01-01).
    """
    number = "".join(char for char in typed if char not in " .-\u00a0")
    if not number:
        raise BadAccount(N_("Chưa có số tài khoản."))
    if not ACCOUNT.fullmatch(number):
        raise BadAccount(N_("Số tài khoản chỉ có chữ không dấu và số, nhiều nhất 19."))
    return number


def read_name(typed: str) -> str:
    """The holder's name as banks write it: "Lò Thị Xuân" → "LO THI XUAN"."""
    name = memo_fold(typed)
    if not name:
        raise BadAccount(N_("Chưa có tên chủ tài khoản."))
    if len(name) > LONGEST_NAME:
        raise BadAccount(N_("Dài quá. Nhiều nhất {longest} chữ."), longest=LONGEST_NAME)
    return name


def may_change_account(actor: Actor) -> bool:
    """Only the household itself and the shop's owner: with another's number the money would go elsewhere."""
    return actor.person.role == "owner" or not actor.is_for_other


def check_may_change(actor: Actor) -> None:
    """Raises `Forbidden`, with the reason, for a helper."""
    if not may_change_account(actor):
        raise Forbidden(ONLY_THE_HOUSEHOLD)
