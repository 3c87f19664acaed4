"""Lists every sentence that people read and that has no English yet: `python3 scripts/messages.py`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from _environment import ROOT, reexec

CALLS = {"FieldError", "Invalid", "NotFound", "Gone", "Forbidden", "Conflict", "Unauthorized", "OutOfStock",
         "TooLarge", "UnsupportedMedia", "TooManyTries", "CrossOrigin", "Busy", "AlreadyPaid", "ShopError",
         "N_", "translate", "translate_plural", "say", "BadQuantity", "BadMoney", "BadPhone"}
KEYWORDS = {"missing", "verb"}
"""Arguments that carry a message key by their name."""

TABLES = {"default_key", "TITLES", "WEEKDAYS", "WRONG"}
"""Names whose strings are message keys."""


def sentences(root: Path) -> dict[str, str]:
    """Each sentence with the file that says it first."""
    found: dict[str, str] = {}
    for path in sorted((root / "templates").rglob("*.html")):
        for sentence in _in_template(path):
            found.setdefault(sentence, path.relative_to(root).as_posix())
    for path in sorted((root / "catalog").rglob("*.py")):
        for sentence in _in_python(path):
            found.setdefault(sentence, path.relative_to(root).as_posix())
    return found


def english(root: Path) -> dict[str, str]:
    """Every translated sentence of all rooms."""
    import polib
    return {entry.msgid: entry.msgstr or entry.msgstr_plural[0]
            for path in sorted((root / "templates" / "locale" / "en").glob("*.po"))
            for entry in polib.pofile(path).translated_entries()}


def _in_template(path: Path) -> Iterator[str]:
    from jinja2 import Environment
    environment = Environment(extensions=["jinja2.ext.i18n"])
    for _, function, message in environment.extract_translations(path.read_text(encoding="utf-8")):
        if function in ("_", "gettext", "ngettext"):
            text = message[0] if isinstance(message, tuple) else message
            if text:
                yield text


def _in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in CALLS and node.args and isinstance(node.args[0], ast.Constant):
                yield from _keys(node.args[0])
            for keyword in node.keywords:
                if keyword.arg in KEYWORDS:
                    yield from _keys(keyword.value)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if getattr(target, "id", "") in TABLES and node.value is not None:
                values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
                for value in values:
                    yield from _keys(value)


def _keys(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and re.search(r"[^\W\d_]", part.value):
            yield part.value


def main() -> int:
    """0 when every sentence has its English."""
    reexec()
    known = english(ROOT)
    missing = {text: place for text, place in sentences(ROOT).items() if text not in known}
    for text, place in missing.items():
        print(f"{place}\t{text!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
