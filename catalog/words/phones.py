"""Phone numbers as people type them, kept as E.164 and shown the Vietnamese way."""

from __future__ import annotations

import re
from itertools import pairwise

from catalog.words.fold import strip_marks
from catalog.words.keyed import KeyedError, N_

# Ten digits for mobiles, eleven for landlines, by the numbering plan in force since 2018. New
# ranges open from time to time, so what follows the first two digits is not looked at.
_MOBILE = re.compile("0[35789][0-9]{8}")
_LANDLINE = re.compile("02[0-9]{9}")
_PREFIXES = ("02", "03", "05", "07", "08", "09")
# Hà Nội and Hồ Chí Minh City have three-digit area codes, all other provinces four.
_SHORT_AREAS = ("024", "028")
# A letter O typed for a nought: beside a digit, then also as a group between two groups of digits.
_O_FOR_NOUGHT = (re.compile("(?<=[0-9])o+(?![a-z])|(?<![a-z])o+(?=[0-9])"),
                 re.compile(r"(?<=[0-9][ .\-])o+(?=[ .\-][0-9])"))
_WRITTEN_NUMBER = re.compile(r"\+?[0-9](?:[ .\-()_,·]*[0-9])*")


class BadPhone(KeyedError):
    """What was typed holds no phone number, a wrong one, or two."""


def read_phone(text: str) -> str:
    """The one Vietnamese number in `text` as E.164 ("+84900000123").

    Takes dots, dashes, blanks, brackets, full-width digits, +84, 84, 0084, "+84 0…", a missing
    first 0, a letter O for 0, and words around the number. Raises BadPhone with what to mend.
    """
    tidy = " ".join(strip_marks(text).lower().split())
    for letters in _O_FOR_NOUGHT:
        tidy = letters.sub(lambda found: "0" * len(found[0]), tidy)
    written = _WRITTEN_NUMBER.findall(tidy)
    nationals = [_national(number) for number in written]
    good = {number for number in nationals if _is_whole(number)}
    longest = max(nationals, key=len, default="")
    if len(good) > 1 or len(longest) >= 18:
        raise BadPhone(N_("Ở đây có hai số điện thoại. Ghi một số thôi."))
    if good:
        return "+84" + good.pop()[1:]
    raise _what_is_wrong(longest)


def show_phone(e164: str) -> str:
    """The national form in groups: "0900 000 123", landlines "028 3829 1234", "0215 382 5123"."""
    number = "0" + e164.removeprefix("+84")
    area = 3 if number.startswith(_SHORT_AREAS) else 4
    cuts = (0, area, len(number) - (4 if len(number) == 11 else 3), len(number))
    return " ".join(number[start:end] for start, end in pairwise(cuts))


def mask_phone(e164: str) -> str:
    """Enough to tell two people apart and not enough to call: "09•• ••• 123"."""
    shown = show_phone(e164)
    hidden = re.sub(r"\d", "•", shown[2:-3])
    return shown[:2] + hidden + shown[-3:]


def _national(written: str) -> str:
    """The digits with the leading 0 of the national form; "+…" of another country is kept whole."""
    digits = re.sub(r"\D", "", written)
    if written.startswith("+") and not digits.startswith("84"):
        return "+" + digits
    digits = digits.removeprefix("00") if digits.startswith("0084") else digits
    # Nine digits that begin with 84 are a mobile of the 084 range without its first 0.
    if digits.startswith("84") and (len(digits) > 9 or written.startswith("+")):
        digits = digits.removeprefix("84")
    # No national number begins with 1 (113, 1900…): nothing was left out in front of it.
    return digits if digits.startswith(("0", "1")) else "0" + digits


def _is_whole(number: str) -> bool:
    return bool(_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number))


def _what_is_wrong(number: str) -> BadPhone:
    """The error that tells what to mend in a national `number` that is not whole."""
    if not number:
        return BadPhone(N_("Chưa có số điện thoại. Cần đủ 10 số."))
    if number.startswith("+"):
        return BadPhone(N_("Chỉ nhận số điện thoại Việt Nam."))
    if number.startswith("01") and len(number) == 11:
        return BadPhone(N_("Đây là số cũ có 11 số. Ghi số mới có 10 số."))
    if len(number) > 1 and number[:2] not in _PREFIXES:
        return BadPhone(N_("Không có đầu số {prefix}. Số di động bắt đầu bằng 03, 05, 07, 08 hoặc 09."),
                        prefix=number[:2])
    wanted = 11 if number.startswith("02") else 10
    if len(number) < wanted:
        return BadPhone(N_("Số điện thoại thiếu {missing} số. Cần đủ {wanted} số."),
                        missing=wanted - len(number), wanted=wanted)
    return BadPhone(N_("Số điện thoại thừa {extra} số. Chỉ cần {wanted} số."),
                    extra=len(number) - wanted, wanted=wanted)
