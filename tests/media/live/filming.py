"""A recording as a broadcast leaves it, made by its own output as fast as the machine can."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from media.clips.frames import new_frame
from media.clips.planes import to_planes
from media.live.hearing import RATE_HZ
from media.live.output import Output
from media.live.spec import LiveSpec
from media.live.zero import kept_zero

FOOT = (200, 0, 200)
FPS = 10
SIZE = 360, 640
SHOTS = ((200, 60, 40), (40, 160, 60), (60, 80, 190))


def film(folder: Path, seconds: float, pins: tuple[float, ...], *, begin: float = 0.0, foot: float = 0.0,
         finish: bool = True) -> None:
    """A recording of `seconds` from `begin` on the clock: a new colour at each pin, a moving bar, a voice of pulses.

    A share of the height at its `foot` is purple. Without `finish` its worker died. Called again with a later
    `begin`, it goes on in a second part.
    """
    folder.mkdir(parents=True, exist_ok=True)
    spec = LiveSpec(folder, width_px=SIZE[0], height_px=SIZE[1], fps=FPS, preset="ultrafast", video_rate=300_000)
    output = Output(spec, kept_zero(folder), lambda head, body: None)
    step = RATE_HZ // FPS
    picture, planes = new_frame(*SIZE)
    for tick in range(round(begin * FPS), round((begin + seconds) * FPS)):
        now = tick / FPS
        pixels = np.full((SIZE[1], SIZE[0], 3), SHOTS[sum(now >= pin for pin in pins) % len(SHOTS)], np.uint8)
        pixels[:, tick * 8 % 320 : tick * 8 % 320 + 16] = 240
        pixels[SIZE[1] - round(foot * SIZE[1]) :] = FOOT
        for target, plane in zip(planes.all(), to_planes(pixels).all(), strict=True):
            np.copyto(target, plane)
        at = np.arange(tick * step, (tick + 1) * step) / RATE_HZ
        voice = 0.3 * np.sin(2 * np.pi * 180 * at) * (at % 1.0 < 0.7)
        output.put(picture, tick, any(round(pin * FPS) == tick for pin in pins), voice.astype(np.float32), tick * step)
    if finish:
        output.close()
