"""How long a recording is, as players say it."""

from __future__ import annotations


def show_length(seconds: float) -> str:
    """`0:43`, `2:05`, or `1:02:05` from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
