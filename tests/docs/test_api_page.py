"""The examples of docs/api.md, run one after the other in a shell against a shop that serves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import missing
from tests.shop_process import running_shop

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(r"^```sh run\n(.*?)^```", (ROOT / "docs/api.md").read_text(encoding="utf-8"),
                      flags=re.DOTALL | re.MULTILINE)


def test_the_examples_of_the_api_page_run_as_they_stand(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        missing("curl", "on Debian: apt-get install curl")
    photo = tmp_path / "mango.jpg"
    subprocess.run([sys.executable, "-c", "import sys; from PIL import Image; "
                    "Image.new('RGB', (640, 480), '#e0a030').save(sys.argv[1])", str(photo)], check=True)
    script = "\n".join(["set -e", *(f"{example}\necho" for example in EXAMPLES)])

    with running_shop(tmp_path / "data", "--demo") as shop:
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=120, check=False,
                              env={**os.environ, "SHOP": shop.url, "KEY": shop.link("api-key"), "PHOTO": str(photo)})

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(EXAMPLES) == 6
    assert '"order_code":"CP' in done.stdout and '"network":"zalo"' in done.stdout
