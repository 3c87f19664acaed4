"""A village's digest: what it says, its picture, what its head reads out, and who gets it."""

from __future__ import annotations

import dataclasses
import io
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from PIL import Image

from catalog.households.model import Household, Village
from catalog.listings.model import Listing
from catalog.posts.check import claim_findings
from catalog.posts.digest.model import LONGEST_SECONDS, MOST_CHARACTERS, Good, day_text, digest_text, digest_words, turned
from catalog.words.spoken import seconds_to_say
from tests.cast import BASE_URL, Cast
from tests.listings.stall import kept_files, rows, sell
from tests.media.test_voice import record, speech_like

DAY = date(2026, 11, 26)
LOI = Village("v", "loi", "Bản Lói", "xã Mường Ảng", "Điện Biên")
LISTING = Listing(id="l", code="K7M2", household_id="h", kind="grapefruit", name="Bưởi da xanh", price_vnd=25_000, unit="kg",
                  on_hand=80_000, place="", packed_on=None, best_before=None, ingredients="", state="published",
                  created_by=None, created_ms=1, changed_ms=1, published_ms=1)


def home(number: int, *, phone: str | None = None) -> Household:
    return Household(f"h{number}", f"ho{number:03}", "v", f"Lò Thị Xuân Số {number}", phone, "bản Lói")


def goods(homes: int, each: int = 1) -> list[Good]:
    return [Good(dataclasses.replace(LISTING, id=f"{number}-{at}", code=f"K{number:03}{at}"), home(number))
            for number in range(homes) for at in range(each)]


def test_a_message_names_each_household_once_with_price_stock_and_link() -> None:
    meat = dataclasses.replace(LISTING, code="H3TD", kind="dried_meat", name="Thịt trâu gác bếp", price_vnd=170_000, unit="túi",
                               on_hand=18, packed_on=date(2026, 11, 20), best_before=date(2027, 2, 20))

    text = digest_text(LOI, [*goods(1), Good(meat, home(0)), Good(LISTING, home(7, phone="+84900000456"))], DAY, public_url=BASE_URL)

    assert text == f"""Chợ phiên Bản Lói, thứ Năm 26/11

Nhà Lò Thị Xuân Số 0
- Bưởi da xanh 25.000đ/kg, còn 80 kg: {BASE_URL}/o/k0000/z
- Thịt trâu gác bếp 170.000đ/túi, còn 18 túi, đóng gói 20/11/2026, hạn 20/02/2027: {BASE_URL}/o/h3td/z

Nhà Lò Thị Xuân Số 7, gọi 0900 000 456
- Bưởi da xanh 25.000đ/kg, còn 80 kg: {BASE_URL}/o/k7m2/z

Bấm vào đường dẫn để đặt. Đến lấy hoặc gửi xe khách."""


@pytest.mark.parametrize("homes", [1, 12, 17, 18, 40, 160])
@pytest.mark.parametrize("each", [1, 3])
def test_a_message_fits_zalo_and_counts_what_it_leaves_out(homes: int, each: int) -> None:
    text = digest_text(LOI, goods(homes, each), DAY, public_url="https://chophien.vn")

    shown = text.count("\n- ")
    left_out = re.search(r"và (\d+) món nữa: https://chophien\.vn/embed/loi", text)
    assert len(text) <= MOST_CHARACTERS
    assert shown + (int(left_out[1]) if left_out else 0) == homes * each
    assert left_out or shown == homes * each


def test_another_household_comes_first_on_another_day() -> None:
    firsts = {turned(goods(7), date(2026, 11, day))[0].household.id for day in range(1, 8)}

    assert len(firsts) == 7


def test_turning_keeps_a_households_goods_together() -> None:
    homes = [good.household.id for good in turned(goods(5, 3), DAY)]

    assert sorted(homes) == sorted(good.household.id for good in goods(5, 3))
    assert sum(one != other for one, other in zip(homes, homes[1:], strict=False)) == 4


@pytest.mark.parametrize("homes", [0, 1, 3, 20, 160])
def test_what_is_read_out_lasts_less_than_a_minute(homes: int) -> None:
    words = digest_words(LOI, goods(homes, 2), DAY)

    assert seconds_to_say(words) <= LONGEST_SECONDS
    assert words.startswith("Chào bà con. Đây là tin chợ phiên bản Lói, thứ Năm ngày 26 tháng 11.")


def test_words_say_prices_as_people_do_and_count_the_rest() -> None:
    words = digest_words(LOI, goods(40), DAY)

    said = words.count("bưởi da xanh 25 nghìn một cân")
    assert 1 <= said < 40 and f"Còn {40 - said} món nữa" in words and "Hôm nay có 40 nhà bán hàng." in words


def test_an_empty_stall_is_said_to_be_empty() -> None:
    assert "chưa nhà nào đăng hàng" in digest_text(LOI, [], DAY, public_url=BASE_URL)
    assert "chưa nhà nào đăng hàng" in digest_words(LOI, [], DAY)


def test_the_days_name_is_vietnamese() -> None:
    assert [day_text(date(2026, 11, day)) for day in (23, 29)] == ["thứ Hai 23/11", "Chủ nhật 29/11"]


def test_the_digests_own_words_claim_nothing() -> None:
    assert list(claim_findings(digest_text(LOI, goods(3), DAY, public_url=BASE_URL) + digest_words(LOI, goods(3), DAY))) == []


async def digest_of(cast: Cast) -> str:
    answer = await cast.helper.get(f"/v/{cast.village.code}/digest")
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def test_the_page_has_what_is_on_the_stall_and_nothing_else(cast: Cast) -> None:
    shown = await sell(cast, cast.farmer, name="Bưởi da xanh")
    gone = await sell(cast, cast.farmer, name="Xoài đã rút")
    empty = await sell(cast, cast.farmer, name="Măng hết rồi", stock="0")
    waiting = await sell(cast, cast.helper, name="Chè chờ đồng ý")
    await cast.farmer.post(f"{cast.stall}/listings/{gone}/withdraw")

    page = await digest_of(cast)

    assert f"Bưởi da xanh 25.000đ/kg, còn 80 kg: {BASE_URL}/o/{shown}/z" in page
    assert not any(code in page for code in (gone, empty, waiting))


async def test_only_the_villages_team_sees_it(cast: Cast) -> None:
    await sell(cast, cast.farmer)

    for path in ("", "/picture.jpg"):
        seen = [(await who.get(f"/v/{cast.village.code}/digest{path}")).status_code
                for who in (cast.helper, cast.owner, cast.farmer, cast.neighbour, cast.buyer)]
        assert seen == [200, 200, 404, 404, 404]


async def test_a_name_that_claims_something_is_told_before_it_goes_round(cast: Cast) -> None:
    await sell(cast, cast.farmer, name="Bưởi ngon nhất vùng")

    assert "“ngon nhất”" in await digest_of(cast)


async def test_the_picture_is_drawn_once_and_anew_when_a_price_changes(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    there = f"/v/{cast.village.code}/digest/picture.jpg"

    first, again = await cast.helper.get(there), await cast.helper.get(there)
    before = (await rows(cast, "SELECT * FROM village_pictures"))[0]
    async with cast.shop.db.write() as connection:
        await connection.execute("UPDATE listings SET price_vnd = 30000 WHERE code = ?", (code.upper(),))
    changed = await cast.helper.get(there)

    assert first.content == again.content != changed.content and first.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(first.content)).size == (1080, 1350) and len(first.content) <= 300_000
    (after,) = await rows(cast, "SELECT * FROM village_pictures")
    assert after["object_key"] != before["object_key"]
    assert not any(path.name == before["object_key"] for path in kept_files(cast))


async def test_without_goods_there_is_no_picture_but_a_way_to_list_some(cast: Cast) -> None:
    picture = await cast.helper.get(f"/v/{cast.village.code}/digest/picture.jpg")

    assert picture.status_code == 404 and "Đăng hàng cho một nhà" in await digest_of(cast)


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A phone's recording of four seconds."""
    return record(tmp_path_factory.mktemp("voice") / "voice.m4a", speech_like(4)).read_bytes()


async def test_a_recording_is_kept_heard_and_given_up(cast: Cast, voice: bytes) -> None:
    there = f"/v/{cast.village.code}/digest/voice"
    sent = {"data": {"upload_key": "k1"}, "files": {"voice": ("voice.webm", voice, "audio/webm")}}

    answer, again = [await cast.helper.post(f"{there}/recording", **sent) for _ in range(2)]
    heard = await cast.helper.get(answer.json()["url"])
    removed = await cast.helper.post(f"{there}/remove")

    assert answer.status_code == 201 and answer.json() == again.json()
    assert heard.headers["content-type"] == "audio/mp4" and heard.content[4:8] == b"ftyp"
    assert removed.status_code == 303 and kept_files(cast) == [] and await rows(cast, "SELECT * FROM village_recordings") == []
    assert (await cast.helper.get(answer.json()["url"])).status_code == 404


async def test_a_new_recording_takes_the_place_of_the_old_one_and_its_file(cast: Cast, voice: bytes, tmp_path: Path) -> None:
    there = f"/v/{cast.village.code}/digest/voice"
    await cast.helper.post(there, files={"voice": ("a.m4a", voice, "audio/mp4")})

    other = record(tmp_path / "other.ogg", speech_like(3)).read_bytes()
    answer = await cast.helper.post(there, files={"voice": ("b.ogg", other, "audio/ogg")})

    assert answer.status_code == 303 and len(kept_files(cast)) == 1
    assert "Gửi ghi âm" in await digest_of(cast)


async def test_what_is_no_recording_is_refused_beside_its_field(cast: Cast) -> None:
    there = f"/v/{cast.village.code}/digest/voice"

    wrong = await cast.helper.post(there, files={"voice": ("a.m4a", b"<html>", "audio/mp4")})
    none = await cast.helper.post(there, data={})

    assert wrong.status_code == 422 and "không phải ghi âm" in wrong.text and none.status_code == 422
    assert kept_files(cast) == []


async def test_a_neighbour_can_neither_hear_nor_replace_it(cast: Cast, voice: bytes) -> None:
    there = f"/v/{cast.village.code}/digest/voice"
    url = (await cast.helper.post(f"{there}/recording", files={"voice": ("a.m4a", voice, "audio/mp4")})).json()["url"]

    seen = [(await cast.farmer.get(url)).status_code, (await cast.buyer.get(url)).status_code,
            (await cast.farmer.post(f"{there}/remove")).status_code,
            (await cast.farmer.post(f"{there}/recording", files={"voice": ("a.m4a", voice, "audio/mp4")})).status_code]

    assert seen == [404, 404, 404, 404] and len(await rows(cast, "SELECT * FROM village_recordings")) == 1


