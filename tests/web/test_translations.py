"""Everything that people read exists in both languages, with the same blanks to fill."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from messages import english, sentences  # noqa: E402

BLANK = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def test_every_sentence_has_its_english() -> None:
    known = english(ROOT)

    missing = {text: place for text, place in sentences(ROOT).items() if text not in known}

    assert missing == {}


def test_a_translation_fills_the_same_blanks() -> None:
    for vietnamese, text in english(ROOT).items():
        assert sorted(BLANK.findall(vietnamese)) == sorted(BLANK.findall(text)), vietnamese


def test_no_sentence_is_translated_differently_in_two_rooms() -> None:
    seen: dict[str, str] = {}
    for path in sorted((ROOT / "templates" / "locale" / "en").glob("*.po")):
        pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', path.read_text(encoding="utf-8"), re.M)
        for key, text in pairs:
            assert seen.setdefault(key, text) == text, f"{path.name}: {key}"
