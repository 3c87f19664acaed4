"""One sentence fills the form of a product, with script and without."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.listings.sentence.dates import read_care
from catalog.listings.sentence.fill import fill_form
from catalog.listings.sentence.reader import read_listing
from catalog.words.units import SALE_UNITS
from tests.cast import Cast
from tests.listings.stall import photo as a_photo

SAID = "bưởi da xanh 25 nghìn một cân, mua 10 cân 220k, còn tám chục cân, tối thiểu 2 cân"


def test_every_field_that_was_said_is_filled_and_shown_in_a_row() -> None:
    filled = fill_form(read_listing(SAID))

    assert filled.values == {"kind": "grapefruit", "name": "Bưởi da xanh", "price": "25.000", "unit": "kg", "stock": "80",
                             "min_order": "2", "tier1": "10 kg 220.000đ"}
    assert [(row.field, row.state) for row in filled.rows] == [
        ("name", "done"), ("price", "done"), ("stock", "done"), ("min_order", "done"), ("tier1", "done")]
    assert (filled.done, filled.asked) == (5, 0)


def test_what_was_not_said_is_left_open_and_a_range_is_asked() -> None:
    filled = fill_form(read_listing("xoài keo 18-20k/kg"))

    states = {row.field: row.state for row in filled.rows}
    assert states == {"name": "done", "price": "ask", "stock": "missing"}
    assert filled.values["price"] == "18.000"


@pytest.mark.parametrize(("sentence", "unit", "stock"), [
    ("trâu khô 430k/bịch còn 12 bịch", "túi", "12"), ("gạo nếp 30k/kg còn 2 tạ", "kg", "200"),
    ("bưởi 20k/quả, còn 3 chục", "quả", "30"), ("đậu phụ 3k/bìa còn 40 bìa", "", "40"),
])
def test_amounts_come_in_the_unit_of_sale(sentence: str, unit: str, stock: str) -> None:
    values = fill_form(read_listing(sentence)).values

    assert (values.get("unit", ""), values.get("stock", "")) == (unit, stock)


def test_a_second_product_is_told_and_not_mixed_in() -> None:
    filled = fill_form(read_listing("Bắp cải 9k/kg, su hào 6k/củ"))

    assert filled.values["price"] == "9.000" and filled.also == "su hào"


@pytest.mark.parametrize(("sentence", "left_out"), [
    ("thịt trâu gác bếp 1kg 920k, nửa cân 470k, còn 5kg", ("0,5 kg 470.000đ",)),
    ("mật ong rừng 1 lít 350 nghìn, nửa lít 180 nghìn, còn 20 lít", ("0,5 lít 180.000đ",)),
    ("xoài 20k/kg, 5kg 150k, còn 90kg", ("5 kg 150.000đ",)),
    ("xoài sấy 160k/kg, gói nửa ký 85k, mua 5kg 700k, còn 9kg", ("0,5 kg 85.000đ",)),
])
async def test_prices_that_the_form_would_refuse_are_told_and_not_filled(cast: Cast, sentence: str, left_out: tuple[str, ...]) -> None:
    filled = fill_form(read_listing(sentence))
    shown = await cast.farmer.post(f"{cast.stall}/sell/read", data={"sentence": sentence})
    posted = await cast.farmer.post(f"{cast.stall}/sell", data=filled.values | {"kind": "other", "draft_key": sentence},
                                    files={"photos": ("a.jpg", a_photo(), "image/jpeg")})

    assert filled.left_out == left_out and left_out[0] in shown.json()["rows"]
    assert posted.status_code == 303


TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(("said", "packed_on", "best_before", "ingredients"), [
    ("đóng gói 15/11/2026 hạn 15/5/2027", "2026-11-15", "2027-05-15", ""),
    ("đóng gói ngày 20 tháng 11, hạn dùng đến ngày 20 tháng 2, thành phần gồm thịt trâu, muối, mắc khén, giá còn thế", "2026-11-20", "2027-02-20", "thịt trâu, muối, mắc khén"),
    ("NSX: 2-12-25. HSD: 02.06.26. Nguyên liệu: thịt trâu và gia vị.", "2025-12-02", "2026-06-02", "thịt trâu và gia vị"),
    ("thành phần 2026 g thịt, muối", None, None, "2026 g thịt, muối"), ("đóng gói 31/2", None, None, ""), ("hạn 6 tháng", None, None, ""), ("đóng gói 500 g, nhận đơn 20/12", None, None, ""),
])
def test_dried_meats_days_and_ingredients_are_heard(said: str, packed_on: str | None, best_before: str | None, ingredients: str) -> None:
    message = f"thịt trâu gác bếp 900k một cân còn 5 cân, {said}"

    values = fill_form(read_listing(message), read_care(message, TODAY)).values

    assert (values.get("packed_on"), values.get("best_before"), values.get("ingredients", "")) == (packed_on, best_before, ingredients)


def test_a_day_without_a_year_is_asked_and_fruit_has_none() -> None:
    care = read_care("đóng gói 20/12, hạn 20/2", TODAY)

    meat, fruit = (fill_form(read_listing(f"{name} 90k một cân"), care) for name in ("trâu khô", "xoài"))

    assert (care.packed_on, care.best_before) == (date(2025, 12, 20), date(2027, 2, 20))
    assert {row.field for row in meat.rows if row.state == "ask"} == {"packed_on", "best_before"}
    assert "packed_on" not in fruit.values


def test_half_of_one_is_no_price_by_amount_where_the_price_is_not_said() -> None:
    filled = fill_form(read_listing("cà phê Mường Ảng 120000/500g"))

    assert "tier1" not in filled.values and filled.left_out == ("0,5 kg 120.000đ",)


def test_a_price_without_a_unit_leads_to_the_units() -> None:
    filled = fill_form(read_listing("cam 10k còn 30"))

    assert [row.state for row in filled.rows if row.field == "unit"] == ["missing"]


@pytest.mark.parametrize("sentence", ["mật ong rừng 350 nghìn một lít còn 20 lít", "rau cải mèo 10k một bó còn 30 bó",
                                      "chè tuyết 80 nghìn một lạng còn 5 kg"])
async def test_whatever_unit_was_said_is_chosen_among_the_tiles(cast: Cast, sentence: str) -> None:
    unit = fill_form(read_listing(sentence)).values["unit"]

    page = (await cast.farmer.post(f"{cast.stall}/sell", data={"sentence": sentence, "read": "1"})).text

    assert page.count(f'name="unit" value="{unit}" checked') == 1 and page.count('name="unit"') == len(SALE_UNITS)


async def test_without_script_the_form_comes_back_filled_with_the_sentence_kept(cast: Cast) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/sell", data={"sentence": SAID, "read": "1", "draft_key": "d9", "ingredients": "muối"})

    assert answer.status_code == 200
    assert 'value="25.000"' in answer.text and 'value="muối"' in answer.text and SAID in answer.text
    assert "Đã điền 5 ô" in answer.text and 'href="#price"' in answer.text and 'value="d9"' in answer.text


async def test_a_sentence_becomes_a_listing_with_its_prices_by_amount(cast: Cast) -> None:
    values = fill_form(read_listing(SAID)).values
    photo = {"photos": ("a.jpg", a_photo(), "image/jpeg")}

    answer = await cast.farmer.post(f"{cast.stall}/sell", data=values | {"draft_key": "d10", "place": "bản Lói"}, files=photo)
    code = answer.headers["location"].rsplit("/", 1)[1]
    page = (await cast.buyer.get(f"/o/{code}")).text

    assert answer.status_code == 303
    assert "220.000đ" in page and "2 kg" in page


async def test_a_sentence_that_says_nothing_is_answered_by_what_to_say(cast: Cast) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/sell", data={"sentence": "ơ kìa", "read": "1"})

    assert answer.status_code == 200 and "Chưa hiểu câu này" in answer.text


async def test_the_script_gets_values_and_rows(cast: Cast) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/sell/read", data={"sentence": SAID})

    told = answer.json()
    assert told["values"]["stock"] == "80" and "<li" in told["rows"]


async def test_what_a_sentence_says_is_escaped_in_the_rows(cast: Cast) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/sell/read", data={"sentence": "<img src=x onerror=alert(1)> xoài 20k/kg"})

    assert "<img" not in answer.json()["rows"]


async def test_a_neighbour_cannot_read_sentences_for_another_stall(cast: Cast) -> None:
    answer = await cast.neighbour.post(f"{cast.stall}/sell/read", data={"sentence": SAID})

    assert answer.status_code == 404


async def test_places_are_offered_by_todays_name(cast: Cast) -> None:
    answer = await cast.buyer.get("/places")

    assert ["xã Búng Lao, Điện Biên", "xã Ẳng Tở, huyện Mường Ảng cũ"] in answer.json()
    assert "max-age" in answer.headers["cache-control"]
