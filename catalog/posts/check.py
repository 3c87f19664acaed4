"""Reading a text before it goes out: what the law or the listing's own facts speak against, why, and what to write.

It only says: nothing here keeps anybody from sharing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from catalog.listings.model import Certificate
from catalog.posts.phrases import claims_in, read
from catalog.posts.price_check import price_findings
from catalog.web.locale import translate
from catalog.words.keyed import N_
from catalog.words.phones import BadPhone, read_phone, show_phone

MOST_FINDINGS = 6
"""More at once nobody reads; the rest is told when these are mended."""

_DAY = re.compile(r"(?<!\d)(\d{1,2}) ?(?:[/.\-]|tháng|thang) ?(\d{1,2})(?: ?(?:[/.\-]|năm|nam) ?(\d{4}|\d{2}))?(?!\d)")
_PHONE = re.compile(r"(?<![\d/])(?:\+?84|0)(?:[ .\-]?\d){8,10}(?![\d/])")
_OCOP, _VIETGAP = re.compile(r"(?<!\w)o\.?c\.?o\.?p"), re.compile(r"(?<!\w)viet ?gap|(?<!\w)việt ?gap")
_STARS = re.compile(r"(\d) ?(?:sao|\*|⭐)")
_NOT_YET = re.compile(r"(?:chưa|chua|đang làm|dang lam|đang xin|dang xin|không|khong|xin|hồ sơ|ho so)(?: \w+){0,3} ?$")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about. `certificates` are all that the listing has, ended ones too; `phone` is E.164 or None,
    `tiers_vnd` are its prices by amount."""

    kind: str
    price_vnd: int
    unit: str
    today: date
    phone: str | None = None
    packed_on: date | None = None
    best_before: date | None = None
    certificates: tuple[Certificate, ...] = ()
    tiers_vnd: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at again: the words, why, and what to write instead. `why` and `instead` are keys."""

    rule: str
    words: str
    why: str
    instead: str
    values: dict[str, object] = field(default_factory=dict)

    @property
    def why_text(self) -> str:
        """Why, in the reader's language."""
        return translate(self.why).format(**self.values)

    @property
    def instead_text(self) -> str:
        """What to write instead, in the reader's language."""
        return translate(self.instead).format(**self.values)


def check_text(text: str, subject: Subject, *, network: str = "") -> tuple[Finding, ...]:
    """What to look at again in a network's text, at most MOST_FINDINGS, each said once."""
    found = [*claim_findings(text), *_certificates(read(text), subject), *_dates(read(text), subject, network),
             *(Finding(*one) for one in price_findings(read(text), subject.price_vnd, subject.unit, tiers_vnd=subject.tiers_vnd)),
             *_phones(read(text), subject)]
    return tuple({(one.rule, one.words): one for one in found}.values())[:MOST_FINDINGS]


def check_name(name: str, subject: Subject) -> tuple[Finding, ...]:
    """The same of a product's name, where dates and prices aren't looked for."""
    return tuple([*claim_findings(name), *_certificates(read(name), subject), *_phones(read(name), subject)])[:MOST_FINDINGS]


def claim_findings(text: str) -> Iterator[Finding]:
    """What the law speaks against, whatever the text is about."""
    for claim, words in claims_in(text):
        yield Finding(claim.rule, words, claim.why, claim.instead)


def _certificates(text: str, subject: Subject) -> Iterator[Finding]:
    for kind, pattern in (("ocop", _OCOP), ("vietgap", _VIETGAP)):
        said = next((found for found in pattern.finditer(text) if not _NOT_YET.search(text[:found.start()])), None)
        if said is None:
            continue
        title = "OCOP" if kind == "ocop" else "VietGAP"
        paper = next((one for one in subject.certificates if one.kind == kind), None)
        if paper is None:
            yield Finding(f"{kind}-missing", title, N_("Chưa ghi giấy {title} của món này. Nói có mà không có giấy là nói sai chất lượng."),
                          N_("Có giấy thì vào “Ngày hái, chứng nhận” ghi số giấy. Không có thì bỏ chữ {title}."), {"title": title})
        elif paper.valid_until < subject.today:
            yield Finding(f"{kind}-ended", title, N_("Giấy {title} đã hết hạn ngày {day}."),
                          N_("Bỏ chữ {title}, khi nào có giấy mới thì ghi lại."),
                          {"title": title, "day": f"{paper.valid_until:%d/%m/%Y}"})
        elif kind == "ocop" and (stars := _STARS.search(text[said.start():said.end() + 12])) and int(stars[1]) != paper.stars:
            yield Finding("ocop-stars", stars[0], N_("Giấy OCOP của món này ghi {stars} sao."),
                          N_("Viết: OCOP {stars} sao."), {"stars": paper.stars})


def _dates(text: str, subject: Subject, network: str) -> Iterator[Finding]:
    """Food's dates (Decree 43/2017/NĐ-CP). A text message has room for the last day alone."""
    if subject.kind != "dried_meat":
        return
    said = [tuple(int(part) if part else 0 for part in found.groups()) for found in _DAY.finditer(text)]
    wanted = [(N_("hạn dùng"), subject.best_before)] + ([] if network == "sms" else [(N_("ngày đóng gói"), subject.packed_on)])
    missing = [(translate(label), day) for label, day in wanted if day and not any(
        one[:2] == (day.day, day.month) and one[2] in (0, day.year, day.year % 100) for one in said)]
    if missing:
        yield Finding("dates", ", ".join(label for label, _ in missing),
                      N_("Thịt sấy phải nói ngày đóng gói và hạn dùng: Nghị định 43/2017."), N_("Thêm: {days}."),
                      {"days": ", ".join(f"{label} {day:%d/%m/%Y}" for label, day in missing)})


def _phones(text: str, subject: Subject) -> Iterator[Finding]:
    for found in _PHONE.finditer(text):
        try:
            phone = read_phone(found[0])
        except BadPhone:
            continue
        if phone != subject.phone:
            own = show_phone(subject.phone) if subject.phone else ""
            yield Finding("phone", found[0].strip(), N_("Số này không phải số của nhà."),
                          N_("Viết số của nhà: {phone}.") if own else N_("Bỏ số này, hoặc ghi số của nhà vào trang nhà trước."),
                          {"phone": own})
