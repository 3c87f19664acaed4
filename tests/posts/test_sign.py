"""The stall sign: what is printed, for whom, and that it is drawn once."""

from __future__ import annotations

import asyncio
import io
from datetime import date, timedelta

import httpx
import pytest
import zxingcpp
from PIL import Image

from catalog.accounts.queries import add_account
from catalog.accounts.vietqr import encode
from tests.cast import BASE_URL, Cast
from tests.conftest import missing
from tests.listings.stall import edit, rows, sell

BIN, NUMBER = "970422", "0900000456"
TODAY = date.today().isoformat()
LATER = (date.today() + timedelta(days=80)).isoformat()


async def with_account(cast: Cast) -> None:
    """Give the household a bank account."""
    async with cast.shop.db.write() as connection:
        await add_account(connection, household_id=cast.household.id, bank_bin=BIN, account_number=NUMBER,
                          account_name="LO THI XUAN")


async def printed(cast: Cast, client: httpx.AsyncClient, code: str, size: str = "A5") -> httpx.Response:
    """The sheet."""
    return await client.get(f"{cast.stall}/listings/{code}/sign.pdf", params={"size": size})


async def codes_on(pdf: bytes) -> set[str]:
    """What the codes on the sheet say."""
    try:
        tool = await asyncio.create_subprocess_exec(
            "pdftoppm", "-r", "200", "-png", "-", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    except FileNotFoundError:
        missing("pdftoppm", "on Debian: apt-get install poppler-utils")
        raise
    picture, _ = await tool.communicate(pdf)
    return {code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))}


async def test_a_sign_carries_the_signs_own_order_link_and_the_bank_code(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await with_account(cast)

    sheet = await printed(cast, cast.farmer, code)

    assert (sheet.status_code, sheet.headers["content-type"]) == (200, "application/pdf")
    assert await codes_on(sheet.content) == {f"{BASE_URL}/o/{code}/b".upper(), encode(BIN, NUMBER)}


async def test_without_an_account_the_order_code_stands_alone(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    page = await cast.farmer.get(f"{cast.stall}/listings/{code}/sign")
    sheet = await printed(cast, cast.farmer, code)

    assert await codes_on(sheet.content) == {f"{BASE_URL}/o/{code}/b".upper()}
    assert "Chưa có mã chuyển khoản." in page.text and "Quét để chuyển khoản" not in page.text


@pytest.mark.parametrize(("size", "width_pt"), [("A6", 298), ("A5", 420), ("A4", 595)])
async def test_each_size_has_its_paper(cast: Cast, size: str, width_pt: int) -> None:
    code = await sell(cast, cast.farmer)

    sheet = await printed(cast, cast.farmer, code, size)

    (kept,) = await rows(cast, "SELECT role, width FROM media_files WHERE role LIKE 'sign-%'")
    assert sheet.content.startswith(b"%PDF")
    assert kept["role"] == f"sign-{size.lower()}" and abs(kept["width"] - width_pt) <= 1


async def test_the_same_sign_is_drawn_once_and_a_new_price_makes_a_new_one(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    first, second = await printed(cast, cast.farmer, code), await printed(cast, cast.farmer, code)
    once = await rows(cast, "SELECT 1 FROM media_files WHERE role = 'sign-a5'")
    await edit(cast, cast.farmer, code, stock="70")
    await printed(cast, cast.farmer, code)
    same = await rows(cast, "SELECT 1 FROM media_files WHERE role = 'sign-a5'")
    await edit(cast, cast.farmer, code, price="30.000")
    dearer = await printed(cast, cast.farmer, code)

    assert first.content == second.content != dearer.content
    assert (len(once), len(same)) == (1, 1)
    assert len(await rows(cast, "SELECT 1 FROM media_files WHERE role = 'sign-a5'")) == 2


async def test_a_sign_that_was_lost_is_drawn_again(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await printed(cast, cast.farmer, code)
    (kept,) = await rows(cast, "SELECT object_key FROM media_files WHERE role = 'sign-a5'")
    await cast.shop.objects.drop(kept["object_key"])

    again = await printed(cast, cast.farmer, code)

    assert again.status_code == 200 and again.content.startswith(b"%PDF")


async def test_the_page_shows_what_will_be_printed(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await with_account(cast)

    page = await cast.helper.get(f"{cast.stall}/listings/{code}/sign")

    for words in ("Nhà Lò Thị Xuân", "0900 000 456", "Bưởi da xanh", "25.000đ", "LO THI XUAN", f"testserver/o/<wbr>{code.upper()}",
                  "A6", "A4", "In biển", "Đang làm cho"):
        assert words in page.text, words


async def test_a_sign_is_only_for_those_who_work_on_the_goods(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    for client in (cast.neighbour, cast.buyer):
        assert (await printed(cast, client, code)).status_code == 404
        assert (await client.get(f"{cast.stall}/listings/{code}/sign")).status_code == 404
    assert (await printed(cast, cast.helper, code)).status_code == 200


async def test_an_unknown_size_is_not_there(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    assert (await printed(cast, cast.farmer, code, "A0")).status_code == 404


async def test_a_print_shop_gets_bleed_and_marks(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    sheet = await printed(cast, cast.farmer, code, "a5-bleed")

    assert sheet.status_code == 200
    assert b"/TrimBox" in sheet.content and b"/BleedBox" in sheet.content


async def test_dried_meat_has_labels_for_a_sheet_and_for_a_label_printer(cast: Cast) -> None:
    code = await sell(cast, cast.farmer, kind="dried_meat", name="Thịt trâu gác bếp", unit="túi", packed_on=TODAY,
                      best_before=LATER, ingredients="thịt trâu, muối, mắc khén")

    sheet = await printed(cast, cast.farmer, code, "labels")
    label = await printed(cast, cast.farmer, code, "label")

    assert sheet.headers["content-type"] == "application/pdf"
    with Image.open(io.BytesIO(label.content)) as picture:
        assert (picture.size, picture.mode) == ((320, 240), "1")
        found = zxingcpp.read_barcodes(picture.convert("L").resize((960, 720)))
    assert [code_.text for code_ in found] == [f"{BASE_URL}/o/{code}/b".upper()]


async def test_everything_on_the_stall_is_printed_on_one_sheet(cast: Cast) -> None:
    codes = [await sell(cast, cast.farmer, name=name) for name in ("Bưởi da xanh", "Bưởi năm roi")]

    sheet = await cast.farmer.get(f"{cast.stall}/signs.pdf")
    foreign = await cast.neighbour.get(f"{cast.stall}/signs.pdf")

    assert await codes_on(sheet.content) == {f"{BASE_URL}/o/{code}/b".upper() for code in codes}
    assert foreign.status_code == 404


async def test_an_empty_stall_has_no_sheet(cast: Cast) -> None:
    assert (await cast.farmer.get(f"{cast.stall}/signs.pdf")).status_code == 404
