"""The words that templates use: money, amounts and phones, as people read them."""

from __future__ import annotations

from catalog.words.money import show_vnd
from catalog.words.phones import show_phone
from catalog.words.sizes import show_bytes
from catalog.words.units import show_quantity

FILTERS = {"vnd": show_vnd, "phone": show_phone, "quantity": show_quantity, "size": show_bytes}
