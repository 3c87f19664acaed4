"""The house stands as drawn: imports point one way, files stay small, inits stay empty."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("live", "payments", "orders", "posts", "listings", "accounts", "households", "words", "web", "storage",
         "errors")
PYTHON = sorted(path for folder in ("catalog", "media", "scripts") for path in (ROOT / folder).rglob("*.py"))
PYTHON.append(ROOT / "server.py")
SERVER_SAFE = {"media.pool", "media.spec", "media.qr", "media.intake"}
LIVE_SAFE = {"media.live", "media.live.encoder", "media.live.supervisor", "media.live.spec", "media.live.zero"}
LONGEST = 300


def imported(path: Path) -> set[str]:
    """Every module that the file imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides its direction"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return names


def room_of(module: str) -> str | None:
    """The room of a catalog module, or None."""
    parts = module.split(".")
    return parts[1] if parts[0] == "catalog" and len(parts) > 1 else None


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts

    for module in imported(path):
        top = module.split(".")[0]
        if parts[0] == "media":
            assert top not in ("catalog", "server", "scripts"), f"media knows nothing of {module}"
        if parts[0] == "catalog":
            assert top not in ("server", "scripts"), f"{module} stands above catalog"
            other = room_of(module)
            if other and other != parts[1]:
                assert ROOMS.index(parts[1]) < ROOMS.index(other), f"{parts[1]} may not import {other}"
            if top == "media":
                is_safe = ".".join(module.split(".")[:2]) in SERVER_SAFE | {"media"}
                assert is_safe or ".".join(module.split(".")[:3]) in LIVE_SAFE, f"{module} is too heavy to serve"


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_outgrows_its_noun(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")

    assert lines <= LONGEST
    assert path.name != "__init__.py" or lines == 0


def test_only_the_server_reads_the_environment() -> None:
    readers = [path.relative_to(ROOT).as_posix() for path in PYTHON
               if path.parts[len(ROOT.parts)] == "catalog"
               and any(name in path.read_text(encoding="utf-8") for name in ("os.environ", "getenv"))]

    assert readers == []


def test_no_module_imports_in_a_circle() -> None:
    graph = {".".join(path.relative_to(ROOT).with_suffix("").parts): imported(path) for path in PYTHON}
    clear: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join((*trail, module))
        if module in clear or module not in graph:
            return
        for other in graph[module]:
            visit(other, (*trail, module))
        clear.add(module)

    for module in graph:
        visit(module, ())
