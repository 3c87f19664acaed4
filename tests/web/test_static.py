"""Scripts in parts: each asks for the others by the addresses of today's files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from catalog.web import static


@pytest.fixture(autouse=True)
def afterwards_the_shops_own() -> object:
    yield
    static.load_static()


def write(folder: Path, **scripts: str) -> None:
    """Scripts in a folder of static files, read as at a start."""
    (folder / "js" / "camera").mkdir(parents=True, exist_ok=True)
    for name, text in scripts.items():
        (folder / "js" / f"{name.replace('__', '/')}.js").write_text(text)
    static.load_static(folder)


def text_of(name: str) -> str:
    return static._files[name].content.decode()


def test_an_import_names_the_address_of_the_other_file(tmp_path: Path) -> None:
    write(tmp_path, camera='import { a } from "./camera/line.js";', camera__line='import { b } from "./takes.js";',
          camera__takes="export const b = 1;")

    assert text_of("js/camera.js") == f'import {{ a }} from "{static.static("js/camera/line.js")}";'
    assert static.static("js/camera/takes.js") in text_of("js/camera/line.js")
    assert static.imports_of("js/camera.js") == ["js/camera/line.js", "js/camera/takes.js"]


def test_a_change_in_a_part_gives_every_script_above_it_a_new_address(tmp_path: Path) -> None:
    write(tmp_path, camera='import { a } from "./camera/line.js";', camera__line="export const a = 1;")
    before = static.static("js/camera.js")

    write(tmp_path, camera='import { a } from "./camera/line.js";', camera__line="export const a = 2;")

    assert static.static("js/camera.js") != before


def test_the_cameras_page_asks_for_all_its_scripts_at_once() -> None:
    static.load_static()

    parts = static.imports_of("js/camera.js")

    assert {"js/camera/line.js", "js/camera/recorder.js", "js/camera/takes.js"} <= set(parts)
    assert all(re.fullmatch(r"/static/[0-9a-f]{12}/js/.+", static.static(part)) for part in parts)
