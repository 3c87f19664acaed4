"""Mends the light of a photo, gently: a cast of colour, too little light. A good photo is left alone.

All is judged on a few pixels and comes out as a table of 256 levels a channel, so it costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

GREY = np.array([0.299, 0.587, 0.114], np.float32)
"""Shares of red, green and blue in what the eye takes for brightness (ITU-R BT.601)."""

# Colour is told by the logarithms of red and blue beside green, which a cast moves alike at every
# brightness. Where enough of a photo is grey within the first, or clipped to white, it has no cast.
_GREY_WITHIN, _GREY_SHARE, _WHITE_SHARE = 0.075, 0.012, 0.01
# Else the brightest part tells the light's colour, if it is as bright as paper, all of one colour, and
# off grey by so much: less is none, more is the thing's own colour (bare wood is off by 0.47).
_PAPER_LEVEL, _ONE_COLOUR, _LEAST_CAST, _MOST_CAST = 220, 0.06, 0.10, 0.42
# Warm light is half forgiven: evening sun is no fault.
_MEND_SHARE, _MEND_WARM_SHARE, _MOST_MEND = 0.8, 0.6, 0.24
# Levels of 255. A photo is dark when half of it lies below the first or nearly all below the second;
# it is brought most of the way to the others, but half of it stays below the last: mist is no fault.
_DARK_MEDIAN, _DARK_BRIGHT = 66.0, 165.0
_GOOD_MEDIAN, _GOOD_BRIGHT, _MOST_MEDIAN = 96.0, 205.0, 128.0
_LIFT_SHARE, _MOST_LIFT = 0.85, 2.2
# The brightest hundredth may come this near to white, no nearer.
_BRIGHTEST = 0.985
_LEAST_GAMMA = 0.8


@dataclass(frozen=True, slots=True)
class Care:
    """What a photo needs: gains of red, green and blue, a lift like a longer exposure, a gamma for the dark parts."""

    gains: tuple[float, float, float] = (1.0, 1.0, 1.0)
    lift: float = 1.0
    gamma: float = 1.0

    @property
    def is_off(self) -> bool:
        """Whether the photo is good as it is."""
        return self == Care()

    def levels(self) -> np.ndarray:
        """256 × 3 levels (0..255, float32) for what red, green and blue were. Black stays black."""
        share = np.arange(256, dtype=np.float32)[:, None] / 255
        if self.is_off:
            return np.repeat(share * 255, 3, axis=1)
        balanced = np.clip(share * np.array(self.gains, np.float32), 0, 1)
        lifted: np.ndarray = (1 - (1 - balanced) ** self.lift) ** self.gamma * 255
        return lifted.astype(np.float32)


def assess(small: np.ndarray) -> Care:
    """The care that a photo needs, judged on `small`: its RGB bytes on a few thousand pixels.

    Brightness is only ever raised: white goods on white cannot be told from too much light.
    """
    colours = small.reshape(-1, 3).astype(np.float32)
    gains = _gains(colours)
    light = np.clip(colours * np.array(gains, np.float32), 0, 255) @ GREY
    return Care(gains, *_exposure(light))


def level_at(values: np.ndarray, share: float) -> float:
    """The value below which that share of all lies. NumPy's own percentile loads 30 ms of libraries first."""
    ranked = np.sort(values, axis=None)
    return float(ranked[min(int(share * len(ranked)), len(ranked) - 1)])


def _gains(colours: np.ndarray) -> tuple[float, float, float]:
    """Factors for the channels that take a cast away, 1 where there is none or where it is not certain."""
    none = (1.0, 1.0, 1.0)
    light = colours @ GREY
    told = colours[(light > 30) & (colours.max(axis=1) < 252) & (colours.min(axis=1) > 4)]
    if len(told) < 0.2 * len(colours) or (colours.min(axis=1) >= 246).mean() > _WHITE_SHARE:
        return none
    ratios = np.log(told[:, [0, 2]]) - np.log(told[:, [1]])
    if (np.hypot(ratios[:, 0], ratios[:, 1]) < _GREY_WITHIN).mean() > _GREY_SHARE:
        return none
    told_light = told @ GREY
    bright = told_light >= level_at(told_light, 0.94)
    cast = np.median(ratios[bright], axis=0)
    if (np.median(told[bright].max(axis=1)) < _PAPER_LEVEL or ratios[bright].std(axis=0).max() > _ONE_COLOUR
            or not _LEAST_CAST <= float(np.hypot(*cast)) <= _MOST_CAST):
        return none
    is_warm = cast[1] < cast[0] and cast[1] < 0
    red, blue = np.clip(-(_MEND_WARM_SHARE if is_warm else _MEND_SHARE) * cast, -_MOST_MEND, _MOST_MEND)
    gains = np.exp(np.array([red, 0.0, blue]))
    gains /= gains @ GREY  # brightness stays: what one channel gives the others take
    return round(float(gains[0]), 4), round(float(gains[1]), 4), round(float(gains[2]), 4)


def _exposure(light: np.ndarray) -> tuple[float, float]:
    """Lift and gamma that a photo needs by its brightness (0..255)."""
    median, bright = (min(max(level_at(light, share) / 255, 0.02), 0.98) for share in (0.5, 0.99))
    needs = []
    if median * 255 < _DARK_MEDIAN:
        needs.append((median, _GOOD_MEDIAN / 255))
    if bright * 255 < _DARK_BRIGHT and median * 255 < _GOOD_MEDIAN:
        needs.append((bright, _GOOD_BRIGHT / 255))
    if not needs:
        return 1.0, 1.0
    full = max(np.log(1 - now - _LIFT_SHARE * (good - now)) / np.log(1 - now) for now, good in needs)
    most = min(_MOST_LIFT, max(1.0, np.log(1 - _BRIGHTEST) / np.log(1 - bright)),
               np.log(1 - _MOST_MEDIAN / 255) / np.log(1 - median))
    lift = float(min(full, most))
    # Against the light the whole cannot be lifted; then the dark parts alone, half the way.
    gamma, reached, wanted = 1.0, 1 - (1 - median) ** lift, _GOOD_MEDIAN / 255
    if median * 255 < _DARK_MEDIAN and full > lift and lift < _MOST_LIFT:
        gamma = max(_LEAST_GAMMA, float(1 + np.log(wanted) / np.log(reached)) / 2)
    return round(lift, 4), round(min(gamma, 1.0), 4)
