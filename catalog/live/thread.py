"""Comments of a show one after the other: what was on air, what repeats, what speaks of an earlier order."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.live.intent import ADD, CANCEL, CHANGE
from catalog.live.items import Item
from catalog.live.pins import MEAT, Pins
from catalog.live.reader import Reading, read_comment
from catalog.words.fold import fold

GRACE_MS = 20_000
"""A viewer is some seconds behind and types for some more: so long the pin before may be meant."""

REPEAT_MS = 10 * 60_000
"""The same order by the same person within this time was sent twice rather than meant twice."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One comment of the thread. `candidates` are the codes that an item without a product may mean.

    `repeats` is the number of the comment that ordered the same before, `about` of the order that an
    addition, a change or a cancellation speaks of; both None where there is none. `unsure` names the
    words that a person should look at, empty where the draft may be confirmed as it stands.
    """

    number: int
    author: str
    at_ms: int
    reading: Reading
    candidates: tuple[str, ...] = ()
    repeats: int | None = None
    about: int | None = None
    unsure: str = ""


@dataclass
class Thread:
    """Takes the comments of one show in the order of their time."""

    pins: Pins
    heard: list[Heard] = field(default_factory=list)
    _shown: list[tuple[int, str]] = field(default_factory=list)

    def pin(self, code: str, at_ms: int) -> None:
        """From `at_ms` on this product is on air; raises KeyError for a code that is not of the show."""
        self._shown.append((at_ms, self.pins.by_code[code].code))

    def take(self, author: str, text: str, at_ms: int) -> Heard:
        """The comment read, with what came before it."""
        reading = read_comment(text, self.pins)
        earlier = [one for one in self.heard if fold(one.author) == fold(author) and one.reading.orders]
        candidates = self._candidates(reading, at_ms)
        repeats = next((one.number for one in reversed(earlier) if at_ms - one.at_ms <= REPEAT_MS
                        and _goods(one.reading) == _goods(reading) and reading.intent != ADD), None) if reading.orders else None
        about = earlier[-1].number if earlier and reading.intent in (ADD, CHANGE, CANCEL) else None
        heard = Heard(len(self.heard), author, at_ms, reading, candidates, repeats, about, _unsure(reading, candidates, repeats))
        self.heard.append(heard)
        return heard

    def _candidates(self, reading: Reading, at_ms: int) -> tuple[str, ...]:
        """What the first item without a clear product may be: the dried meats, or what was on air."""
        open_item = next((item for item in reading.items if item.product is None or item.product == MEAT), None)
        if open_item is None:
            return ()
        if open_item.product == MEAT:
            return tuple(pin.code for pin in self.pins.pins if pin.is_meat)
        shown = [(since, code) for since, code in self._shown if since <= at_ms]
        on_air = shown[-1:] + [one for one, after in zip(shown, shown[1:], strict=False) if at_ms - after[0] <= GRACE_MS]
        return tuple(dict.fromkeys(code for _, code in on_air if _sold_in(self.pins, code, open_item)))


def _sold_in(pins: Pins, code: str, item: Item) -> bool:
    units = pins.by_code[code].units
    return item.unit is None or not units or item.unit in units


def _goods(reading: Reading) -> tuple[tuple[str | None, str, str | None], ...]:
    return tuple(sorted(((item.product, str(item.quantity), item.unit) for item in reading.items), key=str))


def _unsure(reading: Reading, candidates: tuple[str, ...], repeats: int | None) -> str:
    if reading.unsure or not reading.orders:
        return reading.unsure
    if repeats is not None:
        return "repeat"
    is_open = any(item.product is None or item.product == MEAT for item in reading.items)
    return "product" if is_open and len(candidates) != 1 else ""
