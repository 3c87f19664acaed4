"""The copy of a shop: taken while it serves, whole or said not to be, and one can start from it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

from catalog.households import queries
from catalog.storage.database import new_id, now_ms
from catalog.storage.objects import Objects
from tests.cast import make_settings, open_app

BACKUP = Path(__file__).resolve().parents[2] / "scripts" / "backup.py"


def backup(*arguments: object, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command, run as people run it, with what it printed."""
    chosen = ["--data", str(data)] if data else []
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHO_PHIEN_")}
    return subprocess.run([sys.executable, str(BACKUP), *map(str, arguments), *chosen], capture_output=True, text=True,
                          timeout=120, check=False, env=kept)


async def fill(data: Path) -> str:
    """A shop with one village and one photo; gives back the photo's key. The database's log is still open then."""
    settings = make_settings(data, database_url=f"sqlite:{data / 'cho-phien.db'}")
    async with open_app(settings) as app:
        photo = data / "photo.jpg"
        photo.write_bytes(b"the pixels of a mango")
        key = await Objects(data / "files").keep(photo)
        async with app.state.shop.db.write() as connection:
            village = await queries.add_village(connection, code="loi", name="Bản Lói", commune="xã Mường Ảng",
                                                province="Điện Biên")
            household = await queries.add_household(connection, code="xuan2", village_id=village.id,
                                                    name="Lò Thị Xuân", phone="+84900000456", place="bản Lói")
            await connection.execute(
                "INSERT INTO photos (id, household_id, upload_key, object_key, width, height, created_ms) "
                "VALUES (?, ?, 'one', ?, 100, 100, ?)", (new_id(), household.id, key, now_ms()))
    return key


async def test_a_copy_is_whole_and_private_and_holds_what_the_database_names(tmp_path: Path) -> None:
    data, target = tmp_path / "data", tmp_path / "copy.tar"
    data.mkdir()
    key = await fill(data)

    done = backup(target, data=data)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("whole: ")
    assert target.stat().st_mode & 0o777 == 0o600
    with tarfile.open(target) as tar:
        assert sorted(tar.getnames()) == ["cho-phien.db", f"files/{key[:2]}/{key}"]


async def test_a_copy_taken_while_the_shop_writes_can_be_started_from(tmp_path: Path) -> None:
    data, target, fresh = tmp_path / "data", tmp_path / "copy.tar", tmp_path / "fresh"
    data.mkdir()
    await fill(data)
    with closing(sqlite3.connect(data / "cho-phien.db", isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE villages SET name = 'Bản chưa ghi xong'")

        done = backup(target, data=data)

        writing.execute("ROLLBACK")
    with tarfile.open(target) as tar:
        tar.extractall(fresh, filter="data")
    settings = make_settings(fresh, database_url=f"sqlite:{fresh / 'cho-phien.db'}")

    async with open_app(settings) as app, app.state.shop.db.read() as connection:
        villages = await queries.all_villages(connection)

    assert done.returncode == 0, done.stdout + done.stderr
    assert [village.name for village in villages] == ["Bản Lói"]


async def test_a_copy_that_lacks_a_file_or_holds_another_is_not_whole(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    key = await fill(data)
    place = Objects(data / "files").path(key)

    place.write_bytes(b"the pixels of another mango")
    changed = backup(tmp_path / "changed.tar", data=data)
    place.unlink()
    missing = backup(tmp_path / "missing.tar", data=data)

    assert changed.returncode == missing.returncode == 1
    assert f"files/{key[:2]}/{key} is not what was kept" in changed.stdout
    assert f"{key} is named in the database and missing" in missing.stdout


async def test_recordings_are_missed_as_photos_are(tmp_path: Path) -> None:
    data, target = tmp_path / "data", tmp_path / "copy.tar"
    data.mkdir()
    await fill(data)
    with closing(sqlite3.connect(data / "cho-phien.db")) as connection:
        connection.execute("INSERT INTO village_recordings (id, village_id, upload_key, object_key, seconds, created_ms) "
                           "SELECT 'r', id, 'k', 'ab.m4a', 9, 1 FROM villages")
        connection.execute("INSERT INTO village_pictures (village_id, spec_key, object_key, created_ms) "
                           "SELECT id, 'k', 'cd.jpg', 1 FROM villages")
        connection.commit()

    done = backup(target, data=data)

    assert done.returncode == 1 and "ab.m4a is named in the database and missing" in done.stdout + done.stderr
    assert "cd.jpg" not in done.stdout + done.stderr  # Drawn anew when somebody looks.


async def test_a_damaged_copy_is_found_by_reading_it_through(tmp_path: Path) -> None:
    data, target = tmp_path / "data", tmp_path / "copy.tar"
    data.mkdir()
    await fill(data)
    backup(target, data=data)
    target.write_bytes(target.read_bytes()[:20_000])

    cut = backup("--verify", target)
    target.write_bytes(b"no tar at all")
    foreign = backup("--verify", target)

    assert cut.returncode == foreign.returncode == 1
    assert "not whole" in cut.stdout and "not whole" in foreign.stdout


async def test_in_a_folder_only_the_newest_copies_stay_and_nothing_else_is_touched(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "copies"
    data.mkdir()
    folder.mkdir()
    await fill(data)
    for name in ("cho-phien-20260101T000000Z.tar", "cho-phien-20260102T000000Z.tar", "photos.tar"):
        (folder / name).write_bytes(b"")

    done = backup(folder, "--keep", 2, data=data)

    names = sorted(path.name for path in folder.iterdir())
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(names) == 3
    assert names[0] == "cho-phien-20260102T000000Z.tar" and names[2] == "photos.tar"


def test_nothing_is_left_where_there_is_no_shop_to_copy(tmp_path: Path) -> None:
    done = backup(tmp_path / "copy.tar", data=tmp_path / "nowhere")

    assert done.returncode == 1
    assert "no shop" in done.stdout
    assert list(tmp_path.iterdir()) == []
