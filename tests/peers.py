"""What independent programs made of the same input: the files under ../shared/data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def load(path: Path) -> Any:
    """The JSON that a collection of peers' outputs holds."""
    return json.loads(path.read_text(encoding="utf-8"))
