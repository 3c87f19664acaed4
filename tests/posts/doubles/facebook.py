"""Facebook's Graph API for one Page, as its documents tell: photos, feed, reels, upload sessions, videos."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from tests.posts.doubles.double import Double, Wrong

TOKEN, PAGE, APP, VERSION = "EAAB-page-token", "1090001", "7770001", "v26.0"
WITH_REEL_HOST = f"video-upload/{VERSION}/"


def error(code: int, message: str, *, status: int = 400, kind: str = "OAuthException") -> Wrong:
    return Wrong(status, {"error": {"message": message, "type": kind, "code": code, "fbtrace_id": "AbC"}})


class FacebookDouble(Double):
    """The Page and everything that has been put on it."""

    def __init__(self) -> None:
        super().__init__()
        self.token = TOKEN
        self.is_page = True
        self.photos: dict[str, dict[str, Any]] = {}
        self.posts: list[dict[str, Any]] = []
        self.reels: dict[str, dict[str, Any]] = {}
        self.sessions: dict[str, dict[str, Any]] = {}
        self.videos: list[dict[str, Any]] = []
        self._next = 100

    def rate_answer(self) -> Wrong:
        return error(32, "(#32) Page request limit reached", status=403)

    def name_of(self, request: Request) -> str:
        path = request.url.path.lstrip("/")
        if path.startswith("video-upload/"):
            return "reel bytes"
        rest = path.split("/", 1)[1] if "/" in path else path
        if rest.startswith("upload:"):
            return "session offset" if request.method == "GET" else "session bytes"
        last = rest.rsplit("/", 1)[-1]
        return f"{request.method} {'node' if last.replace('_', '').isdigit() else last}"

    async def answer(self, request: Request, name: str) -> dict[str, Any]:
        path = request.url.path.lstrip("/")
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if token != self.token or "access_token" in request.url.query:
            raise error(190, "Invalid OAuth access token - Cannot parse access token")
        if name in ("reel bytes", "session bytes", "session offset"):
            if scheme != "OAuth":
                raise error(190, "An access token is required to request this resource.")
            return await self._bytes(request, name, path)
        if not path.startswith(f"{VERSION}/"):
            raise error(2635, "You are calling an unknown version of the Graph API")
        path = path.removeprefix(f"{VERSION}/")
        if request.method == "GET":
            return self._get(path, dict(request.query_params))
        form = await request.form()
        fields = {key: value for key, value in form.items() if isinstance(value, str)}
        upload = form.get("source")
        content = await upload.read() if upload is not None and not isinstance(upload, str) else None
        routes = {f"{PAGE}/photos": self._photo, f"{PAGE}/feed": self._feed, f"{PAGE}/video_reels": self._reel,
                  f"{APP}/uploads": self._session, f"{PAGE}/videos": self._video}
        if path not in routes:
            raise error(100, f"Unsupported post request. Object with ID '{path}' does not exist")
        return routes[path](fields, content)

    def _photo(self, fields: dict[str, str], content: bytes | None) -> dict[str, Any]:
        self._only(fields, "caption", "published")
        if not content or not content.startswith((b"\xff\xd8", b"\x89PNG")):
            raise error(324, "(#324) Requires upload file")
        photo = self._new()
        published = fields.get("published", "true") == "true"
        self.photos[photo] = {"published": published, "content": content, "used": published}
        if not published:
            return {"id": photo}
        return {"id": photo, "post_id": self._add_post(fields.get("caption", ""), [photo])}

    def _feed(self, fields: dict[str, str], content: bytes | None) -> dict[str, Any]:
        attached = {key: value for key, value in fields.items() if key.startswith("attached_media")}
        self._only({key: "" for key in fields if key not in attached}, "message")
        if sorted(attached) != [f"attached_media[{index}]" for index in range(len(attached))] or not attached:
            raise error(100, "(#100) Invalid parameter: attached_media")
        photos = [json.loads(value)["media_fbid"] for value in attached.values()]
        for photo in photos:
            if photo not in self.photos or self.photos[photo]["used"]:
                raise error(100, f"(#100) media_fbid {photo} is no unpublished photo of this Page")
            self.photos[photo]["used"] = True
        return {"id": self._add_post(fields["message"], photos)}

    def _reel(self, fields: dict[str, str], content: bytes | None) -> dict[str, Any]:
        if fields.get("upload_phase") == "start":
            self._only(fields, "upload_phase")
            reel = self._new()
            self.reels[reel] = {"content": b"", "size": None, "published": 0}
            return {"video_id": reel, "upload_url": f"https://rupload.facebook.com/{WITH_REEL_HOST}{reel}"}
        if fields.get("upload_phase") != "finish":
            raise error(100, "(#100) Param upload_phase must be one of {start, finish}")
        self._only(fields, "upload_phase", "video_id", "video_state", "title", "description")
        reel = self.reels.get(fields.get("video_id", ""))
        if reel is None or fields.get("video_state") != "PUBLISHED":
            raise error(100, "(#100) Invalid parameter")
        if reel["size"] is None or len(reel["content"]) != reel["size"]:
            raise error(6000, "There was a problem uploading your video file", kind="FacebookApiException")
        reel["published"] += 1
        reel["description"] = fields["description"]
        return {"success": True}

    def _session(self, fields: dict[str, str], content: bytes | None) -> dict[str, Any]:
        self._only(fields, "file_name", "file_length", "file_type")
        if fields.get("file_type") != "video/mp4" or not fields.get("file_length", "").isdigit():
            raise error(100, "(#100) Invalid file_type")
        session = f"upload:MTphd{self._new()}?sig=abc"
        self.sessions[session.split("?")[0]] = {"content": b"", "size": int(fields["file_length"])}
        return {"id": session.split("?")[0]}

    def _video(self, fields: dict[str, str], content: bytes | None) -> dict[str, Any]:
        self._only(fields, "title", "description", "fbuploader_video_file_chunk")
        handle = fields.get("fbuploader_video_file_chunk", "")
        session = self.sessions.get(handle.removeprefix("h:"))
        if session is None or len(session["content"]) != session["size"]:
            raise error(100, "(#100) Invalid video handle")
        video = self._new()
        self.videos.append({"id": video, "description": fields["description"], "created_time": self._now()})
        return {"id": video}

    async def _bytes(self, request: Request, name: str, path: str) -> dict[str, Any]:
        content = await request.body()
        if name == "reel bytes":
            reel = self.reels.get(path.removeprefix(WITH_REEL_HOST))
            offset, size = request.headers.get("offset", ""), request.headers.get("file_size", "")
            if reel is None or not offset.isdigit() or not size.isdigit() or int(offset) != len(reel["content"]):
                raise Wrong(400, {"debug_info": {"type": "ProcessingFailedError", "message": "Request processing failed"}})
            reel["content"] += content
            reel["size"] = int(size)
            return {"success": True}
        session = self.sessions.get(path.removeprefix(f"{VERSION}/"))
        if session is None:
            raise error(100, "(#100) Unknown upload session")
        if name == "session offset":
            return {"id": path, "file_offset": len(session["content"])}
        if not content or request.headers.get("file_offset") != str(len(session["content"])):
            raise error(100, "(#100) Wrong file_offset")
        session["content"] += content
        return {"h": "h:" + path.removeprefix(f"{VERSION}/")}

    def _get(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        asked = query.get("fields", "").split(",")
        if path == "me":
            if "category" in asked and not self.is_page:
                raise error(100, "(#100) Tried accessing nonexisting field (category) on node type (User)")
            return {"id": PAGE, "name": "Nhà Lò Thị Xuân", "link": f"https://www.facebook.com/{PAGE}",
                    **({"category": "Farm"} if self.is_page else {})}
        if path in (f"{PAGE}/published_posts", f"{PAGE}/videos"):
            entries = self.videos if path.endswith("videos") else self.posts
            return {"data": [{key: entry[key] for key in asked if key in entry} for entry in reversed(entries)]}
        if path in self.reels and asked == ["status"]:
            reel = self.reels[path]
            whole = reel["size"] is not None and len(reel["content"]) == reel["size"]
            return {"id": path, "status": {
                "video_status": "processing",
                "uploading_phase": {"status": "complete" if whole else "in_progress",
                                    "bytes_transferred": len(reel["content"])},
                "processing_phase": {"status": "not_started"},
                "publishing_phase": {"status": "complete" if reel["published"] else "not_started"}}}
        known = {*self.reels, *(post["id"] for post in self.posts), *(video["id"] for video in self.videos)}
        if path in known and asked == ["permalink_url"]:
            return {"id": path, "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{path}"}
        raise error(100, "(#100) Tried accessing nonexisting field")

    def _add_post(self, message: str, photos: list[str]) -> str:
        post = f"{PAGE}_{self._new()}"
        self.posts.append({"id": post, "message": message, "photos": photos, "created_time": self._now()})
        return post

    def _new(self) -> str:
        self._next += 1
        return str(self._next)

    @staticmethod
    def _now() -> str:
        return datetime.fromtimestamp(time.time(), UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")

    @staticmethod
    def _only(fields: dict[str, str], *names: str) -> None:
        if unknown := [name for name in fields if name not in names]:
            raise error(100, f"(#100) Unexpected parameters: {', '.join(unknown)}")


