"""Errors that carry their sentence and its values apart."""

from __future__ import annotations

from catalog.words.keyed import KeyedError, N_


def test_the_sentence_is_filled_only_when_asked_for() -> None:
    error = KeyedError(N_("Thiếu {missing} số."), missing=2)

    assert (error.key, error.values) == ("Thiếu {missing} số.", {"missing": 2})
    assert error.reason == "Thiếu 2 số."


def test_values_with_braces_are_shown_as_they_are() -> None:
    assert KeyedError("Không rõ “{typed}”.", typed="{x} {0}").reason == "Không rõ “{x} {0}”."


def test_what_is_logged_is_the_key_alone() -> None:
    error = KeyedError("Không rõ “{typed}”.", typed="0900000123")

    assert "0900000123" not in f"{error} {error!r}"
