"""The clip against encoding alone, against MoviePy, and against its own limits: one run, one table."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from statistics import median
from typing import Any

import imageio_ffmpeg
from _bench_clip_inputs import CALM, FOCUSED
from _environment import ROOT

PEER = "moviepy==2.2.1"
PEER_FOLDER = ROOT / ".venv-peer"
_PEER_PYTHON = PEER_FOLDER / "bin" / "python"
MOST_OVER_ENCODING, LEAST_OVER_PEER, MOST_TREMBLING = 1.20, 15.0, 0.05
LEAST_VMAF, MOST_MB, MOST_PEAK_MB = 94.5, 1.8, 350.0
# Every fifth frame tells the mean to a tenth.
_VMAF_STEP = 5


def run(rounds: int) -> int:
    """0 when every figure keeps its limit."""
    with tempfile.TemporaryDirectory(prefix="bench-clip-") as name:
        folder = Path(name)
        smooth = piece("reference", folder)
        turns = [(piece("ours", folder, weighed=True), piece("limit", folder)) for _ in range(max(1, min(rounds, 3)))]
        cpu = median(own["cpu"] for own, _ in turns)
        size, peak = turns[0][0]["bytes"] / 1e6, max(own["peak_mb"] for own, _ in turns)
        ssim, vmaf = judged(folder / "clip.mp4", folder / "reference.yuv")
        peer = run_peer(folder)
        # Its gigabyte of raw frames gives way to the other one's.
        (folder / "reference.yuv").unlink()
        calm_folder = folder / "calm"
        calm_folder.mkdir()
        piece("reference", calm_folder, photos=CALM)
        calm_mb = piece("ours", calm_folder, photos=CALM)["bytes"] / 1e6
        _, calm_vmaf = judged(calm_folder / "clip.mp4", calm_folder / "reference.yuv")
    over = median(own["cpu"] / bare["cpu"] for own, bare in turns)
    kept = [
        said(f"CPU ÷ encoding the same frames and samples: {over:.2f} ({cpu:.1f} s)", MOST_OVER_ENCODING, over <= MOST_OVER_ENCODING),
        said(f"trembling of raw frames: zoom {smooth['zoom']:.3f}, pan {smooth['pan']:.3f} px/f²", MOST_TREMBLING,
             max(smooth["zoom"], smooth["pan"]) <= MOST_TREMBLING),
        *said_size(CALM, calm_mb, calm_vmaf),
        *said_size(FOCUSED, size, vmaf),
        said(f"peak memory: {peak:.0f} MB", MOST_PEAK_MB, peak <= MOST_PEAK_MB),
    ]
    if peer is None:
        kept.append(said(f"{PEER} could not be installed: no figure without a network", LEAST_OVER_PEER, False))
    else:
        ratio = peer["cpu"] / cpu
        as_good = ssim >= peer["ssim"] and vmaf >= peer["vmaf"]
        kept.append(said(f"CPU of {PEER} (medium, CRF 23: {peer['cpu']:.0f} s, {peer['mb']:.2f} MB, SSIM-Y {peer['ssim']:.4f}, "
                         f"VMAF {peer['vmaf']:.1f}) ÷ ours (SSIM-Y {ssim:.4f}): {ratio:.1f}", LEAST_OVER_PEER, ratio >= LEAST_OVER_PEER and as_good))
    return 0 if all(kept) else 1


def said_size(photos: str, size_mb: float, vmaf: float) -> tuple[bool, bool]:
    """Size and quality of the clip of one set of photos; whether each is kept."""
    return (said(f"{photos}: 12 s in {size_mb:.2f} MB", MOST_MB, size_mb <= MOST_MB),
            said(f"{photos}: VMAF {vmaf:.1f}", LEAST_VMAF, vmaf >= LEAST_VMAF))


def said(figure: str, limit: float, is_kept: bool) -> bool:
    """Print a figure with its limit; whether it is kept."""
    print(f"{'ok    ' if is_kept else 'MISSED'} {figure} (limit {limit:g})", flush=True)
    return is_kept


def piece(name: str, folder: Path, *, photos: str = FOCUSED, weighed: bool = False) -> dict[str, Any]:
    """What a measured piece says, each in a fresh process; `weighed` adds the memory it held with its children."""
    command = [sys.executable, str(Path(__file__).with_name("_bench_clip_work.py")), name, str(folder), photos]
    peak = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as work:
        while weighed and work.poll() is None:
            peak = max(peak, resident_mb(work.pid))
            time.sleep(0.02)
        answer = work.communicate()[0]
    if work.returncode:
        raise subprocess.CalledProcessError(work.returncode, command)
    done: dict[str, Any] = json.loads(answer)
    return {**done, "peak_mb": peak}


def resident_mb(pid: int) -> float:
    """Memory of a process and its children now, in 10^6 bytes; 0 where Linux does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGESIZE") / 1e6 + sum(resident_mb(int(child)) for child in children)


def judged(clip: Path, reference: Path) -> tuple[float, float]:
    """SSIM of brightness and VMAF against raw reference frames, by ffmpeg's own filters."""
    numbered = "settb=1/30,setpts=N,split"
    graph = (f"[0:v]{numbered}[a][b];[1:v]{numbered}[c][d];[a][c]ssim[ssim];"
             f"[b][d]libvmaf=n_threads=2:n_subsample={_VMAF_STEP}[vmaf]")
    raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "1080x1920", "-r", "30"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-i", str(clip), *raw, "-i", str(reference),
               "-lavfi", graph, "-map", "[ssim]", "-f", "null", "-", "-map", "[vmaf]", "-f", "null", "-"]
    log = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    found = [re.search(pattern, log) for pattern in (r"SSIM Y:([\d.]+)", r"VMAF score: ([\d.]+)")]
    ssim, vmaf = (float(match[1]) if match else 0.0 for match in found)
    return ssim, vmaf


def run_peer(folder: Path) -> dict[str, float] | None:
    """The peer's clip of the same plan; None where it cannot be installed."""
    if not _PEER_PYTHON.exists():
        venv.EnvBuilder(with_pip=True).create(PEER_FOLDER)
    install = [str(_PEER_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER]
    if subprocess.run(install, check=False, stderr=subprocess.DEVNULL).returncode:
        return None
    command = [str(_PEER_PYTHON), str(Path(__file__).with_name("_bench_clip_peer.py")), str(folder)]
    done = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=folder).stdout)
    ssim, vmaf = judged(folder / "peer.mp4", folder / "reference.yuv")
    return {"cpu": done["cpu"], "ssim": ssim, "vmaf": vmaf, "mb": (folder / "peer.mp4").stat().st_size / 1e6}
