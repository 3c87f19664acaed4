"""Texts of strangers and of sellers on everybody's pages: shown as they were typed, never obeyed."""

from __future__ import annotations

import re

from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.households.tokens import digest
from catalog.storage.database import new_id, now_ms
from tests.attack.estate import Estate, build, knock
from tests.cast import Cast
from tests.orders.goods import FORM, give_account, orders

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}{%x%}%(x)s{0}${7*7}'; DROP TABLE orders;--"
PART = EVIL[:78]
"""As much of it as fits into a name."""

ALIVE = re.compile(r"<script>alert|<img src=x|onerror=alert\(2\)>|>\s*49\s*<|[\"']&gt;&lt;img")
"""Signs that a page has taken the text for more than text: a tag, a quote that ended an attribute, a sum."""


async def sell(cast: Cast) -> str:
    """The code of a listing whose every text is evil, by the seller's own form."""
    key = "k" * 32
    async with cast.shop.db.write() as connection:
        await HOUSEHOLDS.add_api_key(connection, id=new_id(), household_id=cast.household.id, token_digest=digest(key),
                                     now_ms=now_ms())
    wish = {"kind": "dried_meat", "name": PART, "price_vnd": 170_000, "unit": "túi", "stock": 18, "place": EVIL,
            "packed_on": "2020-01-01", "best_before": "2099-01-01", "ingredients": EVIL}
    answer = await cast.buyer.post("/api/v1/listings", json=wish, headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def fill(cast: Cast) -> Estate:
    """The estate with the evil text in every field that anybody may fill."""
    estate = await build(cast)
    async with cast.shop.db.write() as connection:
        await connection.execute_fetchall("UPDATE households SET name = ?, place = ?", (PART, EVIL))
        await connection.execute_fetchall("UPDATE people SET name = ?", (PART,))
        await connection.execute_fetchall("UPDATE villages SET name = ?, commune = ?, province = ?", (PART, PART, PART))
        await connection.execute_fetchall("UPDATE listings SET name = ?, place = ?, ingredients = ?", (PART, EVIL, EVIL))
        await connection.execute_fetchall("UPDATE orders SET listing_name = ?, buyer_name = ?, buyer_place = ?, note = ?",
                                          (PART, PART, EVIL, EVIL))
        await connection.execute_fetchall("UPDATE transfers SET content = ?, reference = ?, account_number = ?",
                                          (EVIL, EVIL, EVIL))
        await connection.execute_fetchall("UPDATE accounts SET account_name = ?", (PART,))
        await connection.execute_fetchall("UPDATE audit SET detail = ?", (EVIL,))
    return estate


async def test_no_text_in_the_tables_is_obeyed_by_any_page(cast: Cast) -> None:
    estate = await fill(cast)
    await cast.farmer.post(f"{cast.stall}/listings/{estate.names['code'].lower()}/posts/zalo", data={"text": EVIL})
    await cast.farmer.post(f"{cast.stall}/orders/{estate.names['order_code']}/cancel",
                           data={"reason": "other", "words": EVIL})
    alive, broken = [], []

    for client in (cast.farmer, cast.helper, cast.owner, cast.buyer):
        for door in estate.doors():
            if door.method != "GET" or door.path.endswith((".pdf", ".png")):
                continue
            answer = await knock(client, door)
            if answer.status_code >= 500:
                broken.append(door.path)
            if "html" in answer.headers.get("content-type", "") and (found := ALIVE.search(answer.text)):
                alive.append(f"{door.path}: {found[0]}")

    assert broken == []
    assert alive == []


async def test_a_buyers_texts_are_kept_as_typed_and_shown_as_text(cast: Cast) -> None:
    await give_account(cast)
    code = await sell(cast)

    placed = await cast.buyer.post(f"/o/{code}", data=FORM | {"name": PART, "place": EVIL})

    assert placed.status_code == 303
    (order,) = await orders(cast)
    assert (order.buyer_name, order.buyer_place) == (PART, EVIL)
    html = (await cast.buyer.get(placed.headers["location"])).text
    assert "&lt;script&gt;alert(1)" in html and "{{7*7}}" in html
    assert not ALIVE.search(html)


async def test_machine_readable_facts_cannot_end_their_script(cast: Cast) -> None:
    code = await sell(cast)

    html = (await cast.buyer.get(f"/o/{code}")).text

    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert "<" not in script
    assert not ALIVE.search(html)


async def test_a_mistaken_form_comes_back_as_text(cast: Cast) -> None:
    estate = await build(cast)
    pages = {f"/o/{estate.names['code']}": (cast.buyer, ("name", "phone", "place", "key", "other_amount")),
             f"{cast.stall}/sell": (cast.farmer, ("name", "price", "stock", "place", "ingredients", "draft_key", "packed_on")),
             f"{cast.stall}/money/account": (cast.farmer, ("number", "name")),
             f"{cast.stall}/money/hooks": (cast.farmer, ("given_key",)), "/me/pin": (cast.farmer, ("pin", "new_pin")),
             f"/v/{cast.village.code}/households": (cast.helper, ("name", "phone", "place")),
             "/villages": (cast.owner, ("name", "commune"))}

    for path, (client, fields) in pages.items():
        answer = await client.post(path, data={name: EVIL for name in fields} | {"amount": "other"})

        assert answer.status_code == 422, path
        assert not ALIVE.search(answer.text), path


async def test_a_search_is_taken_at_its_word(cast: Cast) -> None:
    await build(cast)

    found = {text: (await cast.helper.get(f"/v/{cast.village.code}", params={"q": text})).text.count("Lò Thị Xuân")
             for text in ("xuan", "%", "_", "!", "' OR '1'='1", EVIL)}

    assert found["xuan"] > 0
    assert [text for text, number in found.items() if number >= found["xuan"]] == ["xuan"]


async def test_an_unknown_address_is_not_repeated(cast: Cast) -> None:
    for path in ("/<script>alert(1)</script>", "/n/<img src=x onerror=alert(2)>", "/o/{{7*7}}"):
        answer = await cast.farmer.get(path)

        assert answer.status_code == 404
        assert not ALIVE.search(answer.text)
