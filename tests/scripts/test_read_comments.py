"""`read.py comments`: a livestream's comments, one answer a line, whatever comes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

READ = Path(__file__).resolve().parents[2] / "scripts" / "read.py"
BARE = [sys.executable, "-S", "-E", str(READ), "comments"]
CONTEXT = {"seller": "Sạp thử", "pinned": [
    {"code": "B1", "product": "bưởi da xanh", "units": ["quả"]},
    {"code": "B2", "product": "thịt trâu gác bếp", "units": ["kg", "túi"], "pack": "túi 500 g"}]}


@pytest.fixture
def context(tmp_path: Path) -> Path:
    path = tmp_path / "context.json"
    path.write_text(json.dumps(CONTEXT, ensure_ascii=False), encoding="utf-8")
    return path


def run(context: Path, sent: bytes) -> list[Any]:
    done = subprocess.run([*BARE, "--context", str(context)], input=sent, capture_output=True, timeout=60, check=True,
                          env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_every_line_is_answered_in_its_place_with_the_promised_keys(context: Path) -> None:
    lines = ["chốt em 2 quả da xanh 0912 345 678", "B2 còn không shop", "trâu nửa cân nhé"]

    answers = run(context, "".join(json.dumps({"text": line}, ensure_ascii=False) + "\n" for line in lines).encode())

    assert answers == [
        {"text": lines[0], "order": True, "items": [{"product": "B1", "quantity": 2, "unit": "quả"}], "phone": "+84912345678"},
        {"text": lines[1], "order": False, "items": [], "phone": None},
        {"text": lines[2], "order": True, "items": [{"product": "B2", "quantity": 0.5, "unit": "kg"}], "phone": None}]


def test_a_line_that_is_none_is_an_error_and_the_run_goes_on(context: Path) -> None:
    sent = b'{"text": 5}\nnot json\n[]\n{}\n\xff\xfe\n{"text": "ch\xe1\xbb\x91t 2 B1"}\n'

    answers = run(context, sent)

    assert [answer.keys() == {"error"} for answer in answers] == [True] * 5 + [False]
    assert answers[-1]["items"] == [{"product": "B1", "quantity": 2, "unit": None}]


@pytest.mark.parametrize("broken", ['{"pinned": []}', '{"pinned": [{"code": "B1"}]}', "[]", "no json", '{"pinned": [{"code": "B1", "product": "x", "units": 5}]}'])
def test_a_context_that_says_nothing_is_refused_before_any_line(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "context.json"
    path.write_text(broken, encoding="utf-8")

    done = subprocess.run([*BARE, "--context", str(path)], input=b'{"text":"B1"}\n', capture_output=True, timeout=60, check=False)

    assert done.returncode == 2 and done.stdout == b"" and b"--context" in done.stderr


def test_a_context_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    done = subprocess.run([*BARE, "--context", str(tmp_path / "none.json")], input=b"", capture_output=True, timeout=60, check=False)

    assert done.returncode == 2 and b"none.json" in done.stderr
