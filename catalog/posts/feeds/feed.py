"""What every feed has in common: whose goods, under which address, and how a format writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from catalog.posts.feeds.item import Item


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose goods: the whole shop's, one village's or one household's. `path` is "" or begins with a slash;
    `place` is the village's name, "" for the whole shop."""

    path: str
    title: str
    description: str
    home_path: str = "/"
    place: str = ""
    village_id: str | None = None
    household_id: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of a scope. Addresses are whole; `next_url` leads to older goods, "" where there are none."""

    scope: Scope
    public_url: str
    name: str

    @property
    def home_url(self) -> str:
        """Where people see the same goods."""
        return self.public_url + self.scope.home_path

    @property
    def url(self) -> str:
        """The feed's own address."""
        return f"{self.public_url}/feeds{self.scope.path}/{self.name}"

    def url_after(self, item: Item) -> str:
        """The address of what comes after that item."""
        return f"{self.url}?before={item.key}"


@dataclass(frozen=True, slots=True)
class Format:
    """How a feed is written: what stands before the items, each item, what stands after them.

    `entry` gives "" for an item that the format can't take. `most` bounds the items; with `is_paged`
    the rest follows under a next address, which `end` is given, "" on the last page.
    """

    media_type: str
    begin: Callable[[Feed], str]
    entry: Callable[[Item], str]
    between: str
    end: Callable[[Feed, str], str]
    most: int | None = None
    is_paged: bool = False


def element(name: str, text: str) -> str:
    """An XML element with the text, escaped."""
    return f"<{name}>{escape(text)}</{name}>"
