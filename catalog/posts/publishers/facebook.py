"""Posts of a Facebook Page: one photo, several photos, a reel, a video.

Source: Meta, Graph API (Page photos and feed with `attached_media`), Video API ("Publishing", with the
Resumable Upload API), Reels Publishing API: start, upload, finish.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from catalog.posts.publishers.graph import Graph
from catalog.posts.publishers.model import (
    BAD_CONTENT,
    ODD_ANSWER,
    Attachment,
    Identity,
    NoAnswer,
    Package,
    Posted,
    Refused,
    Trouble,
    plain_text,
    safe_link,
)
from catalog.posts.publishers.steps import Steps
from catalog.words.keyed import N_

NOT_A_PAGE = N_("Mã này là của một người. Cần mã của Trang.")
NO_PICTURE = N_("Chưa có ảnh để đăng.")
NO_CLIP = N_("Chưa có clip để đăng.")
NO_APP = N_("Đăng video cần số ứng dụng (App ID). Nối lại và điền thêm, hoặc đăng clip dọc.")

NO_SUCH_FIELD = "nonexisting field"
MOST_LISTED = "25"
SLACK_SECONDS = 120
"""So much may Facebook's clock go behind ours."""


async def identify(graph: Graph) -> Identity:
    """The Page that the token belongs to. Raises `Refused` for the token of a person: only Pages have a category."""
    try:
        page = await graph.get("me", fields="id,name,link,category")
    except Refused as error:
        if NO_SUCH_FIELD in error.detail:
            raise Refused(NOT_A_PAGE) from None
        raise
    if "category" not in page:
        raise Refused(NOT_A_PAGE)
    return Identity(plain_text(page.get("id")), plain_text(page.get("name"))[:100] or "Facebook", safe_link(page.get("link")))


async def post_pictures(graph: Graph, page_id: str, package: Package, steps: Steps) -> Posted:
    """One post with the pictures: the first alone as a photo, several gathered below one text."""
    if not package.pictures:
        raise Refused(NO_PICTURE)
    if len(package.pictures) == 1:
        post_id = await steps.once("photo", lambda: _publish_photo(graph, page_id, package),
                                   lambda: _find(graph, f"{page_id}/published_posts", "message", package))
    else:
        photos = [await steps.step(f"photo:{picture.role}", lambda picture=picture: _add_photo(graph, page_id, picture))
                  for picture in package.pictures]
        media = {f"attached_media[{index}]": f'{{"media_fbid":"{photo}"}}' for index, photo in enumerate(photos)}
        post_id = await steps.once("feed", lambda: _id_of(graph.post(f"{page_id}/feed", message=package.text, **media)),
                                   lambda: _find(graph, f"{page_id}/published_posts", "message", package))
    return Posted(post_id, await _permalink(graph, post_id))


async def post_reel(graph: Graph, page_id: str, package: Package, steps: Steps) -> Posted:
    """The clip as a reel. A reel is published by its number, so Facebook itself knows whether it was."""
    clip = _clip(package)
    video_id = await steps.step("reel", lambda: _id_of(graph.post(f"{page_id}/video_reels", upload_phase="start"),
                                                       "video_id"))
    await steps.step("bytes", lambda: _send_reel(graph, video_id, clip))
    await steps.once(
        "publish", lambda: _publish_reel(graph, page_id, video_id, package),
        lambda: _is_published(graph, video_id), proves=True)
    return Posted(video_id, await _permalink(graph, video_id))


async def post_video(graph: Graph, page_id: str, app_id: str, package: Package, steps: Steps) -> Posted:
    """The clip as a video, through an upload session that goes on where it stopped."""
    clip = _clip(package)
    if not app_id:
        raise Refused(NO_APP)
    session = await steps.step("session", lambda: _start_video(graph, app_id, clip))
    handle = await steps.step("bytes", lambda: _send_video(graph, app_id, session, clip))
    video_id = await steps.once(
        "video", lambda: _id_of(graph.post(f"{page_id}/videos", is_video=True, title=package.title[:100],
                                           description=package.text, fbuploader_video_file_chunk=handle)),
        lambda: _find(graph, f"{page_id}/videos", "description", package))
    return Posted(video_id, await _permalink(graph, video_id))


async def _publish_photo(graph: Graph, page_id: str, package: Package) -> str:
    files = await _files(package.pictures[0])
    answer = await graph.post(f"{page_id}/photos", files=files, caption=package.text, published="true")
    return _text(answer, "post_id") if "post_id" in answer else _text(answer, "id")


async def _add_photo(graph: Graph, page_id: str, picture: Attachment) -> str:
    return await _id_of(graph.post(f"{page_id}/photos", files=await _files(picture), published="false"))


async def _send_reel(graph: Graph, video_id: str, clip: Attachment) -> str:
    content = await asyncio.to_thread(clip.path.read_bytes)
    status = await graph.get(video_id, fields="status")
    phase = _inner(status, "status", "uploading_phase")
    came = phase.get("bytes_transferred")
    if phase.get("status") == "complete" or came == len(content):
        return "sent"
    offset = came if isinstance(came, int) and 0 < came < len(content) else 0
    answer = await graph.send_bytes(f"video-upload/{graph.version}/{video_id}", content[offset:], is_reel=True,
                                    offset=str(offset), file_size=str(len(content)))
    if answer.get("success") is not True:
        raise Refused(BAD_CONTENT, detail=str(answer.get("message") or ""))
    return "sent"


async def _publish_reel(graph: Graph, page_id: str, video_id: str, package: Package) -> str:
    answer = await graph.post(f"{page_id}/video_reels", upload_phase="finish", video_id=video_id,
                              video_state="PUBLISHED", title=package.title[:100], description=package.text)
    if answer.get("success") is not True:
        raise NoAnswer(ODD_ANSWER)
    return video_id


async def _is_published(graph: Graph, video_id: str) -> str:
    """The reel's number once its publishing has begun."""
    phase = _inner(await graph.get(video_id, fields="status"), "status", "publishing_phase").get("status")
    if not isinstance(phase, str):
        raise NoAnswer(ODD_ANSWER)
    return "" if phase == "not_started" else video_id


async def _start_video(graph: Graph, app_id: str, clip: Attachment) -> str:
    return await _id_of(graph.post(f"{app_id}/uploads", file_name=clip.path.name, file_length=str(clip.bytes),
                                   file_type=clip.content_type))


async def _send_video(graph: Graph, app_id: str, session: str, clip: Attachment) -> str:
    content = await asyncio.to_thread(clip.path.read_bytes)
    offset = await graph.upload_offset(session)
    if offset >= len(content):  # All came and the handle was lost on its way: only a new session gives one.
        session, offset = await _start_video(graph, app_id, clip), 0
    return await _id_of(graph.send_bytes(session, content[offset:], is_reel=False, file_offset=str(offset)), "h")


async def _find(graph: Graph, path: str, text_field: str, package: Package) -> str:
    """The number of the Page's newest post with exactly this text, made since this one was asked for."""
    listed = await graph.get(path, fields=f"id,created_time,{text_field}", limit=MOST_LISTED)
    entries = listed.get("data")
    if not isinstance(entries, list):
        raise NoAnswer(ODD_ANSWER)
    for entry in entries:
        if isinstance(entry, dict) and _same(entry.get(text_field), package.text) and _is_since(entry, package):
            return _text(entry, "id")
    return ""


async def _permalink(graph: Graph, post_id: str) -> str:
    """Where people see it. A post without its link is a post all the same."""
    try:
        link = safe_link((await graph.get(post_id, fields="permalink_url")).get("permalink_url"))
    except Trouble:
        link = ""
    return link or f"https://www.facebook.com/{post_id}"


async def _files(picture: Attachment) -> dict[str, Any]:
    content = await asyncio.to_thread(picture.path.read_bytes)
    return {"source": (picture.path.name, content, picture.content_type)}


async def _id_of(answer: Any, name: str = "id") -> str:
    return _text(await answer, name)


def _text(answer: dict[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 4_000:
        raise NoAnswer(ODD_ANSWER)
    return value


def _inner(answer: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        inner = answer.get(name)
        answer = inner if isinstance(inner, dict) else {}
    return answer


def _clip(package: Package) -> Attachment:
    if package.clip is None:
        raise Refused(NO_CLIP)
    return package.clip


def _same(found: object, text: str) -> bool:
    return isinstance(found, str) and found.split() == text.split()


def _is_since(entry: dict[str, Any], package: Package) -> bool:
    try:
        made = datetime.strptime(str(entry.get("created_time")), "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except ValueError:
        return True
    return made.timestamp() >= package.since_ms / 1000 - SLACK_SECONDS
