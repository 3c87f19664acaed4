"""The clip of one product: photos in slow motion, name, price, call, and the code to scan."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np

from media.clips.captions import Caption, caption_overlay, caption_top, time_captions
from media.clips.encode import FPS, ClipWriter, Quality
from media.clips.filmed import Filmed
from media.clips.overlay import Overlay
from media.clips.planes import Planes, frame_buffer, in_planes
from media.clips.shots import Shot, make_shots
from media.clips.timeline import CROSSFADE_SECONDS, VOICE_FROM_SECONDS, Timeline, make_timeline
from media.clips.words import HEIGHT_PX, TALL, WIDTH_PX, Sheet
from media.sounds.sound import RATE_HZ
from media.sounds.soundtrack import make_soundtrack
from media.sounds.voice import VoiceError, clean_voice
from media.spec import CardSpec, MediaFile
from media.workers.budget import PROBE_FRAMES, choose_crf

Captioned = tuple[Caption, Overlay]
_log = logging.getLogger(__name__)
# Shares of the whole work, measured: sound first, then the photos, then the frames.
_SOUND_DONE, _SHOTS_DONE = 0.06, 0.15
_STEPS = 30


def _unheard(warning: str) -> None:
    """A warning that nobody asked for."""


def render_clip(
    spec: CardSpec,
    out_dir: Path,
    progress: Callable[[float], None],
    *,
    timeline: Timeline | None = None,
    sheet: Sheet = TALL,
    warn: Callable[[str], None] = _unheard,
) -> MediaFile:
    """Write `out_dir`/clip.mp4: 1080 × 1920, 30 frames a second, H.264 and AAC.

    With the `sheet` SQUARE it is clip-square.mp4, 1080 × 1080.

    14 s without a voice, else as long as the voice speaks (6 to 60 s) and the end card; a
    `timeline` may be given instead. What cannot be used is left out, and `warn` is told, as "voice
    silent" (a VoiceFault), "photo 2 broken" or "video 1 too_long" (a VideoFault). The same
    spec gives the same bytes. `progress` is told 0..1 some forty times. Raises OSError where the
    file cannot be written and ValueError where the order link is too long for a code; then no file
    is left.
    """
    progress(0.0)
    voice = _voice(spec, warn)
    timeline = timeline or make_timeline(None if voice is None else len(voice) / RATE_HZ)
    sound = make_soundtrack(spec.household_code, timeline, voice)
    progress(_SOUND_DONE)
    shots = _make_shots(spec, timeline, sheet, progress, warn)
    captions = _captions(spec, voice, shots, sheet)
    return write_clip(out_dir, progress, shots=shots, timeline=timeline, sound=sound, captions=captions, sheet=sheet)


def write_clip(
    out_dir: Path,
    progress: Callable[[float], None],
    *,
    shots: Sequence[Shot | Filmed],
    timeline: Timeline,
    sound: np.ndarray,
    captions: Sequence[Captioned] = (),
    sheet: Sheet = TALL,
) -> MediaFile:
    """The shots of a timeline, the end card last, as `out_dir`/clip.mp4 or clip-square.mp4."""
    role = "clip" if sheet == TALL else "clip-square"
    path = out_dir / f"{role}.mp4"
    frames = _frame(timeline.seconds)
    quality = choose_quality(shots, timeline)
    with ClipWriter(
        path, width_px=WIDTH_PX, height_px=sheet.height_px, sound=sound, quality=quality
    ) as writer:
        drawn = _drawn_ahead(_cut(draw_frames(shots, timeline, frames, captions), sheet))
        for number, block in enumerate(drawn, 1):
            writer.show(block)
            if number * _STEPS // frames > (number - 1) * _STEPS // frames:
                progress(_SHOTS_DONE + (0.99 - _SHOTS_DONE) * number / frames)
    progress(1.0)
    size = path.stat().st_size
    return MediaFile(path, role, WIDTH_PX, sheet.height_px, size, "video/mp4", frames / FPS)


def choose_quality(shots: Sequence[Shot | Filmed], timeline: Timeline) -> Quality:
    """How finely to encode these shots, told by a few frames of each."""
    passing = tuple((_frame(cut - CROSSFADE_SECONDS), _frame(cut) - 1) for cut in timeline.cuts)
    return Quality(choose_crf(_samples(shots, timeline)), _frame(timeline.cuts[-1]), passing)


def _frame(seconds: float) -> int:
    return round(seconds * FPS)


def _voice(spec: CardSpec, warn: Callable[[str], None]) -> np.ndarray | None:
    if spec.voice is None:
        return None
    try:
        return clean_voice(spec.voice)
    except VoiceError as broken:
        _log.warning("the clip goes without its voice: %s", broken)
        warn(f"voice {broken.fault}")
        return None


def _make_shots(
    spec: CardSpec,
    timeline: Timeline,
    sheet: Sheet,
    progress: Callable[[float], None],
    warn: Callable[[str], None],
) -> list[Shot | Filmed]:
    shots = []
    count = len(timeline.cuts)
    seconds = [timeline.visible_seconds(shot) for shot in range(count)]
    for shot in make_shots(spec, count, sheet=sheet, seconds=seconds, warn=warn):
        shots.append(shot)
        progress(_SOUND_DONE + (_SHOTS_DONE - _SOUND_DONE) * len(shots) / (count + 1))
    return shots


def _samples(shots: Sequence[Shot | Filmed], timeline: Timeline) -> Iterator[list[np.ndarray]]:
    """A few frames from the middle of each scene, where the camera is fastest."""
    for at, cut in enumerate(timeline.cuts[:3]):
        start = timeline.cuts[at - 1] if at else 0.0
        run = []
        for number in range(PROBE_FRAMES):
            block, planes = frame_buffer(WIDTH_PX, HEIGHT_PX)
            _draw(shots, at, timeline, (start + cut) / 2 + number / FPS, block, planes)
            run.append(block)
        yield run


def _cut(frames: Iterator[np.ndarray], sheet: Sheet) -> Iterator[np.ndarray]:
    """The rows of each frame that the sheet shows, in two blocks of memory that take turns."""
    if sheet == TALL:
        yield from frames
        return
    blocks = [frame_buffer(WIDTH_PX, sheet.height_px) for _ in range(2)]
    for number, frame in enumerate(frames):
        block, planes = blocks[number % 2]
        part = in_planes(frame).window(0, sheet.top, WIDTH_PX, sheet.height_px)
        for target, source in zip(planes.all(), part.all(), strict=True):
            np.copyto(target, source)
        yield block


def _drawn_ahead(frames: Iterator[np.ndarray]) -> Iterator[np.ndarray]:
    """The same frames, each drawn on another thread while the one before is encoded."""
    with ThreadPoolExecutor(max_workers=1) as drawer:
        coming = drawer.submit(next, frames, None)
        while (block := coming.result()) is not None:
            coming = drawer.submit(next, frames, None)
            yield block


def _captions(
    spec: CardSpec, voice: np.ndarray | None, shots: Sequence[Shot | Filmed], sheet: Sheet
) -> list[Captioned]:
    top = caption_top(sheet, is_staged=any(shot.is_staged for shot in shots[:-1]))
    if voice is None or not spec.captions:
        return []
    timed = time_captions(spec.captions, voice, voice_from=VOICE_FROM_SECONDS)
    return [(caption, caption_overlay(caption, spec.kind, top)) for caption in timed]


def draw_frames(
    shots: Sequence[Shot | Filmed], timeline: Timeline, count: int, captions: Sequence[Captioned] = ()
) -> Iterator[np.ndarray]:
    """Every frame in turn, in two blocks of memory that take turns."""
    sheets = [frame_buffer(WIDTH_PX, HEIGHT_PX) for _ in range(2)]
    next_block, next_planes = frame_buffer(WIDTH_PX, HEIGHT_PX)
    for number in range(count):
        block, planes = sheets[number % 2]
        now = number / FPS
        at, over = timeline.shot_at(now)
        _draw(shots, at, timeline, now, block, planes)
        if over > 0:
            _draw(shots, at + 1, timeline, now, next_block, next_planes)
            cv2.addWeighted(block, 1 - over, next_block, over, 0, dst=block)
        for caption, overlay in captions:
            if caption.start <= now < min(caption.end, timeline.cuts[-1] - CROSSFADE_SECONDS):
                overlay.lay(planes)
        yield block


def _draw(
    shots: Sequence[Shot | Filmed], at: int, timeline: Timeline, now: float, block: np.ndarray, planes: Planes
) -> None:
    shot = shots[at]
    if at == len(timeline.cuts):
        shot.draw(0.0, block, planes)
        return
    shot.draw(timeline.move_share(at, now), block, planes)
    opacity, drop_px = timeline.words_at(at, now)
    if shot.words is not None and opacity > 0:
        words = shot.words if opacity >= 1 else shot.words.faded(opacity, drop_px=drop_px)
        words.lay(planes)
