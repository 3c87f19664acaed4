"""scripts/render.py as an outsider runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.media.cards import LINK

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "render.py"
PRODUCT = {"--kind": "mango", "--name": "Xoài Tuần Giáo", "--price": "25000", "--unit": "kg", "--link": LINK}


def render(out_dir: Path, *more: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """The script's run with a whole product, some options changed (`price="0"`) or added."""
    options = {**PRODUCT, **{f"--{name}": value for name, value in changes.items()}}
    words = [word for option in options.items() for word in option]
    return subprocess.run([sys.executable, SCRIPT, *words, *more, "--out", out_dir], capture_output=True, text=True,
                          check=False)


@pytest.mark.parametrize(("change", "said"), [
    ({"price": "0"}, "whole đồng above 0"),
    ({"price": "25.000"}, "whole đồng above 0"),
    ({"kind": "durian"}, "invalid choice"),
    ({"name": " "}, "a name has 1 to 80 characters"),
    ({"name": "x" * 81}, "a name has 1 to 80 characters"),
    ({"link": "ftp://chophien.example/o/K7M2"}, "not an http or https link"),
    ({"stock": "nhiều"}, "not a number of units"),
    ({"photo": "/nowhere/at-all.jpg"}, "no such file"),
    ({"packed-on": "24/11/2026"}, "not a day such as"),
    ({"packed-on": "2026-11-24", "best-before": "2026-11-01"}, "lies before"),
    ({"account": "123456789"}, "belong together"),
    ({"bank-bin": "97043", "account": "123456789", "account-name": "LO THI XUAN"}, "--bank-bin"),
])
def test_a_bad_option_is_told_and_ends_with_2(change: dict[str, str], said: str, tmp_path: Path) -> None:
    done = render(tmp_path / "out", **change)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"", b"<html>not a photo</html>", b"\xff\xd8\xff\xe0 broken"])
def test_an_unreadable_photo_is_told_and_ends_with_2(content: bytes, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(content)

    done = render(tmp_path / "out", photo=str(photo))

    assert done.returncode == 2
    assert f"the photo {photo} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").glob("*"))


def test_a_recording_that_holds_no_voice_is_told_and_ends_with_2(tmp_path: Path) -> None:
    voice = tmp_path / "voice.m4a"
    voice.write_text("not a recording")

    done = render(tmp_path / "out", voice=str(voice))

    assert done.returncode == 2
    assert f"the recording {voice} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made_is_told_and_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    done = render(tmp_path / "taken" / "out")

    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_help_names_every_option_that_outsiders_rely_on(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True)

    for option in ("--photo", "--voice", "--kind", "--name", "--price", "--unit", "--stock", "--place", "--household",
                   "--bank-bin", "--account", "--account-name", "--packed-on", "--best-before", "--link", "--out"):
        assert option in done.stdout
