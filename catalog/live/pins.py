"""The products on air and how viewers name them: by code, by name, by a part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.words.spelling import Lexicon, plain_letters, spelling
from catalog.words.tokens import NUMBER, WORD, Token

MEAT = "thịt sấy"
"""What stands for a product where only dried meat was said, and more than one is on air."""

_NOUNS = frozenset("""trâu bò lợn heo gà vịt cá tôm mực bưởi xoài cam quýt ổi nhãn vải mận đào lê táo na dứa chuối nho hồng bơ mít gạo nếp
    mật ong trứng lạp xưởng chè trà cà phê ngô khoai sắn đậu lạc vừng mắc khén hạt dổi măng miến nấm rau tỏi hành gừng nghệ ruốc chà bông""".split())
_SAME_THING = ({"trứng", "hột"}, {"xoài", "soài", "xòai"}, {"lợn", "heo"}, {"lạp", "lap"}, {"xưởng", "sườn", "xường"}, {"trái", "quả"})
_GENERIC = frozenset("thịt khô sấy gác bếp hun khói nướng xé sợi một nắng tươi ngon loại đặc sản sạch nhà quê ruột chín".split())
_MEAT_WORDS = frozenset("thịt gác bếp khô sấy khói".split())
_MEATS = frozenset("thịt trâu bò lợn heo gà vịt lạp xưởng gác".split())
# Words that share their letters with a product and are none: "buổi tối", "lớn", "nước".
_NOT = {"buoi": {"buổi", "buồi", "buôi"}, "lon": {"lớn", "lon", "lộn", "lòn"}, "trau": {"trầu", "trấu"},
        "heo": {"héo", "hèo", "hẻo"}, "cam": {"cảm", "cấm", "cắm", "cầm", "căm"}, "gao": {"gào", "gáo"}, "trung": {"trung", "trúng"},
        "ga": {"gả", "gã", "ga"}, "bo": {"bỏ", "bó", "bo", "bộ", "bố", "bơ", "bờ"}, "che": {"che", "chê", "chế"}, "dau": {"đâu", "đầu", "đau"},
        "mat": {"mặt", "mất", "mắt", "mát"}, "ca": {"cả", "ca", "cà"}, "nep": {"nép"}, "man": {"mặn", "màn", "man"}, "na": {"nà"},
        "rau": {"rầu", "râu"}, "thit": set(), "xoai": set(), "tao": {"tạo", "tào", "tao"}, "oi": {"ơi", "ôi", "ối"}, "hong": {"hông", "hỏng", "hong"},
        "nho": {"nhỏ", "nhớ", "nhờ"}, "ngo": {"ngõ", "ngó"}, "mo": {"mở", "mớ", "mơ"}, "le": {"lẻ", "lễ"}, "toi": {"tôi", "tối", "tới"}}
_CODE = re.compile("([a-z]{0,4})[^a-z0-9]?0*([0-9]{1,4})")
_CODE_WORDS = Lexicon({"mã": True, "ms": True, "sp": True, "m": True, "số": True, "mặt": True, "món": True}, plain=("ma", "ms", "sp", "m"))


@dataclass(frozen=True, slots=True)
class Pin:
    """A product on air. `units` are those it is sold in, `pack` how a pack of it is called and filled."""

    code: str
    name: str
    units: tuple[str, ...] = ()
    pack: str = ""

    @property
    def is_meat(self) -> bool:
        """Whether "thịt sấy" may mean it."""
        return bool(_MEATS & set(self.name.lower().split()))


@dataclass(frozen=True, slots=True)
class Mention:
    """A product named in the tokens `start`..`end`: `product` is a code, MEAT, or None for "loại này"."""

    product: str | None
    start: int
    end: int
    by_code: bool = False


@dataclass
class Pins:
    """The pins, prepared for looking names up."""

    pins: Sequence[Pin]
    _codes: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, list[str]] = field(default_factory=dict)
    _words: dict[str, set[str]] = field(default_factory=dict)
    _plain: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for pin in self.pins:
            if found := _CODE.fullmatch(plain_letters(pin.code.lower())):
                if found[1]:
                    self._codes.setdefault(found[1] + found[2], pin.code)
                if pin.code not in self._numbers.setdefault(found[2], []):
                    self._numbers[found[2]].append(pin.code)
            for word in pin.name.lower().split():
                if word in _GENERIC:
                    continue
                for same in next((group for group in _SAME_THING if word in group), {word}):
                    self._words.setdefault(spelling(same), set()).add(pin.code)
                    self._plain.setdefault(plain_letters(same), spelling(same))
        self._generic = {spelling(word) for word in _GENERIC} | {plain_letters(word) for word in _GENERIC}
        self._meat_words = {spelling(word) for word in _MEAT_WORDS} | {plain_letters(word) for word in _MEAT_WORDS}
        self.by_code = {pin.code: pin for pin in self.pins}
        self._heads = {pin.code: self._head(pin) for pin in self.pins}

    def _head(self, pin: Pin) -> set[str]:
        """The spellings one of which must be said for this product: what it is, not where it comes from."""
        words = [word for word in pin.name.lower().split() if word not in _GENERIC]
        return {spelling(same) for place, word in enumerate(words) if not place or word in _NOUNS
                for same in next((group for group in _SAME_THING if word in group), {word})}

    def mention_at(self, tokens: Sequence[Token], index: int, *, marked: bool = True) -> Mention | None:
        """The product that is named from `index` on, or None."""
        return self._code_at(tokens, index) or self._name_at(tokens, index, marked)

    def _code_at(self, tokens: Sequence[Token], index: int) -> Mention | None:
        token = tokens[index]
        if token.kind != WORD or index + 1 >= len(tokens) or tokens[index + 1].kind != NUMBER:
            return None
        number = tokens[index + 1]
        glued_on = index + 2 < len(tokens) and tokens[index + 2].glued and tokens[index + 2].kind == WORD
        code = self._codes.get(token.plain + (number.text.lstrip("0") or "0"))
        if code and (number.glued or not glued_on) and (number.glued or self._may_stand_apart(tokens, index)):
            return Mention(code, index, index + 2, by_code=True)
        counted = index + 2 < len(tokens) and tokens[index + 2].plain in _COUNTED and not number.glued
        after_each = index > 0 and tokens[index - 1].plain == "moi"
        if _CODE_WORDS.get(token.text) and not (glued_on or after_each or counted):
            codes = self._numbers.get(number.text.lstrip("0"), [])
            if len(codes) == 1 and (token.plain != "so" or number.glued) and (token.plain != "m" or number.glued):
                return Mention(codes[0], index, index + 2, by_code=True)
        return None

    @staticmethod
    def _may_stand_apart(tokens: Sequence[Token], index: int) -> bool:
        """"A 1" is a code; "cho a 1 quả" is a person and an amount."""
        after = tokens[index + 2] if index + 2 < len(tokens) else None
        before = tokens[index - 1].plain if index else ""
        return before not in ("cho", "de", "lay", "ban") and (after is None or after.kind != WORD or after.plain not in _COUNTED)

    def _name_at(self, tokens: Sequence[Token], index: int, marked: bool) -> Mention | None:
        if not self._is_named(tokens, index, marked):
            return None
        end, said, generic = index, [], []
        while end < len(tokens) and tokens[end].kind == WORD and (not end - index or not self._breaks(tokens, end)):
            key = self._key(tokens, end, marked)
            if key is not None:
                said.append(key)
            elif self._is_generic(tokens[end]):
                generic.append(spelling(tokens[end].text))
            else:
                break
            end += 1
        while end - 1 > index and not said and not self._is_generic(tokens[end - 1]):
            end -= 1
        product = self._best(said, generic)
        return Mention(product, index, end) if product else None

    def _best(self, said: list[str], generic: list[str]) -> str | None:
        if said:
            scores = {code: sum(code in self._words[key] for key in said) for code in self.by_code
                      if self._heads[code] & set(said)}
            if not scores and len(said) > 1:
                scores = {code: sum(code in self._words[key] for key in said) for code in self.by_code
                          if all(code in self._words[key] for key in said)}
            best = max(scores.values(), default=0)
            winners = [code for code, score in scores.items() if score == best]
            if len(winners) == 1:
                return winners[0]
            if len(winners) > 1:
                return MEAT if all(self.by_code[code].is_meat for code in winners) else None
        if set(generic) & self._meat_words:
            meats = [pin.code for pin in self.pins if pin.is_meat]
            return meats[0] if len(meats) == 1 else MEAT if meats else None
        return None

    def _is_named(self, tokens: Sequence[Token], index: int, marked: bool) -> bool:
        """Whether a name may begin here: with a product's own word, or with "thịt", "đồ sấy", "gác bếp"."""
        token = tokens[index]
        if token.kind != WORD:
            return False
        if self._key(tokens, index, marked) is not None:
            return True
        following = tokens[index + 1].plain if index + 1 < len(tokens) else ""
        return token.text in ("thịt", "thit", "thịtt") or (token.plain == "gac" and following == "bep") or (
            token.plain in ("do", "hang") and following in ("say", "kho"))

    def _key(self, tokens: Sequence[Token], index: int, marked: bool) -> str | None:
        """The spelling of a product's own word at `index`, marks mended, or None."""
        text = tokens[index].text
        key = spelling(text)
        if key in self._words:
            return key
        letters = plain_letters(key.rstrip("12345"))
        word = self._plain.get(letters)
        if word is None or word not in self._words:
            return None
        if text.isascii():
            if letters == "buoi" and index + 1 < len(tokens) and tokens[index + 1].plain in ("sang", "trua", "chieu", "toi", "nay", "tan", "le", "hoc", "hop", "lam", "dau"):
                return None
            return word if not marked or text not in _NOT.get(letters, ()) else None
        if letters in _NOT:
            return None if text in _NOT[letters] else word
        return None

    def _is_generic(self, token: Token) -> bool:
        return spelling(token.text) in self._generic and token.plain not in ("nha", "mot", "que")

    @staticmethod
    def _breaks(tokens: Sequence[Token], index: int) -> bool:
        return tokens[index].plain in ("mot", "nha", "loai", "ngon", "que")


_COUNTED = frozenset("kg ky ki can qua trai tui goi bich lang chuc cap yen ta hop chai lit con buoi xoai trau lon heo suat phan".split())
