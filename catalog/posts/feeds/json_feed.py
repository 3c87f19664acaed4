"""JSON Feed 1.1 (jsonfeed.org/version/1.1): the newest goods, older ones under `next_url`.

What it has no words for stands in each item's `_cho_phien`: price in whole đồng, for one `unit`, and stock.
"""

from __future__ import annotations

import json

from catalog.posts.feeds.feed import Feed, Format
from catalog.posts.feeds.item import Item
from catalog.posts.model import CHANNELS
from catalog.web.clock import local

PAGE = 100
ABOUT = "https://jsonfeed.org/version/1.1"


def _begin(feed: Feed) -> str:
    head = {"version": ABOUT, "title": feed.scope.title, "description": feed.scope.description, "language": "vi",
            "home_page_url": feed.home_url, "feed_url": feed.url}
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "items": [\n'


def _entry(item: Item) -> str:
    picture = {"image": item.picture.url} if item.picture else {}
    return json.dumps({
        "id": item.address, "url": item.link(CHANNELS["portal"]), "title": item.name, "content_text": item.description,
        **picture, "date_published": local(item.published_ms).isoformat(timespec="seconds"),
        "date_modified": local(item.changed_ms).isoformat(timespec="seconds"),
        "authors": [{"name": item.household}], "tags": [item.kind_name], "language": "vi",
        "_cho_phien": {"code": item.code, "kind": item.kind, "price_vnd": item.price_vnd, "unit": item.unit,
                       "availability": "in stock" if item.is_in_stock else "out of stock"}}, ensure_ascii=False)


def _end(feed: Feed, next_url: str) -> str:
    return f'\n], "next_url": {json.dumps(next_url)}}}\n' if next_url else "\n]}\n"


JSON_FEED = Format("application/feed+json; charset=utf-8", _begin, _entry, ",\n", _end, most=PAGE, is_paged=True)
