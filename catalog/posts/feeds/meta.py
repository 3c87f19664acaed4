"""The Meta catalogue as CSV: Facebook's and Instagram's shops fetch it, at most every hour.

Columns and values: Meta, "Product data specifications"; commas, quotes and line ends as in RFC 4180.
"""

from __future__ import annotations

import csv
import io

from catalog.posts.feeds.feed import Feed, Format
from catalog.posts.feeds.item import Item, cut
from catalog.posts.model import CHANNELS

COLUMNS = ("id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand",
           "product_type")
LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 9_999
LONGEST_BRAND = 100


def _line(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def _entry(item: Item) -> str:
    if item.picture is None or not item.picture.is_good:
        return ""
    return _line((item.code, cut(item.title, LONGEST_TITLE), cut(item.description, LONGEST_DESCRIPTION),
                  "in stock" if item.is_in_stock else "out of stock", "new", item.price,
                  item.link(CHANNELS["facebook"]), item.picture.url, cut(item.household, LONGEST_BRAND),
                  item.kind_name))


def _begin(feed: Feed) -> str:
    return _line(COLUMNS)


META = Format("text/csv; charset=utf-8", _begin, _entry, "", lambda feed, next_url: "")
