"""A whole show in real browsers: a phone that films (Chromium's fake camera), a control room, two viewers; an outage in
which the phone's page is killed; afterwards recording, pieces and report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.filming import (
    IN_ZALO,
    LEFT_ON_THE_PHONE,
    ODD_CAMERA,
    PICTURE_MS,
    REMEMBER,
    camera_browser,
    fetched,
    hold_to_end,
    plan,
    recorded_so_far,
    reopened,
    seconds_of,
    until_moving,
    until_on_the_picture,
)
from tests.browser.phone import phone
from tests.browser.test_every_page import look_at
from tests.shop_process import ShopProcess
from tests.web.kit import DESK

pytestmark = pytest.mark.browser

TEN = """Ngọc Bùi: A1 lấy 2 túi nhé, 0912345321
Tuấn Phạm: ship Hà Nội bao nhiêu ạ?
Hạnh: nhìn ngon quá
Mạnh Hùng: cho 5 cân
Thu: chị ơi còn hàng k
Lan Anh: chốt 1 túi A1
Bích: em ck rồi nhé CP9H2
shop.xyz: vay nhanh ib em
Cô Mai: 2 chai A3 nhé
Nguyễn Thị Phương Thảo Điện Biên: lấy cho chị 3kg A2"""
GOODS = ("Thịt trâu gác bếp", "Bưởi da xanh", "Mật ong rừng")

WAIT_MS = 20_000
OUTAGE_MS = 2_000
CUT_MS = 60_000


@pytest.fixture(scope="module")
def filming() -> Iterator[Browser]:
    """A browser whose camera and microphone are Chromium's own fake ones."""
    with camera_browser() as browser:
        yield browser


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Several lives of pictures and browsers on two cores: what comes in a moment elsewhere may take longer here."""
    expect.set_options(timeout=WAIT_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def planned(filming: Browser, demo: ShopProcess) -> Iterator[tuple[Page, str, str]]:
    """The farmer's phone on the page of a planned show of three goods, the page's address, and the public one."""
    for name, price, unit, stock in (("Mật ong rừng", 200_000, "chai", 12), ("Thịt trâu gác bếp", 170_000, "túi", 4)):
        made = httpx.post(f"{demo.url}/api/v1/listings", headers={"Authorization": f"Bearer {demo.link('api-key')}"},
                          json={"kind": "other", "name": name, "price_vnd": price, "unit": unit, "stock": stock})
        assert made.status_code == 201, made.text
    with phone(filming, may_lose_the_line=True, permissions=["camera", "microphone"]) as farmer:
        link = plan(farmer, demo, "Thịt, bưởi, mật ong", GOODS)
        assert look_at(farmer) == []
        yield farmer, farmer.url, link


def test_a_whole_show(filming: Browser, demo: ShopProcess, planned: tuple[Page, str, str], tmp_path: Path) -> None:
    camera, room, link = planned
    with phone(filming, viewport=DESK) as helper, phone(filming) as viewer, phone(filming) as other:
        other.add_init_script("HTMLMediaElement.prototype.canPlayType = () => ''")  # This one plays by Media Source.
        steps.open_stall(helper, demo.link("helper"))

        # On air by one tap, though it is pressed twice; the picture is on both viewers' pages and in the room.
        camera.add_init_script(REMEMBER)
        camera.get_by_role("link", name=re.compile("Thử máy ảnh")).click()
        expect(camera.get_by_text("Chỉ mình thấy")).to_be_visible()
        camera.get_by_role("button", name="Bắt đầu phát").dblclick()
        expect(camera.locator("[data-badge]")).to_be_visible()
        for page, address in ((viewer, link), (other, link), (helper, room)):
            page.goto(address)
        for page in (viewer, other, helper):
            until_moving(page)
        assert "blob:" in str(other.evaluate("document.querySelector('video').src"))
        expect(viewer.locator("[data-field=name]")).to_have_text(GOODS[0])
        expect(helper.get_by_text("2 người xem")).to_be_visible()
        helper.get_by_text("Xem hình").click()
        expect(helper.locator("video")).to_be_hidden()

        # Ten comments are pasted; one tap makes an order, and who watches sees that somebody bought.
        helper.get_by_text("Dán bình luận").click()
        helper.locator("#pasted").fill(TEN)
        helper.get_by_role("button", name="Đọc bình luận").click()
        expect(helper.locator(".comments li")).to_have_count(10)
        expect(helper.get_by_text("09•• ••• 321").first).to_be_visible()
        expect(helper.locator(".draft .button.fill")).to_have_count(1)
        helper.locator(".draft", has_text="Mạnh Hùng").get_by_role("button", name=re.compile("A2|Bỏ")).first.wait_for()
        assert look_at(helper) == []
        helper.set_viewport_size(DESK)
        helper.locator(".draft", has_text="Ngọc Bùi").get_by_role("button", name="Chốt đơn").click()
        expect(helper.get_by_role("heading", name="Đã chốt, gửi mã cho khách")).to_be_visible()
        expect(viewer.get_by_text("Vừa có người mua 2 túi")).to_be_visible()
        claim = helper.locator(".claim").first.inner_text()

        # Three pins: the first was on air from the beginning, the room pins the second, the phone the third. Meanwhile
        # the sound is one switch for both.
        helper.get_by_role("button", name="Ghim tiếp").click()
        expect(camera.locator("[data-field=name]")).to_have_text(GOODS[1])
        helper.get_by_role("button", name="Tắt tiếng").click()
        expect(camera.get_by_text("Đang tắt tiếng, người xem không nghe gì.")).to_be_visible()
        camera.get_by_role("button", name="Bật tiếng").click()
        expect(helper.get_by_role("button", name="Tắt tiếng")).to_be_visible()
        until_on_the_picture(helper, link, "A2")
        camera.get_by_role("button", name="Ghim tiếp").click()
        for page in (viewer, other):
            expect(page.locator("[data-field=name]")).to_have_text(GOODS[2])
        expect(viewer.locator("[data-sheet] h2").first).to_have_text(GOODS[2])

        # One orders without leaving the video, while somebody counts what is left of it: both count.
        helper.locator("#g-A3 summary", has_text="Sửa còn lại").click()
        helper.get_by_label("Còn bao nhiêu chai?").fill("8")
        viewer.get_by_role("link", name=re.compile("Mua · 200.000đ")).click()
        viewer.get_by_label("Tên", exact=True).fill("Thu Hà")
        viewer.get_by_label("Số điện thoại").fill("0900 000 123")
        viewer.get_by_label("Giao tới đâu?").fill("12 ngõ 5, phường Mường Thanh")
        viewer.get_by_role("button", name="Gửi đơn").click()
        expect(viewer.get_by_text("Đã đặt.")).to_be_visible()
        assert viewer.url.startswith(link)
        expect(helper.locator(".pins .pinned")).to_contain_text("Còn 9 chai")
        helper.locator(".pins .pinned").get_by_role("button", name="Lưu").click()
        expect(helper.locator(".pins .pinned")).to_contain_text("Còn 7 chai · giữ 2 chai · 1 đơn")
        expect(helper.get_by_label("Còn bao nhiêu chai?")).to_be_hidden()
        expect(viewer.locator("[data-left=A3]").first).to_have_text("Còn 7 chai")
        assert look_at(viewer) == []

        # The line breaks, and in the middle of it the phone's page is killed. Opened again it sends the rest.
        camera.get_by_role("button", name="Tắt sáng").click()
        camera.get_by_text("Chạm để sáng lại").click()
        camera.context.set_offline(True)
        expect(camera.get_by_text("Cứ nói tiếp.")).to_be_visible()
        camera.wait_for_timeout(OUTAGE_MS)
        address, context, recorded = camera.url, camera.context, recorded_so_far(camera)
        camera.close()
        context.set_offline(False)
        camera = reopened(context, address)
        expect(camera.get_by_text(re.compile(r"Còn \d+ giây hình chưa gửi. Đang gửi nốt."))).to_be_visible()
        camera.get_by_role("button", name="Bắt đầu quay").click()
        expect(camera.locator("[data-rest]")).to_be_hidden(timeout=PICTURE_MS)
        expect(camera.locator("[data-badge]")).to_have_text("Đang phát")
        until_moving(other)
        expect(camera.locator("[data-trouble]")).to_be_hidden()

        # Who was confirmed fills in the rest with the code.
        viewer.goto(f"{demo.url}/x")
        viewer.get_by_label("Mã").fill(claim)
        viewer.get_by_role("button", name="Xem đơn").click()
        assert look_at(viewer) == []
        viewer.get_by_label("Tên", exact=True).fill("Ngọc Bùi")
        viewer.get_by_label("Số điện thoại").fill("0912 345 321")
        viewer.get_by_label("Giao tới đâu?").fill("Tổ 4, phường Điện Biên Phủ")
        viewer.get_by_role("button", name=re.compile("Gửi đơn")).click()
        expect(viewer.get_by_role("heading", name="Chuyển khoản 340.000đ")).to_be_visible()
        expect(helper.get_by_text("Khách đã điền")).to_be_visible()

        # The end: report, recording, the piece of each pin, and what the phone itself recorded, whole.
        hold_to_end(camera)
        expect(other.get_by_text("Buổi phát đã hết.")).to_be_visible()
        expect(camera.get_by_text("540.000đ")).to_be_visible()
        expect(camera.get_by_role("heading", name="Hình đã quay")).to_be_visible()
        pieces = camera.locator("a[href*='/pieces/']")
        for _ in range(CUT_MS // 1000):
            if pieces.count():
                break
            camera.wait_for_timeout(1000)
            camera.reload()
        assert pieces.count() == 3 and look_at(camera) == [] and look_at(other) == []
        assert camera.evaluate(LEFT_ON_THE_PHONE) == 0
        for name in ("recording.mp4", *(f"pieces/{number}.mp4" for number in range(3)), "originals/0", "originals/1"):
            kept = tmp_path / name.replace("/", "-")
            kept.write_bytes(fetched(camera, f"{room}/{name}"))
            assert seconds_of(kept) > 1
        assert [(tmp_path / f"originals-{number}").read_bytes().startswith(recorded) for number in range(2)].count(True) == 1


def test_what_the_camera_refuses_and_a_second_phone_takes_are_told_with_one_way_on(filming: Browser, demo: ShopProcess) -> None:
    with (phone(filming, permissions=["camera", "microphone"], user_agent=IN_ZALO) as camera,
          phone(filming, permissions=["camera", "microphone"]) as second):
        camera.add_init_script(ODD_CAMERA)
        camera.goto(f"{plan(camera, demo, 'Thử máy', GOODS[1:2])}/camera")
        steps.open_stall(second, demo.link("helper"))
        second.add_init_script("indexedDB.open = () => { throw new Error('a private window'); }")

        # Refused, with a way out of Zalo's own browser, then allowed without a microphone: the same button begins. What
        # keeps the show from beginning is said, and the button begins once more.
        expect(camera.get_by_text("Chưa được dùng máy ảnh.")).to_be_visible()
        expect(camera.get_by_role("link", name="Mở bằng Chrome")).to_have_attribute("href", re.compile("^intent://"))
        assert look_at(camera) == []
        camera.evaluate("window.answers = 'no microphone'")
        camera.route("**/do/start", lambda route: route.fulfill(status=204))
        camera.get_by_role("button", name="Bắt đầu phát").click()
        expect(camera.get_by_text("Xem phòng điều khiển còn thiếu gì")).to_be_visible()
        expect(camera.get_by_role("link", name="Mở bằng Chrome")).to_be_hidden()
        camera.unroute("**/do/start")
        camera.get_by_role("button", name="Quay tiếp").click()
        expect(camera.get_by_text("Máy không có micro, người xem không nghe gì.")).to_be_visible()
        expect(camera.locator("[data-pin]")).to_be_visible()
        expect(camera.locator("[data-trouble]")).to_be_hidden()
        assert look_at(camera) == []

        # Another app holds the camera when it is to be turned; later it doesn't.
        camera.evaluate("window.answers = 'NotReadableError'")
        camera.get_by_role("button", name="Đổi máy ảnh").click()
        expect(camera.get_by_text("Ứng dụng khác đang giữ máy ảnh.")).to_be_visible()
        camera.evaluate("window.answers = ''")
        camera.get_by_role("button", name="Quay tiếp").click()
        expect(camera.locator("[data-badge]")).to_be_visible()

        # The helper's phone films now, and the first one takes it back by one press.
        second.goto(camera.url)
        second.get_by_role("button", name="Bắt đầu quay").click()
        expect(camera.get_by_text("Máy khác đang quay.")).to_be_visible(timeout=PICTURE_MS)
        assert look_at(camera) == []
        camera.get_by_role("button", name="Quay tiếp").click()
        expect(second.get_by_text("Máy khác đang quay.")).to_be_visible(timeout=PICTURE_MS)
        expect(camera.locator("[data-trouble]")).to_be_hidden()

        # A call ends the tracks: the camera is opened anew by itself.
        camera.evaluate("""() => { window.before = document.querySelector('video').srcObject;
            for (const track of window.before.getTracks()) { track.stop(); track.dispatchEvent(new Event('ended')); } }""")
        camera.wait_for_function("() => document.querySelector('video').srcObject !== window.before")
        hold_to_end(camera)
        expect(camera.get_by_role("heading", name="Hình đã quay")).to_be_visible()
