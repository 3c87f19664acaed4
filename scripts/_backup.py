"""Writing and reading a shop's copy: one tar with the database and the files that it names.

A file's name is the SHA-256 of its bytes, so the copy needs no list of sums: it proves itself.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tarfile
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from catalog.storage.settings import Settings

DATABASE = "cho-phien.db"
NAMING_TABLES = """SELECT tables.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table' AND columns.name = 'object_key'"""
DRAWN_ANEW = {"village_pictures"}
"""Each village has one that changes by the hour: it may be another by the time the files are copied."""

PIECE_BYTES = 1 << 20


def write(settings: Settings, target: Path) -> None:
    """Put the copy at `target`; it is there whole or not at all, and only its owner may read it.

    The database comes first: whatever it names then is in the folder already, since a file is kept
    before it is named. SQLite's online backup gives one moment of it while the shop goes on writing.
    """
    beside = target.with_name(target.name + ".part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file, tempfile.TemporaryDirectory(dir=target.parent) as folder:
            with tarfile.open(fileobj=file, mode="w") as tar:
                if settings.database_url.startswith("sqlite:"):
                    copy = Path(folder) / DATABASE
                    copy_database(Path(settings.database_url.removeprefix("sqlite:")), copy)
                    tar.add(copy, DATABASE)
                for path in kept_files(settings.data / "files"):
                    with suppress(FileNotFoundError):  # given up by its owner in this moment
                        tar.add(path, f"files/{path.parent.name}/{path.name}", recursive=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def copy_database(source: Path, target: Path) -> None:
    """One moment of a SQLite database in a single file; raises `sqlite3.Error` where there is none."""
    with (closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as reading,
          closing(sqlite3.connect(target)) as writing):
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")


def kept_files(folder: Path) -> list[Path]:
    """All finished files; those on their way stand in another folder."""
    return sorted(path for path in folder.glob("??/*") if path.is_file())


def check(tar_path: Path, *, with_database: bool = True) -> list[str]:
    """What is wrong with a copy, a line each; none where everything can be restored from it."""
    faults: list[str] = []
    there: set[str] = set()
    named: set[str] = set()
    has_database = False
    try:
        with tarfile.open(tar_path) as tar, tempfile.TemporaryDirectory() as folder:
            for member in tar:
                if member.name == DATABASE:
                    has_database = True
                    tar.extract(member, folder, filter="data")
                    faults += database_faults(Path(folder) / DATABASE)
                    named = set() if faults else names_in(Path(folder) / DATABASE)
                elif member.isfile():
                    key = Path(member.name).name
                    there.add(key)
                    if _digest(tar, member) != key.split(".")[0]:
                        faults.append(f"{member.name} is not what was kept under this name")
    except (tarfile.TarError, OSError) as error:
        return [*faults, f"{tar_path} can't be read: {error}"]
    if with_database and not has_database:
        faults.append("there is no database in it")
    return [*faults, *(f"{key} is named in the database and missing" for key in sorted(named - there))]


def database_faults(path: Path) -> list[str]:
    """What SQLite itself finds wrong: damaged pages, rows that name rows which are not there."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [f"the database can't be read: {error}"]
    return [f"the database: {line}" for line in said if line != "ok"] + [
        f"the database: a row of {row[0]} names a missing one of {row[2]}" for row in loose]


def names_in(path: Path) -> set[str]:
    """The keys of all files that the database names."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        tables = {row[0] for row in connection.execute(NAMING_TABLES)} - DRAWN_ANEW
        return {row[0] for table in tables for row in connection.execute(f"SELECT object_key FROM {table}")}


def remove_older(folder: Path, keep: int) -> None:
    """Leave the newest `keep` copies that were named by their date; touch nothing else."""
    for path in sorted(folder.glob("cho-phien-*Z.tar"))[:-keep]:
        path.unlink()


def _digest(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    read = tar.extractfile(member)
    digest = hashlib.sha256()
    while piece := read.read(PIECE_BYTES) if read else b"":
        digest.update(piece)
    return digest.hexdigest()
