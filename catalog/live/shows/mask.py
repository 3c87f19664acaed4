"""Phone numbers in comments, hidden from whoever has no need of them."""

from __future__ import annotations

from catalog.words.phone_spans import find_phones

_SHOWN_FIRST, _SHOWN_LAST = 2, 3


def mask_phones(text: str) -> str:
    """The text with the middle of each number covered: `09•• ••• 321`. Numbers that lack a digit too."""
    # A letter whose lower form is longer ("İ") would move every place behind it.
    lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    for span in reversed(find_phones(lowered)):
        text = text[:span.start] + mask_phone(text[span.start:span.end]) + text[span.end:]
    return text


def mask_phone(number: str) -> str:
    """One number, covered but for its ends; "" for none."""
    digits = "".join(char for char in number.replace("+84", "0", 1) if char.isalnum())
    return f"{digits[:_SHOWN_FIRST]}•• ••• {digits[-_SHOWN_LAST:]}" if digits else ""
