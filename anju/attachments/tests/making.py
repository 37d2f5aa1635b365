"""Small pictures and files as people send them; for tests."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import ExifTags, Image

from anju.attachments.rules.kinds import Kind
from anju.attachments.taking import Taken

# A photo as it is kept, without the decoding: for tests of what is done with it.
A_PHOTO = Taken(Kind.PHOTO, "东门.jpg", b"\xff\xd8\xff whole", b"\xff\xd8\xff small", 60, 40)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def a_picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    """Return a picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def a_telephone_photo() -> bytes:
    """Return a photo that lies on its side and says where, when and with what it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Owner's Own Camera"
    exif[ExifTags.IFD.Exif] = {
        ExifTags.Base.DateTimeOriginal: "2026:11:20 18:30:00",
        ExifTags.Base.OffsetTimeOriginal: "+08:00",
    }
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (31.0, 12.0, 0.0), 3: "E", 4: (121.0, 28.0, 0.0)}
    return a_picture(exif=exif, comment=b"taken at home")


def a_heic() -> bytes:
    """Return a photo as telephones make them today."""
    pillow_heif.register_heif_opener()
    return a_picture("HEIF", (64, 48))


def a_huge_png(width: int = 13_000, height: int = 13_000) -> bytes:
    """Return a PNG of some kilobytes that would unpack to half a gigabyte."""
    packer = zlib.compressobj(9)
    row = b"\x00" * (1 + width * 3)
    body = b"".join(packer.compress(row) for _ in range(200)) + packer.flush()

    def chunk(kind: bytes, said: bytes) -> bytes:
        return (
            struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def a_long_film(frames: int = 300) -> bytes:
    """Return an animated GIF."""
    pictures = [Image.new("P", (8, 8), n % 2) for n in range(frames)]
    out = io.BytesIO()
    pictures[0].save(out, "GIF", save_all=True, append_images=pictures[1:], duration=20)
    return out.getvalue()
