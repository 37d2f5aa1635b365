"""Decodes a stranger's picture and writes it anew; runs in the limited process alone."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from PIL import ExifTags, Image, ImageOps
from PIL.Image import Exif, Resampling

from anju.attachments.rules.kinds import LONGEST, PREVIEW, check_pixels

QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")


def write_anew(source: Path, photo: Path, preview: Path) -> dict[str, object]:
    """Write the picture upright, without anything but its pixels, and a small one beside it.

    Returns width, height, and when it was taken as far as the picture says so.
    Errors: E-IMG-PIXELS; whatever Pillow raises for a picture that is broken.
    """
    _learn_heic(source)
    with Image.open(source, formats=FORMATS) as opened:
        check_pixels(*opened.size)
        taken = taken_at(opened.getexif())
        opened.draft("RGB", (LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(_flat(opened))
    upright.thumbnail((LONGEST, LONGEST), Resampling.LANCZOS)
    size = upright.size
    _save(upright, photo)
    upright.thumbnail((PREVIEW, PREVIEW), Resampling.LANCZOS)
    _save(upright, preview)
    return {"width": size[0], "height": size[1], "taken_at": taken.isoformat() if taken else ""}


def _learn_heic(source: Path) -> None:
    """Load the decoder of telephones only for what needs it: it is large."""
    with source.open("rb") as file:
        if file.read(12)[4:8] != b"ftyp":
            return
    heif = import_module("pillow_heif")
    heif.options.DECODE_THREADS = 1
    heif.register_heif_opener(thumbnails=False)


def _flat(opened: Image.Image) -> Image.Image:
    """Return the first frame as plain colours, on white where it was transparent."""
    exif = opened.getexif()
    if opened.has_transparency_data:
        clear = opened.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear)
    else:
        ground = opened.convert("RGB")
    # The turn is all that is carried over, for the next step to apply.
    ground.info.clear()
    ground.getexif()[ExifTags.Base.Orientation] = exif.get(ExifTags.Base.Orientation, 1)
    return ground


def _save(picture: Image.Image, target: Path) -> None:
    """Write pixels alone: a fresh image has no colour profile, comment, place or camera."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    bare.save(target, "JPEG", quality=QUALITY, optimize=True)


def taken_at(exif: Exif) -> datetime | None:
    """Return when a picture was taken, where it says so with its zone; a bare time is no instant."""
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    said = str(inner.get(ExifTags.Base.DateTimeOriginal, ""))
    zone = str(inner.get(ExifTags.Base.OffsetTimeOriginal, ""))
    with contextlib.suppress(ValueError, OverflowError):
        found = datetime.strptime(f"{said} {zone}", "%Y:%m:%d %H:%M:%S %z").astimezone(UTC)
        return found if found.year > 1990 else None
    return None
