"""When a live's output clock stood at 0, kept beside its files so that a later worker goes on with it."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path

_FILE = "broadcast.json"


def zero_of(folder: Path) -> float:
    """Seconds since 1970. OSError, ValueError or KeyError where none was kept."""
    return float(json.loads((folder / _FILE).read_text())["zero"])


def kept_zero(folder: Path) -> float:
    """The kept one, or now, which is kept."""
    with suppress(OSError, ValueError, KeyError):
        return zero_of(folder)
    zero = round(time.time(), 3)
    part = folder / f".{_FILE}.part"
    with suppress(OSError):  # a full disk doesn't keep a show from the air
        part.write_text(json.dumps({"zero": zero}))
        os.replace(part, folder / _FILE)
    return zero
