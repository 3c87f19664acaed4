#!/usr/bin/env python3
"""Cut the pages' two fonts out of Be Vietnam Pro: Latin, Vietnamese, digits and the signs that pages use.

Writes templates/static/fonts/*.woff2 and the licence beside them. The files are committed, so this
runs only when the characters or the font change. Needs fonttools with brotli and the font package.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import unicodedata
from io import BytesIO
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import fontpkg_be_vietnam_pro
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PACKAGE = Path(fontpkg_be_vietnam_pro.__file__).parent
FONTS = Path(__file__).resolve().parent.parent / "templates/static/fonts"
WEIGHTS = {"BeVietnamPro-ExtraBold.ttf": "be-vietnam-800.woff2",
           "BeVietnamPro-Medium.ttf": "be-vietnam-500.woff2"}
LARGEST_BYTES = 25_000  # a buyer's first view is 90 kB with both weights and the photo

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng
SIGNS = "–—‘’“”…·•×−≤≥°½₫©\u00a0"  # the font has no arrows: those come from the phone's own


def alphabet() -> str:
    """Every letter of Vietnamese in both cases, composed (NFC), with each of the five tones."""
    toned = (unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES))
    lower = "".join(sorted({*VOWELS, *toned, "đ"}))
    return lower + lower.upper()


def wanted() -> str:
    """All characters that the pages' fonts must hold: printable ASCII, Vietnamese and the signs."""
    return "".join(map(chr, range(0x20, 0x7F))) + alphabet() + SIGNS


def subset(source: Path, characters: str) -> bytes:
    """The woff2 of `source` with only these characters, kerned, unhinted, its licence name kept."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(flavor="woff2", hinting=False, layout_features=["kern"],
                      name_IDs=[0, 1, 2, 4, 13, 14], notdef_outline=True)
    cutter = Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def main() -> None:
    """Write both fonts; ends with a message when one has grown past what a page may carry."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    FONTS.mkdir(parents=True, exist_ok=True)
    for source, target in WEIGHTS.items():
        cut = subset(PACKAGE / "files" / source, wanted())
        if len(cut) > LARGEST_BYTES:
            sys.exit(f"{target} has {len(cut)} bytes, more than {LARGEST_BYTES}. Take characters out of it.")
        (FONTS / target).write_bytes(cut)
        print(f"{target}  {len(cut)} bytes")
    shutil.copyfile(PACKAGE / "LICENSE", FONTS / "OFL.txt")


if __name__ == "__main__":
    main()
