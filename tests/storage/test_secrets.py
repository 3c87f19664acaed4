"""Secrets lie encrypted, for one place each, under a key that only its owner can read."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from catalog.storage.secrets import SecretBox, SecretLost


def opened(folder: Path, keys: str = "") -> SecretBox:
    box = SecretBox(folder, keys)
    box.open()
    return box


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    opened(tmp_path / "data")

    key = tmp_path / "data" / "secret.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key.parent.iterdir()] == ["secret.key"]


def test_what_is_sealed_is_opened_after_the_next_start(tmp_path: Path) -> None:
    sealed = opened(tmp_path).seal("EAAB-mã\nhai dòng", place="account:1")

    assert opened(tmp_path).unseal(sealed, place="account:1") == "EAAB-mã\nhai dòng"
    assert "EAAB" not in sealed


def test_a_secret_moved_to_another_row_stays_shut(tmp_path: Path) -> None:
    box = opened(tmp_path)
    sealed = box.seal("token", place="account:1")

    with pytest.raises(SecretLost):
        box.unseal(sealed, place="account:2")


@pytest.mark.parametrize("damage", [lambda text: text[:-4], lambda text: text[:20] + "AAAA" + text[24:], lambda text: ""])
def test_a_damaged_secret_stays_shut(tmp_path: Path, damage: object) -> None:
    box = opened(tmp_path)

    with pytest.raises(SecretLost):
        box.unseal(damage(box.seal("token", place="a")), place="a")  # type: ignore[operator]


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    sealed = opened(tmp_path / "one").seal("token", place="a")

    with pytest.raises(SecretLost):
        opened(tmp_path / "two").unseal(sealed, place="a")


def test_a_key_from_the_settings_leaves_no_file_and_can_be_changed(tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    sealed = opened(tmp_path, old).seal("token", place="a")

    both = opened(tmp_path, f"{new}, {old}")

    assert both.unseal(sealed, place="a") == "token"
    assert opened(tmp_path, new).unseal(both.seal("token", place="a"), place="a") == "token"
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_key_is_refused_without_being_quoted(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="CHO_PHIEN_SECRET_KEY") as caught:
        opened(tmp_path, "mật-khẩu-của-tôi")

    assert "mật-khẩu" not in str(caught.value)
