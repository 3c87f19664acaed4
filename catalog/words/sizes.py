"""How large a file is, as phones say it."""

from __future__ import annotations

MEGABYTE, GIGABYTE = 10**6, 10**9


def show_bytes(count: int) -> str:
    """"7 MB", "684 MB", "2,1 GB", "6 GB": in tens, as phones count; never "0 MB" where there is something."""
    if count < 999.5 * MEGABYTE:
        return f"{max(round(count / MEGABYTE), 1 if count else 0)} MB"
    return f"{count / GIGABYTE:.1f}".removesuffix(".0").replace(".", ",") + " GB"
