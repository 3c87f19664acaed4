"""The pages of a show while others press, the line breaks and nobody looks: nothing typed is lost, and all is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.filming import until_moving
from tests.browser.on_air import OnAir, on_air_in
from tests.browser.phone import phone
from tests.web.kit import DESK

pytestmark = pytest.mark.browser

OFFLINE = "Chưa có mạng, chữ còn đây"
# A page that can be put out of sight, and a line that takes its time: an answer comes so late.
LINE_MS = 700
SLOW = """const real = window.fetch; window.fetched = 0; window.fetch = async (...how) => { window.fetched += 1;
  const answer = await real(...how); await new Promise((done) => setTimeout(done, %d)); return answer; };""" % LINE_MS
AWAY = """window.away = false; Object.defineProperty(document, 'hidden', { get: () => window.away });
window.look = (away) => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); };"""
# A browser that plays nothing before somebody has tapped, and nothing by itself.
UNWILLING = """const real = HTMLMediaElement.prototype.play; window.tapped = false;
addEventListener('click', () => { window.tapped = true; }, true);
HTMLMediaElement.prototype.canPlayType = () => '';
HTMLMediaElement.prototype.play = function () {
  return window.tapped ? real.call(this) : Promise.reject(new DOMException('', 'NotAllowedError')); };"""
QUIET_MS = 2000
AT_ONCE_MS = 300


@pytest.fixture(scope="module")
def on_air(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnAir]:
    with on_air_in(tmp_path_factory.mktemp("on-air")) as show:
        yield show


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """On two busy cores what comes in a moment elsewhere may take longer."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def lists_asked_for(page: Page, script: str = "0", ms: int = QUIET_MS) -> int:
    """How often the picture's list is fetched within so long after the script."""
    asked: list[Request] = []

    def hear(request: Request) -> None:
        if request.url.endswith(".m3u8"):
            asked.append(request)

    page.on("request", hear)
    page.evaluate(script)
    page.wait_for_timeout(ms)
    page.remove_listener("request", hear)
    return len(asked)


def test_what_is_typed_for_one_product_stays_with_it_while_others_press(chromium: Browser, on_air: OnAir) -> None:
    with phone(chromium, may_lose_the_line=True) as farmer:
        on_air.open_room(farmer)
        first, second = farmer.locator("#g-A1"), farmer.locator("#g-A2")
        picture = second.locator(".thumb, svg").first.bounding_box()
        button = second.get_by_role("button").bounding_box()
        assert picture and button and button["y"] < picture["y"] + picture["height"]

        # A flash price for the first, while the second is pinned.
        first.locator("summary", has_text="Giá chớp").click()
        first.get_by_label("Giá mới").fill("150.000")
        farmer.get_by_role("heading", name="Đang ghim").click()
        on_air.pin("A2")
        expect(second).to_have_class(re.compile("pinned"))
        expect(second.get_by_label("Giá mới")).to_be_hidden()
        expect(first.get_by_label("Giá mới")).to_have_value("150.000")
        first.get_by_role("button", name="Bật giá chớp").click()
        expect(first.get_by_text("Giá chớp đến")).to_be_visible()
        on_air.press("do/flash-over", pin="A1")
        expect(first.get_by_text("Giá chớp đến")).to_be_hidden()

        # What changes nothing in a fold leaves it as it is, even where it is open.
        second.locator("summary", has_text="Sửa còn lại").click()
        fold = second.locator("details[open]").element_handle()
        on_air.comment("nhìn ngon quá")
        expect(farmer.get_by_text("nhìn ngon quá")).to_be_visible()
        assert fold.evaluate("fold => fold.isConnected && fold.open")

        # Without a line a press says so and keeps what was typed; with one it goes out.
        second.get_by_label("Còn bao nhiêu kg?").fill("55")
        farmer.context.set_offline(True)
        second.get_by_role("button", name="Lưu").click()
        expect(second.get_by_text(OFFLINE)).to_be_visible()
        expect(second.get_by_label("Còn bao nhiêu kg?")).to_have_value("55")
        farmer.context.set_offline(False)
        second.get_by_role("button", name="Lưu").click()
        expect(second).to_contain_text("Còn 55 kg")
        expect(farmer.get_by_text(OFFLINE)).to_be_hidden()


def test_a_busy_room_is_renewed_after_a_refused_stream_and_on_return(chromium: Browser, on_air: OnAir) -> None:
    with phone(chromium, refusals=(502,)) as farmer:
        farmer.add_init_script(SLOW + AWAY)
        farmer.route("**/control/events**", lambda route: route.fulfill(status=502), times=1)
        on_air.open_room(farmer)
        lines = farmer.locator(".comments .words", has_text="lời số")

        # Something happens more often than a page takes to come: what came before is shown meanwhile.
        for number in range(14):
            on_air.comment(f"lời số {number}")
            farmer.wait_for_timeout(LINE_MS // 2)
        assert lines.count() > 0
        expect(lines).to_have_count(14)

        # Out of sight nothing is fetched; back before the eyes everything at once.
        farmer.evaluate("window.look(true); window.fetched = 0")
        on_air.comment("lời số cuối")
        farmer.wait_for_timeout(QUIET_MS)
        assert farmer.evaluate("window.fetched") == 0
        farmer.evaluate("window.look(false)")
        expect(lines).to_have_count(15)


def test_where_a_tap_is_wanted_first_the_picture_waits_for_it_and_out_of_sight_it_rests(
        chromium: Browser, on_air: OnAir) -> None:
    on_air.film(8.0)
    with phone(chromium, may_lose_the_line=True) as viewer, phone(chromium) as other:
        other.add_init_script(AWAY)
        other.goto(on_air.link)
        until_moving(other)
        other.evaluate("window.look(true)")
        viewer.add_init_script(UNWILLING + AWAY)
        viewer.goto(on_air.link)
        expect(viewer.get_by_role("button", name="Bấm để xem")).to_be_visible()
        assert lists_asked_for(viewer) == 0
        expect(viewer.locator("[data-slate]")).to_be_hidden()

        viewer.get_by_role("button", name="Bấm để xem").click()
        until_moving(viewer)
        expect(viewer.get_by_role("button", name="Bấm để xem")).to_be_hidden()

        # Who only has the page open somewhere costs nothing; who listens goes on listening.
        viewer.evaluate("window.look(true)")
        viewer.wait_for_timeout(QUIET_MS // 2)
        assert lists_asked_for(viewer) == 0
        assert lists_asked_for(viewer, "window.look(false)", ms=AT_ONCE_MS) > 0
        viewer.get_by_role("button", name="Bật tiếng").click()
        viewer.evaluate("window.look(true)")
        viewer.wait_for_timeout(QUIET_MS // 2)
        assert lists_asked_for(viewer) > 0

        # After an outage what is on air now is fetched, not what was missed.
        fetched: list[str] = []
        viewer.on("request", lambda request: fetched.append(request.url))
        viewer.context.set_offline(True)
        on_air.film(20.0, begin=20.0)
        viewer.context.set_offline(False)
        viewer.wait_for_timeout(QUIET_MS)
        pieces = sorted({int(number) for url in fetched for number in re.findall(r"segment-(\d+)", url)})
        assert len(pieces) == 3 and pieces[0] > 6

        # Where the browser plays by itself it is the same.
        assert "blob:" not in other.evaluate("document.querySelector('video').currentSrc") and lists_asked_for(other) == 0
        other.evaluate("window.look(false)")
        until_moving(other)


def test_a_buyer_beside_the_picture_keeps_what_was_typed_and_ordered(chromium: Browser, on_air: OnAir) -> None:
    with phone(chromium, viewport=DESK, refusals=(409, 502), may_lose_the_line=True) as buyer:
        buyer.route("**/state**", lambda route: route.fulfill(status=502), times=1)
        on_air.pin("A1")
        buyer.goto(on_air.link)
        title, placed = buyer.locator("[data-sheet] h2").first, buyer.get_by_text("Đã đặt.")
        send = buyer.get_by_role("button", name="Gửi đơn")

        # Another is pinned: its form has the words that were typed into the first.
        for label, words in (("Tên", "Thu Hà"), ("Số điện thoại", "0900 000 123"), ("Giao tới đâu?", "12 ngõ 5")):
            buyer.get_by_label(label, exact=True).fill(words)
        buyer.get_by_role("heading", level=1).click()
        on_air.pin("A2")
        expect(title).to_have_text("Bưởi da xanh")
        expect(buyer.get_by_label("Tên", exact=True)).to_have_value("Thu Hà")

        # The price changes while the form is being filled in: said once, then it goes out. The order stays to be read.
        buyer.get_by_label("Giao tới đâu?").fill("12 ngõ 5, phường Mường Thanh")
        on_air.flash("A2", "20.000")
        send.click()
        expect(buyer.get_by_text("Giá vừa đổi thành 20.000đ.")).to_be_visible()
        expect(buyer.get_by_label("Giao tới đâu?")).to_have_value("12 ngõ 5, phường Mường Thanh")
        send.click()
        expect(placed).to_be_visible()
        on_air.pin("A1")
        expect(buyer.locator("[data-field=name]")).to_have_text("Thịt trâu gác bếp")
        expect(placed).to_be_visible()

        # Seen, the next form takes its place, not the line that somebody is writing; without a network neither is lost.
        buyer.get_by_role("link", name="Xem tiếp", exact=True).click()
        expect(title).to_have_text("Thịt trâu gác bếp")
        question = buyer.get_by_label("Hỏi nhà bán")
        question.press_sequentially("còn mấy túi?")
        on_air.pin("A2")
        expect(title).to_have_text("Bưởi da xanh")
        expect(question).to_be_focused()
        on_air.pin("A1")
        expect(title).to_have_text("Thịt trâu gác bếp")
        buyer.context.set_offline(True)
        question.press("Enter")
        send.click()
        expect(buyer.get_by_text(OFFLINE)).to_have_count(2)
        expect(question).to_have_value("còn mấy túi?")
        buyer.context.set_offline(False)

        # The end takes nobody away from an order, nor does the end of the show's price; afterwards the page goes on.
        on_air.flash("A1", "160.000")
        buyer.get_by_role("heading", level=1).click()
        expect(buyer.locator(".offer-line")).to_contain_text("160.000đ")
        buyer.get_by_label("Tên", exact=True).fill("Thu Hà, tổ 4")
        on_air.press("do/end")
        expect(buyer.get_by_text("Buổi phát đã hết.")).to_be_visible()
        expect(buyer.get_by_label("Tên", exact=True)).to_have_value("Thu Hà, tổ 4")
        send.click()
        expect(buyer.get_by_text("Giá vừa đổi thành 170.000đ.")).to_be_visible()
        expect(buyer.get_by_label("Tên", exact=True)).to_have_value("Thu Hà, tổ 4")
        send.click()
        expect(placed).to_be_visible()
        buyer.get_by_role("link", name="Xem tiếp", exact=True).click()
        expect(buyer.get_by_role("heading", name="Hàng đã bán")).to_be_visible()
