"""Whether a request is a buyer who looks at a page: robots and the seller's own people are not."""

from __future__ import annotations

import re

from starlette.requests import Request

from catalog.households.session import COOKIE

# By what they call themselves: crawlers, those that fetch a page to show its link (Facebook, Zalo, Viber,
# WhatsApp and Google's among them), and libraries that programs fetch with. Cubot is a maker of phones.
_ROBOT = re.compile(
    r"(?<!cu)bots?(?![a-z])|crawl|spider|slurp|externalhit|externalagent|externalfetcher|facebookcatalog|facebot|preview|embed"
    r"|whatsapp/|^viber|skypeuri|google-|-google|googleother|googleproducer|googlemessages|lighthouse|monitor|scan"
    r"|^(java|go-http|okhttp|apache-http|dalvik|curl|wget|python-requests|python-urllib|libwww|axios|node)",
    re.IGNORECASE)


def is_buyer(request: Request) -> bool:
    """Whether it counts as a visit. Says only what the request says of itself; nothing is looked up or kept."""
    headers = request.headers
    agent = headers.get("user-agent", "")
    if request.method != "GET" or not agent or _ROBOT.search(agent):
        return False
    if "prefetch" in headers.get("sec-purpose", headers.get("purpose", "")):
        return False  # fetched in case that somebody might look (W3C, Prefetch: Sec-Purpose)
    return COOKIE not in request.cookies
