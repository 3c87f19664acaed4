"""The brocade band of a page: nine rows of threads between red selvedges, a motif for each household."""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import groupby

THREAD_PX = 2
ROWS = 9
GROUND = "#232C66"
THREADS = {"r": "#D8432C", "y": "#F4B740", "c": "#FFF3DD", "g": "#6FA84A"}

# One repeat of each motif, seven rows high: the selvedges above and beneath are the same for all.
# A dot is ground. The order is that of the families in pictures, so a page and its cards agree.
MOTIFS = {
    "thoi": ("rr...ccc...r",
             "r...cc.cc...",
             "...cc.r.cc..",
             "g.cc.ryr.cc.",
             "...cc.r.cc..",
             "r...cc.cc...",
             "rr...ccc...r"),
    "sao": ("..c.c.....y...",
            ".cc.cc...yry..",
            "ccc.ccc.yrgry.",
            "...r...yrgcgry",
            "ccc.ccc.yrgry.",
            ".cc.cc...yry..",
            "..c.c.....y..."),
    "moc": ("cc....y....cc...",
            ".c...yyy...c....",
            ".cc.yy.yy.cc..r.",
            "..cyy.r.yyc..ryr",
            ".cc.yy.yy.cc..r.",
            ".c...yyy...c....",
            "cc....y....cc..."),
    "nui": ("cc....g....c",
            "ycc..ggg..cc",
            "ryyc..g..cyy",
            ".rycc...ccyr",
            "..ryccccyyr.",
            "g..ryyyyrr..",
            "gg..rrrr...g"),
    "luoi": ("cc.......c",
             ".cc..r..cc",
             "..cc...cc.",
             "y..ccccc..",
             "..cc...cc.",
             ".cc..r..cc",
             "cc.......c"),
    "hoa": ("....rrr.........",
            "..rr.y.rr.......",
            ".r..yyy..r...c..",
            ".r.yycyy.r..ccc.",
            ".r..yyy..r...c..",
            "..rr.y.rr.......",
            "....rrr........."),
}


def motif_of(household_code: str) -> str:
    """The name of a household's motif: the first byte of its code's SHA-256 chooses among the six."""
    return list(MOTIFS)[hashlib.sha256(household_code.encode()).digest()[0] % len(MOTIFS)]


@cache
def repeat_px(motif: str) -> int:
    """The width of one repeat in pixels; raises KeyError where there is no such motif."""
    return len(MOTIFS[motif][0]) * THREAD_PX


@cache
def threads(motif: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a colour and an SVG path that fills every cell of that colour, units one thread.

    The path's origin is the band's upper left corner; raises KeyError where there is no such motif.
    """
    width = len(MOTIFS[motif][0])
    paths = {name: "" for name in THREADS}
    for row, cells in enumerate(("r" * width, *MOTIFS[motif], "r" * width)):
        column = 0
        for name, run in groupby(cells):
            length = len(list(run))
            if name in paths:
                paths[name] += f"M{column} {row}h{length}v1h-{length}z"
            column += length
    return tuple((THREADS[name], path) for name, path in paths.items() if path)


FILTERS = {"threads": threads, "repeat_px": repeat_px}
