"""What one message tells of a product: a draft to be looked at, never more than was said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

KIND_GRAPEFRUIT, KIND_MANGO, KIND_MEAT, KIND_OTHER = "grapefruit", "mango", "dried_meat", "other"


@dataclass(frozen=True, slots=True)
class Said:
    """A quantity in a unit, as it was said (weights of stock and minimum in kg, lạng kept)."""

    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Tier:
    """From `min_quantity` on one unit costs `price_vnd`; or exactly that amount costs `total_vnd`. Never both."""

    min_quantity: Decimal
    unit: str
    price_vnd: int | None = None
    total_vnd: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One message, read. What was not said is None; `unsure` holds a field's name and the words it came from."""

    product: str
    kind: str
    price_vnd: int | None = None
    price_max_vnd: int | None = None
    unit: str | None = None
    stock: Said | None = None
    min_order: Said | None = None
    tiers: tuple[Tier, ...] = ()
    phone: str | None = None
    place: str | None = None
    also: str | None = None
    unsure: tuple[tuple[str, str], ...] = ()
