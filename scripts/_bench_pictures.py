"""The picture set from one 12 MP photo beside the least that any program must do: decode it, encode the set.

The limit side decodes the whole JPEG once (Pillow, as here) and encodes the finished pixels to the very
same bytes; it neither cuts nor scales nor draws. Ours may decode at half the size, as libjpeg offers.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from _bench_intake import make_inputs
from _environment import ROOT

MOST_RATIO, LEAST_SSIM, MOST_FIRST_SECONDS = 1.6, 0.985, 0.6
LINK = "https://chophien.example/o/K7M2"
_ONE_PICTURE = """
import sys
from pathlib import Path
from media.cards.pictures import render_picture
from media.spec import CardSpec
import json
render_picture(CardSpec.from_json(json.loads(sys.argv[1])), "square", Path(sys.argv[2]))
"""


def run(rounds: int) -> int:
    """0 when every figure keeps its limit."""
    with tempfile.TemporaryDirectory() as folder:
        photos = make_inputs(Path(folder))
        kept = [measure(name, photos[key], Path(folder), rounds)
                for name, key in (("landscape", "landscape"), ("portrait (EXIF 6)", "upright"))]
    return 0 if all(kept) else 1


def measure(name: str, photo: Path, out: Path, rounds: int) -> bool:
    """Measure one photo, print its figures; whether they keep their limits."""
    from media.cards.pictures import render_pictures
    from media.spec import PICTURE_ROLES
    spec = product(photo)
    ours = lambda: render_pictures(spec, PICTURE_ROLES, out, lambda _: None)  # noqa: E731
    ours()
    finished, alike = look_over(spec, photo, out)
    least = lambda: decode_and_encode(photo, finished)  # noqa: E731
    least()
    seconds: dict[str, list[float]] = {"ours": [], "least": [], "first": []}
    for _ in range(rounds):
        seconds["ours"].append(cpu(ours))
        seconds["least"].append(cpu(least))
        seconds["first"].append(first_picture(spec, out))
    ratio = median(seconds["ours"]) / median(seconds["least"])
    first = median(seconds["first"])
    sizes = ", ".join(f"{role} {(out / f'{role}.jpg').stat().st_size // 1000} kB" for role in PICTURE_ROLES)
    print(f"{name}: {sizes}")
    print(f"  CPU of the set ÷ (decode once + encode the same bytes): {ratio:.2f} (limit {MOST_RATIO})")
    print("  SSIM to a Lanczos reduction of the same cut: "
          + ", ".join(f"{role} {value:.4f}" for role, value in alike.items()) + f" (at least {LEAST_SSIM})")
    print(f"  first share-ready picture from a cold start, imports and all: {first:.2f} s CPU"
          f" (limit {MOST_FIRST_SECONDS} s)", flush=True)
    return ratio <= MOST_RATIO and min(alike.values()) >= LEAST_SSIM and first <= MOST_FIRST_SECONDS


def product(photo: Path) -> Any:
    """What the pictures show."""
    from media.spec import CardSpec
    return CardSpec(kind="dried_meat", name="Thịt trâu gác bếp", price_vnd=850_000, unit="kg", household="Hộ A Lử",
                    household_code="DB-004", order_link=LINK, short_link=LINK.removeprefix("https://"),
                    place="bản Lói", stock_text="Còn 12 kg", photos=(photo,))


def look_over(spec: Any, photo: Path, out: Path) -> tuple[list[tuple[Any, int]], dict[str, float]]:
    """The pixels and quality that give each written file again, and how like Lanczos each photo's scaling is."""
    import cv2
    import numpy as np
    from PIL import Image, ImageOps
    from skimage.metrics import structural_similarity

    from media.cards.card import LARGEST_PHOTOS, draw_card
    from media.photos.develop import open_negative
    from media.photos.focus import crop_window
    from media.photos.scale import resize
    from media.spec import PICTURE_ROLES
    negative = open_negative(photo, [LARGEST_PHOTOS[role] for role in PICTURE_ROLES])
    with Image.open(photo) as file:
        full = ImageOps.exif_transpose(file.convert("RGB") if file.mode != "RGB" else file)
    grown = full.width / negative.pixels.shape[1]
    finished, alike = [], {}
    for role in PICTURE_ROLES:
        canvas = draw_card(spec, role, negative)
        finished.append((canvas.image, quality_of(canvas.image, (out / f"{role}.jpg").read_bytes())))
        box = canvas.photo_box
        left, top, width, height = crop_window(negative.pixels, negative.small, aspect=box.width / box.height)
        mine = resize(negative.pixels[top:top + height, left:left + width], box.width, box.height)
        cut = tuple(side * grown for side in (left, top, left + width, top + height))
        wanted = np.asarray(full.resize((box.width, box.height), Image.Resampling.LANCZOS, box=cut))
        alike[role] = float(structural_similarity(*(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY) for one in (wanted, mine))))
    return finished, alike


def quality_of(image: Any, data: bytes) -> int:
    """The quality at which the pixels give exactly these bytes; LookupError where none does."""
    from media.cards.pictures import encode
    for quality in range(88, 0, -1):
        if encode(image, quality) == data:
            return quality
    raise LookupError("the written file is not this picture")


def decode_and_encode(photo: Path, finished: list[tuple[Any, int]]) -> None:
    """The least work: the whole photo decoded once, the finished pixels encoded once each."""
    from PIL import Image

    from media.cards.pictures import encode
    with Image.open(photo) as file:
        file.load()
    for image, quality in finished:
        encode(image, quality)


def first_picture(spec: Any, out: Path) -> float:
    """CPU seconds of a new process that makes one picture."""
    import json
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", _ONE_PICTURE, json.dumps(spec.to_json()), str(out)], cwd=ROOT, check=True,
                   timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start
