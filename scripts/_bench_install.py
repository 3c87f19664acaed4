"""How much of the disk the shop's packages take: a newcomer's folder is made, the shop serves from it, and it is weighed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from _bench_idle import fetch, launch, wait_for_renders
from _environment import ROOT, VENV

LIMIT_MB = 700
LARGEST = 8
LEFT_OUT = (VENV.name, "data", ".git", "__pycache__")


def run() -> int:
    """0 when the packages keep their limit. Needs the network, as a first start does.

    The demo draws, renders and serves before the scales are read, so that what Python compiles for
    itself on the way is counted too. pip and setuptools, which every such environment holds, are counted.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "shop"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*LEFT_OUT))
        process = launch(Path(folder) / "data", "--demo", root=root)
        try:
            wait_for_renders(Path(folder) / "data" / "cho-phien.db")
            fetch("/")
        finally:
            process.terminate()
            process.wait()
        sizes = package_sizes(root / VENV.name)
    total = sum(sizes.values())
    for name in sorted(sizes, key=sizes.__getitem__, reverse=True)[:LARGEST]:
        print(f"  {name}: {sizes[name]:.0f} MB")
    print(f"packages of the shop: {total:.0f} MB (limit {LIMIT_MB} MB)")
    return 0 if total <= LIMIT_MB else 1


def package_sizes(environment: Path) -> dict[str, float]:
    """MB (10^6 bytes, whole blocks as the disk counts them) by the folder in site-packages; the rest as one."""
    sizes: dict[str, float] = {}
    packages = next(environment.glob("lib/python*/site-packages"))
    for path in environment.rglob("*"):
        if not path.is_symlink():
            name = path.relative_to(packages).parts[0] if path.is_relative_to(packages) and path != packages else "the rest"
            sizes[name] = sizes.get(name, 0) + path.lstat().st_blocks * 512 / 1e6
    return sizes
