"""nginx with Debian's RTMP module as a platform that takes lives, on loopback."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
_CONF = """daemon off; master_process off; load_module {module};
error_log {folder}/error.log info; pid {folder}/pid;
events {{ worker_connections 64; }}
rtmp {{ server {{ listen 127.0.0.1:{port}; application live {{ live on; record all; record_path {folder}; {more} }} }} }}
"""


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Receiver:
    """A server that records what is published under `live`; started by `start`, any number of times."""

    def __init__(self, folder: Path, more: str = "") -> None:
        """`more` are directives of the application."""
        self.folder, self.port = folder, free_port()
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777)
        conf = folder / "nginx.conf"
        conf.write_text(_CONF.format(module=MODULE, folder=folder, port=self.port, more=more))
        self._command = ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(conf)]
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, key: str, *, app: str = "live") -> str:
        """Where to publish."""
        return f"rtmp://127.0.0.1:{self.port}/{app}/{key}"

    def start(self) -> None:
        """Run it until it takes connections."""
        self.process = subprocess.Popen(self._command)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("nginx takes no connections")

    def stop(self) -> None:
        """End it at once."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
