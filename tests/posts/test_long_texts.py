"""A text that fills its box is kept to its last letter, though browsers send each line's end as two characters."""

from __future__ import annotations

import html

import pytest

from catalog.posts.filmed.queries import SQL as FILMED
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.live.airing import plan
from tests.orders.goods import MEAT, list_goods

LINES = ("Thịt gác bếp nhà mình. " * 3).strip()
SHOWN = "\n".join([LINES] * 40)[:1995] + "hết!!"
WHOLE = SHOWN.replace("\n", "\r\n")


@pytest.mark.parametrize("whose", ["listing", "filmed", "show"])
async def test_a_text_of_two_thousand_letters_keeps_its_last_ones(cast: Cast, whose: str) -> None:
    if whose == "show":
        here = f"{(await plan(cast)).room}/tell"
    else:
        listing = await list_goods(cast, MEAT)
        here = f"{cast.stall}/listings/{listing.code.lower()}"
        async with cast.shop.db.write() as connection:
            await FILMED.add_clip(connection, id="clip1", household_id=cast.household.id, listing_id=listing.id,
                                  origin="show-1", title="Thịt", shown_ms=now_ms(), lines="[]", covered=0.0,
                                  until_ms=now_ms() + 1000, now_ms=now_ms())
        here += "/filmed/clip1" if whose == "filmed" else ""

    saved = await cast.farmer.post(f"{here}/posts/facebook", data={"text": WHOLE}, follow_redirects=True)
    async with cast.shop.db.read() as connection:
        filmed = [row["text"] for row in await FILMED.texts(connection, filmed_id="clip1")]

    assert len(SHOWN) == 2000 and saved.status_code == 200
    assert SHOWN in (filmed if whose == "filmed" else html.unescape(saved.text))
