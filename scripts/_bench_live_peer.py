"""What a live is measured against and with: plain ffmpeg, and nginx-rtmp as the platforms."""

from __future__ import annotations

import math
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import ClassVar

import imageio_ffmpeg

from media.live.encode import x264_options
from media.live.spec import LiveSpec

MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
_CONF = """daemon off; master_process off; load_module {module};
error_log {folder}/error.log error; pid {folder}/pid;
events {{ worker_connections 64; }}
rtmp {{ server {{ listen 127.0.0.1:{port}; chunk_size 4096;
application live {{ live on; record all; record_path {folder}; }} }} }}
"""
_VIDEO_TAG = 9


class Platform:
    """One nginx-rtmp, started, to be hung or killed; `stop_all` for those that are left."""

    running: ClassVar[list[Platform]] = []

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        folder.chmod(0o777)
        self.folder = folder
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = int(taken.getsockname()[1])
        conf = folder / "nginx.conf"
        conf.write_text(_CONF.format(module=MODULE, folder=folder, port=self.port))
        self._process = subprocess.Popen(["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(conf)])
        self.running.append(self)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("nginx takes no connections")

    def url(self, key: str) -> str:
        """Where to publish, and to watch."""
        return f"rtmp://127.0.0.1:{self.port}/live/{key}"

    def hang(self) -> None:
        """Take no more bytes, but keep connections."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """After `hang`."""
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()

    @classmethod
    def stop_all(cls) -> None:
        """End all that were started."""
        for platform in cls.running:
            platform.stop()


def is_there() -> bool:
    """Whether Debian's nginx-rtmp is installed."""
    return MODULE.exists() and shutil.which("nginx") is not None


def gap_ms(recorded: Path, seconds: float) -> float:
    """The longest time between two pictures that arrived at a platform in so many seconds; without an
    end when none came.

    nginx writes each packet as it comes, as tags (Adobe Flash Video File Format Specification,
    version 10.1, E.4): a type, three bytes of length, seven more, the data, four bytes behind it.
    """
    until, last, worst = time.monotonic() + seconds, 0.0, 0.0
    with recorded.open("rb") as file:
        at = file.seek(13)
        while (now := time.monotonic()) < until:
            size = os.fstat(file.fileno()).st_size
            while at + 11 <= size:
                file.seek(at)
                head = file.read(4)
                after = at + 15 + int.from_bytes(head[1:], "big")
                if after > size:
                    break
                at = after
                if head[0] == _VIDEO_TAG:
                    if last and now > until - seconds + 0.2:  # what was there before came at once
                        worst = max(worst, now - last)
                    last = now
            time.sleep(0.004)
    return max(worst, time.monotonic() - last) * 1000 if last else math.inf


def start_ffmpeg(spec: LiveSpec, source: Path, card: Path, folder: Path, rtmp: str | None) -> subprocess.Popen[bytes]:
    """Plain ffmpeg at the same work: the same source at its pace, the card, the same x264 settings,
    AAC, a recording, HLS and one RTMP server."""
    folder.mkdir(parents=True)
    options = x264_options(spec)
    coding = ["-c:v", "libx264", "-threads:v", "1", "-bf", "0", "-g", options["g"], "-preset", options["preset"],
              "-profile:v", options["profile"], "-b:v", options["b"], "-maxrate", options["maxrate"],
              "-bufsize", options["bufsize"], "-x264-params", options["x264-params"],
              "-c:a", "aac", "-aac_coder", "fast", "-b:a", str(spec.audio_rate), "-ar", "48000", "-ac", "1"]
    outputs = [f"[f=mp4:movflags=frag_keyframe+empty_moov+default_base_moof]{folder}/recording.mp4",
               f"[f=hls:hls_time=2:hls_segment_type=fmp4:hls_flags=independent_segments+temp_file+program_date_time"
               f"+delete_segments]{folder}/live.m3u8"]
    if rtmp:
        outputs.append(f"[f=flv]{rtmp}")
    return subprocess.Popen([
        imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-nostdin", "-re", "-stream_loop", "-1",
        "-i", str(source), "-i", str(card), "-filter_complex", f"[0:v][1:v]overlay=14:H-h-14,fps={spec.fps}[v]", "-map", "[v]",
        "-map", "0:a", *coding, "-flags", "+global_header", "-f", "tee", "|".join(outputs)])


def cpu_seconds(pids: list[int]) -> float:
    """Processor time so far of processes and of what they started that is gone (proc(5), stat)."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Memory of its own and its share of what is common, in MB (proc(5), smaps_rollup)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def children(name: str) -> list[int]:
    """Our own processes whose command line has the name."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == os.getpid() and name.encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found
