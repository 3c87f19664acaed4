"""The kit and the first pages as people see them: small phones, big type, dark, desks, no script."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route, expect

from tests.web import kit, kit_data

pytestmark = pytest.mark.browser

# One red dot stands for every photo: what is measured here is the page around it.
DOT = (b"GIF89a\x01\x00\x01\x00\x80\x01\x00\xc8\x32\x32\x00\x00\x00!\xf9\x04\x01\x00\x00\x01\x00"
       b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")

def order_page(state: str) -> str:
    """The order page in this state."""
    return kit.render("orders/order.html", **kit_data.order(state))


PAGES: dict[str, Callable[[], str]] = {
    "kit": lambda: kit.render("kit.html", photos=[kit_data.Thing(id="7", url="/photo/a.jpg")],
                              errors={"phone": "Thiếu 2 số. Cần đủ 10 số."}, values={"phone": "0900 00 12"}),
    "product": lambda: kit.render("orders/product.html", **kit_data.product()),
    "mistake": lambda: kit.render("orders/product.html", **kit_data.product(**kit_data.MISTAKEN)),
    "sold-out": lambda: kit.render("orders/product.html", **kit_data.product(sold_out=True)),
    "home": lambda: kit.render("households/home.html", **kit_data.home(helps=True)),
    "first-day": lambda: kit.render("households/home.html", **kit_data.home(first_day=True)),
    **{state: partial(order_page, state) for state in ("to_pay", "expired", "packing", "cancelled")},
}
VIEWS = {"phone": kit.PHONE, "small": kit.SMALL, "desk": kit.DESK, "lying": {"width": 740, "height": 360}}


def photos(route: Route) -> kit.Answer | None:
    """A dot for every picture."""
    return (200, "image/gif", DOT) if "/photo/" in route.request.url else None


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_window_and_is_easy_to_press(chromium: Browser, name: str) -> None:
    with kit.shown(chromium, PAGES[name](), answers=photos) as page:
        for view, size in VIEWS.items():
            page.set_viewport_size({"width": size["width"], "height": size["height"]})

            assert kit.sideways_px(page) <= 0, view
            assert kit.small_targets(page) == [], view


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_small_window_with_big_type(chromium: Browser, name: str) -> None:
    with kit.shown(chromium, PAGES[name](), viewport=kit.SMALL, big=True, answers=photos) as page:
        assert kit.sideways_px(page) <= 0
        assert kit.small_targets(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_and_in_dark(chromium: Browser, name: str) -> None:
    with kit.shown(chromium, PAGES[name](), answers=photos) as page:
        light = Axe().run(page)
        page.emulate_media(color_scheme="dark")
        dark = Axe().run(page)

    assert light.violations_count == 0, light.generate_report()
    assert dark.violations_count == 0, dark.generate_report()


def test_the_call_to_order_stays_in_reach_and_leaves_before_the_form(chromium: Browser) -> None:
    with kit.shown(chromium, PAGES["product"](), answers=photos, java_script_enabled=False) as page:
        call = page.get_by_role("link", name="Đặt mua")
        expect(call).to_be_in_viewport(ratio=1)

        call.click()

        expect(page.get_by_role("heading", name="Đặt mua")).to_be_in_viewport()
        expect(call).not_to_be_in_viewport()


def test_the_form_follows_what_was_chosen_without_script(chromium: Browser) -> None:
    with kit.shown(chromium, PAGES["product"](), answers=photos, java_script_enabled=False) as page:
        expect(page.get_by_label("Giao tới đâu?")).to_be_visible()
        expect(page.get_by_label("Số muốn mua")).to_be_hidden()

        page.get_by_label("2 túi").check()
        page.get_by_label("Đến lấy").check()
        expect(page.locator(".total b:visible")).to_have_text("340.000đ")
        expect(page.get_by_label("Giao tới đâu?")).to_be_hidden()

        page.get_by_label("Số khác").check()
        expect(page.get_by_label("Số muốn mua")).to_be_visible()


def test_a_mistake_is_told_at_its_field_and_keeps_what_was_typed(chromium: Browser) -> None:
    with kit.shown(chromium, PAGES["mistake"](), answers=photos) as page:
        phone = page.get_by_label("Số điện thoại")

        expect(phone).to_have_value("0900 00 12")
        expect(phone).to_have_accessible_description(kit_data.MISTAKEN["errors"]["phone"])
        expect(page.get_by_label("Tên", exact=True)).to_have_value("Thu Hà")


def test_a_first_view_takes_five_requests(chromium: Browser) -> None:
    asked: list[str] = []

    def count(route: Route) -> kit.Answer | None:
        asked.append(route.request.resource_type)
        return photos(route)

    with kit.shown(chromium, PAGES["product"](), answers=count):
        assert sorted(asked) == ["document", "font", "font", "image", "stylesheet"]


def test_nothing_moves_for_those_who_asked_for_stillness(chromium: Browser) -> None:
    with kit.shown(chromium, PAGES["kit"](), answers=photos, reduced_motion="reduce") as page:
        assert page.locator(".weave rect").evaluate("(rect) => getComputedStyle(rect).transitionDuration") == "0s"


def test_the_dock_lets_go_on_a_window_without_height(chromium: Browser) -> None:
    with kit.shown(chromium, PAGES["kit"](), answers=photos, viewport={"width": 360, "height": 500}) as page:
        assert page.locator("body > .dock").evaluate("(dock) => getComputedStyle(dock).position") == "static"
