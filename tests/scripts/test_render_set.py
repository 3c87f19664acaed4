"""What scripts/render.py leaves in its folder."""

from __future__ import annotations

import json
from pathlib import Path

import zxingcpp
from PIL import Image

from tests.media.cards import LINK, drawn_photo
from tests.scripts.test_render import render


def test_the_whole_set_is_written_and_listed(tmp_path: Path) -> None:
    done = render(tmp_path / "out", "--stock", "12.5", photo=str(drawn_photo(tmp_path)), place="Búng Lao",
                  household="Nhà Lò Thị Xuân", **{"bank-bin": "970436", "account": "1234567890",
                                                  "account-name": "LO THI XUAN"})

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    listed = json.loads((tmp_path / "out" / "manifest.json").read_text())
    files = ["square.jpg", "portrait.jpg", "story.jpg", "preview.jpg", "sign.pdf", "clip.mp4"]
    assert [entry["file"] for entry in listed] == files
    for entry in listed:
        assert set(entry) == {"file", "role", "width", "height", "bytes", "seconds"}
        assert entry["role"] == Path(entry["file"]).stem
        assert entry["bytes"] == (tmp_path / "out" / entry["file"]).stat().st_size
        assert (entry["seconds"] > 0) == (entry["role"] == "clip")
    with Image.open(tmp_path / "out" / "story.jpg") as story:
        assert [code.text for code in zxingcpp.read_barcodes(story)] == [LINK.upper()]
