"""Brings pictures of any mode and colour profile to plain 8-bit sRGB."""

from __future__ import annotations

import io

from PIL import Image, ImageCms

# Profiles of cameras and phones are under 4 kB, of printing presses under 2 MB.
_MAX_PROFILE_BYTES = 4 * 1024 * 1024
# A rounding step or two in 8 bits is nobody's colour; converting 12 MP for it would cost 0.2 s.
_SAME_COLOUR_STEPS = 2
_PAPER = (255, 255, 255)


def to_srgb(image: Image.Image) -> Image.Image:
    """The same picture in mode RGB and sRGB; what is see-through lies on white.

    A profile that is broken, or of another kind than the pixels, is left out.
    """
    profile = image.info.get("icc_profile")
    image = _without_alpha(_in_8_bits(image))
    if profile and len(profile) <= _MAX_PROFILE_BYTES:
        image = _by_profile(image, profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def _in_8_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode == "F":
        return image.convert("L")
    return image


def _without_alpha(image: Image.Image) -> Image.Image:
    if "transparency" in image.info or image.mode in ("PA", "La"):
        image = image.convert("RGBA")
    if image.mode in ("RGBA", "LA"):
        paper = Image.new("RGB", image.size, _PAPER)
        paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
        return paper
    return image.convert("RGB") if image.mode in ("P", "1", "RGBX") else image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            image.mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image
    if image.mode == "RGB" and _changes_nothing(transform):
        return image
    return ImageCms.applyTransform(image, transform) or image


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    levels = bytes(range(0, 256, 17))
    cube = bytes(part for r in levels for g in levels for b in levels for part in (r, g, b))
    probe = Image.frombytes("RGB", (len(levels), len(levels) ** 2), cube)
    shown = (ImageCms.applyTransform(probe, transform) or probe).tobytes()
    return all(abs(a - b) <= _SAME_COLOUR_STEPS for a, b in zip(cube, shown, strict=True))
