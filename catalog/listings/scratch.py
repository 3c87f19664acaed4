"""A folder for one piece of work, gone afterwards whatever happens."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from catalog.storage.database import new_id
from catalog.storage.shop import Shop


@asynccontextmanager
async def scratch_folder(shop: Shop) -> AsyncIterator[Path]:
    """A fresh folder of one's own: two pieces of work that make the same file never meet."""
    folder = shop.scratch / new_id()
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, True)
