"""What the documents say is so: routes, settings, links, commands, and both READMEs alike."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.routing import Route

from server import ROUTES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = (ROOT / "README.md", ROOT / "README.vi.md")
EITHER_CASE = re.compile(r"^/([A-Z])/")


def served() -> set[tuple[str, str]]:
    """Method and path of every route; those that only differ in their letter's case are one."""
    pairs = set()
    for route in ROUTES:
        assert isinstance(route, Route)
        path = EITHER_CASE.sub(lambda found: found[0].lower(), route.path)
        pairs |= {(method, path) for method in route.methods or () if method != "HEAD"}
    return pairs


def text_of(document: Path) -> str:
    """The document, its code blocks taken out."""
    return re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def headings(document: Path) -> list[int]:
    """The depth of each heading, in order."""
    return [len(mark) for mark in re.findall(r"^(#+) ", text_of(document), flags=re.MULTILINE)]


def test_the_table_of_routes_is_what_the_server_serves() -> None:
    rows = re.findall(r"^\|([A-Z ]+)\|`([^`]+)`\|", (ROOT / "docs/routes.md").read_text(), flags=re.MULTILINE)
    written = [(method, path) for methods, path in rows for method in methods.split()]

    assert sorted(served() - set(written)) == [], "served, and not in docs/routes.md"
    assert sorted(set(written) - served()) == [], "in docs/routes.md, and not served"
    assert len(written) == len(set(written)), "a route stands twice in docs/routes.md"


def test_every_setting_is_read_and_every_variable_that_is_read_is_a_setting() -> None:
    read = set(re.findall(r"CHO_PHIEN_[A-Z_]+", (ROOT / "server.py").read_text()))
    written = set(re.findall(r"^\|`(CHO_PHIEN_[A-Z_]+)`\|", (ROOT / "docs/settings.md").read_text(),
                             flags=re.MULTILINE))

    assert read - {"CHO_PHIEN_"} == written


def test_every_option_of_the_start_command_is_explained() -> None:
    tree = ast.parse((ROOT / "scripts/run.py").read_text())
    options = {node.args[0].value for node in ast.walk(tree)
               if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add_argument"
               and isinstance(node.args[0], ast.Constant)}
    written = set(re.findall(r"^\|`(--[a-z-]+)", (ROOT / "docs/settings.md").read_text(), flags=re.MULTILINE))

    assert options == written


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    text = text_of(document)
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)

    missing = [target for target in targets if "://" not in target and not target.startswith(("#", "mailto:"))
               and not (document.parent / target.split("#")[0]).exists()]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_of_ours_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"\bscripts/[a-z_]+\.py\b", document.read_text(encoding="utf-8")))

    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / "scripts").glob("[a-z]*.py")
                                          if path.name not in ("test.py", "messages.py")))
def test_every_command_explains_itself(script: str) -> None:
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / script), "--help"], capture_output=True, text=True,
                          timeout=60, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("usage: ")


def test_both_readmes_have_the_same_sections_and_show_the_same_pictures() -> None:
    english, vietnamese = READMES

    assert headings(english) == headings(vietnamese)
    pictures = [re.findall(r"docs/pictures/[\w.-]+", path.read_text(encoding="utf-8")) for path in READMES]
    assert pictures[0] == pictures[1] and pictures[0]


def test_every_picture_in_the_folder_is_small_and_shown() -> None:
    shown = READMES[0].read_text(encoding="utf-8")

    for picture in (ROOT / "docs/pictures").iterdir():
        assert picture.stat().st_size <= 60_000, picture.name
        assert picture.name in shown, f"nobody sees {picture.name}"
