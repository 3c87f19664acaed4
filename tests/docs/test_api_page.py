"""The examples of docs/api.md, run one after the other in a shell against a shop that serves."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import missing

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(r"^```sh run\n(.*?)^```", (ROOT / "docs/api.md").read_text(encoding="utf-8"),
                      flags=re.DOTALL | re.MULTILINE)


@pytest.fixture
def links(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What a demo shop prints, the first of each kind; it serves until the test is over."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHO_PHIEN_")}
    command = [sys.executable, str(ROOT / "scripts/run.py"), "--demo", "--port", str(port), "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=kept) as shop:
        found: dict[str, str] = {}
        assert shop.stdout is not None
        while "sepay-key" not in found:
            line = shop.stdout.readline()
            assert line, f"the shop ended after {found}"
            name, _, value = line.strip().partition(" ")
            found.setdefault(name, value)
        try:
            yield found
        finally:
            shop.terminate()


def test_the_examples_of_the_api_page_run_as_they_stand(links: dict[str, str], tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        missing("curl", "on Debian: apt-get install curl")
    photo = tmp_path / "mango.jpg"
    subprocess.run([sys.executable, "-c", "import sys; from PIL import Image; "
                    "Image.new('RGB', (640, 480), '#e0a030').save(sys.argv[1])", str(photo)], check=True)
    script = "\n".join(["set -e", *(f"{example}\necho" for example in EXAMPLES)])

    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=120, check=False,
                          env={**os.environ, "SHOP": links["stalls"].rstrip("/"), "KEY": links["api-key"],
                               "PHOTO": str(photo)})

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(EXAMPLES) == 6
    assert '"order_code":"CP' in done.stdout and '"network":"zalo"' in done.stdout
