"""Colours that can be read, style sheets that stay small, and pages that the content policy lets be."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from tests.web import kit, kit_data

TEXT_NEEDS = 4.5  # WCAG 2.2, 1.4.3
SHAPES_NEED = 3.0  # WCAG 2.2, 1.4.11
TOKENS = (kit.FOLDER / "static/css/parts/tokens.css").read_text()
KINDS = ("grapefruit", "mango", "dried_meat", "other")

PAIRS = [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("cham", "paper"), ("cham", "card"),
         ("on-fill", "fill"), ("cham", "cham-soft"), ("ink", "cham-soft"), ("la", "la-soft"), ("nghe", "nghe-soft"),
         ("son", "son-soft"), ("son", "paper"), ("son", "card"), ("ink", "son-soft"), ("ink", "nghe-soft"),
         ("card", "son"), ("paper", "la"), ("kind", "kind-soft"), ("kind", "paper"), ("kind", "card")]


def colours(*, dark: bool, kind: str) -> dict[str, str]:
    """Every token as it is in this scheme on a page of this kind."""
    light_css, dark_css = TOKENS.split("@media (prefers-color-scheme: dark)")
    found: dict[str, str] = {}
    for css in (light_css, dark_css) if dark else (light_css,):
        for block in (r":root \{(.*?)\}", rf"\.kind-{kind} \{{(.*?)\}}"):
            match = re.search(block, css, re.S)
            assert match, block
            found |= dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", match[1]))
    return found


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio by WCAG 2.2, 1 to 21."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_stand_out_from_their_ground_in_every_pair(dark: bool, kind: str) -> None:
    tokens = colours(dark=dark, kind=kind)

    faint = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in PAIRS
             if contrast(tokens[pair[0]], tokens[pair[1]]) < TEXT_NEEDS}

    assert faint == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_borders_of_fields_and_the_bar_of_a_helper_can_be_seen(dark: bool) -> None:
    tokens = colours(dark=dark, kind="other")

    assert contrast(tokens["line"], tokens["paper"]) >= SHAPES_NEED
    assert contrast("#FFFFFF", tokens["bar"]) >= TEXT_NEEDS


def test_a_buyers_page_with_its_style_sheet_is_under_nine_kilobytes() -> None:
    html = kit.render("orders/product.html", path="/o/K7M2", **kit_data.product())

    page_bytes = len(gzip.compress(html.encode(), 6))
    style_bytes = len(gzip.compress(kit.stylesheet("css/buyer.css"), 6))

    assert style_bytes <= 5_000
    assert page_bytes + style_bytes <= 9_000


def pages() -> list[tuple[str, dict[str, Any]]]:
    """Every page of the kit with data."""
    states = ("to_pay", "expired", "placed", "packing", "sent", "done", "cancelled")
    return [("orders/product.html", kit_data.product()), ("orders/product.html", kit_data.product(**kit_data.MISTAKEN)),
            ("orders/product.html", kit_data.product(sold_out=True)), ("kit.html", {"photos": ()}),
            ("households/home.html", kit_data.home()), ("households/home.html", kit_data.home(first_day=True, helps=True)),
            *(("orders/order.html", kit_data.order(state)) for state in states)]


@pytest.mark.parametrize(("template", "context"), pages())
def test_a_page_holds_no_style_and_no_code_of_its_own(template: str, context: dict[str, Any]) -> None:
    html = kit.render(template, **context)

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert all("src=" in tag or "ld+json" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_a_buyer_needs_no_script_to_order() -> None:
    html = kit.render("orders/product.html", **kit_data.product())

    assert re.findall(r"<script[^>]*>", html) == ['<script type="application/ld+json">']


def test_what_people_typed_is_shown_as_text() -> None:
    typed = {"name": '"><script>alert(1)</script>'}

    html = kit.render("orders/product.html", **kit_data.product(values=typed, errors={"name": "<b>sai</b>"}))

    assert "<script>alert" not in html
    assert "&lt;b&gt;sai" in html


def test_every_icon_and_picture_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'^  "([a-z_]+)": ', (kit.FOLDER / "_macros/icons.html").read_text(), re.M))
    templates = {path: path.read_text() for path in kit.FOLDER.rglob("*.html")}

    named = {(path.name, name) for path, text in templates.items() for name in re.findall(r'\bicon\("([a-z_]+)"\)', text)}

    assert {(page, name) for page, name in named if name not in drawn} == set()
