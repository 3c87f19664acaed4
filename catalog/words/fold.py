"""Vietnamese without its marks: for searching, and for what a bank lets through."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart. Ð (eth) and Ɖ look like Đ and are typed for it.
_BARRED_D = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ɖ": "d", "Ɖ": "D"})
_PLAIN_SIGNS = str.maketrans({
    **dict.fromkeys("‘’‚‛ʼʻ′`´ʹ", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
})
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_NOT_MEMO = re.compile("[^A-Z0-9]+")


def tidy(text: str) -> str:
    """Lower case with its marks, composed, with plain signs and single blanks.

    For reading what was typed where the marks tell words apart ("tạ", 100 kg, and "tá", twelve).
    """
    composed = unicodedata.normalize("NFKC", text.translate(_PLAIN_SIGNS))
    return " ".join("".join(char for char in composed if not _is_unseen(char)).lower().split())


def strip_marks(text: str) -> str:
    """`text` with plain letters, digits and signs, in the case it came in; blanks as they were.

    Takes composed and decomposed input, full-width letters and ligatures. Marks of other scripts
    (Thái is written in its own) stay; characters that are not seen (zero width, direction) go.
    """
    if text.isascii():
        return text.replace("`", "'")
    # The signs go first: the compatibility form would turn an acute accent into a blank with a mark.
    spread = unicodedata.normalize("NFKD", text.translate(_PLAIN_SIGNS))
    bare = _LATIN_MARKS.sub("", spread).translate(_BARRED_D)
    return "".join(char for char in bare if not _is_unseen(char))


def fold(text: str) -> str:
    """The form in which texts are searched and compared: lower case, no marks, single blanks."""
    return " ".join(unicodedata.normalize("NFC", strip_marks(text).lower()).split())


def memo_fold(text: str) -> str:
    """Only A–Z, 0–9 and single blanks: what every bank's transfer memo keeps.

    An apostrophe falls away ("H'Mông" → "HMONG"); any other sign parts two words.
    """
    return _NOT_MEMO.sub(" ", strip_marks(text).replace("'", "").upper()).strip()


def _is_unseen(char: str) -> bool:
    """Direction marks, zero-width joiners, emoji's frames and variation selectors."""
    return unicodedata.category(char) in ("Cf", "Me") or "\ufe00" <= char <= "\ufe0f"
