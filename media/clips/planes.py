"""Pictures as an encoder wants them: one plane of brightness and two of colour at half the size.

Colours are BT.709 in limited range (ITU-R BT.709-6, 3.2 to 3.5), the form in which every phone
plays video. A colour sample lies on the left of its two pixels and between its two rows, which is
what H.264 players assume (ITU-T H.264, annex E, chroma location type 0).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

_TO_YUV = np.array(
    [
        [0.182586, 0.614231, 0.062007, 16.0],
        [-0.100644, -0.338572, 0.439216, 128.0],
        [0.439216, -0.398942, -0.040274, 128.0],
    ],
    np.float32,
)
_FROM_YUV = np.linalg.inv(_TO_YUV[:, :3].astype(np.float64))


@dataclass(frozen=True, slots=True)
class Planes:
    """A picture of even width and height as 8-bit planes y, u and v."""

    y: np.ndarray
    u: np.ndarray
    v: np.ndarray

    def all(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The three planes in order."""
        return self.y, self.u, self.v

    def window(self, left: int, top: int, width: int, height: int) -> Planes:
        """A view of a part; all four numbers are even."""
        half = slice(top // 2, (top + height) // 2), slice(left // 2, (left + width) // 2)
        return Planes(self.y[top : top + height, left : left + width], self.u[half], self.v[half])


def frame_buffer(width_px: int, height_px: int) -> tuple[np.ndarray, Planes]:
    """One block of memory for a whole frame, and its planes as views into it."""
    block = np.zeros((height_px * 3 // 2, width_px), np.uint8)
    return block, in_planes(block)


def in_planes(block: np.ndarray) -> Planes:
    """The planes of a whole frame in one block of memory, as views into it."""
    height, width = block.shape[0] * 2 // 3, block.shape[1]
    half = (height // 2, width // 2)
    rest = block[height:].reshape(-1)
    size = half[0] * half[1]
    return Planes(block[:height], rest[:size].reshape(half), rest[size:].reshape(half))


def to_planes(pixels: np.ndarray) -> Planes:
    """RGB bytes of even width and height as planes."""
    y, u, v = cv2.split(cv2.transform(pixels, _TO_YUV))
    return Planes(y, halved(u), halved(v))


def sink(planes: Planes, share: np.ndarray, colour: tuple[int, int, int]) -> None:
    """Blend each row towards one colour by its share (0 to 1), in place."""
    wide = share.astype(np.float32)[:, None]
    half = wide.reshape(-1, 2).mean(axis=1, keepdims=True)
    for plane, rows, level in zip(planes.all(), (wide, half, half), yuv_of(colour), strict=True):
        first = int(np.argmax(rows > 0))
        part, rows = plane[first:], rows[first:]
        np.copyto(part, np.rint(part * (1 - rows) + level * rows).astype(np.uint8))


def halved(plane: np.ndarray) -> np.ndarray:
    """A plane at half the size, its samples where colour samples lie.

    A quarter, a half and a quarter of three columns: the mean of blocks that begin at even and at
    odd ones, which are averaged four times as fast as a filter is laid over every pixel.
    """
    height, width = plane.shape[0] // 2, plane.shape[1] // 2
    even = cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA)
    odd = np.empty_like(even)
    odd[:, :1] = cv2.resize(plane[:, :1], (1, height), interpolation=cv2.INTER_AREA)
    if width > 1:
        odd[:, 1:] = cv2.resize(plane[:, 1:-1], (width - 1, height), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.addWeighted(even, 0.5, odd, 0.5, 0))


def to_rgb(planes: Planes) -> np.ndarray:
    """The planes as RGB, 0 to 255 in float32; colour is spread to whole blocks."""
    size = (planes.y.shape[1], planes.y.shape[0])
    u, v = (cv2.resize(p, size, interpolation=cv2.INTER_NEAREST) for p in (planes.u, planes.v))
    yuv = np.stack([planes.y, u, v], axis=-1).astype(np.float32) - _TO_YUV[:, 3]
    return np.clip(yuv @ _FROM_YUV.T.astype(np.float32), 0, 255)


def to_yuv(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """RGB bytes as y, u and v at full size, in float32."""
    y, u, v = cv2.split(cv2.transform(pixels.astype(np.float32), _TO_YUV))
    return y, u, v


def yuv_of(colour: tuple[int, int, int]) -> tuple[float, float, float]:
    """One RGB colour as y, u, v."""
    y, u, v = (_TO_YUV[:, :3] @ np.array(colour, np.float32) + _TO_YUV[:, 3]).tolist()
    return y, u, v
