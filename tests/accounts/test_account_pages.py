"""The account's pages: who may set it, what is refused, what the QR pays."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from catalog.accounts.model import Account
from catalog.accounts.queries import account_of
from catalog.accounts.vietqr import TO_CARD, encode
from catalog.accounts.vietqr_decode import decode
from catalog.households.queries import SQL as HOUSEHOLDS
from tests.cast import Cast

GOOD = {"bank": "970405", "number": "8888 123 456", "name": "Lò Thị Xuân"}


async def kept(cast: Cast) -> Account | None:
    async with cast.shop.db.read() as connection:
        return await account_of(connection, cast.household.id)


def where(cast: Cast) -> str:
    return f"{cast.stall}/money/account"


async def test_a_farmer_adds_an_account_and_sees_its_code(cast: Cast) -> None:
    answer = await cast.farmer.post(where(cast), data=GOOD)
    shown = await cast.farmer.get(answer.headers["location"])

    account = await kept(cast)
    assert answer.status_code == 303 and account is not None
    assert (account.bank_bin, account.account_number, account.account_name) == ("970405", "8888123456", "LO THI XUAN")
    assert "phải hiện đúng tên LO THI XUAN" in shown.text and "<svg" in shown.text and "Agribank" in shown.text


async def test_the_saved_picture_is_the_accounts_own_code(cast: Cast) -> None:
    await cast.farmer.post(where(cast), data=GOOD)

    answer = await cast.farmer.get(f"{where(cast)}/qr.png")

    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.content)).convert("L"))
    payment = decode(code.text)
    assert (payment.bin, payment.account, payment.amount_vnd) == ("970405", "8888123456", None)
    assert "no-store" in answer.headers["cache-control"]


async def test_the_form_suggests_the_name_as_banks_write_it(cast: Cast) -> None:
    page = await cast.farmer.get(where(cast))

    assert 'value="LO THI XUAN"' in page.text


@pytest.mark.parametrize(("field", "value", "words"), [
    ("bank", "", "Chọn ngân hàng."), ("bank", "123456", "Chọn ngân hàng."),
    ("number", "", "Chưa có số tài khoản."), ("number", "12345678901234567890", "nhiều nhất 19"),
    ("number", "12/34", "Số tài khoản chỉ có chữ không dấu và số"), ("name", "…", "Chưa có tên chủ tài khoản."),
    ("name", "A" * 51, "Nhiều nhất 50")])
async def test_a_mistake_comes_back_beside_its_field_with_what_was_typed(
        cast: Cast, field: str, value: str, words: str) -> None:
    answer = await cast.farmer.post(where(cast), data=GOOD | {field: value})

    assert answer.status_code == 422 and words in answer.text and f'id="{field}-mistake"' in answer.text
    assert field == "number" or 'value="8888 123 456"' in answer.text
    assert await kept(cast) is None


async def test_the_text_of_ones_own_vietqr_fills_the_form_and_keeps_nothing_yet(cast: Cast) -> None:
    text = "\ufeff " + encode("970436", "0123499999", name="Lo Thi Xuan", memo="cam on") + "\n"

    answer = await cast.farmer.post(f"{where(cast)}/read", data={"code": text})

    assert answer.status_code == 200 and 'value="0123499999"' in answer.text and 'value="LO THI XUAN"' in answer.text
    assert 'value="970436" selected' in answer.text and await kept(cast) is None


@pytest.mark.parametrize(("text", "words"), [
    ("", "Đây không phải mã VietQR chuyển khoản."), ("https://example.com", "Đây không phải mã VietQR"),
    (encode("970436", "123")[:-1] + "0", "hỏng"), (encode("970999", "123"), "Chưa có ngân hàng này"),
    (encode("970436", "123", service=TO_CARD), "Mã này trả vào thẻ")])
async def test_a_code_that_pays_no_account_is_refused_with_the_reason(cast: Cast, text: str, words: str) -> None:
    answer = await cast.farmer.post(f"{where(cast)}/read", data={"code": text})

    assert answer.status_code == 422 and words in answer.text and 'id="code-mistake"' in answer.text


async def test_a_helper_sees_the_account_and_why_it_is_not_hers_to_change(cast: Cast) -> None:
    await cast.farmer.post(where(cast), data=GOOD)

    page = await cast.helper.get(where(cast))
    answers = [await cast.helper.get(f"{where(cast)}/change"),
               await cast.helper.post(where(cast), data=GOOD | {"number": "666"}),
               await cast.helper.post(f"{where(cast)}/read", data={"code": encode("970436", "666")}),
               await cast.helper.post(f"{where(cast)}/remove")]

    account = await kept(cast)
    assert "8888123456" in page.text and "Chỉ người trong nhà mới đổi được tài khoản" in page.text
    assert "account/change" not in page.text and "account/remove" not in page.text
    assert [answer.status_code for answer in answers] == [403] * 4
    assert all("Chỉ người trong nhà mới đổi được tài khoản" in answer.text for answer in answers)
    assert account is not None and account.account_number == "8888123456"


async def test_the_owner_may_set_an_account_for_a_household(cast: Cast) -> None:
    answer = await cast.owner.post(where(cast), data=GOOD)

    assert answer.status_code == 303 and await kept(cast) is not None


async def test_neighbours_and_strangers_find_nothing(cast: Cast) -> None:
    await cast.farmer.post(where(cast), data=GOOD)

    answers = [await person.get(path) for person in (cast.neighbour, cast.buyer) for path in (
        where(cast), f"{where(cast)}/change", f"{where(cast)}/qr.png")]
    answers += [await person.post(path, data=GOOD) for person in (cast.neighbour, cast.buyer) for path in (
        where(cast), f"{where(cast)}/read", f"{where(cast)}/remove")]

    assert {answer.status_code for answer in answers} == {404}
    assert await kept(cast) is not None


async def test_every_change_is_written_down_without_the_whole_number(cast: Cast) -> None:
    await cast.farmer.post(where(cast), data=GOOD)
    await cast.farmer.post(where(cast), data=GOOD)
    await cast.owner.post(where(cast), data=GOOD | {"bank": "970436"})
    await cast.farmer.post(f"{where(cast)}/remove")

    async with cast.shop.db.read() as connection:
        rows = await HOUSEHOLDS.audit_of_household(connection, household_id=cast.household.id, most=9)
    lines = [(row["verb"], row["detail"], row["person_name"]) for row in reversed(rows)
             if "tài khoản" in row["verb"]]
    assert lines == [("Thêm tài khoản nhận tiền", "Agribank …3456", "Lò Thị Xuân"),
                     ("Đổi tài khoản nhận tiền", "Vietcombank …3456", "Chủ sạp chung"),
                     ("bỏ tài khoản nhận tiền", "Vietcombank …3456", "Lò Thị Xuân")]
