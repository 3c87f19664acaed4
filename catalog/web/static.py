"""Styles, scripts, icons and fonts, under addresses that hold their own digest.

Read into memory at the start (a few hundred kB); compressed when first asked for (some 20 ms a file)
and kept so, so that the start waits for none. `css/bundles.json` names style sheets that are put together from parts. A script's
imports (`from "./line.js"`) get the addresses of today's files, so that a browser never mixes two days'.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog.errors import NotFound

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "static"
SMALL = 256
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
         ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}
IMPORT = re.compile(r'(?<=from )"(\.[^"]+\.js)"')
PACKABLE = (".js", ".css", ".svg", ".webmanifest", ".txt")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file ready to be sent."""

    content: bytes
    content_type: str
    digest: str
    is_packable: bool

    @property
    def packed(self) -> dict[str, bytes]:
        """The compressed bytes by encoding, the smallest first; empty where it is sent as it is."""
        return _packed(self.content) if self.is_packable else {}


_files: dict[str, StaticFile] = {}
_imports: dict[str, list[str]] = {}


def load_static(folder: Path = FOLDER) -> None:
    """Read everything once; called at the start. Fonts first: style sheets name their addresses."""
    _files.clear()
    sources = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    bundles_file = sources.pop("css/bundles.json", None)
    for name, path in sorted(sources.items(), key=lambda item: item[0].endswith((".css", ".js"))):
        if name.endswith(".js"):
            _load_script(name, sources)
        elif not name.startswith("css/parts/"):
            _files[name] = _prepare(name, _with_addresses(name, path.read_bytes()))
    bundles = json.loads(bundles_file.read_text()) if bundles_file else {}
    for name, parts in bundles.items():
        text = b"\n".join((folder / "css" / "parts" / part).read_bytes() for part in parts)
        _files[f"css/{name}"] = _prepare(name, _with_addresses(name, text))


def static(name: str) -> str:
    """The address of a file, with its digest: it may be kept for ever."""
    return f"/static/{_files[name].digest}/{name}"


def static_names() -> list[str]:
    """The names of all files."""
    return sorted(_files)


def imports_of(name: str) -> list[str]:
    """All the scripts that a script needs beside itself: a page asks for them at once rather than one behind another."""
    found: list[str] = []
    for other in _imports[name]:
        found += [one for one in (other, *imports_of(other)) if one not in found]
    return found


async def send_static(request: Request) -> Response:
    """The file, compressed where the browser takes that; a stale digest still finds the new file."""
    file = _files.get(request.path_params["name"])
    if file is None:
        raise NotFound
    fresh = request.path_params["digest"] == file.digest
    headers = {"Cache-Control": "public, max-age=31536000, immutable" if fresh else "no-cache",
               "Vary": "Accept-Encoding"}
    accepted = request.headers.get("accept-encoding", "")
    packed = file.packed
    encoding = next((name for name in packed if name in accepted), None)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(packed[encoding] if encoding else file.content, media_type=file.content_type, headers=headers)


@lru_cache(maxsize=256)
def _packed(content: bytes) -> dict[str, bytes]:
    return {"br": brotli.compress(content), "gzip": gzip.compress(content, 9, mtime=0)}


def _prepare(name: str, content: bytes) -> StaticFile:
    ending = Path(name).suffix
    kind = TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return StaticFile(content, kind, hashlib.sha256(content).hexdigest()[:12], ending in PACKABLE and len(content) > SMALL)


def _load_script(name: str, sources: dict[str, Path]) -> None:
    """Read a script behind those that it imports: its text holds their addresses."""
    if name in _files:
        return
    text, folder = sources[name].read_text(), posixpath.dirname(name)

    def named(path: str) -> str:
        return posixpath.normpath(posixpath.join(folder, path))

    _imports[name] = [named(path) for path in IMPORT.findall(text)]
    for other in _imports[name]:
        _load_script(other, sources)
    text = IMPORT.sub(lambda found: f'"{static(named(found[1]))}"', text)
    _files[name] = _prepare(name, text.encode())


def _with_addresses(name: str, content: bytes) -> bytes:
    """A style sheet's `url(/static/NAME)` with the digest put in."""
    if not name.endswith(".css"):
        return content
    text = content.decode()
    for other, file in _files.items():
        text = text.replace(f"url(/static/{other})", f"url(/static/{file.digest}/{other})")
    return text.encode()


ROUTES = [Route("/static/{digest}/{name:path}", send_static)]
