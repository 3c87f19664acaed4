"""The page of a made listing: its pictures, what to share them with, the link of each place."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.listings.access import listing_path, own_listing
from catalog.listings.consent import newest_consent
from catalog.listings.model import cover_jpeg, order_link, order_path
from catalog.listings.queries import page_files, pieces_of_listing, recording_of_listing
from catalog.listings.renders import page_version, render_state
from catalog.listings.tiers import tiers_text
from catalog.posts.check import check_name, check_text
from catalog.posts.compose import posts_of, subject_of, told_of, write_text
from catalog.posts.filmed.queries import clips_of_listing
from catalog.posts.listing_view import ZALO_WEB, ask_of, channels_of, facebook_href, is_fresh, shares_of
from catalog.posts.model import CHANNEL_NAMES, LONGEST_TEXT, NETWORK_NAMES, NETWORKS, channel_letter
from catalog.posts.queries import orders_by_channel
from catalog.posts.visits.queries import visits_by_channel
from catalog.web.band import motif_of
from catalog.web.forms import Form
from catalog.web.render import page, shop_of
from media.qr import link_payload, qr_png

QR_MODULE_PX = 16


async def show_listing(request: Request) -> Response:
    """How the listing stands: on the stall, or waiting for the household, or taken away."""
    actor, listing = await own_listing(request)
    shop, household = shop_of(request), actor.household
    url = shop.settings.public_url
    chosen = request.query_params.get("to")
    async with shop.db.read() as connection:
        state = await render_state(connection, listing)
        consent = await newest_consent(connection, listing.id)
        photos = await page_files(connection, listing.id)
        recording = await recording_of_listing(connection, listing.id)
        pieces = await pieces_of_listing(connection, listing.id)
        posts = await posts_of(connection, listing, household, public_url=url)
        subject = subject_of(listing, household, await told_of(connection, listing, household))
        counts = await orders_by_channel(connection, listing.id)
        visits = await visits_by_channel(connection, listing.id)
        filmed = await clips_of_listing(connection, listing.id)
    return page(
        request, "posts/listing.html", actor=actor, household=household, listing=listing, state=state,
        base=f"/n/{household.code}", here=listing_path(actor, listing), motif=motif_of(household.code),
        version=page_version(listing, state), is_fresh=is_fresh(listing) and consent is None,
        tiers_text=tiers_text(listing.tiers, listing.unit), recording=recording, pieces=pieces, filmed=filmed,
        ask=ask_of(consent, listing, household, public_url=url) if consent else None,
        poster=cover_jpeg(photos, "page_360"), shares=shares_of(listing, state), posts=posts, name_findings=check_name(listing.name, subject),
        network_names=NETWORK_NAMES, chosen=chosen if chosen in NETWORKS else NETWORKS[0],
        channels=channels_of(listing, visits, counts, public_url=url),
        order_path=order_path(listing.code), facebook_href=facebook_href(listing, public_url=url), zalo_href=ZALO_WEB)


async def save_text(request: Request) -> Response:
    """Keep a network's text as a person wrote it; an empty one gives the composed text back."""
    actor, listing = await own_listing(request)
    network = request.path_params["network"]
    if network not in NETWORKS:
        raise NotFound
    shop = shop_of(request)
    form = Form(await request.form())
    async with shop.db.write() as connection:
        await write_text(connection, listing, actor.household, network, form.raw("text")[:LONGEST_TEXT],
                         public_url=shop.settings.public_url)
    return RedirectResponse(f"{listing_path(actor, listing)}?to={network}#loi", status_code=303)


async def check_written(request: Request) -> Response:
    """What to look at again in `text`, as a piece of a page; nothing is kept."""
    actor, listing = await own_listing(request)
    network = request.path_params["network"]
    if network not in NETWORKS:
        raise NotFound
    form = Form(await request.form())
    async with shop_of(request).db.read() as connection:
        told = await told_of(connection, listing, actor.household)
    findings = check_text(form.raw("text")[:LONGEST_TEXT], subject_of(listing, actor.household, told), network=network)
    return page(request, "posts/_findings.html", findings=findings)


async def show_qr(request: Request) -> Response:
    """The code of one place's order link, as a PNG to save or to print."""
    _, listing = await own_listing(request)
    channel = request.path_params["channel"]
    if channel not in CHANNEL_NAMES:
        raise NotFound
    link = order_link(shop_of(request).settings.public_url, listing.code, channel_letter(channel))
    name = f"{listing.code}-{channel}.png".lower()
    return Response(qr_png(link_payload(link), module_px=QR_MODULE_PX), media_type="image/png",
                    headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, max-age=3600"})


ROUTES = [
    Route("/n/{household}/listings/{listing}", show_listing),
    Route("/n/{household}/listings/{listing}/posts/{network}", save_text, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/posts/{network}/check", check_written, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/qr/{channel}.png", show_qr),
]
