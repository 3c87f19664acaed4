"""What a worker can be asked for. Each loads its libraries when it is first asked.

`wish` carries the op's arguments beside `id` and `op`; paths are strings. What comes back is plain
data for a JSON line: media/intake.py turns it into `CleanPhoto` and `MediaFile` again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from media.spec import CardSpec, DigestSpec, MediaFile, Take, PosterSpec

Progress = Callable[[float], None]


def check_photo(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The upload at `source` made anew in `out_dir`; UnsupportedPhoto for what is no whole photo."""
    from media.photos.photo import check_and_clean

    bounds = {"max_side_px": wish["max_side_px"]} if "max_side_px" in wish else {}
    clean = check_and_clean(Path(wish["source"]), Path(wish["out_dir"]), **bounds)
    return {**asdict(clean), "path": str(clean.path)}


def check_voice(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The recording at `source` made anew in `out_dir`; UnsupportedVoice for what holds no speech."""
    from media.sounds.recording import check_and_clean

    clean = check_and_clean(Path(wish["source"]), Path(wish["out_dir"]))
    return {**asdict(clean), "path": str(clean.path)}


def check_video(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The piece of video at `source` made anew in `out_dir`; UnsupportedVideo for what is none."""
    from media.clips.piece import check_and_clean

    clean = check_and_clean(Path(wish["source"]), Path(wish["out_dir"]))
    return {**asdict(clean), "path": str(clean.path)}


def page_pictures(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The small pictures of the cleaned `photo`, for pages; `focus`, if any, is the point that stays in sight."""
    from media.photos.page_pictures import make_page_pictures

    focus = tuple(wish["focus"]) if wish.get("focus") else None
    return _files(make_page_pictures(Path(wish["photo"]), Path(wish["out_dir"]), focus=focus))


def picture(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The one picture of `role`."""
    from media.cards.pictures import render_picture

    return _files([render_picture(_spec(wish), wish["role"], Path(wish["out_dir"]))])


def pictures(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The pictures of `roles`, the photo decoded once."""
    from media.cards.pictures import render_pictures

    return _files(render_pictures(_spec(wish), wish["roles"], Path(wish["out_dir"]), progress))


def digest(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A village's picture of the day, as `digest.jpg`; `digest` holds its DigestSpec."""
    from media.cards.digest import write_digest

    return _files([write_digest(DigestSpec.from_json(wish["digest"]), Path(wish["out_dir"]))])


def show_poster(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A show's posters, as `feed.jpg`, `story.jpg` and `preview.jpg`; `poster` holds its PosterSpec."""
    from media.cards.show_poster import write_posters

    return _files(write_posters(PosterSpec.from_json(wish["poster"]), Path(wish["out_dir"])))


def pinned(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The card of a pinned product, as `pinned.png` in `out_dir`; `pinned` holds its PinnedSpec."""
    from media.cards.pinned import PinnedSpec, write_pinned

    path = Path(wish["out_dir"]) / "pinned.png"
    write_pinned(PinnedSpec(**wish["pinned"]), path)
    return {"path": str(path)}


def sign(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A stall sign of `size` A6, A5 or A4, as `sign-a5.pdf` and so on; with `bleed` for a print shop."""
    from media.prints.placard import BLEED_MM, write_sign

    bleed = bool(wish.get("bleed"))
    path = Path(wish["out_dir"]) / f"sign-{wish['size'].lower()}{'-bleed' if bleed else ''}.pdf"
    return _files([write_sign(_spec(wish), path, wish["size"], bleed_mm=BLEED_MM if bleed else 0.0, crop_marks=bleed)])


def sign_sheet(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The signs of `specs`, four A6 on each page of A4 to cut apart, as `sign-sheet.pdf`."""
    from media.prints.placard import write_sign_sheet

    specs = [CardSpec.from_json(fields) for fields in wish["specs"]]
    return _files([write_sign_sheet(specs, Path(wish["out_dir"]) / "sign-sheet.pdf")])


def labels(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The label of 40 × 30 mm: `label.png` for a label printer, `labels.pdf` to cut from A4."""
    from media.prints.labels import write_label, write_label_sheet

    spec, out_dir = _spec(wish), Path(wish["out_dir"])
    return _files([write_label(spec, out_dir / "label.png"), write_label_sheet(spec, out_dir / "labels.pdf")])


def clip(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The clip; beside it `warnings`, what was left out and why (see render_clip)."""
    from media.clips.clip import render_clip

    warnings: list[str] = []
    made = render_clip(_spec(wish), Path(wish["out_dir"]), progress, warn=warnings.append)
    return {**_files([made]), "warnings": warnings}


def clip_square(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The clip at 1:1, as `clip-square.mp4`."""
    from media.clips.clip import render_clip
    from media.clips.words import SQUARE

    return _files([render_clip(_spec(wish), Path(wish["out_dir"]), progress, sheet=SQUARE)])


def clip_extras(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Poster, silent copy and preview of the finished `clip`, given as a MediaFile's fields."""
    from media.clips.extras import render_clip_extras

    made = MediaFile(**{**wish["clip"], "path": Path(wish["clip"]["path"])})
    return _files(render_clip_extras(made, Path(wish["out_dir"])))


def clip_aired(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The clip of a stretch of a show, `take`, and its poster."""
    from media.clips.aired import render_aired
    from media.clips.extras import render_poster

    out_dir = Path(wish["out_dir"])
    made = render_aired(_spec(wish), Take.from_json(wish["take"]), out_dir, progress)
    return _files([made, render_poster(made, out_dir)])


def live_piece(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """What was on air between `begin` and `end`, from the live's `folder` into the file `out`: its `seconds`, 0 for nothing.

    `chapters` are pairs of a moment and a title, `title` names the whole; both may be missing. OSError where fewer than
    `leave_bytes` of the disk would be free.
    """
    from media.live.pieces import Chapter, NothingThere, cut

    chapters = [Chapter(begin, title) for begin, title in wish.get("chapters", ())]
    try:
        seconds = cut(Path(wish["folder"]), wish["begin"], wish["end"], Path(wish["out"]), chapters=chapters,
                      title=wish.get("title", ""), leave_bytes=wish.get("leave_bytes", 0))
    except NothingThere:
        return {"seconds": 0.0}
    return {"seconds": seconds}


def live_originals(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """What phones have sent in the live of `folder`, each as a file of its own; how many were `left` as they are because
    fewer than `leave_bytes` of the disk would be free."""
    from media.live.originals import assemble_all

    return {"left": assemble_all(Path(wish["folder"]), leave_bytes=wish["leave_bytes"])}


OPS: dict[str, Callable[[dict[str, Any], Progress], dict[str, Any]]] = {
    op.__name__: op for op in (check_photo, check_voice, check_video, page_pictures, picture, pictures, digest,
                               show_poster,
                               pinned, sign, sign_sheet, labels, clip, clip_square, clip_extras,
                               clip_aired, live_piece, live_originals)
}


def _spec(wish: dict[str, Any]) -> CardSpec:
    return CardSpec.from_json(wish["spec"])


def _files(made: list[MediaFile]) -> dict[str, Any]:
    return {"files": [{**asdict(file), "path": str(file.path)} for file in made]}
