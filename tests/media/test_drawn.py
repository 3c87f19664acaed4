"""Products drawn by code."""

from __future__ import annotations

import numpy as np
import pytest

from media.drawn.product import draw_product
from media.spec import KINDS


@pytest.mark.parametrize("size", [(320, 240), (240, 320), (1500, 300)])
def test_a_drawing_has_the_size_asked_for(size: tuple[int, int]) -> None:
    drawn = draw_product("mango", *size)

    assert drawn.size == size
    assert drawn.mode == "RGB"


def test_a_drawing_larger_than_the_working_size_is_scaled_to_it() -> None:
    assert draw_product("other", 2800, 700).size == (2800, 700)


def test_the_same_arguments_give_the_same_drawing_and_a_seed_another() -> None:
    first = draw_product("grapefruit", 300, 225, seed=4)

    assert draw_product("grapefruit", 300, 225, seed=4).tobytes() == first.tobytes()
    assert draw_product("grapefruit", 300, 225, seed=5).tobytes() != first.tobytes()


def test_each_kind_looks_its_own() -> None:
    middles = [np.asarray(draw_product(kind, 320, 240))[60:180, 80:240].mean(axis=(0, 1)) for kind in KINDS]

    for at, one in enumerate(middles):
        for other in middles[at + 1:]:
            assert np.abs(one - other).max() > 12


def test_a_drawing_has_light_and_shadow_like_a_photo() -> None:
    grey = np.asarray(draw_product("dried_meat", 400, 300).convert("L"))

    dark, light = np.percentile(grey, (2, 98))
    assert dark < 60
    assert light > 165
