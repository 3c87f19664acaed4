"""A show's posters as its pages show them: the addresses, and what is handed to the phone's share sheet."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.live.shows.model import Show
from catalog.live.telling.poster import Poster


@dataclass(frozen=True, slots=True)
class PosterView:
    """The upright posters of one version, drawn or still being drawn."""

    feed: str
    story: str
    feed_files: tuple[dict[str, str], ...]
    story_files: tuple[dict[str, str], ...]


def poster_view(show: Show, key: str) -> PosterView:
    """The posters of the version `key`; their addresses answer once they are drawn."""
    feed, story = (f"{show.path}/poster/{role}.jpg?v={key[:12]}" for role in ("feed", "story"))
    name = show.code.lower()
    return PosterView(feed, story, ({"url": feed, "name": f"{name}.jpg", "type": "image/jpeg"},),
                      ({"url": story, "name": f"{name}-story.jpg", "type": "image/jpeg"},))


def preview_link(show: Show, posters: list[Poster], *, public_url: str) -> str:
    """Where networks fetch the picture beside a shared link; "" where none is drawn yet."""
    drawn = next((one for one in posters if one.role == "preview"), None)
    return f"{public_url}{show.path}/poster/preview.jpg?v={drawn.key}" if drawn else ""
