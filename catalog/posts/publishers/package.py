"""A post made ready: its text and the finished files, or why they are not there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from catalog.listings.model import KeptFile
from catalog.posts.publishers.model import Attachment, Package
from catalog.storage.shop import Shop


@dataclass(frozen=True, slots=True)
class Ready:
    """The post, or that its files are still being made (`is_coming`), or neither: they could not be made."""

    package: Package | None
    fingerprint: str = ""
    is_coming: bool = False


def fingerprint(*went_in: str) -> str:
    """Another one where another text or another file would go out."""
    return hashlib.sha256("\n".join(went_in).encode()).hexdigest()[:16]


def attach(shop: Shop, file: KeptFile) -> Attachment:
    """A listing's finished file."""
    return Attachment(file.role, shop.objects.path(file.object_key), shop.settings.public_url + file.url,
                      file.content_type, file.width, file.height, file.bytes)
