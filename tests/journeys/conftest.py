"""A photo as a phone takes it, and a shop that many may visit at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from media.drawn.product import draw_product
from tests.shop_process import ShopProcess, running_shop


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grapefruit, drawn by code."""
    path = tmp_path_factory.mktemp("photos") / "buoi.jpg"
    draw_product("grapefruit", 1600, 1200).save(path, quality=90)
    return path


@pytest.fixture(scope="session")
def open_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopProcess]:
    """An empty shop without rate limits."""
    with running_shop(tmp_path_factory.mktemp("shop") / "data", "--no-limits") as running:
        yield running
