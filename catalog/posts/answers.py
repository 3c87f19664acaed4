"""Answers to what buyers ask under every post, from a listing's facts; what isn't known is said to be unknown."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.posts.model import Facts
from catalog.posts.texts import low_first
from catalog.words.keyed import N_


@dataclass(frozen=True, slots=True)
class Answer:
    """A question as buyers write it and the household's answer, ready to be pasted."""

    question: str
    text: str


def answers_for(facts: Facts, *, takes_transfers: bool) -> tuple[Answer, ...]:
    """One for each usual question, in the order in which they come."""
    low, price = low_first(facts.name), f"{facts.price_text}/{facts.unit}"
    left = (facts.left_text or "").lower()
    sending = "Gửi xe khách được" if facts.is_alive else "Gửi xe khách hoặc bưu điện đều được"
    found = [
        (N_("Giá bao nhiêu?"), f"Dạ {low} {price} ạ{f', {left}' if left else ''}. "
         f"{f'Lấy từ {facts.minimum} trở lên. ' if facts.minimum else ''}{f'Lấy nhiều: {facts.tiers_text}. ' if facts.tiers else ''}Đặt ở đây: {facts.link}"),
        (N_("Có ship không?"), f"Dạ có. {sending}, tiền gửi hỏi nhà mình lúc đặt. Ở gần thì đến lấy ở {facts.place}."),
        (N_("Còn không?"), _left_answer(facts)),
        _taste(facts),
        (N_("Hạn dùng đến bao giờ?"), _dates_answer(facts)),
        (N_("Trả tiền thế nào?"), "Dạ chuyển khoản theo mã QR trên trang đơn, hoặc nhận hàng rồi trả ạ." if takes_transfers
         else "Dạ nhận hàng rồi trả tiền ạ."),
        (N_("Ở đâu?"), f"Dạ nhà {facts.household}, {facts.place_and_province} ạ.{_call(facts)}"),
        (N_("Có giấy chứng nhận không?"), _paper_answer(facts))]
    return tuple(Answer(question, text) for question, text in found)


def _left_answer(facts: Facts) -> str:
    if facts.is_sold_out:
        return f"Dạ đợt này hết rồi ạ. Khi nào có lại, xem ở đây: {facts.link}"
    return f"Dạ {facts.left_text.lower() if facts.left_text else 'còn'} ạ. Đặt ở đây: {facts.link}"


def _taste(facts: Facts) -> tuple[str, str]:
    """Taste is no fact of the listing: what is known is said instead."""
    few = "" if facts.minimum else " Mua ít ăn thử trước cũng được ạ."
    if facts.kind in ("grapefruit", "mango"):
        known = f" Quả hái ngày {facts.harvested_on}." if facts.harvested_on else ""
        return N_("Có ngọt không?"), f"Dạ ngọt hay không thì tuỳ quả, nhà mình không đo nên không dám nói chắc.{known}{few}"
    if facts.kind == "dried_meat":
        return N_("Có ngon không?"), f"Dạ ngon hay không thì tuỳ miệng từng người, nhà mình không dám nói trước. Thành phần có {facts.ingredients}.{few}"
    return N_("Hàng có tốt không?"), "Dạ nhà mình không dám tự khen hàng của nhà. Đến tận nơi xem rồi lấy cũng được ạ."


def _dates_answer(facts: Facts) -> str:
    if facts.packed_on and facts.best_before:
        return f"Dạ đóng gói ngày {facts.packed_on}, dùng đến ngày {facts.best_before} ạ."
    verb = "hái" if facts.kind in ("grapefruit", "mango") else "thu hoạch"
    known = f" Hàng {verb} ngày {facts.harvested_on}." if facts.harvested_on else ""
    return f"Dạ món này không ghi hạn dùng ạ.{known}{_call(facts)}"


def _paper_answer(facts: Facts) -> str:
    if facts.proofs:
        return " ".join(f"Dạ có {proof.title}, giấy số {proof.number}, hạn đến {proof.until} ạ." for proof in facts.proofs)
    return "Dạ món này chưa có giấy OCOP hay VietGAP ạ."


def _call(facts: Facts) -> str:
    return f" Gọi {facts.phone}." if facts.phone else ""
