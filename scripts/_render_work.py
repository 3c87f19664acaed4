"""Draws one listing into its folder with worker processes, and writes the manifest last of all."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from media.files import write_whole
from media.intake import CleanPhoto, CleanVoice, media_files
from media.pool import RenderFailed, RenderPool
from media.spec import LOOK_VERSION, PICTURE_ROLES, CardSpec, MediaFile

PHOTO_SECONDS, VOICE_SECONDS, PICTURES_SECONDS, CLIP_SECONDS = 30, 60, 60, 300
SHEET = "manifest.json"
DRAWN_FROM = ".drawn-from"
"""Beside the manifest: the digest of what the folder was drawn from."""

# Shares of the whole work, measured: the clip is most of it.
_PHOTOS_END, _PICTURES_END, _SIGN_END = 0.10, 0.25, 0.28

Progress = Callable[[float], None]


class Unusable(Exception):
    """Something given cannot be used; the message says what."""


async def render_into(spec: CardSpec, out_dir: Path, digest: str, pool: RenderPool, progress: Progress
                      ) -> list[MediaFile]:
    """Pictures, sign and clip of a spec whose files are still as given; `progress` is told 0..1.

    Raises `Unusable` for a photo or a recording, RenderFailed where a worker failed, OSError where
    the folder cannot be written.
    """
    progress(0.0)
    out_dir.mkdir(parents=True, exist_ok=True)
    (out_dir / DRAWN_FROM).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="render-") as scratch:
        clean = await _clean(spec, scratch, pool, lambda share: progress(share * _PHOTOS_END))
        wish = {"spec": clean.to_json(), "out_dir": str(out_dir)}
        made = media_files(await pool.run(
            "pictures", {**wish, "roles": list(PICTURE_ROLES)}, seconds_limit=PICTURES_SECONDS,
            on_progress=_part(progress, _PHOTOS_END, _PICTURES_END)))
        (sign,) = media_files(await pool.run("sign", {**wish, "size": "A5"}, seconds_limit=PICTURES_SECONDS))
        made.append(replace(sign, path=sign.path.replace(out_dir / "sign.pdf"), role="sign"))
        made += media_files(await pool.run("clip", wish, seconds_limit=CLIP_SECONDS,
                                           on_progress=_part(progress, _SIGN_END, 1.0)))
    listed = json.dumps([entry(file) for file in made], indent=2) + "\n"
    write_whole(out_dir / SHEET, listed.encode())
    write_whole(out_dir / DRAWN_FROM, digest.encode())
    progress(1.0)
    return made


def entry(file: MediaFile) -> dict[str, str | int | float]:
    """A file's line in the manifest; sizes in pixels, the sign's in points."""
    return {"file": file.path.name, "role": file.role, "width": file.width, "height": file.height,
            "bytes": file.bytes, "seconds": round(file.seconds, 3)}


def digest_of(spec: CardSpec) -> str:
    """A digest of all that the files are drawn from, the photos' content too. Raises OSError."""
    files = [path for path in (*spec.photos, *spec.videos, spec.voice) if path]
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    bare = replace(spec, photos=(), videos=(), voice=None)
    return hashlib.sha256(json.dumps([LOOK_VERSION, bare.to_json(), sums], sort_keys=True).encode()).hexdigest()


def is_whole(out_dir: Path, digest: str) -> bool:
    """Whether the folder holds everything, drawn from just this."""
    try:
        listed = json.loads((out_dir / SHEET).read_text(encoding="utf-8"))
        return ((out_dir / DRAWN_FROM).read_text(encoding="utf-8") == digest
                and all((out_dir / line["file"]).stat().st_size == line["bytes"] for line in listed))
    except (OSError, ValueError):
        return False


async def _clean(spec: CardSpec, scratch: str, pool: RenderPool, progress: Progress) -> CardSpec:
    photos = []
    for at, photo in enumerate(spec.photos, 1):
        wish = {"source": str(photo.resolve()), "out_dir": scratch}
        try:
            photos.append(CleanPhoto.from_json(await pool.run("check_photo", wish, seconds_limit=PHOTO_SECONDS)).path)
        except RenderFailed as fault:
            raise Unusable(f"the photo {photo} cannot be used: {fault.reason.replace('_', ' ')}") from fault
        progress(at / len(spec.photos))
    voice = spec.voice
    if voice:
        wish = {"source": str(voice.resolve()), "out_dir": scratch}
        try:
            voice = CleanVoice.from_json(await pool.run("check_voice", wish, seconds_limit=VOICE_SECONDS)).path
        except RenderFailed as fault:
            raise Unusable(f"the recording {spec.voice} cannot be used: {fault.reason.replace('_', ' ')}") from fault
    return replace(spec, photos=tuple(photos), voice=voice, videos=tuple(path.resolve() for path in spec.videos))


def _part(progress: Progress, start: float, end: float) -> Progress:
    """A progress of its own 0..1 that moves the whole from `start` to `end`."""
    return lambda done: progress(start + (end - start) * done)
