"""The shop with doubles for networks, nothing running in the background."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from catalog.storage.settings import Networks
from tests.cast import Cast, make_settings, open_cast
from tests.posts.doubles.double import serving
from tests.posts.doubles.facebook import FacebookDouble
from tests.posts.doubles.portal import PortalDouble
from tests.posts.doubles.zalo import ZaloDouble


@pytest.fixture
async def facebook() -> AsyncIterator[FacebookDouble]:
    double = FacebookDouble()
    async with serving(double):
        yield double


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloDouble]:
    double = ZaloDouble()
    async with serving(double):
        yield double


@pytest.fixture
async def portal() -> AsyncIterator[PortalDouble]:
    double = PortalDouble()
    async with serving(double):
        yield double


@pytest.fixture
async def stall(tmp_path: Path, facebook: FacebookDouble, zalo: ZaloDouble) -> AsyncIterator[Cast]:
    """The shop, its networks the doubles; nothing runs in the background."""
    networks = Networks(facebook=facebook.url, facebook_video=facebook.url, facebook_upload=facebook.url, zalo=zalo.url,
                        zalo_sign_in=zalo.url, allow_loopback=True)
    async with open_cast(make_settings(tmp_path, networks=networks)) as cast:
        await cast.shop.jobs.close()
        yield cast
