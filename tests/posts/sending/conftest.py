"""The office that posts are sent from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from catalog.posts.publishers import steps as steps_module
from catalog.posts.publishers.wire import Wire
from tests.posts.office import Office, open_office


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits long: neither for an answer nor before looking for a post."""
    monkeypatch.setattr(steps_module.Steps.__init__, "__kwdefaults__", {"look_after_seconds": 0.0})
    monkeypatch.setattr(Wire.__init__, "__kwdefaults__", {"allow_loopback": False, "quiet_seconds": 0.5, "whole_seconds": 5})


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as found:
        yield found
