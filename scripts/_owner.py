"""The owner's way in: whoever starts the server holds the machine, and so gets a link."""

from __future__ import annotations

from catalog.households import queries
from catalog.households.queries import SQL
from catalog.households.sign_in import make_link
from catalog.storage.shop import Shop


async def owner_link(shop: Shop) -> str:
    """A link that opens the owner's pages once. The owner is made at the first start."""
    async with shop.db.write() as connection:
        owners = await SQL.owners(connection)
        if owners:
            owner_id = owners[0]["id"]
        else:
            owner_id = (await queries.add_person(connection, name="Người giữ sạp chung", role="owner")).id
        token = await make_link(connection, owner_id, once=True)
    return f"{shop.settings.public_url}/s/{token}"
