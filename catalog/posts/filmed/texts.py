"""A filmed clip's texts: what a person has written for it, else the listing's own under a line that says when it was filmed."""

from __future__ import annotations

from dataclasses import replace

from catalog.households.model import Household
from catalog.listings.model import Listing
from catalog.posts.check import check_text
from catalog.posts.compose import posts_of, subject_of, told_of
from catalog.posts.filmed.model import NETWORKS, FilmedClip
from catalog.posts.filmed.queries import SQL
from catalog.posts.model import Post
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import local


async def texts_of(
    connection: Connection, filmed: FilmedClip, listing: Listing, household: Household, *, public_url: str
) -> list[Post]:
    """One post for each of `NETWORKS`, in that order."""
    written = {row["network"]: row["text"] for row in await SQL.texts(connection, filmed_id=filmed.id)}
    subject = subject_of(listing, household, await told_of(connection, listing, household))
    posts = []
    for post in await _given(connection, filmed, listing, household, public_url=public_url):
        text = written.get(post.network, post.text)
        findings = check_text(text, subject, network=post.network)
        posts.append(replace(post, text=text, edited=post.network in written, findings=findings))
    return posts


async def write_filmed(
    connection: Connection, filmed: FilmedClip, listing: Listing, household: Household, network: str, text: str, *,
    public_url: str,
) -> None:
    """Keep what a person wrote for the clip. An empty text, or the one it had anyway, follows the listing's again."""
    written = text.strip()
    given = await _given(connection, filmed, listing, household, public_url=public_url)
    if not written or any(post.network == network and post.text == written for post in given):
        await SQL.forget_text(connection, filmed_id=filmed.id, network=network)
    else:
        await SQL.keep_text(connection, filmed_id=filmed.id, network=network, text=written, now_ms=now_ms())


async def _given(
    connection: Connection, filmed: FilmedClip, listing: Listing, household: Household, *, public_url: str
) -> list[Post]:
    lead = f"Trích buổi phát trực tiếp ngày {local(filmed.shown_ms):%d/%m}."
    posts = await posts_of(connection, listing, household, public_url=public_url)
    return [replace(post, text=f"{lead}\n{post.text}") for post in posts if post.network in NETWORKS]
