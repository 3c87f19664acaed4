"""The sitemap for search engines (sitemaps.org, protocol 0.9): the market and every product's page."""

from __future__ import annotations

from catalog.posts.feeds.feed import Feed, Format, element
from catalog.posts.feeds.item import Item
from catalog.web.clock import local

MOST_ADDRESSES = 50_000
"""So many a file may hold; of more goods than that, the newest are told."""


def _begin(feed: Feed) -> str:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f"<url>{element('loc', feed.home_url)}</url>\n")


def _entry(item: Item) -> str:
    changed = local(item.changed_ms).isoformat(timespec="seconds")
    return f"<url>{element('loc', item.address)}{element('lastmod', changed)}</url>\n"


SITEMAP = Format("application/xml; charset=utf-8", _begin, _entry, "", lambda feed, next_url: "</urlset>\n",
                 most=MOST_ADDRESSES - 1)
