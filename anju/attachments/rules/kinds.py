"""What a given file is, by its content; its name and ending decide nothing."""

from __future__ import annotations

from enum import StrEnum

from anju.attachments.rules.sound import MEDIA, Form, form_of
from anju.kernel.pure.problems import Problem

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST, PREVIEW = 2560, 480
EDGE = 64 * 1024  # how much of both ends is looked at for markup


class Kind(StrEnum):
    """What is kept: a photo, written anew by us, or a document or voice note as it came."""

    PHOTO = "photo"
    DOCUMENT = "document"
    SOUND = "sound"


_HEIF = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?php", b"<iframe")
_NAMED: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "an archive or an Office file", "压缩包或 Office 文件"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "旧版 Office 文件"),
    (b"MZ", "a program", "可执行程序"),
    (b"\x7fELF", "a program", "可执行程序"),
    (b"Rar!", "a compressed file", "压缩文件"),
    (b"\x1f\x8b", "a compressed file", "压缩文件"),
    (b"ID3", "a sound recording", "音频"),
    (b"OggS", "a sound recording", "音频"),
    (b"BM", "a picture of an old kind (BMP)", "旧格式图片（BMP）"),
    (b"II*\x00", "a picture for printing (TIFF)", "印刷用图片（TIFF）"),
    (b"MM\x00*", "a picture for printing (TIFF)", "印刷用图片（TIFF）"),
)


def kind_of(head: bytes, tail: bytes = b"", *, sound: bool = False) -> Kind:
    """Return what a file is from its first and its last bytes; `sound` where voice notes are taken.

    Shapes: both ends of up to `EDGE` bytes; `tail` may be empty for a short file.
    Errors: E-FILE-TYPE, naming what it is instead and what is accepted.
    """
    kind = _known(head)
    if kind is None and sound and form_of(head) is not None:
        kind = Kind.SOUND
    # A picture that is also a page of the web was made to deceive; a photo has no such words.
    if any(sign in end.lower() for sign in _MARKUP for end in (head, tail)):
        raise wrong_type("a page of the web, or holds one", "网页，或夹带网页内容")
    if kind is None:
        raise wrong_type(*_named(head))
    return kind


def _known(head: bytes) -> Kind | None:
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        return Kind.PHOTO
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.PHOTO
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        return Kind.PHOTO
    return Kind.DOCUMENT if head.startswith(b"%PDF-") else None


def _named(head: bytes) -> tuple[str, str]:
    if head[4:8] == b"ftyp":
        return "a film or a sound recording", "视频或音频"
    for sign, en, zh in _NAMED:
        if head.startswith(sign):
            return en, zh
    return "of a kind that we do not know", "未知类型的文件"


def wrong_type(en: str, zh: str) -> Problem:
    """Return the refusal of a file that is something else."""
    return Problem(
        "E-FILE-TYPE",
        "file",
        "This file is {what}. Send a photo (JPEG, PNG, WebP, GIF, HEIC) or a PDF.",
        "该文件是{what_zh}。请上传照片（JPEG、PNG、WebP、GIF、HEIC）或 PDF。",
        what=en,
        what_zh=zh,
    )


def check_pixels(width: int, height: int) -> None:
    """Raise E-IMG-PIXELS for a picture that is larger than we decode; read from its header."""
    if width * height > MOST_PIXELS:
        raise Problem(
            "E-IMG-PIXELS",
            "file",
            "The picture has {width} x {height} pixels; at most {most} million are taken. "
            "Send it smaller.",
            "图片为 {width} × {height} 像素，最多接收 {most} 百万像素。请缩小后上传。",
            width=width,
            height=height,
            most=MOST_PIXELS // 1_000_000,
        )


def unreadable() -> Problem:
    """Return the refusal of a picture that cannot be decoded."""
    return Problem(
        "E-IMG-READ",
        "file",
        "The picture cannot be read; it may have been cut off on its way. Send it again.",
        "图片无法读取，可能在传输中损坏。请重新上传。",
    )


def too_long() -> Problem:
    """Return the refusal of a file that is too large."""
    return Problem(
        "E-FILE-LONG",
        "file",
        "The file is larger than {most} MB. Send a smaller one.",
        "文件超过 {most} MB。请上传较小的文件。",
        most=MOST_BYTES // 1024 // 1024,
    )


ENDINGS = {Kind.PHOTO: "jpg", Kind.DOCUMENT: "pdf"}


def ending(name: str, kind: Kind, form: Form | None = None) -> str:
    """Return a name with the ending of what is kept, whatever it ended in before."""
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    return f"{stem[:150] or 'file'}.{form.value if form else ENDINGS[kind]}"


def media_type(name: str, kind: Kind) -> str:
    """Return as what a file leaves, by the ending that we gave it; a document opens nowhere."""
    if kind is Kind.PHOTO:
        return "image/jpeg"
    told = MEDIA.get(name.rpartition(".")[2], "") if kind is Kind.SOUND else ""
    return told or "application/octet-stream"
