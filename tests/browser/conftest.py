"""The shops that the browser's tests visit, each started once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from media.drawn.product import draw_product
from tests.shop_process import ShopProcess, running_shop


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopProcess]:
    """An empty shop as `run.py` starts it, with the owner's link printed; all tests come from one address, so no limits."""
    with running_shop(tmp_path_factory.mktemp("shop") / "data", "--no-limits") as running:
        yield running


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopProcess]:
    """The demo's village."""
    with running_shop(tmp_path_factory.mktemp("demo") / "data", "--demo", "--no-limits") as running:
        yield running


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of grapefruit as a phone takes it, drawn by code."""
    path = tmp_path_factory.mktemp("photos") / "buoi.jpg"
    draw_product("grapefruit", 2000, 1500).save(path, quality=90)
    return path
