"""Comments copied from elsewhere, many at once: "Tên: nội dung", or as a copy of Facebook's page has them."""

from __future__ import annotations

import re

from catalog.words.fold import fold

LONGEST_AUTHOR = 60
LONGEST_TEXT = 300
MOST_COMMENTS = 200
"""More than a helper copies at once; what is beyond is left for the next time."""

_NAMED = re.compile(r"([^:：\d/]{1,60})[:：](?!/)\s*(\S.*)")
_LABELS = frozenset(("sdt", "so dt", "dt", "dien thoai", "dc", "dia chi", "ten", "ship", "gia", "phone", "tel", "zalo", "lh",
                     "lien he", "ma", "size", "so luong", "sl", "note", "ghi chu"))
# What Facebook's page puts between two comments, folded.
_BUTTON = (r"(?:thich|phan hoi|tra loi|like|reply|share|chia se|haha|yeu thich|an|da chinh sua|edited|tac gia|author|fan cung|top fan|"
           r"nguoi theo doi|vua xong|just now|phu hop nhat|moi nhat|"
           r"\d+ ?(?:giay|phut|gio|ngay|tuan|s|m|h|d|w|min|mins|hrs?)(?: truoc)?|\d+|[·•.\-]+)")
_BETWEEN = re.compile(rf"{_BUTTON}(?:\s+{_BUTTON})*|xem (?:them|ban dich).*|see (?:more|translation).*|(?:hom qua|yesterday)\b.*")


def read_pasted(text: str) -> list[tuple[str, str]]:
    """Pairs of author ("" where none is told) and words, in their order, at most `MOST_COMMENTS`."""
    found: list[tuple[str, str]] = []
    block: list[str] = []
    for raw in [*text.splitlines(), ""]:
        line = " ".join(raw.split())
        if not line or _BETWEEN.fullmatch(fold(line)):
            found += _of_block(block)
            block = []
        elif named := _named(line):
            found += _of_block(block)
            block = []
            found.append(named)
        else:
            block.append(line)
    return [(author[:LONGEST_AUTHOR], words[:LONGEST_TEXT]) for author, words in found[:MOST_COMMENTS]]


def _named(line: str) -> tuple[str, str] | None:
    match = _NAMED.fullmatch(line)
    if match is None or len(match[1].split()) > 8 or fold(match[1]).strip() in _LABELS:
        return None
    return match[1].strip(" ·•-"), match[2]


def _of_block(block: list[str]) -> list[tuple[str, str]]:
    """A block is a name and its words, perhaps several times; lines without a name stand alone."""
    found: list[tuple[str, str]] = []
    index = 0
    while index < len(block):
        if index + 1 < len(block) and _is_name(block[index]):
            end = index + 2
            while end < len(block) and not (_is_name(block[end]) and end + 1 < len(block)):
                end += 1
            found.append((block[index], " ".join(block[index + 1:end])))
            index = end
        else:
            found.append(("", block[index]))
            index += 1
    return found


def _is_name(line: str) -> bool:
    words = line.split()
    return len(words) <= 6 and not re.search(r"[\d?!,]", line) and all(word[:1].isupper() for word in words)
