"""What goes out is what holds today, or nothing."""

from __future__ import annotations

import pytest

from catalog.listings.publish import withdraw
from catalog.posts.compose import write_text
from catalog.posts.publishers.digest_subject import NOTHING_TODAY
from catalog.posts.publishers.listing_subject import OLD_PRICE, SOLD_OUT, WITHDRAWN
from catalog.posts.publishers.row_record import RowRecord
from catalog.posts.publishers.schedule import schedule
from catalog.storage.database import now_ms
from tests.posts.office import Office, digest_of, village_account


async def test_a_withdrawn_listing_is_not_posted(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    await withdraw(office.cast.shop, office.actor, office.listing)

    ended = await office.turn(sending_id)

    assert (ended.state, ended.reason) == ("cancelled", WITHDRAWN) and office.facebook.calls == ["GET me"]


async def test_sold_out_goods_are_not_posted(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    await office.change(on_hand=0)

    ended = await office.turn(sending_id)

    assert (ended.state, ended.reason) == ("cancelled", SOLD_OUT)


async def test_a_changed_price_waits_for_its_pictures_and_is_the_one_that_is_posted(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    await office.change(price_vnd=30_000)

    waiting = await office.turn(sending_id)
    await office.draw("square", "portrait", "story", "preview", "clip")
    done = await office.turn(sending_id)

    assert (waiting.state, waiting.tries, done.state) == ("waiting", 0, "done")
    assert "30.000đ" in office.facebook.posts[0]["message"] and "25.000đ" not in office.facebook.posts[0]["message"]


async def test_a_text_by_hand_with_the_old_price_is_not_posted(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    async with office.cast.shop.db.write() as connection:
        await write_text(connection, office.listing, office.cast.household, "facebook", "Bưởi ngon 25.000đ",
                         public_url="http://testserver")
    await office.change(price_vnd=30_000)

    ended = await office.turn(sending_id)

    assert (ended.state, ended.reason) == ("cancelled", OLD_PRICE)


async def test_a_text_by_hand_goes_out_as_it_was_written(office: Office) -> None:
    async with office.cast.shop.db.write() as connection:
        await write_text(connection, office.listing, office.cast.household, "facebook", "Bưởi nhà mình chín rồi!",
                         public_url="http://testserver")

    await office.turn(await office.ask(await office.account()))

    assert office.facebook.posts[0]["message"] == "Bưởi nhà mình chín rồi!"


async def test_a_price_changed_between_upload_and_post_stops_the_post(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sending_id = await office.ask(await office.account())
    begin = RowRecord.begin

    async def change_then_begin(self: RowRecord, name: str) -> None:
        monkeypatch.setattr(RowRecord, "begin", begin)
        await office.change(price_vnd=30_000)
        await begin(self, name)

    monkeypatch.setattr(RowRecord, "begin", change_then_begin)
    stopped = await office.turn(sending_id)
    await office.draw("square", "portrait", "story", "preview", "clip")
    done = await office.turn(sending_id)

    assert stopped.state == "waiting" and done.state == "done"
    assert [("30.000đ" in post["message"]) for post in office.facebook.posts] == [True]


@pytest.mark.parametrize(("network", "shape"), [("facebook", "pictures"), ("zalo", "group")])
async def test_a_villages_digest_goes_out_with_its_picture(office: Office, network: str, shape: str) -> None:
    account = await village_account(office, network)
    sending_id = await schedule(office.cast.shop, digest_of(office), account, shape=shape, due_ms=now_ms(),
                                form_key="k")

    for _ in range(2):
        done = await office.turn(sending_id)

    (sent,) = [post["message"] for post in office.facebook.posts] + [one["text"] for one in office.zalo.group_messages]
    assert done.state == "done" and "Chợ phiên Bản Lói" in sent and "25.000đ" in sent


async def test_a_digest_of_nothing_is_not_sent(office: Office) -> None:
    account = await village_account(office, "facebook")
    sending_id = await schedule(office.cast.shop, digest_of(office), account, shape="pictures", due_ms=now_ms(),
                                form_key="k")
    await withdraw(office.cast.shop, office.actor, office.listing)

    ended = await office.turn(sending_id)

    assert (ended.state, ended.reason) == ("cancelled", NOTHING_TODAY) and office.facebook.posts == []
