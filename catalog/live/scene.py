"""A comment under the products on air: its tokens, where a product is named, which words are names."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.live.lemmas import names_of
from catalog.live.pins import Mention, Pins
from catalog.words.tokens import NUMBER, WORD, Text, Token


@dataclass(frozen=True, slots=True)
class Scene:
    """`named[i]` is the product whose name begins at token i, `ends` the tokens at which such a name has ended."""

    tokens: tuple[Token, ...]
    marked: bool
    named: tuple[Mention | None, ...]
    ends: frozenset[int]
    people: frozenset[int]

    def names(self, index: int) -> bool:
        """Whether a product's name begins at this token; false beyond the end."""
        return index < len(self.named) and self.named[index] is not None

    def plain(self, index: int) -> str:
        """The token's word without marks, empty outside the comment."""
        return self.tokens[index].plain if 0 <= index < len(self.tokens) else ""


def scene_of(text: Text, pins: Pins) -> Scene:
    """The comment, looked through once for names."""
    tokens = text.tokens
    named = tuple(pins.mention_at(tokens, index, marked=text.has_marks) if token.kind in (WORD, NUMBER) else None
                  for index, token in enumerate(tokens))
    people = frozenset(names_of(text))
    named = tuple(None if one and _is_a_name(one, people) else one for one in named)
    return Scene(tokens, text.has_marks, named, frozenset(one.end for one in named if one), people)


def _is_a_name(mention: Mention, people: frozenset[int]) -> bool:
    """Whether a product's word is part of a person's or a town's name: "Đồng Xoài", "Trâu Quỳ", "bà tên Xoài"."""
    if mention.by_code or not all(index in people for index in range(mention.start, mention.end)):
        return False
    return mention.start - 1 in people or mention.end in people or mention.end - mention.start == 1
