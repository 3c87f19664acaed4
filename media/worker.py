"""The process that does the heavy work: one JSON line in, progress lines and one result line out.

    {"id": 1, "op": "picture", "spec": {…}, "role": "square", "out_dir": "/…"}
    {"id": 1, "progress": 0.4}
    {"id": 1, "done": {"files": […]}}   or   {"id": 1, "failed": {"reason": "broken", "detail": "…"}}

It ends when its standard input does. Started and watched by media/pool.py.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from media.limits import confine
from media.spec import CardSpec, MediaFile

Progress = Callable[[float], None]


def check_photo(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A photo made anew from its pixels; refused with a `PhotoFault`."""
    from media.photo import check_and_clean
    clean = check_and_clean(Path(wish["source"]), Path(wish["out_dir"]))
    return {**asdict(clean), "path": str(clean.path)}


def page_pictures(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The small pictures of a cleaned photo."""
    from media.page_pictures import make_page_pictures
    return _files(make_page_pictures(Path(wish["photo"]), Path(wish["out_dir"])))


def pictures(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The pictures of the wish's roles, the photo decoded once."""
    from media.pictures import render_pictures
    spec = CardSpec.from_json(wish["spec"])
    return _files(render_pictures(spec, wish["roles"], Path(wish["out_dir"]), progress))


def sign(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A stall sign as PDF."""
    from media.placard import write_sign
    path = Path(wish["out_dir"]) / f"sign-{wish['size'].lower()}.pdf"
    return _files([write_sign(CardSpec.from_json(wish["spec"]), path, wish["size"])])


def clip(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The clip."""
    from media.clip import render_clip
    return _files([render_clip(CardSpec.from_json(wish["spec"]), Path(wish["out_dir"]), progress)])


def warm(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Nothing but the imports, so that the next wish doesn't pay for them."""
    import media.page_pictures
    import media.photo
    import media.pictures
    return {"modules": [media.page_pictures.__name__, media.photo.__name__, media.pictures.__name__]}


OPS = {op.__name__: op for op in (check_photo, page_pictures, pictures, sign, clip, warm)}


def _files(made: list[MediaFile]) -> dict[str, Any]:
    return {"files": [{**asdict(file), "path": str(file.path)} for file in made]}


def answer(wish: dict[str, Any], say: Callable[[dict[str, Any]], None]) -> None:
    """Do one wish and say how it went; a fault of the file's is told by its reason."""
    number = wish["id"]
    try:
        done = OPS[wish["op"]](wish, lambda share: say({"id": number, "progress": round(share, 3)}))
    except MemoryError:
        say({"id": number, "failed": {"reason": "memory", "detail": ""}})
    except Exception as error:
        reason = str(getattr(error, "reason", "fault"))
        detail = getattr(error, "found", "") or f"{type(error).__name__}: {error}"
        say({"id": number, "failed": {"reason": reason, "detail": detail}})
    else:
        say({"id": number, "done": done})


def main() -> None:
    """Serve wishes until the input ends."""
    confine()
    # The lines go to a copy of standard output: a decoder that prints would break the protocol.
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(line: dict[str, Any]) -> None:
        lines.write(json.dumps(line, ensure_ascii=False) + "\n")
        lines.flush()

    for text in sys.stdin:
        answer(json.loads(text), say)


if __name__ == "__main__":
    main()
