"""Two languages: Vietnamese is what the code says, English is looked up.

The Vietnamese sentence is the message's key, so a missing translation shows Vietnamese. Each room
has its own `templates/locale/en/<room>.po`; they are read together once, at the start.
"""

from __future__ import annotations

import gettext
import io
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

import polib

LANGUAGES = ("vi", "en")
COOKIE = "lang"
FOLDER = Path(__file__).resolve().parents[2] / "templates" / "locale"
HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}

current: ContextVar[str] = ContextVar("language", default="vi")
_english: gettext.NullTranslations = gettext.NullTranslations()


def load_translations(folder: Path = FOLDER) -> None:
    """Read every room's English; called once at the start."""
    global _english
    files = sorted((folder / "en").glob("*.po"))
    _english = _read(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> gettext.NullTranslations:
    entries = {entry.msgid: entry for path, _ in files for entry in polib.pofile(path)}
    whole = polib.POFile()
    whole.metadata = HEADER
    whole.extend(entries.values())
    return gettext.GNUTranslations(io.BytesIO(whole.to_binary()))


def translate(message: str) -> str:
    """The message in the visitor's language."""
    return _english.gettext(message) if current.get() == "en" else message


def translate_plural(one: str, many: str, number: int) -> str:
    """The message for a number; Vietnamese has one form, so `many` is its key."""
    if current.get() == "en":
        return _english.ngettext(one, many, number)
    return many


def say(key: str, values: dict[str, object]) -> str:
    """A keyed message with its {placeholders} filled; a value that is itself a key is translated too."""
    return translate(key).format(**values)
