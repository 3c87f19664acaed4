"""RSS 2.0 for portals and readers: the newest goods, older ones on further pages (RFC 5005, 3)."""

from __future__ import annotations

from email.utils import format_datetime
from xml.sax.saxutils import quoteattr

from catalog.posts.feeds.feed import Feed, Format, element
from catalog.posts.feeds.item import Item
from catalog.posts.model import CHANNELS
from catalog.web.clock import local
from catalog.words.money import show_vnd

PAGE = 100
ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "http://search.yahoo.com/mrss/"


def _begin(feed: Feed) -> str:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<rss version="2.0" xmlns:atom="{ATOM}" xmlns:media="{MEDIA}"><channel>\n'
            f"{element('title', feed.scope.title)}{element('link', feed.home_url)}"
            f"{element('description', feed.scope.description)}<language>vi</language><ttl>60</ttl>\n"
            f'<atom:link href={quoteattr(feed.url)} rel="self" type="application/rss+xml"/>\n')


def _entry(item: Item) -> str:
    title = f"{item.name} · {show_vnd(item.price_vnd)}/{item.unit}" + ("" if item.is_in_stock else " · Hết hàng")
    lines = [element("title", title), element("link", item.link(CHANNELS["portal"])),
             element("description", item.description if item.is_in_stock else f"Hết hàng. {item.description}"),
             f'<guid isPermaLink="true">{item.address}</guid>',
             element("pubDate", format_datetime(local(item.published_ms))), element("category", item.kind_name)]
    if item.picture:
        url = quoteattr(item.picture.url)
        lines += [f'<enclosure url={url} length="{item.picture.bytes}" type="image/jpeg"/>',
                  f'<media:content url={url} medium="image" type="image/jpeg" width="{item.picture.width}"'
                  f' height="{item.picture.height}"/>']
    return f"<item>{''.join(lines)}</item>\n"


def _end(feed: Feed, next_url: str) -> str:
    link = f'<atom:link href={quoteattr(next_url)} rel="next"/>\n' if next_url else ""
    return f"{link}</channel></rss>\n"


RSS = Format("application/rss+xml; charset=utf-8", _begin, _entry, "", _end, most=PAGE, is_paged=True)
