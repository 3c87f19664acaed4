"""The owner's way in: whoever starts the server holds the machine, and so gets a link."""

from __future__ import annotations

from catalog.households import queries
from catalog.households.queries import SQL
from catalog.households.sign_in import make_link
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop


async def owner_link(shop: Shop) -> str:
    """A link that opens the owner's pages once and ends the links before it. The first start makes the owner."""
    async with shop.db.write() as connection:
        owners = await SQL.owners(connection)
        if owners:
            owner_id = owners[0]["id"]
        else:
            owner_id = (await queries.add_person(connection, name="Người giữ sạp chung", role="owner")).id
        await SQL.revoke_links(connection, person_id=owner_id, now_ms=now_ms())
        token = await make_link(connection, owner_id, once=True)
    return f"{shop.settings.public_url}/s/{token}"
