"""What a press in a room was refused for: the words, and what was typed, so that the form can be shown again."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.errors import Conflict, Invalid, OutOfStock, ShopError
from catalog.orders.checkout import NotForSale
from catalog.web.forms import Form, messages
from catalog.web.locale import say
from catalog.words.keyed import N_

WORDS = {Conflict.default_key: N_("Có người vừa làm việc này rồi. Đây là tình trạng mới nhất."),
         NotForSale.default_key: N_("Món này không còn trên sạp. Đăng lại món ấy, hoặc bỏ đơn này.")}
"""What is said in a room in place of a sentence that is meant for other pages."""

SHORT = N_("Không còn đủ hàng cho đơn này.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was done. `at` names the form: `flash-A1`, `stock-A1`, `d-` and a draft's id, `note` or `talk`."""

    words: str = ""
    status: int = 200
    at: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


NOTHING = Refusal()
"""For a page that is only looked at."""


def refusal_of(error: ShopError, at: str, form: Form) -> Refusal:
    """The error in the visitor's language; each mistake of a field is said whole."""
    errors = messages(error) if isinstance(error, Invalid) else {}
    key = SHORT if isinstance(error, OutOfStock) else WORDS.get(error.key, error.key)
    pasted = form.data.get("pasted")
    # Longer than a form's other fields may be.
    values = form.values | ({"pasted": pasted} if isinstance(pasted, str) else {})
    return Refusal(" ".join(errors.values()) or say(key, error.values), error.status, at, errors, values)
