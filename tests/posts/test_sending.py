"""Posts that are due go out through the real shop: once, with today's facts, with an outcome in plain words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from PIL import Image

from catalog.households.model import Actor
from catalog.listings.model import Listing
from catalog.listings.publish import change_listing, facts_of, withdraw
from catalog.listings.queries import SQL as LISTINGS
from catalog.listings.queries import add_file, listing_by_id
from catalog.posts.compose import write_text
from catalog.posts.publishers import jobs as jobs_module
from catalog.posts.publishers import steps as steps_module
from catalog.posts.publishers.account import Account, holder_of_household, holder_of_village
from catalog.posts.publishers.connect import REMOVED, connect, disconnect
from catalog.posts.publishers.model import BAD_TOKEN, NOT_SURE, TOO_OFTEN
from catalog.posts.publishers.queries import SQL, account_by_id, sending_by_id
from catalog.posts.publishers.row_record import RowRecord
from catalog.posts.publishers.digest_subject import DIGEST, NOTHING_TODAY, DigestSubject
from catalog.posts.publishers.listing_subject import LISTING, OLD_PRICE, SOLD_OUT, WITHDRAWN, ListingSubject
from catalog.posts.publishers.schedule import promise_all, schedule
from catalog.posts.publishers.sending import WAITS_SECONDS, Sending
from catalog.posts.publishers.wire import Wire
from catalog.posts.publishers.zalo import PICTURE_OUT_OF_REACH
from catalog.storage.database import new_id, now_ms
from catalog.storage.queries import Job
from catalog.storage.settings import Networks
from tests.cast import Cast, make_settings, open_cast
from tests.orders.goods import POMELO, list_goods
from tests.posts.doubles.double import serving
from tests.posts.doubles.facebook import APP, PAGE, TOKEN, FacebookDouble, error
from tests.posts.doubles.zalo import APP as ZALO_APP
from tests.posts.doubles.zalo import APP_SECRET, GROUP, ZaloDouble, refusal
from tests.posts.outbox import Killed

KINDS = (LISTING, DIGEST)


@dataclass
class Office:
    """The shop with a product whose pictures are drawn, and the doubles of the networks."""

    cast: Cast
    facebook: FacebookDouble
    zalo: ZaloDouble
    listing: Listing
    actor: Actor

    async def account(self, network: str = "facebook") -> str:
        """A connected account's id."""
        secrets = {"facebook": {"token": TOKEN, "app_id": APP}, "zalo": {
            "app_id": ZALO_APP, "app_secret": APP_SECRET, "refresh_token": self.zalo.refresh_token, "group_id": GROUP}}
        return (await connect(self.cast.shop, holder_of_household(self.actor), network, "", secrets[network])).id

    async def ask(self, account_id: str, shape: str = "pictures", *, due_ms: int = 0) -> str:
        """A post on its way."""
        async with self.cast.shop.db.read() as connection:
            account = await account_by_id(connection, account_id)
            listing = await listing_by_id(connection, self.listing.id)
        assert account is not None and listing is not None
        return await schedule(self.cast.shop, ListingSubject(self.actor, listing), account, shape=shape,
                              due_ms=due_ms or now_ms(), form_key=new_id())

    async def turn(self, sending_id: str) -> Sending:
        """One run of its job, as the runner would do it."""
        await jobs_module.send_post(KINDS, self.cast.shop, Job("j", "posts.send", "k", sending_id,
                                                               {"sending_id": sending_id}, 1))
        return await self.row(sending_id)

    async def row(self, sending_id: str) -> Sending:
        async with self.cast.shop.db.read() as connection:
            sending = await sending_by_id(connection, sending_id)
        assert sending is not None
        return sending

    async def draw(self, *roles: str) -> None:
        """Finished files of what the listing says now."""
        shop = self.cast.shop
        async with shop.db.write() as connection:
            row = await LISTINGS.listing_by_id(connection, id=self.listing.id)
            for role in roles:
                path = shop.scratch / f"{role}.{'mp4' if role == 'clip' else 'jpg'}"
                Image.new("RGB", (80, 80), (len(role) * 20, 90, 60)).save(path, "JPEG")
                with path.open("ab") as file:
                    file.write(row["render_key"].encode())
                key = await shop.objects.keep(path)
                await add_file(connection, role=role, object_key=key, spec_key=row["render_key"], width=80, height=80,
                               content_type="video/mp4" if role == "clip" else "image/jpeg", size=path.stat().st_size,
                               listing_id=self.listing.id)

    async def change(self, **facts: object) -> None:
        async with self.cast.shop.db.read() as connection:
            listing = await listing_by_id(connection, self.listing.id)
        assert listing is not None
        await change_listing(self.cast.shop, self.actor, listing, replace(facts_of(listing), **facts))  # type: ignore[arg-type]


def digest_of(office: Office) -> DigestSubject:
    """The village's digest, sent by a helper."""
    return DigestSubject(office.cast.helper_person, office.cast.village)


@asynccontextmanager
async def open_office(folder: Path, **settings: object) -> AsyncIterator[Office]:
    """The office over a database of its own."""
    facebook, zalo = FacebookDouble(), ZaloDouble()
    async with serving(facebook) as graph, serving(zalo) as open_api:
        networks = Networks(facebook=graph, facebook_video=graph, facebook_upload=graph, zalo=open_api,
                            zalo_sign_in=open_api, allow_loopback=True)
        async with open_cast(make_settings(folder, networks=networks, **settings)) as cast:
            await cast.shop.jobs.close()  # The tests take the turns themselves.
            listing = await list_goods(cast, POMELO)
            found = Office(cast, facebook, zalo, listing, Actor(cast.farmer_person, cast.household))
            await found.draw("square", "portrait", "story", "preview", "clip")
            yield found


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits long: neither for an answer nor before looking for a post."""
    monkeypatch.setattr(steps_module.Steps.__init__, "__kwdefaults__", {"look_after_seconds": 0.0})
    monkeypatch.setattr(Wire.__init__, "__kwdefaults__", {"allow_loopback": False, "quiet_seconds": 0.5, "whole_seconds": 5})


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as found:
        yield found


async def test_a_post_goes_out_with_todays_text_and_its_link_is_kept(office: Office) -> None:
    sending_id = await office.ask(await office.account())

    done = await office.turn(sending_id)

    (made,) = office.facebook.posts
    assert done.state == "done" and done.link == f"https://www.facebook.com/{PAGE}/posts/{made['id']}"
    assert "bưởi da xanh" in made["message"].lower() and "25.000đ" in made["message"] and "/o/" in made["message"]
    assert len(made["photos"]) == 2


@pytest.mark.parametrize(("network", "shape", "number"), [
    ("facebook", "reel", lambda office: sum(reel["published"] for reel in office.facebook.reels.values())),
    ("facebook", "video", lambda office: len(office.facebook.videos)),
    ("zalo", "article", lambda office: len(office.zalo.articles)),
    ("zalo", "group", lambda office: len(office.zalo.group_messages))])
async def test_every_shape_goes_out_once_however_often_the_job_runs(
        office: Office, network: str, shape: str, number: Callable[[Office], int]) -> None:
    office.zalo.not_ready = 0
    sending_id = await office.ask(await office.account(network), shape)

    for _ in range(3):
        done = await office.turn(sending_id)

    assert done.state == "done" and number(office) == 1


async def test_two_runs_at_once_post_once(office: Office) -> None:
    sending_id = await office.ask(await office.account())

    await asyncio.gather(*(office.turn(sending_id) for _ in range(4)))
    for _ in range(4):
        done = await office.turn(sending_id)

    assert len(office.facebook.posts) == 1 and done.state == "done"


@pytest.mark.parametrize("step", ["photo:square", "photo:portrait", "feed"])
async def test_killed_after_any_step_the_next_start_ends_with_one_post(
        office: Office, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    sending_id = await office.ask(await office.account())
    keep, deaths = RowRecord.keep, [step]

    async def keep_and_die(self: RowRecord, name: str, value: str) -> None:
        await keep(self, name, value)
        if deaths and name == deaths[0]:
            deaths.clear()
            raise Killed

    monkeypatch.setattr(RowRecord, "keep", keep_and_die)
    with pytest.raises(Killed):
        await office.turn(sending_id)
    assert (await office.row(sending_id)).state == "sending"

    done = await office.turn(sending_id)

    assert done.state == "done" and len(office.facebook.posts) == 1


async def test_killed_while_facebook_was_asked_it_is_found_there(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sending_id = await office.ask(await office.account())
    keep, deaths = RowRecord.keep, ["feed"]

    async def die_before_keeping(self: RowRecord, name: str, value: str) -> None:
        if deaths and name == deaths[0]:
            deaths.clear()
            raise Killed
        await keep(self, name, value)

    monkeypatch.setattr(RowRecord, "keep", die_before_keeping)
    with pytest.raises(Killed):
        await office.turn(sending_id)
    await office.change(price_vnd=30_000)  # The new text would not be found there: the sent one is looked for.

    done = await office.turn(sending_id)

    assert done.state == "done" and len(office.facebook.posts) == 1 and done.link


async def test_a_lost_answer_that_nobody_can_clear_up_waits_for_a_person(office: Office) -> None:
    office.zalo.fail("group", "lost")
    sending_id = await office.ask(await office.account("zalo"), "group")

    unsure = await office.turn(sending_id)
    still = await office.turn(sending_id)

    assert (unsure.state, unsure.reason, still.state) == ("unknown", NOT_SURE, "unknown")
    assert len(office.zalo.group_messages) == 1


async def test_what_facebook_may_show_later_is_looked_for_a_few_times(office: Office) -> None:
    office.facebook.fail("POST feed", "cut")
    sending_id = await office.ask(await office.account())

    turns = [await office.turn(sending_id) for _ in range(4)]

    assert [one.state for one in turns] == ["waiting"] * 3 + ["unknown"]
    assert not any(one.may_cancel for one in turns) and office.facebook.posts == []


async def test_a_person_who_looked_has_it_posted_again(office: Office) -> None:
    office.facebook.fail("POST feed", "cut")
    sending_id = await office.ask(await office.account())
    for _ in range(4):
        await office.turn(sending_id)

    answer = await office.cast.farmer.post(f"{office.cast.stall}/listings/{office.listing.code}/send/{sending_id}/again")
    done = await office.turn(sending_id)

    assert answer.status_code == 303 and done.state == "done" and len(office.facebook.posts) == 1


async def test_a_network_that_is_down_is_tried_after_longer_and_longer_waits(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    office.facebook.fail("POST photos", *["503"] * (len(WAITS_SECONDS) + 1))

    turns, waits = [], []
    for _ in range(len(WAITS_SECONDS) + 1):
        asked = now_ms()
        turns.append(await office.turn(sending_id))
        waits.append(round((turns[-1].due_ms - asked) / 1000))

    assert [one.state for one in turns] == ["waiting"] * len(WAITS_SECONDS) + ["failed"]
    assert [wait - wished for wait, wished in zip(waits, WAITS_SECONDS, strict=False)] == [0] * len(WAITS_SECONDS)


async def test_a_promise_stands_for_the_next_try(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    office.facebook.fail("POST photos", "rate")

    waiting = await office.turn(sending_id)

    async with office.cast.shop.db.read() as connection:
        jobs = await connection.execute_fetchall("SELECT run_at_ms FROM jobs WHERE subject = ? AND state = 'queued'",
                                                 (sending_id,))
    assert waiting.reason == TOO_OFTEN and waiting.due_ms in [row["run_at_ms"] for row in jobs]


async def test_a_refused_token_is_final_and_marks_the_account(office: Office) -> None:
    account_id = await office.account()
    sending_id = await office.ask(account_id)
    office.facebook.token = "another"

    failed = await office.turn(sending_id)

    async with office.cast.shop.db.read() as connection:
        account = await account_by_id(connection, account_id)
    assert (failed.state, failed.reason) == ("failed", BAD_TOKEN) and account is not None and account.trouble == BAD_TOKEN


async def test_connecting_again_mends_the_account_and_keeps_what_waits(office: Office) -> None:
    account_id = await office.account()
    sending_id = await office.ask(account_id)
    office.facebook.token = "another"
    await office.turn(sending_id)
    office.facebook.token = TOKEN

    same = await office.account()
    await office.cast.farmer.post(f"{office.cast.stall}/listings/{office.listing.code}/send/{sending_id}/again")
    done = await office.turn(sending_id)

    assert same == account_id and done.state == "done"


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


async def test_a_removed_account_posts_nothing_and_keeps_no_secret(office: Office) -> None:
    account_id = await office.account()
    sending_id = await office.ask(account_id)

    await disconnect(office.cast.shop, holder_of_household(office.actor), "facebook", account_id)
    ended = await office.turn(sending_id)

    async with office.cast.shop.db.read() as connection:
        account = await account_by_id(connection, account_id)
    assert (ended.state, ended.reason) == ("cancelled", REMOVED)
    assert account is not None and account.sealed == "" and office.facebook.posts == []


async def test_renewed_zalo_tokens_are_kept_sealed(office: Office) -> None:
    office.zalo.not_ready = 0
    account_id = await office.account("zalo")
    async with office.cast.shop.db.write() as connection:
        account = await account_by_id(connection, account_id)
        assert account is not None
        secrets = json.loads(office.cast.shop.secrets.unseal(account.sealed, place=f"account:{account_id}"))
        old = json.dumps(secrets | {"ends_ms": "0"})
        await SQL.keep_sealed(connection, id=account_id, now_ms=now_ms(),
                              sealed=office.cast.shop.secrets.seal(old, place=f"account:{account_id}"))

    first = await office.turn(await office.ask(account_id, "article"))
    second = await office.turn(await office.ask(account_id, "group"))

    assert (first.state, second.state) == ("done", "done") and office.zalo.calls.count("refresh") == 2
    async with office.cast.shop.db.read() as connection:
        account = await account_by_id(connection, account_id)
    assert account is not None and office.zalo.refresh_token not in account.sealed


async def _village_account(office: Office, network: str) -> Account:
    secrets = {"facebook": {"token": TOKEN}, "zalo": {"app_id": ZALO_APP, "app_secret": APP_SECRET,
                                                     "refresh_token": office.zalo.refresh_token, "group_id": GROUP}}
    owner = replace(office.cast.helper_person, role="owner", village_id=None)
    return await connect(office.cast.shop, holder_of_village(owner, office.cast.village), network, "", secrets[network])


@pytest.mark.parametrize(("network", "shape"), [("facebook", "pictures"), ("zalo", "group")])
async def test_a_villages_digest_goes_out_with_its_picture(office: Office, network: str, shape: str) -> None:
    account = await _village_account(office, network)
    sending_id = await schedule(office.cast.shop, digest_of(office), account, shape=shape, due_ms=now_ms(),
                                form_key="k")

    for _ in range(2):
        done = await office.turn(sending_id)

    (sent,) = [post["message"] for post in office.facebook.posts] + [one["text"] for one in office.zalo.group_messages]
    assert done.state == "done" and "Chợ phiên Bản Lói" in sent and "25.000đ" in sent


async def test_a_digest_of_nothing_is_not_sent(office: Office) -> None:
    account = await _village_account(office, "facebook")
    sending_id = await schedule(office.cast.shop, digest_of(office), account, shape="pictures", due_ms=now_ms(),
                                form_key="k")
    await withdraw(office.cast.shop, office.actor, office.listing)

    ended = await office.turn(sending_id)

    assert (ended.state, ended.reason) == ("cancelled", NOTHING_TODAY) and office.facebook.posts == []


async def test_the_shop_itself_sends_what_is_due(office: Office) -> None:
    await office.cast.shop.jobs.open(office.cast.shop)
    sending_id = await office.ask(await office.account())

    done = await _until_settled(lambda: office.row(sending_id))

    assert done.state == "done" and len(office.facebook.posts) == 1


async def test_a_shop_stopped_in_the_middle_of_an_upload_goes_on_after_its_next_start(office: Office) -> None:
    office.facebook.fail("POST photos", "ok", "hang")
    jobs = office.cast.shop.jobs
    await jobs.open(office.cast.shop)
    sending_id = await office.ask(await office.account())
    while office.facebook.calls.count("POST photos") < 2:
        await asyncio.sleep(0.01)

    await jobs.close()
    stopped = await office.row(sending_id)
    await jobs.open(office.cast.shop)
    done = await _until_settled(lambda: office.row(sending_id))

    assert (stopped.state, list(stopped.kept)[-1]) == ("sending", "photo:square")
    assert done.state == "done" and len(office.facebook.posts) == 1 and len(office.facebook.photos) == 2


async def test_a_shop_stopped_while_it_posts_does_not_post_a_second_time(office: Office) -> None:
    office.facebook.fail("POST feed", "hang")
    jobs = office.cast.shop.jobs
    await jobs.open(office.cast.shop)
    sending_id = await office.ask(await office.account())
    while "POST feed" not in office.facebook.calls:
        await asyncio.sleep(0.01)

    await jobs.close()
    await jobs.open(office.cast.shop)
    while (looking := await office.row(sending_id)).state != "waiting":
        await asyncio.sleep(0.01)

    assert looking.reason == jobs_module.LOOKING and office.facebook.calls.count("POST feed") == 1


@pytest.mark.postgres
async def test_posts_go_out_from_postgresql_too(tmp_path: Path, postgres_address: str) -> None:
    with psycopg.connect(postgres_address.format(name="postgres"), autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS sendings")
        admin.execute("CREATE DATABASE sendings")
    async with open_office(tmp_path, database_url=postgres_address.format(name="sendings")) as office:
        office.facebook.fail("POST feed", "rate", "lost")
        sending_id = await office.ask(await office.account())
        village = await _village_account(office, "zalo")
        digest_id = await schedule(office.cast.shop, digest_of(office), village, shape="group", due_ms=now_ms(),
                                   form_key="k")

        turns = [await office.turn(sending_id) for _ in range(2)]
        digest = await office.turn(digest_id)

    assert [one.state for one in turns] == ["waiting", "done"] and digest.state == "done"
    assert len(office.facebook.posts) == len(office.zalo.group_messages) == 1


async def test_an_article_that_zalo_gave_up_can_be_made_anew(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.zalo, "rate_answer", lambda: refusal(-200, "Upload media failed"))
    office.zalo.fail("verify", "rate")
    office.zalo.not_ready = 0
    sending_id = await office.ask(await office.account("zalo"), "article")

    failed = await office.turn(sending_id)
    await office.cast.farmer.post(f"{office.cast.stall}/listings/{office.listing.code}/send/{sending_id}/again")
    done = await office.turn(sending_id)

    assert (failed.state, failed.reason, done.state) == ("failed", PICTURE_OUT_OF_REACH, "done")
    assert office.zalo.calls.count("create") == 2


async def test_a_post_without_a_job_gets_one_at_the_next_start(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    async with office.cast.shop.db.write() as connection:
        await connection.execute_fetchall("DELETE FROM jobs")

    await promise_all(office.cast.shop)
    await promise_all(office.cast.shop)

    async with office.cast.shop.db.read() as connection:
        jobs = await connection.execute_fetchall("SELECT subject FROM jobs WHERE kind = 'posts.send'")
    assert [job["subject"] for job in jobs] == [sending_id]


async def test_words_that_no_database_keeps_are_left_out_of_the_reason(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.facebook, "rate_answer", lambda: error(100, "sai\0 \ud800 chỗ \u202e này"))
    office.facebook.fail("POST photos", "rate")

    failed = await office.turn(await office.ask(await office.account()))

    assert (failed.state, failed.detail) == ("failed", "sai chỗ này")


async def _until_settled(look: Callable[[], Awaitable[Sending]]) -> Sending:
    for _ in range(200):
        sending = await look()
        if sending.state not in ("waiting", "sending"):
            return sending
        await asyncio.sleep(0.05)
    raise AssertionError("nothing came of it")
