"""The report: viewers, pins and orders over time, and what each changed price did."""

from __future__ import annotations

from catalog.live.shows.chart import GROUND, LEFT, RIGHT, TOP, WIDTH, Course, draw
from catalog.live.shows.queries import SQL, note
from catalog.live.shows.reaction import MINUTE_MS, Change, reactions_of
from catalog.live.shows.report_pages import flashes_of, pinned_spans
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.live.airing import go_on_air
from tests.live.filmed import end_show
from tests.orders.goods import place

BEGUN, ENDED = 0, 60 * MINUTE_MS


def minute(number: float) -> int:
    return round(number * MINUTE_MS)


def test_a_chart_has_a_lane_for_each_product_in_the_show_s_own_time() -> None:
    course = Course(BEGUN, ENDED, ("A1", "A2"), viewers=((minute(0), 5), (minute(30), 10)),
                    pinned=(("A1", BEGUN, minute(30)), ("A2", minute(30), ENDED)), cheaper=(("A2", minute(45), ENDED),),
                    orders=(("A1", minute(15)), ("A2", minute(46)), ("A2", minute(46.2))))

    chart = draw(course)

    first, second = chart.lanes
    middle = (LEFT + WIDTH - RIGHT) / 2
    assert (chart.most, chart.orders, [lane.pin for lane in chart.lanes]) == (10, 3, ["A1", "A2"])
    assert first.pinned[0].x == LEFT and first.pinned[0].x + first.pinned[0].width == second.pinned[0].x == middle
    assert second.cheaper[0].x + second.cheaper[0].width == WIDTH - RIGHT and not first.cheaper
    assert [dot.count for dot in first.orders + second.orders] == [1, 2]
    assert second.orders[0].radius > first.orders[0].radius
    heights = [float(point.split(",")[1]) for point in chart.line.split()]
    assert heights == [(TOP + GROUND) / 2, TOP]
    assert [tick.at_ms for tick in chart.ticks] == [BEGUN, ENDED // 2, ENDED]


def test_a_show_without_viewers_or_orders_is_drawn_too() -> None:
    chart = draw(Course(BEGUN, BEGUN, ("A1",)))

    assert (chart.line, chart.area, chart.most, chart.orders) == ("", "", 0, 0)


def test_a_flash_price_is_measured_against_as_much_time_before_and_after() -> None:
    flash = Change("A1", minute(20), minute(25), "150.000đ")
    orders = [("A1", minute(at)) for at in (16, 20.5, 21, 22, 23, 24, 24.9, 26, 27)] + [("A2", minute(21))]

    (reaction,) = reactions_of([flash], orders, begun_ms=BEGUN, ended_ms=ENDED)

    assert reaction.before and reaction.after
    assert (reaction.before.orders, reaction.during.orders, reaction.after.orders) == (1, 6, 2)
    assert (reaction.before.minutes, reaction.during.minutes, reaction.after.minutes) == (5, 5, 5)
    assert (reaction.before.share, reaction.during.share) == (17, 100)


def test_what_the_show_has_no_time_for_is_not_compared() -> None:
    at_once, at_last = Change("A1", BEGUN, minute(5), "1"), Change("A2", minute(55), ENDED, "2")

    first, last = reactions_of([at_last, at_once], [], begun_ms=BEGUN, ended_ms=ENDED)

    assert first.before is None and first.after and first.during.orders == 0
    assert last.after is None and last.before


def test_an_ordinary_new_price_is_watched_until_the_next_one() -> None:
    changes = [Change("A1", minute(10), None, "25.000đ"), Change("A1", minute(14), None, "22.000đ")]

    first, second = reactions_of(changes, [("A1", minute(13)), ("A1", minute(15))], begun_ms=BEGUN, ended_ms=ENDED)

    assert (first.during.minutes, first.during.orders) == (4, 1)
    assert (second.during.minutes, second.during.orders) == (10, 1)


def test_a_flash_price_that_was_ended_early_ends_there_and_each_has_its_own_end() -> None:
    events = [
        (minute(0), "pinned", {"pin": "A1"}),
        (minute(1), "flash", {"pin": "A1", "price_vnd": 9_000, "until_ms": minute(11)}),
        (minute(2), "flash", {"pin": "A2", "price_vnd": 8_000, "until_ms": minute(12)}),
        (minute(5), "flash_over", {"pin": "A1"}),
        (minute(6), "pinned", {"pin": "A2"}),
    ]

    flashes = flashes_of(events, ENDED)

    assert [(one.pin, one.until_ms, one.said) for one in flashes] == [
        ("A1", minute(5), "9.000đ"),
        ("A2", minute(12), "8.000đ"),
    ]
    assert pinned_spans(events, ENDED) == (("A1", minute(0), minute(6)), ("A2", minute(6), ENDED))


async def test_the_report_says_what_each_price_did(cast: Cast) -> None:
    airing = await go_on_air(cast)
    show, now = await airing.show(), now_ms()
    order = await place(cast, airing.meat.code)
    async with cast.shop.db.write() as connection:
        await connection.execute_fetchall(f"UPDATE shows SET started_ms = {now - minute(30)}")
        await SQL.add_order(
            connection, order_id=order.id, show_id=show.id, pin="A1", now_ms=now - minute(12), draft_id=None, claim=None
        )
        await note(connection, show.id, "flash", pin="A1", price_vnd=150_000, until_ms=now - minute(10))
        await note(connection, show.id, "flash_over", pin="A1")
        await connection.execute_fetchall(f"UPDATE show_events SET at_ms = {now - minute(15)} WHERE what = 'flash'")
        await connection.execute_fetchall(
            f"UPDATE show_events SET at_ms = {now - minute(10)} WHERE what = 'flash_over'"
        )
    edited = await cast.farmer.post(f"{cast.stall}/listings/{airing.pomelo.code.lower()}/edit", data={
        "kind": "grapefruit", "name": "Bưởi da xanh", "price": "22.000", "unit": "kg", "stock": "60", "place": ""})
    await end_show(airing)

    page = await cast.farmer.get(airing.room)

    assert edited.status_code == 303
    assert (
        "A1 · Giá chớp 150.000đ lúc" in page.text
        and "1 đơn trong 5 phút. 5 phút trước đó: 0 đơn. 5 phút sau: 0 đơn." in page.text
    )
    assert "A2 · Bưởi da xanh 22.000đ/kg từ" in page.text
