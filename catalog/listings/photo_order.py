"""Which photo opens: the seller's order, but for blurred photos and twins, which go behind the good ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalog.listings.model import Photo
from catalog.words.keyed import N_

LEAST_SHARPNESS = 0.3
"""Below it a photo looks blurred on a phone's screen (media.photos.rating)."""

SAME_BITS = 6
"""Of the 63 bits of a fingerprint: photos of one moment differ in fewer."""

BLURRED = N_("Hơi mờ ✓")
TWIN = N_("Giống ảnh kia ✓")


def opening_order(photos: Sequence[Photo]) -> list[Photo]:
    """Sharp photos of different things first, each group in the seller's order."""
    def rank(at: int) -> int:
        photo = photos[at]
        return 2 * is_blurred(photo) + (twin_of(photo, photos[:at]) is not None)
    return [photos[at] for at in sorted(range(len(photos)), key=rank)]


def hint(photo: Photo, others: Iterable[Photo]) -> str:
    """What to tell the seller of a fresh photo beside those sent before; empty where it is fine."""
    if is_blurred(photo):
        return BLURRED
    return TWIN if twin_of(photo, others) else ""


def is_blurred(photo: Photo) -> bool:
    """Whether it looks out of focus or shaken."""
    return photo.sharpness < LEAST_SHARPNESS


def twin_of(photo: Photo, others: Iterable[Photo]) -> Photo | None:
    """The first of the others that shows the same from the same place."""
    return next((other for other in others if photo.fingerprint and other.fingerprint and other.id != photo.id
                 and (int(photo.fingerprint, 16) ^ int(other.fingerprint, 16)).bit_count() <= SAME_BITS), None)
