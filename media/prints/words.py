"""The words of a stall sign, in Vietnamese as they are printed."""

from __future__ import annotations

from media.lettering.facts import certified_stars, day_words
from media.lettering.price import small_price
from media.spec import BankPanel, CardSpec

ORDER_WORDS = ("Quét để", "đặt hàng")
PAY_WORDS = ("Quét để", "chuyển khoản")
APP_WORDS = "không cần cài ứng dụng"


def address_line(spec: CardSpec) -> str:
    """Where, and which number to call; blank when neither is known."""
    return " · ".join(part for part in (spec.place, spaced_phone(spec.phone)) if part)


def account_line(bank: BankPanel) -> str:
    """The bank, where its name is known, and the whole account number, for those who type it."""
    return f"{bank.bank_name} · {bank.account_number}" if bank.bank_name else f"Số tài khoản {bank.account_number}"


def dates_line(spec: CardSpec) -> str:
    """When it was packed and how long it keeps; blank when unknown."""
    parts = (("Đóng gói", spec.packed_on), ("Hạn dùng", spec.best_before))
    return " · ".join(f"{word} {day_words(day)}" for word, day in parts if day)


def tiers_line(spec: CardSpec) -> str:
    """The first two prices by amount, as a stall says them; blank without any."""
    are_mixed = len({tier.is_whole for tier in spec.tiers[:2]}) == 2
    per = spec.unit if len(spec.tiers) == 1 or are_mixed else ""
    return " · ".join(f"{tier.label}: {small_price(tier.price_vnd, '' if tier.is_whole else per)}"
                      for tier in spec.tiers[:2])


def certificates_line(spec: CardSpec) -> str:
    """What the product is certified for, and the day of harvest; blank without any."""
    ocop = f"OCOP {spec.ocop_stars} sao" if certified_stars(spec) else ""
    harvest = f"Thu hoạch {day_words(spec.harvested_on)}" if spec.harvested_on else ""
    return " · ".join(words for words in (ocop, "VietGAP" if spec.is_vietgap else "", harvest) if words)


def spaced_phone(phone: str | None) -> str | None:
    """A Vietnamese mobile number in groups as people say it, 4-3-3; any other as it came."""
    if phone and len(phone) == 10 and phone.isdigit():
        return f"{phone[:4]} {phone[4:7]} {phone[7:]}"
    return phone
