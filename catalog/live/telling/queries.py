"""The statements of shows' announcements: posters and texts."""

from __future__ import annotations

from catalog.storage.sql import sql

SQL = sql(__file__)
