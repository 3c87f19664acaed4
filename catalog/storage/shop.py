"""What every page and every job has at hand. Made once by server.py, carried by the app."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalog.storage.database import Database
from catalog.storage.jobs import JobRunner
from catalog.storage.objects import Objects
from catalog.storage.secrets import SecretBox
from catalog.storage.settings import Settings
from media.pool import RenderPool


@dataclass(frozen=True, slots=True)
class Shop:
    """The adapters and the settings."""

    settings: Settings
    db: Database
    objects: Objects
    jobs: JobRunner
    pool: RenderPool
    secrets: SecretBox

    @property
    def scratch(self) -> Path:
        """A folder for files on their way, emptied at every start."""
        return self.objects.scratch
