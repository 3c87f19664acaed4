"""An encoder as OBS or a phone's app: ffmpeg that streams a file over RTMP at its pace, again and again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg

FPS = 20


def filmed(path: Path, colour: str, *, codec: str = "libx264", size: str = "320x240") -> Path:
    """Two seconds of one colour and a tone as FLV: H.264 with pictures that build on later ones, stereo AAC."""
    finely = ["-preset", "ultrafast", "-bf", "2", "-g", str(FPS // 2), "-pix_fmt", "yuv420p"]
    subprocess.run([
        imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-y", "-f", "lavfi", "-i",
        f"color={colour}:s={size}:r={FPS}", "-f", "lavfi", "-i", "sine=f=440:r=44100", "-t", "2", "-c:v", codec,
        *(finely if codec == "libx264" else []),
        "-c:a", "aac", "-ac", "2", "-f", "flv", str(path)], check=True, timeout=60)
    return path


class Encoder:
    """One that streams from the moment it is made; `stop` as when its battery is empty."""

    def __init__(self, film: Path, url: str) -> None:
        self.process = subprocess.Popen(
            [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-nostdin", "-re", "-stream_loop", "-1", "-i", str(film),
             "-c", "copy", "-f", "flv", url], stderr=subprocess.DEVNULL)

    @property
    def is_refused(self) -> bool:
        """Whether it has ended by itself: the server let it go."""
        return self.process.poll() not in (None, -9)

    def stop(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()
