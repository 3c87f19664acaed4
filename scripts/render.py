#!/usr/bin/env python3
"""Draw a product's pictures, stall sign and clip, and a manifest of them, into a folder.

Writes square.jpg portrait.jpg story.jpg preview.jpg sign.pdf clip.mp4 and manifest.json: a list with
`file`, `role`, `width`, `height` (pixels; points for the sign), `bytes` and `seconds` of each file.
Ends with 2 and a message when an option, a photo or the recording cannot be used.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    from _environment import reexec

    reexec()
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from media.spec import CardSpec, MediaFile

Progress = Callable[[float], None]

# Shares of the whole work, measured: the clip is most of it.
_PHOTOS_END, _PICTURES_END, _SIGN_END = 0.10, 0.25, 0.28


def main(arguments: list[str]) -> int:
    """Run with the command line's arguments; the exit code."""
    from scripts._render_options import parser, read_options

    spec, out_dir = read_options(parser(), arguments)
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="render-") as scratch:
            made = _render(spec, out_dir, Path(scratch), _bar())
    except _Unusable as fault:
        print(f"\nrender.py: {fault}", file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"\nrender.py: {out_dir} cannot be written: {fault.strerror or fault}", file=sys.stderr)
        return 2
    listed = [{"file": file.path.name, "role": file.role, "width": file.width, "height": file.height,
               "bytes": file.bytes, "seconds": round(file.seconds, 3)} for file in made]
    (out_dir / "manifest.json").write_text(json.dumps(listed, indent=2) + "\n", encoding="utf-8")
    for entry in listed:
        print(f"{entry['file']:14}{entry['width']:>6} × {entry['height']:<6}{entry['bytes'] / 1000:>8.0f} kB")
    return 0


class _Unusable(Exception):
    """Something given cannot be used; the message says what."""


def _render(spec: CardSpec, out_dir: Path, scratch: Path, progress: Progress) -> list[MediaFile]:
    progress(0.0)
    spec = replace(spec, photos=_clean_photos(spec.photos, scratch, _part(progress, 0.0, _PHOTOS_END)))
    _check_voice(spec.voice)
    # Only now the heavy libraries: a bad option or photo is told at once.
    from media.cards.pictures import render_pictures
    from media.clips.clip import render_clip
    from media.prints.placard import write_sign
    from media.spec import PICTURE_ROLES

    made = render_pictures(spec, PICTURE_ROLES, out_dir, _part(progress, _PHOTOS_END, _PICTURES_END))
    made.append(write_sign(spec, out_dir / "sign.pdf"))
    progress(_SIGN_END)
    made.append(render_clip(spec, out_dir, _part(progress, _SIGN_END, 1.0)))
    progress(1.0)
    return made


def _clean_photos(photos: tuple[Path, ...], scratch: Path, progress: Progress) -> tuple[Path, ...]:
    from media.intake import UnsupportedPhoto
    from media.photos.photo import check_and_clean

    clean = []
    for at, photo in enumerate(photos, 1):
        try:
            clean.append(check_and_clean(photo, scratch).path)
        except UnsupportedPhoto as fault:
            raise _Unusable(f"the photo {photo} cannot be used: {str(fault).replace('_', ' ')}") from fault
        progress(at / len(photos))
    return tuple(clean)


def _check_voice(voice: Path | None) -> None:
    """The clip would go without a recording that cannot be used; whoever names one wants to know."""
    if voice is None:
        return
    from media.sounds.voice import VoiceError, clean_voice

    try:
        clean_voice(voice)
    except VoiceError as fault:
        raise _Unusable(f"the recording {voice} cannot be used: {str(fault).splitlines()[0]}") from fault


def _part(progress: Progress, start: float, end: float) -> Progress:
    """A progress of its own 0..1 that moves the whole from `start` to `end`."""
    return lambda done: progress(start + (end - start) * done)


def _bar(width: int = 32) -> Progress:
    """A bar on the terminal; nothing where the output is not one."""
    if not sys.stderr.isatty():
        return lambda done: None

    def show(done: float) -> None:
        filled = round(width * min(max(done, 0.0), 1.0))
        end = "\n" if done >= 1 else ""
        print(f"\r[{'█' * filled}{'·' * (width - filled)}] {done:4.0%}", end=end, file=sys.stderr, flush=True)
    return show


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
