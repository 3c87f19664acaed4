"""The one ASGI app: settings from the environment, adapters, routes, error pages, lifespan."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount

from catalog.accounts import pages as account_pages
from catalog.households import keys as household_keys
from catalog.households import pages as household_pages
from catalog.households import team_pages
from catalog.listings import api as listing_api
from catalog.listings import (certificate_pages, consent_pages, focus_pages, media_pages, piece_pages,
                              sentence_pages, voice_pages)
from catalog.listings import jobs as listing_jobs
from catalog.listings import pages as listing_pages
from catalog.live.encoders import hooks as encoder_hooks
from catalog.live.encoders import pages as encoder_pages
from catalog.live.encoders.followed import Encoders
from catalog.live.shows import (camera_pages, camera_socket, claim_pages, picture_pages, place_pages, plan_pages,
                                recording_pages, room_pages, stream, watch_pages)
from catalog.live.shows import jobs as show_jobs
from catalog.live.shows.broadcast import Broadcasts
from catalog.live.shows.reel import Reel
from catalog.live.shows.rooms import Rooms
from catalog.live.sources import pages as source_pages
from catalog.live.sources import reply as show_replies
from catalog.live.sources.readers import Readers
from catalog.live.team import joining_pages
from catalog.live.team import team_pages as show_team_pages
from catalog.live.telling import poster_pages, tell_pages
from catalog.live.telling.show_subject import SHOW
from catalog.orders import api as order_api
from catalog.orders import jobs as order_jobs
from catalog.orders import embed_pages, order_pages, seller_pages, village
from catalog.orders import pages as stall_pages
from catalog.orders.forget import promise_forgetting
from catalog.payments import hooks as payment_hooks
from catalog.payments import pages as payment_pages
from catalog.posts import api as post_api
from catalog.posts import pages as post_pages
from catalog.posts import sign_pages, speak_pages
from catalog.posts.digest import pages as digest_pages
from catalog.posts.feeds import pages as feed_pages
from catalog.posts.filmed import jobs as filmed_jobs, pages as filmed_pages
from catalog.posts.publishers import account_pages as network_pages
from catalog.posts.publishers import jobs as sending_jobs
from catalog.posts.publishers import send_pages
from catalog.posts.publishers.digest_subject import DIGEST
from catalog.posts.publishers.listing_subject import LISTING
from catalog.posts.publishers.schedule import promise_all as promise_posts
from catalog.posts.visits import jobs as visit_jobs
from catalog.posts.visits import pages as visit_pages
from catalog.posts.visits.counter import VisitCounter
from catalog.posts.visits.jobs import promise_summing
from catalog.storage.connect import database
from catalog.storage.jobs import JobRunner
from catalog.storage.objects import Objects
from catalog.storage.secrets import SecretBox
from catalog.storage.settings import Networks, Rtmp, Settings
from catalog.storage.shop import Shop
from catalog.web import api, band, failures, locale, render, static
from catalog.web import pages as web_pages
from catalog.web.guard import Guard, Refuse
from catalog.words import filters as word_filters
from media.pool import RenderPool

POSTED = (LISTING, DIGEST, SHOW)
"""What can be sent to networks."""

OPERATIONS = [*listing_api.OPERATIONS, *post_api.OPERATIONS, *order_api.OPERATIONS]
ROUTES: list[BaseRoute] = [
    *web_pages.ROUTES, *static.ROUTES,
    *household_pages.ROUTES, *team_pages.ROUTES, *household_keys.ROUTES,
    *account_pages.ROUTES,
    *listing_pages.ROUTES, *media_pages.ROUTES, *listing_api.ROUTES, *consent_pages.ROUTES,
    *voice_pages.ROUTES, *piece_pages.ROUTES, *focus_pages.ROUTES, *certificate_pages.ROUTES, *sentence_pages.ROUTES,
    *post_pages.ROUTES, *sign_pages.ROUTES, *speak_pages.ROUTES, *filmed_pages.ROUTES, *post_api.ROUTES, *feed_pages.ROUTES,
    *digest_pages.ROUTES, *visit_pages.ROUTES, *network_pages.ROUTES,
    *(route for kind in POSTED for route in send_pages.routes_of(kind)),
    *stall_pages.ROUTES, *order_pages.ROUTES, *seller_pages.ROUTES, *village.ROUTES, *embed_pages.ROUTES,
    *order_api.ROUTES,
    *plan_pages.ROUTES, *show_team_pages.ROUTES, *joining_pages.ROUTES,
    *poster_pages.ROUTES, *tell_pages.ROUTES, *room_pages.ROUTES, *watch_pages.ROUTES, *stream.ROUTES,
    *claim_pages.ROUTES, *picture_pages.ROUTES, *camera_pages.ROUTES, *place_pages.ROUTES, *recording_pages.ROUTES,
    *source_pages.ROUTES,
    *encoder_pages.ROUTES, *encoder_hooks.ROUTES,
    *payment_hooks.ROUTES, *payment_pages.ROUTES,
    api.serve_description(OPERATIONS),
]
JOBS = (*listing_jobs.JOBS, *filmed_jobs.JOBS, *sending_jobs.jobs_of(POSTED), *order_jobs.JOBS, *visit_jobs.JOBS,
        *show_jobs.JOBS, *show_replies.JOBS)
LARGE_BODIES = [*media_pages.LARGE_BODIES, *listing_pages.LARGE_BODIES, *listing_api.LARGE_BODIES,
                *voice_pages.LARGE_BODIES, *digest_pages.LARGE_BODIES, *piece_pages.LARGE_BODIES, *room_pages.LARGE_BODIES]
OPEN_PATHS = ("/api/", "/hooks/")
"""Here a key or a signature proves the caller; cookies count for nothing."""

COMPRESS_FROM = 600
COMPRESS_LEVEL = 6


def read_settings() -> Settings:
    """The settings of the environment's CHO_PHIEN_* variables; docs/settings.md names them all."""
    get = os.environ.get
    data = Path(get("CHO_PHIEN_DATA", "data")).resolve()
    return Settings(
        data=data,
        database_url=get("CHO_PHIEN_DATABASE", f"sqlite:{data / 'cho-phien.db'}"),
        public_url=get("CHO_PHIEN_URL", "http://127.0.0.1:8000").rstrip("/"),
        limits=get("CHO_PHIEN_LIMITS", "on") != "off",
        transfer_hold_seconds=int(get("CHO_PHIEN_TRANSFER_HOLD_SECONDS", "7200")),
        session_days=int(get("CHO_PHIEN_SESSION_DAYS", "180")),
        buyer_days=int(get("CHO_PHIEN_BUYER_DAYS", "180")),
        render_workers=int(get("CHO_PHIEN_RENDER_WORKERS", "2")),
        secret_key=get("CHO_PHIEN_SECRET_KEY", ""),
        networks=Networks(facebook_version=get("CHO_PHIEN_FACEBOOK_VERSION", Networks().facebook_version)),
        rtmp=Rtmp(get("CHO_PHIEN_RTMP", "").rstrip("/"), get("CHO_PHIEN_RTMP_SOURCE", Rtmp().source).rstrip("/"),
                  get("CHO_PHIEN_RTMP_SECRET", "")),
    )


def make_shop(settings: Settings) -> Shop:
    """The adapters, not opened yet."""
    db = database(settings.database_url)
    jobs = JobRunner(db)
    jobs.add(JOBS)
    return Shop(settings, db, Objects(settings.data / "files"), jobs, RenderPool(max_workers=settings.render_workers),
                SecretBox(settings.data, settings.secret_key))


@asynccontextmanager
async def open_shop(shop: Shop) -> AsyncIterator[Shop]:
    """The shop with everything open; closed again in the opposite order, also when opening stops halfway."""
    try:
        shop.objects.open()
        shop.secrets.open()
        await shop.db.open()
        await shop.pool.open()
        await shop.jobs.open(shop)
        await listing_jobs.promise_sweep(shop)
        await promise_forgetting(shop)
        await promise_posts(shop)
        await show_jobs.promise_forgetting(shop)
        yield shop
    finally:
        await shop.jobs.close()
        await shop.pool.close()
        await shop.db.close()


def create_app(settings: Settings | None = None) -> Starlette:
    """The app for these settings, or for those of the environment."""
    chosen = settings or read_settings()
    shop = make_shop(chosen)
    visits, rooms, broadcasts = VisitCounter(shop.db), Rooms(shop.db), Broadcasts(shop)
    readers, encoders = Readers(shop, rooms.ring), Encoders(shop, broadcasts)
    static.load_static()
    locale.load_translations()
    render.add_filters(**word_filters.FILTERS, **band.FILTERS)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_shop(shop):
            await promise_summing(shop)
            visits.open()
            rooms.open()
            readers.open()
            await encoders.open()
            try:
                yield
            finally:
                await encoders.close()
                await readers.close()
                await broadcasts.close()
                await rooms.close()
                await visits.close()

    middleware = [
        Middleware(GZipMiddleware, minimum_size=COMPRESS_FROM, compresslevel=COMPRESS_LEVEL),
        Middleware(Guard, large_bodies=LARGE_BODIES, open_paths=OPEN_PATHS, is_tls=chosen.is_tls),
    ]
    app = Starlette(routes=[Mount("/", routes=[*ROUTES, *camera_socket.SOCKETS], middleware=[Middleware(Refuse)])], middleware=middleware,
                    exception_handlers=dict(failures.HANDLERS), lifespan=lifespan)
    app.state.shop, app.state.visits, app.state.rooms = shop, visits, rooms
    app.state.readers, app.state.broadcasts, app.state.encoders = readers, broadcasts, encoders
    app.state.reel = Reel(shop.db, partial(picture_pages.show_folder, chosen.data))
    return app


class NoSecrets(logging.Filter):
    """Takes private paths out of the access log: tokens stand in them."""

    PRIVATE = ("/s/", "/d/", "/c/", "/b/", "/x/", "/hooks/")

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record's path is shortened where it is private."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, path, version, status = record.args
            text = str(path)
            for prefix in self.PRIVATE:
                if text.startswith(prefix):
                    text = prefix + "…"
            record.args = ("-", method, text.split("?")[0], version, status)
        return True


logging.getLogger("uvicorn.access").addFilter(NoSecrets())
