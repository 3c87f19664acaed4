"""The server behind run.py: settings from the options, uvicorn, and the links printed once it serves."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import socket
import sys

import uvicorn
from _demo import fill_village, photograph
from _owner import owner_link
from _tls import local_certificate
from _wire import MOST_MESSAGE_BYTES, PatientHttp

from server import create_app, read_settings


async def serve(options: argparse.Namespace) -> None:
    """Serve until stopped. The links are printed, and flushed, as soon as pages are answered."""
    data = options.data
    os.environ.setdefault("CHO_PHIEN_DATA", str(data))
    scheme = "https" if options.tls else "http"
    shown_host = _address_for_phones() if options.host in ("0.0.0.0", "::") else options.host
    os.environ.setdefault("CHO_PHIEN_URL", f"{scheme}://{shown_host}:{options.port}")
    if options.no_limits:
        os.environ["CHO_PHIEN_LIMITS"] = "off"
    settings = read_settings()
    app = create_app(settings)
    certificate, key = local_certificate(data / "tls", shown_host) if options.tls else (None, None)
    config = uvicorn.Config(app, host=options.host, port=options.port, loop="uvloop", http=PatientHttp, ws="websockets-sansio", ws_max_size=MOST_MESSAGE_BYTES,
                            ws_per_message_deflate=False,
                            log_level="warning", access_log=False, server_header=False, timeout_keep_alive=20,
                            timeout_graceful_shutdown=5, ssl_certfile=certificate, ssl_keyfile=key)
    logging.getLogger("cho_phien").addHandler(logging.StreamHandler(sys.stderr))
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started and not task.done():
        await asyncio.sleep(0.01)
    if server.started:
        shop = app.state.shop
        _say(f"Chợ Phiên: {settings.public_url}  (data in {data})")
        _say(f"owner {await owner_link(shop)}")
        if options.demo:
            for line in await fill_village(shop):
                _say(line)
            await photograph(shop)
    await task


def _address_for_phones() -> str:
    """This machine's address on its network; asks no one, since a UDP socket sends nothing by connecting."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def _say(line: str) -> None:
    print(line, flush=True)

