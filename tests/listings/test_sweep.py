"""What nobody needs any more goes by itself: files that a crash left without a name."""

from __future__ import annotations

import os
import time
from pathlib import Path

from catalog.listings.intake import UNNAMED_SECONDS, sweep_unnamed
from tests.cast import Cast
from tests.listings.stall import kept_files, sell


def make_old(path: Path) -> None:
    """As if it had been written two days ago."""
    then = time.time() - 2 * UNNAMED_SECONDS
    os.utime(path, (then, then))


async def test_an_old_file_without_a_name_is_dropped_and_all_others_stay(cast: Cast, tmp_path: Path) -> None:
    await sell(cast, cast.farmer)
    named = set(kept_files(cast))
    for content in (b"old", b"young"):
        (tmp_path / "left.jpg").write_bytes(content)
        await cast.shop.objects.keep(tmp_path / "left.jpg")
    old, young = (next(path for path in kept_files(cast) if path.read_bytes() == content) for content in (b"old", b"young"))
    for path in (*named, old):
        make_old(path)

    await sweep_unnamed(cast.shop)

    left = set(kept_files(cast))
    assert old not in left
    assert named | {young} <= left
