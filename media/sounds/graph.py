"""Samples through ffmpeg's sound filters inside this process: no program is started, no file read."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph


def filtered(samples: np.ndarray, rate_hz: int, filters: tuple[tuple[str, str], ...]) -> Iterator[av.AudioFrame]:
    """What comes out of the filters (name, options) for mono float32 samples, frame by frame."""
    graph = Graph()
    beat = Fraction(1, rate_hz)
    source = graph.add_abuffer(sample_rate=rate_hz, format="flt", layout="mono", time_base=beat)
    nodes = [source, *(graph.add(name, options) for name, options in filters), graph.add("abuffersink")]
    graph.link_nodes(*nodes).configure()
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples, np.float32)[None], format="flt", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = rate_hz, 0, beat
    graph.push(frame)
    graph.push(None)
    while True:
        try:
            yield graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
