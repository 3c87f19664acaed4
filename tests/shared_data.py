"""Data of peers that stands beside the project, where it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"


def load_shared(name: str) -> Any:
    """The JSON file `name` of ../shared/data; the test is skipped where that folder is missing."""
    if not FOLDER.is_dir():
        pytest.skip("the data of peers in ../shared/data is not here")
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
