"""The picture that goes out: the camera's in the middle, a card over it, or the slate."""

from __future__ import annotations

import cv2
import numpy as np
from av.video.frame import VideoFrame

from media.clips.frames import new_frame, rows_of
from media.clips.overlay import Overlay, make_overlay
from media.clips.planes import Planes
from media.lettering.text import EXTRA_BOLD, Style, fit_size, ink
from media.live.spec import LiveSpec

MOST_CARD_BYTES = 4 << 20
_LARGEST_CARD_PX = 4096
# Of the picture's sides.
_CARD_MARGIN, _SLATE_WORDS, _SLATE_LINE = 0.03, 0.8, 0.055
_SLATE_LIGHT = 0.3
_BLACK, _GREY = 16, 128
_BT709 = 1
# Overlays are made for BT.709; the camera's picture is BT.601 and stays untouched, so colours that
# are laid over it are moved to where BT.709's numbers mean them (ITU-R BT.601-7 and BT.709-6, 3).
_LUMA_601, _LUMA_709 = (0.299, 0.587, 0.114), (0.2126, 0.7152, 0.0722)


class Compositor:
    """Draws in one frame over and over, `frame`, which is what the encoder is given."""

    def __init__(self, spec: LiveSpec) -> None:
        self._spec = spec
        self._size = spec.width_px, spec.height_px
        self.frame, self._out = new_frame(*self._size)
        self._card: Overlay | None = None
        self._slate: Planes | None = None
        self._picture: VideoFrame | None = None
        self._size_in: tuple[int, int] | None = None
        self._window = self._out
        self.slate()

    def show(self, frame: VideoFrame) -> None:
        """The camera's new picture, as large as fits, the rest black."""
        self._picture, self._slate = _in_yuv(frame), None
        self._finish()

    def slate(self) -> None:
        """The last picture darkened and blurred, with the words for waiting on it."""
        spec = self._spec
        planes = new_frame(*self._size)[1]
        _blacken(planes)
        if self._picture:
            _draw(self._picture, planes.window(*_fitted(self._picture, self._size)))
        small = (max(2, self._size[0] // 32), max(2, self._size[1] // 32))
        for plane, rest in zip(planes.all(), (_BLACK, _GREY, _GREY), strict=True):
            soft = cv2.resize(cv2.resize(plane, small, interpolation=cv2.INTER_AREA), plane.shape[::-1])
            np.copyto(plane, cv2.addWeighted(soft, _SLATE_LIGHT, soft, 0, rest * (1 - _SLATE_LIGHT)))
        _words(spec.slate_text if self._picture else spec.begin_text, self._size).lay(planes)
        self._slate = planes
        self._finish()

    def pin(self, png: bytes | None) -> None:
        """Lay a card over all pictures from now on, or none. ValueError if it can't be read."""
        self._card = None if png is None else _card(png, self._size)
        self._size_in = None
        self._finish()

    def _finish(self) -> None:
        if self._slate is not None or self._picture is None:
            for target, plane in zip(self._out.all(), self._slate.all(), strict=True):
                np.copyto(target, plane)
            self._size_in = None
        else:
            size_in = self._picture.width, self._picture.height
            if size_in != self._size_in:
                self._size_in, self._window = size_in, self._out.window(*_fitted(self._picture, self._size))
                _blacken(self._out)
            # A card that lies over the black sides would be laid on itself again and again.
            elif self._card and self._window.y.shape != self._out.y.shape:
                _blacken(self._out)
            _draw(self._picture, self._window)
        if self._card:
            self._card.lay(self._out)


def read_card(png: bytes) -> np.ndarray:
    """The card's pixels, blue, green, red, opacity. ValueError for anything but a PNG up to 4096
    pixels a side (PNG, third edition, 11.2.1: the sizes stand in the header)."""
    if len(png) > MOST_CARD_BYTES or not png.startswith(b"\x89PNG\r\n\x1a\n") or png[12:16] != b"IHDR":
        raise ValueError("not a PNG")
    if not all(1 <= int.from_bytes(png[at : at + 4], "big") <= _LARGEST_CARD_PX for at in (16, 20)):
        raise ValueError("a card too large")
    pixels = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.dtype != np.uint8:
        raise ValueError("a broken PNG")
    if pixels.ndim == 2:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGRA))
    return pixels if pixels.shape[2] == 4 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA))


def _card(png: bytes, size: tuple[int, int]) -> Overlay:
    """One of the picture's size covers it, another stands at the foot, never wider than fits."""
    pixels = read_card(png)
    margin = 0 if pixels.shape[1::-1] == size else round(_CARD_MARGIN * min(size))
    room = size[0] - 2 * margin, size[1] - 2 * margin
    scale = min(1.0, room[0] / pixels.shape[1], room[1] / pixels.shape[0])
    width, height = (max(2, int(side * scale) & ~1) for side in pixels.shape[1::-1])
    if (width, height) != pixels.shape[1::-1]:
        shares = pixels[..., 3:].astype(np.float32) / 255
        weighed = np.dstack([pixels[..., :3] * shares, shares * 255])
        weighed = cv2.resize(weighed, (width, height), interpolation=cv2.INTER_AREA)
        weighed[..., :3] /= np.maximum(weighed[..., 3:] / 255, 1e-6)
        pixels = np.clip(np.rint(weighed), 0, 255).astype(np.uint8)
    rgb = cv2.transform(np.ascontiguousarray(pixels[..., 2::-1]), _meant_for_601())
    return make_overlay(margin & ~1, (size[1] - margin - height) & ~1, rgb, np.ascontiguousarray(pixels[..., 3]))


def _meant_for_601() -> np.ndarray:
    def matrix(luma: tuple[float, float, float]) -> np.ndarray:
        red, _, blue = luma
        y = np.array(luma)
        return np.stack([y, (np.array([0, 0, 1]) - y) / (2 - 2 * blue), (np.array([1, 0, 0]) - y) / (2 - 2 * red)])

    return (np.linalg.inv(matrix(_LUMA_709)) @ matrix(_LUMA_601)).astype(np.float32)


def _words(text: str, size: tuple[int, int]) -> Overlay:
    room = size[0] * _SLATE_WORDS
    line = ink(text, Style(EXTRA_BOLD, fit_size(text, EXTRA_BOLD, width_px=room, max_px=max(size) * _SLATE_LINE)))
    mask = np.asarray(line.mask)
    alpha = np.zeros((mask.shape[0] + mask.shape[0] % 2, mask.shape[1] + mask.shape[1] % 2), np.uint8)
    alpha[: mask.shape[0], : mask.shape[1]] = mask
    left, top = (size[0] - alpha.shape[1]) // 2 & ~1, (size[1] - alpha.shape[0]) // 2 & ~1
    return make_overlay(left, top, np.full((*alpha.shape, 3), 255, np.uint8), alpha)


def _in_yuv(frame: VideoFrame) -> VideoFrame:
    """Planes in limited range BT.601, in which cameras record unless they say otherwise."""
    if frame.format.name == "yuv420p" and frame.colorspace != _BT709:
        return frame
    return frame.reformat(format="yuv420p")


def _draw(frame: VideoFrame, target: Planes) -> None:
    """Fill planes with a picture, scaled where their size is another."""
    for number, plane in enumerate(target.all()):
        pixels = rows_of(frame.planes[number])
        if pixels.shape == plane.shape:
            np.copyto(plane, pixels)
        else:
            # Fewer pixels are means of more; more are spread linearly.
            way = cv2.INTER_AREA if pixels.shape[0] > plane.shape[0] else cv2.INTER_LINEAR
            np.copyto(plane, cv2.resize(pixels, (plane.shape[1], plane.shape[0]), interpolation=way))


def _fitted(frame: VideoFrame, room: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, width and height, all even, of a picture as large as it fits."""
    size = frame.width, frame.height
    scale = min(room[0] / size[0], room[1] / size[1])
    width, height = (max(2, min(most, 2 * round(side * scale / 2))) for side, most in zip(size, room, strict=True))
    return (room[0] - width) // 2 & ~1, (room[1] - height) // 2 & ~1, width, height


def _blacken(planes: Planes) -> None:
    planes.y[:], planes.u[:], planes.v[:] = _BLACK, _GREY, _GREY
