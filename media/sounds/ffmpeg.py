"""The one place that runs ffmpeg: a list of arguments, a time limit, files and pipes only."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg

PROTOCOLS = "file,pipe"
PIPE = "pipe:"
_LOG_TAIL_CHARS = 2000


class FfmpegError(Exception):
    """ffmpeg refused, failed or took too long; `log` is the end of what it wrote to stderr."""

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(f"{message}\n{log}".strip())
        self.log = log


@dataclass(frozen=True, slots=True)
class Ran:
    """What a finished run left: its standard output and its log."""

    output: bytes
    log: str


def run(graph: Any, *, limit_seconds: float, feed: bytes | None = None) -> Ran:
    """Run a graph that ffmpeg-python built and give back its output and log.

    `feed` goes to standard input, for a graph that reads `pipe:`. Raises FfmpegError when an
    input is neither a plain file nor the pipe, when ffmpeg fails, and when it is still at work
    after `limit_seconds`; it is killed then.
    """
    command = _guarded(graph.compile(cmd=imageio_ffmpeg.get_ffmpeg_exe()), limit_seconds)
    source = {"stdin": subprocess.DEVNULL} if feed is None else {"input": feed}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=limit_seconds, check=False, **source
        )
    except subprocess.TimeoutExpired as late:
        raise FfmpegError(f"ffmpeg took more than {limit_seconds:g} s", _tail(late.stderr)) from late
    if done.returncode != 0:
        raise FfmpegError(f"ffmpeg ended with {done.returncode}", _tail(done.stderr))
    return Ran(done.stdout, done.stderr.decode("utf-8", "replace"))


def sound_pipe(rate_hz: int) -> Any:
    """The input of a graph that is fed mono 32-bit float samples."""
    return ffmpeg.input(PIPE, format="f32le", ar=rate_hz, ac=1)


def _guarded(command: list[str], limit_seconds: float) -> list[str]:
    """The command with every input held to plain local files and the pipe.

    ffmpeg takes `http:`, `concat:` or `subfile:` in a file's name, and playlists may name any of
    them, so the name is made a `file:` one and the protocols are listed. `-timelimit` (processor
    seconds) ends it even when the process that started it is gone.
    """
    binary, *arguments = command
    quiet = ["-hide_banner", "-nostdin", "-nostats", "-timelimit", str(int(limit_seconds) + 1)]
    guarded = [binary, *quiet]
    following_input = False
    for argument in arguments:
        if following_input:
            guarded.append(_local(argument))
        elif argument == "-i":
            guarded += ["-protocol_whitelist", PROTOCOLS, "-i"]
        else:
            guarded.append(argument)
        following_input = argument == "-i"
    return guarded


def _local(name: str) -> str:
    if name == PIPE:
        return name
    path = Path(name)
    if not path.is_file():
        raise FfmpegError(f"not a file: {path.name[:80]}")
    return f"file:{path.resolve()}"


def _tail(log: bytes | None) -> str:
    return (log or b"").decode("utf-8", "replace")[-_LOG_TAIL_CHARS:].strip()
