"""The two fonts hold every character that pages write in Vietnamese, and stay light."""

from __future__ import annotations

import re
import unicodedata

import pytest
from fontTools.ttLib import TTFont

from scripts import fonts
from tests.web import kit

FILES = sorted(fonts.FONTS.glob("*.woff2"))
DRAWN_BY_THE_PHONE = "✓→"  # not in Be Vietnam Pro: these come from the phone's own font


def test_there_are_two_fonts_with_their_licence() -> None:
    assert [path.name for path in FILES] == sorted(fonts.WEIGHTS.values())
    assert "SIL Open Font License" in (fonts.FONTS / "OFL.txt").read_text()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_font_holds_the_whole_vietnamese_alphabet_and_is_light(path: fonts.Path) -> None:
    held = {chr(code) for code in TTFont(path).getBestCmap()}

    assert set(fonts.alphabet()) - held == set()
    assert len(fonts.alphabet()) == 2 * (12 * 6 + 1)  # twelve vowels with and without five tones, and đ
    assert path.stat().st_size <= fonts.LARGEST_BYTES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_font_holds_every_character_of_the_templates(path: fonts.Path) -> None:
    held = {chr(code) for code in TTFont(path).getBestCmap()}
    texts = (file.read_text() for file in kit.FOLDER.rglob("*.html"))

    shown = {char for text in texts for char in re.sub(r"\{#.*?#\}", "", text, flags=re.S) if char.isprintable()}

    assert shown - held - set(DRAWN_BY_THE_PHONE) == set()


def test_templates_are_composed_unicode_so_that_the_fonts_match() -> None:
    loose = [path.name for path in kit.FOLDER.rglob("*.html")
             if not unicodedata.is_normalized("NFC", path.read_text())]

    assert loose == []
