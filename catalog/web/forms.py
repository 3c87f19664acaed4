"""What people typed, kept as typed, and what is wrong with it, beside each field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.datastructures import FormData

from catalog.errors import FieldError, Invalid, ShopError
from catalog.web.locale import say

LONGEST = 2_000

# What no keyboard types: control characters, of which databases refuse one and terminals obey some,
# and the marks that turn the direction of the text around them (Unicode Annex 9).
UNSEEN = dict.fromkeys([*(code for code in range(0xA0) if not chr(code).isprintable() and chr(code) not in "\t\n\r"),
                        0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])

T = TypeVar("T")


def one_line(text: str) -> str:
    """The text as one line: without `UNSEEN`, single blanks, nothing at its ends."""
    return " ".join(text.translate(UNSEEN).split())


@dataclass(slots=True)
class Form:
    """A sent form. Read each field by a verb; `check()` raises all mistakes at once."""

    data: FormData
    errors: dict[str, ShopError] = field(default_factory=dict)

    def raw(self, name: str) -> str:
        """What was typed, untrimmed, without `UNSEEN`; empty where the field is missing or a file."""
        value = self.data.get(name, "")
        if not isinstance(value, str):
            return ""
        # Browsers send a line's end as two characters and count it as one, so it is folded before the text is cut.
        return value.replace("\r\n", "\n")[:LONGEST].translate(UNSEEN)

    def text(self, name: str, *, missing: str | None = None, longest: int = 200) -> str:
        """The trimmed text; too long, or empty with a `missing` message, is a mistake."""
        value = one_line(self.raw(name))
        if not value and missing:
            self.wrong(name, FieldError(missing))
        if len(value) > longest:
            self.wrong(name, FieldError("Dài quá. Nhiều nhất {longest} chữ.", longest=longest))
        return value[:longest]

    def choice(self, name: str, choices: tuple[str, ...], *, missing: str) -> str:
        """One of the choices; anything else is a mistake and gives the first."""
        value = self.raw(name)
        if value in choices:
            return value
        self.wrong(name, FieldError(missing))
        return choices[0]

    def read(self, name: str, reader: Callable[[str], T], otherwise: T) -> T:
        """What `reader` makes of the text; its error (a `ValueError` with key and values) is kept."""
        try:
            return reader(self.raw(name).strip())
        except ShopError as error:
            self.wrong(name, error)
        except ValueError as error:
            self.wrong(name, FieldError(getattr(error, "key", None), **getattr(error, "values", {})))
        return otherwise

    def wrong(self, name: str, error: ShopError) -> None:
        """Remember the field's first mistake."""
        self.errors.setdefault(name, error)

    def check(self) -> None:
        """Raises `Invalid` with every field's mistake, if there is one."""
        if self.errors:
            raise Invalid(fields=self.errors)

    @property
    def values(self) -> dict[str, str]:
        """What was typed, for the form's next showing."""
        return {name: self.raw(name) for name in self.data}


def messages(error: Invalid) -> dict[str, str]:
    """Each field's message in the visitor's language."""
    return {name: say(fault.key, fault.values) for name, fault in error.fields.items()}
