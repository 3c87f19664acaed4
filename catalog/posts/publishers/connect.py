"""Connecting a network and taking it away again."""

from __future__ import annotations

import json

from catalog.errors import FieldError, Invalid, NotFound
from catalog.households.queries import record
from catalog.posts.publishers.account import Account, Holder, place_of, shapes_of
from catalog.posts.publishers.model import BAD_TOKEN, Identity, NoAnswer, Refused, TryAgain
from catalog.posts.publishers.queries import SQL, account_by_id, accounts_of
from catalog.posts.publishers.registry import Door, Secrets, identify
from catalog.posts.publishers.wire import Wire
from catalog.storage.database import new_id, now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.words.keyed import N_

MOST_ACCOUNTS = 10
ASK_SECONDS = 20.0
REMOVED = N_("Nhà đã bỏ kết nối này.")
NOT_TAKEN = N_("Mạng xã hội không nhận mã này. Lấy mã mới rồi dán lại.")
SECRET_FIELDS = {"facebook": "token", "zalo": "refresh_token", "webhook": "address"}
"""Beside which field of the form a refusal stands."""


async def connect(shop: Shop, holder: Holder, network: str, address: str, secrets: Secrets) -> Account:
    """The account, in use from now; the same one again only has its secrets renewed.

    The network is asked whose the secrets are. Raises `Invalid` where it doesn't take them or can't be
    asked, `Forbidden` for a helper.
    """
    holder.check_may_connect()
    async with shop.db.read() as connection:
        before = await accounts_of(connection, holder.household_id, holder.village_id)
    identity = await _ask(shop, network, address, secrets)
    if not identity.id:
        raise Invalid("Chưa hỏi được mạng xã hội. Thử lại sau một lát.")
    known = next((one for one in before if (one.network, one.address) == (network, identity.id)), None)
    if known is None and len(before) >= MOST_ACCOUNTS:
        raise Invalid("Đã có {most} kết nối. Bỏ bớt một cái rồi thêm.", most=MOST_ACCOUNTS)
    account_id = known.id if known else new_id()
    columns = {"id": account_id, "title": identity.title, "link": identity.link, "now_ms": now_ms(),
               "shapes": ",".join(shapes_of(network, secrets, is_village=holder.village_id is not None)),
               "sealed": shop.secrets.seal(json.dumps(secrets), place=place_of(account_id))}
    async with shop.db.write() as connection:
        if known:
            await SQL.renew_account(connection, **columns)
        else:
            await SQL.add_account(connection, household_id=holder.household_id, village_id=holder.village_id,
                                  network=network, address=identity.id, **columns)
        await _record(connection, holder, N_("nối mạng xã hội"), identity.title)
        account = await account_by_id(connection, account_id)
    assert account is not None
    return account


async def disconnect(shop: Shop, holder: Holder, network: str, account_id: str) -> None:
    """Take the account out of use, forget its secrets, cancel what waits for it.

    Raises `Forbidden` for a helper, `NotFound` where the holder has none such.
    """
    holder.check_may_connect()
    async with shop.db.write() as connection:
        gone = await SQL.remove_account(connection, id=account_id, household_id=holder.household_id,
                                        village_id=holder.village_id, network=network, now_ms=now_ms())
        if gone is None:
            raise NotFound
        await SQL.cancel_of_account(connection, account_id=account_id, reason=REMOVED, now_ms=now_ms())
        await _record(connection, holder, N_("bỏ nối mạng xã hội"), gone["title"])


async def _record(connection: Connection, holder: Holder, verb: str, detail: str) -> None:
    if holder.household_id:
        await record(connection, household_id=holder.household_id, person_id=holder.person_id, verb=verb, detail=detail)


async def _ask(shop: Shop, network: str, address: str, secrets: Secrets) -> Identity:
    networks = shop.settings.networks
    before = dict(secrets)

    async def keep(renewed: Secrets) -> None:
        secrets.update(renewed)

    try:
        async with Wire(allow_loopback=networks.allow_loopback, whole_seconds=ASK_SECONDS) as wire:
            return await identify(Door(wire, networks, network, address, secrets, keep))
    except Refused as error:
        if error.reason == BAD_TOKEN:  # Its words are for a connection that there was.
            raise Invalid(fields={SECRET_FIELDS[network]: FieldError(NOT_TAKEN)}) from None
        raise Invalid(fields={SECRET_FIELDS[network]: FieldError(error.reason)}) from None
    except (TryAgain, NoAnswer) as error:
        if network == "zalo" and secrets != before:
            # The pasted token is used up and its successor is at hand: not keeping that would lose the account.
            return Identity(secrets["app_id"], "Zalo OA")
        if network == "webhook":
            raise Invalid(fields={"address": FieldError(error.reason)}) from None
        raise Invalid("Chưa hỏi được mạng xã hội. Thử lại sau một lát.") from None
