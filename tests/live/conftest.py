"""A show on air beside Facebook's double, for the tests of what people write below it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live.doubles.facebook import LiveFacebook
from tests.live.station import Station, station
from tests.posts.doubles.double import serving


@pytest.fixture
async def facebook() -> AsyncIterator[LiveFacebook]:
    double = LiveFacebook()
    async with serving(double):
        yield double


@pytest.fixture
async def on_air(facebook: LiveFacebook, tmp_path: Path) -> AsyncIterator[Station]:
    async with station(tmp_path, facebook) as opened:
        yield opened
