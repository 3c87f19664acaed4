"""The services that may report transfers, by the name in their address."""

from __future__ import annotations

from catalog.payments.banks.provider import Provider
from catalog.payments.banks.sepay import SEPAY

PROVIDERS: dict[str, Provider] = {provider.name: provider for provider in (SEPAY,)}
