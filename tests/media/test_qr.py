"""Codes that phones read, and a module light enough for the server."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from media.qr import QUIET_MODULES, link_payload, qr_image, qr_modules, qr_png, qr_side_modules, qr_svg
from tests.media.cards import LINK


def test_an_upper_case_link_is_version_2_with_25_modules() -> None:
    assert len(qr_modules(link_payload(LINK))) == 25
    assert len(qr_modules(LINK)) > 25


def test_a_short_text_is_not_made_a_micro_code() -> None:
    assert len(qr_modules("K7M2")) == 21


def test_the_tile_has_whole_pixels_a_module_and_its_quiet_zone() -> None:
    payload = link_payload(LINK)

    tile = np.asarray(qr_image(payload, side_px=340).convert("L"))

    assert tile.shape == (330, 330)
    edge = QUIET_MODULES * 10
    assert (tile[:edge] == 255).all() and (tile[:, -edge:] == 255).all()
    modules = tile.reshape(33, 10, 33, 10)
    assert (modules.max(axis=(1, 3)) == modules.min(axis=(1, 3))).all()
    assert set(np.unique(tile)) == {17, 255}


def test_too_small_a_tile_is_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        qr_image(link_payload(LINK), side_px=40)


def test_the_png_reads_as_the_link() -> None:
    image = Image.open(io.BytesIO(qr_png(link_payload(LINK), module_px=6))).convert("RGB")

    assert [code.text for code in zxingcpp.read_barcodes(image)] == [LINK.upper()]


def test_the_svg_scales_and_names_its_quiet_zone_in_the_view_box() -> None:
    svg = qr_svg(link_payload(LINK), title="Mã đặt hàng")

    side = qr_side_modules(link_payload(LINK))
    assert f'viewBox="0 0 {side} {side}"' in svg
    assert "<title>Mã đặt hàng</title>" in svg
    assert " width=" not in svg.split(">", 1)[0]
    assert "style=" not in svg


def test_the_server_may_import_it_without_an_imaging_library() -> None:
    code = ("import sys; import media.qr; media.qr.qr_svg('A'); media.qr.qr_png('A');"
            "print(sorted({'PIL', 'numpy', 'cv2'} & set(sys.modules)))")

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).parents[2])

    assert said.stdout.strip() == "[]"
