"""Google Merchant's product data as RSS 2.0 with the namespace `g:`.

Attributes and values: Google Merchant Center, "Product data specification".
"""

from __future__ import annotations

from catalog.posts.feeds.feed import Feed, Format, element
from catalog.posts.feeds.item import Item, cut
from catalog.posts.model import CHANNELS

LONGEST_TITLE = 150
LONGEST_DESCRIPTION = 5_000
LONGEST_BRAND = 70


def _begin(feed: Feed) -> str:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
            f"{element('title', feed.scope.title)}{element('link', feed.home_url)}"
            f"{element('description', feed.scope.description)}\n")


def _entry(item: Item) -> str:
    if item.picture is None or not item.picture.is_good:
        return ""
    # title, description and link are RSS's own, which Google reads as its attributes of those names.
    # Fruit and meat from a household have no number of a trade register, hence identifier_exists.
    facts = {"g:id": item.code, "title": cut(item.title, LONGEST_TITLE),
             "description": cut(item.description, LONGEST_DESCRIPTION), "link": item.link(CHANNELS["web"]),
             "g:image_link": item.picture.url, "g:availability": "in_stock" if item.is_in_stock else "out_of_stock",
             "g:price": item.price, "g:condition": "new", "g:brand": cut(item.household, LONGEST_BRAND),
             "g:identifier_exists": "no", "g:product_type": item.kind_name}
    return f"<item>{''.join(element(name, text) for name, text in facts.items())}</item>\n"


GOOGLE = Format("application/xml; charset=utf-8", _begin, _entry, "", lambda feed, next_url: "</channel></rss>\n")
