"""The bank table: the traps of the public lists, and the order for choosing."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.accounts.banks import BANKS, bank
from catalog.accounts.vietqr import encode
from catalog.words.fold import fold
from tests.peers import load


def test_the_table_holds_exactly_the_banks_that_the_lists_agree_on(shared_data: Path) -> None:
    agreed = {entry["bin"]: entry for entry in load(shared_data / "banks.json")["banks"] if entry["usable"]}

    assert {entry.bin for entry in BANKS} == agreed.keys()
    for entry in BANKS:
        assert entry.code == agreed[entry.bin]["code"].upper()
        assert (entry.kind == "wallet") == (agreed[entry.bin]["kind"] == "wallet")


@pytest.mark.parametrize(("bin", "short_name"), [
    ("970405", "Agribank"), ("970436", "Vietcombank"), ("970418", "BIDV"), ("970412", "PVcomBank"),
    ("970439", "Public Bank"), ("422589", "CIMB Bank"), ("971005", "Viettel Money"), ("971011", "VNPT Money"),
    ("963388", "Timo"), ("970406", "Vikki Bank"), ("970414", "MBV"), ("970449", "LPBank"), ("971025", "MoMo"),
])
def test_a_bin_stands_for_the_bank_that_most_lists_name(bin: str, short_name: str) -> None:
    found = bank(bin)

    assert found is not None
    assert found.short_name == short_name


@pytest.mark.parametrize("bin", ["970488", "970459", "961026", "970461", "977777", "970468", "999999", "", "97043"])
def test_slips_of_single_lists_and_other_texts_are_no_bank(bin: str) -> None:
    assert bank(bin) is None


def test_the_banks_farmers_use_are_offered_first_and_the_rest_by_name() -> None:
    names = [entry.short_name for entry in BANKS]

    assert names[:11] == ["Agribank", "Vietcombank", "BIDV", "VietinBank", "MB Bank", "Techcombank", "VPBank", "ACB",
                          "Sacombank", "TPBank", "LPBank"]
    rest = [fold(name) for name in names[18:]]
    assert rest == sorted(rest)


def test_every_bank_has_a_name_of_its_own_and_can_stand_in_a_code() -> None:
    assert len({entry.bin for entry in BANKS}) == len({entry.short_name for entry in BANKS}) == len(BANKS) == 60
    for entry in BANKS:
        assert entry.short_name == entry.short_name.strip() and entry.name == entry.name.strip() != ""
        assert encode(entry.bin, "1012345678")
