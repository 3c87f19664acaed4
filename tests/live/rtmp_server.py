"""Debian's nginx-rtmp set up as docs/live-encoders.md tells, on loopback."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from pathlib import Path

from tests.media.live.receiver import MODULE

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "live-encoders.md"


class RtmpServer:
    """nginx with the document's block; its port, the shop's address and the secret put in."""

    def __init__(self, folder: Path, *, port: int, shop: str, secret: str) -> None:
        folder.mkdir()
        folder.chmod(0o777)
        (block,) = re.findall(r"```nginx\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), flags=re.DOTALL)
        changes = {"listen 1935": f"listen 127.0.0.1:{port}", "127.0.0.1:8000": shop, "SECRET": secret}
        for written, meant in changes.items():
            assert written in block, f"the document says {written} no longer"
            block = block.replace(written, meant)
        conf = folder / "nginx.conf"
        conf.write_text(f"daemon off; master_process off; load_module {MODULE}; pid {folder}/pid;\n"
                        f"error_log {folder}/error.log info; events {{ worker_connections 64; }}\n{block}")
        self._process = subprocess.Popen(["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(conf)])
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("nginx takes no connections")

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()
