"""Numbers with Vietnamese or English signs: both write dots and commas, each for the other's use."""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = "[0-9]+(?:[.,][0-9]+)*"
_GROUPED = re.compile("[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")


def meanings(number: str) -> tuple[Decimal, ...]:
    """What a text of the form NUMBER can mean: nothing, one value, or a decimal and a grouped one.

    "1,5" and "1.5" are one and a half, "1.234.567" has groups, "1.234,5" both. "1.500" is either
    1.5 or 1500: the caller knows which of them makes sense.
    """
    signs = re.findall("[.,]", number)
    if not signs:
        return (Decimal(number),)
    if len(signs) == 1:
        decimal = Decimal(number.replace(",", "."))
        return (decimal, _joined(number)) if _GROUPED.fullmatch(number) else (decimal,)
    if len(set(signs)) == 1:
        return (_joined(number),) if _GROUPED.fullmatch(number) else ()
    groups, decimals = number[:number.rindex(signs[-1])], number[number.rindex(signs[-1]) + 1:]
    if signs[-1] in groups or not _GROUPED.fullmatch(groups):
        return ()
    return (Decimal(f"{_joined(groups)}.{decimals}"),)


def plain(value: Decimal) -> str:
    """A number with a decimal comma and no needless noughts."""
    whole = f"{value:f}"
    return (whole.rstrip("0").rstrip(".") if "." in whole else whole).replace(".", ",")


def _joined(number: str) -> Decimal:
    return Decimal(re.sub("[.,]", "", number))
