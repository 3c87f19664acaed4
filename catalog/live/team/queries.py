"""The statements of teams' shows: which are a village's, and each household's word."""

from __future__ import annotations

from catalog.storage.sql import sql

SQL = sql(__file__)
