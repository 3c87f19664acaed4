"""The shop as a benchmark needs it: the real app in its own process, with bare routes beside the real ones.

    python3 scripts/_bench_server.py PORT DATA [LISTINGS] [STOCK]

Prints one JSON line once it serves: the listings' codes and a household's API key.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import uvicorn  # noqa: E402
import uvloop  # noqa: E402
from starlette.applications import Starlette  # noqa: E402
from starlette.requests import Request  # noqa: E402
from starlette.responses import RedirectResponse, Response  # noqa: E402
from starlette.routing import Route  # noqa: E402

from catalog.accounts.queries import add_account  # noqa: E402
from catalog.households import queries as households  # noqa: E402
from catalog.households.queries import SQL as HOUSEHOLDS  # noqa: E402
from catalog.households.tokens import digest, new_token  # noqa: E402
from catalog.listings import queries as listings  # noqa: E402
from catalog.listings.model import Facts  # noqa: E402
from catalog.orders import pages as order_pages  # noqa: E402
from catalog.storage.database import new_id, now_ms  # noqa: E402
from catalog.storage.settings import Settings  # noqa: E402
from catalog.storage.shop import Shop  # noqa: E402
from catalog.web import render  # noqa: E402
from server import create_app  # noqa: E402

NAMES = ("Bưởi da xanh", "Xoài Tuần Giáo", "Thịt trâu gác bếp", "Măng khô")


def add_bare_routes(app: Starlette) -> None:
    """`/bench/page/<code>` renders the product page's template from constants, `/bench/nothing` does nothing.

    The constants are what the real handler gave the template for that code, taken once.
    """
    constants: dict[str, Any] = {}
    taking = asyncio.Lock()

    async def bare_page(request: Request) -> Response:
        if not constants:
            async with taking:
                constants.update(constants or await _context(request))
        return render.page(request, "orders/product.html", **constants)

    async def nothing(request: Request) -> Response:
        return RedirectResponse("/", status_code=303)

    app.router.routes[:0] = [Route("/bench/page/{code}", bare_page), Route("/bench/nothing", nothing, methods=["POST"])]


async def _context(request: Request) -> dict[str, Any]:
    """The context that the real handler gives to the template."""
    taken: dict[str, Any] = {}

    def take(request: Request, template: str, **context: Any) -> Response:
        taken.update(context)
        return Response()

    real, order_pages.page = order_pages.page, take  # type: ignore[assignment]
    try:
        await order_pages.show_product(request)
    finally:
        order_pages.page = real
    return taken


async def fill(shop: Shop, count: int, stock: int) -> dict[str, Any]:
    """`count` listings of one household, and what the load needs to know of them."""
    async with shop.db.write() as connection:
        village = await households.add_village(connection, code=f"v{new_id()[-6:]}", name="Bản Lói",
                                               commune="xã Mường Ảng", province="Điện Biên")
        household = await households.add_household(connection, code=f"h{new_id()[-6:]}", village_id=village.id,
                                                   name="Lò Thị Xuân", phone="+84900000456", place="bản Lói")
        await add_account(connection, household_id=household.id, bank_bin="970422", account_number="0900000456",
                          account_name="LO THI XUAN")
        key = new_token()
        await HOUSEHOLDS.add_api_key(connection, id=new_id(), household_id=household.id, token_digest=digest(key),
                                     now_ms=now_ms())
        codes = []
        for number in range(count):
            made = await listings.add_listing(
                connection, household_id=household.id, state="published", created_by=None,
                facts=Facts("other", f"{NAMES[number % len(NAMES)]} {number}", 25_000, "túi", stock, "bản Lói"))
            codes.append(made.code.lower())
    return {"codes": codes, "key": key, "household": household.code}


async def serve(port: int, data: Path, count: int, stock: int) -> None:
    """Serve until killed."""
    app = create_app(Settings(data=data, database_url=f"sqlite:{data / 'shop.db'}", limits=False,
                              public_url=f"http://127.0.0.1:{port}"))
    add_bare_routes(app)
    server = uvicorn.Server(uvicorn.Config(app, port=port, loop="uvloop", http="httptools", ws="none",
                                           log_level="warning", access_log=False, backlog=4096))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    print(json.dumps(await fill(app.state.shop, count, stock)), flush=True)
    await task


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[3:]]
    uvloop.run(serve(int(sys.argv[1]), Path(sys.argv[2]), *(numbers + [1, 1_000_000])[:2]))
