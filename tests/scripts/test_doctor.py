"""The doctor finds what is wrong with a shop, says what to do, and changes nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cast import make_settings, open_app

DOCTOR = Path(__file__).resolve().parents[2] / "scripts" / "doctor.py"


def ask(data: Path, *, port: int = 0, **environment: str) -> tuple[int, dict[str, str]]:
    """The doctor's verdict and, by what was looked at, its line. Port 0 is always free."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHO_PHIEN_")}
    done = subprocess.run([sys.executable, str(DOCTOR), "--data", str(data), "--port", str(port)], timeout=120,
                          capture_output=True, text=True, check=False, env=kept | environment)
    assert done.stderr == ""
    lines = {line[6:].split(":", 1)[0]: line for line in done.stdout.splitlines()}
    return done.returncode, lines


async def make_shop(data: Path) -> Path:
    """A shop that has run once; gives back its database."""
    data.mkdir()
    path = data / "cho-phien.db"
    async with open_app(make_settings(data, database_url=f"sqlite:{path}")):
        pass
    return path


@contextmanager
def listening(answer: bytes) -> Iterator[int]:
    """The port of another program of this machine that answers one caller."""
    code = ("import socket,sys\ns = socket.create_server(('127.0.0.1', 0))\nprint(s.getsockname()[1], flush=True)\n"
            "c, _ = s.accept()\nc.recv(4096)\nc.sendall(sys.stdin.buffer.read())\nc.close()")
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None and program.stdout is not None
        program.stdin.write(answer)
        program.stdin.close()
        try:
            yield int(program.stdout.readline())
        finally:
            program.kill()


async def test_a_machine_that_runs_the_tests_and_a_shop_that_has_run_are_well(tmp_path: Path) -> None:
    await make_shop(tmp_path / "data")

    status, lines = ask(tmp_path / "data")

    assert status == 0, lines
    assert lines["ffmpeg"].startswith("ok    ffmpeg: ffmpeg version")
    assert lines["database"].startswith("ok    database: cho-phien.db is whole")
    assert {"Python", "packages", "fonts", "photos", "disk", "data folder", "clock", "memory"} <= lines.keys()


def test_looking_makes_nothing(tmp_path: Path) -> None:
    status, lines = ask(tmp_path / "data")

    assert status == 0, lines
    assert "the first start makes it" in lines["database"]
    assert list(tmp_path.iterdir()) == []


async def test_a_damaged_database_is_found_with_what_to_do(tmp_path: Path) -> None:
    path = await make_shop(tmp_path / "data")
    content = bytearray(path.read_bytes())
    content[4096:40_960] = os.urandom(36_864)
    path.write_bytes(content)

    status, lines = ask(tmp_path / "data")

    assert status == 1
    assert lines["database"].startswith("WRONG database: the database")
    assert "restore the last copy" in lines["database"]


def test_a_port_that_another_program_has_is_found(tmp_path: Path) -> None:
    with listening(b"HTTP/1.0 200 OK\r\n\r\nhello") as port:
        status, lines = ask(tmp_path / "data", port=port)

    assert status == 1
    assert "another program" in lines[f"port {port}"]


def test_a_shop_that_serves_already_is_known_by_its_answer(tmp_path: Path) -> None:
    with listening(b'HTTP/1.0 200 OK\r\n\r\n{"status":"ok"}') as port:
        status, lines = ask(tmp_path / "data", port=port)

    assert status == 0, lines
    assert "a shop answers there already" in lines[f"port {port}"]


def test_an_address_without_tls_is_noted_and_one_with_it_is_well(tmp_path: Path) -> None:
    _, plain = ask(tmp_path / "data", CHO_PHIEN_URL="http://chophien.example")
    _, safe = ask(tmp_path / "data", CHO_PHIEN_URL="https://chophien.example")

    assert plain["address"].startswith("note  address: http://chophien.example")
    assert safe["address"].startswith("ok    address: https://chophien.example")


def test_a_postgresql_that_does_not_answer_is_wrong_and_its_password_is_not_shown(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        held.close()
        status, lines = ask(tmp_path / "data",
                            CHO_PHIEN_DATABASE=f"postgresql://shop:geheim@127.0.0.1:{port}/shop")

    assert status == 1
    assert lines["database"].startswith("WRONG database: PostgreSQL does not answer")
    assert "geheim" not in "".join(lines.values())
