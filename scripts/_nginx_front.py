"""nginx before the shop as docs/deploy/nginx.conf has it, on loopback: for measuring, and to try that file."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "docs" / "deploy" / "nginx.conf"
_WHOLE = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log notice;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
{places}
{site}
}}
"""
_PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Front:
    """Started by being made. With a certificate (and its key) it speaks TLS as the file says, else plain HTTP."""

    def __init__(self, folder: Path, *, shop_port: int, certificate: tuple[Path, Path] | None = None) -> None:
        folder.mkdir(parents=True)
        self.port, self.plain_port = _free_port(), _free_port()
        conf = folder / "nginx.conf"
        places = "\n".join(f"{name}_temp_path {folder}/{name};" for name in _PLACES)
        conf.write_text(_WHOLE.format(folder=folder, places=places, site=self._site(folder, shop_port, certificate)))
        self._command = ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(conf)]
        self._process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("nginx takes no connections")

    def check(self) -> str:
        """What `nginx -t` has against the file; "" when it takes it. A newer nginx warns of how `http2` is said here."""
        tested = subprocess.run([*self._command, "-t", "-q"], capture_output=True, text=True, timeout=20, check=False)
        said = [line for line in tested.stderr.splitlines() if not ("[warn]" in line and "http2" in line)]
        return "\n".join(said) or ("refused" if tested.returncode else "")

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()

    def _site(self, folder: Path, shop_port: int, certificate: tuple[Path, Path] | None) -> str:
        """The file with this machine's ports and paths in place of the documented ones."""
        site = SITE.read_text(encoding="utf-8")
        site = re.sub(r"listen \[::\].*\n", "", site).replace("listen 80;", f"listen 127.0.0.1:{self.plain_port};")
        site = site.replace("127.0.0.1:8000", f"127.0.0.1:{shop_port}")
        site = site.replace("/var/cache/nginx/cho-phien", f"{folder}/cache")
        if certificate is None:
            site = re.sub(r" *ssl_\w+ [^;]*;\n", "", site)
            return site.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};")
        for name, path in zip(("fullchain", "privkey"), certificate, strict=True):
            site = site.replace(f"/etc/letsencrypt/live/chophien.example/{name}.pem", str(path))
        return site.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;")


def is_there() -> bool:
    """Whether nginx is installed."""
    return shutil.which("nginx") is not None


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
