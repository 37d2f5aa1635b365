"""Whether a voice note is one, in which form, and how long it lasts; read from its bytes, pure.

Nothing is decoded: each form says where it ends. What says nothing is held to its size alone.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from anju.kernel.pure.problems import Problem

LONGEST = 180.0  # seconds
MOST_BYTES = 8 * 1024 * 1024  # three minutes of the best that telephones record


class Form(StrEnum):
    """How a voice note is written; the value is its ending."""

    WEBM = "webm"
    OGG = "ogg"
    M4A = "m4a"
    MP3 = "mp3"


MEDIA: Mapping[str, str] = {
    Form.WEBM: "audio/webm",
    Form.OGG: "audio/ogg",
    Form.M4A: "audio/mp4",
    Form.MP3: "audio/mpeg",
}
JUNK_MOST = 4_096  # places where a frame could begin and none does, before we stop looking
_BRANDS = frozenset(
    {b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso5", b"iso6", b"dash"}
)
_PICTURES = (b"V_VP", b"V_AV1", b"V_MPEG", b"vide")  # how films name their pictures
# Kilobits of layer III by their place in the table: of version 1, then of 2 and 2.5.
_RATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
)
_HERTZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def form_of(head: bytes) -> Form | None:
    """Return in which form a voice note is written; None where it is none."""
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return Form.WEBM
    if head.startswith(b"OggS"):
        return Form.OGG
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return Form.M4A
    synced = len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return Form.MP3 if head.startswith(b"ID3") or synced else None


def check_sound(body: bytes) -> Form:
    """Return the form of a voice note that may be kept.

    Errors: E-FILE-TYPE for a film or what is no sound, E-FILE-LONG over three minutes.
    """
    form = form_of(body[:64])
    if form is None or any(sign in body[:65_536] for sign in _PICTURES):
        raise Problem(
            "E-FILE-TYPE",
            "file",
            "This is no voice note that browsers play. Record it here, or send webm, ogg, m4a or mp3.",
            "这不是可以播放的语音。请直接录音，或上传 webm、ogg、m4a、mp3 格式的录音。",
        )
    if len(body) > MOST_BYTES or (seconds(body, form) or 0.0) > LONGEST:
        raise Problem(
            "E-FILE-LONG",
            "file",
            "A voice note lasts three minutes at most. Say the most important part, or write it.",
            "语音最长 3 分钟。请说最要紧的部分，或改用文字。",
        )
    return form


def seconds(body: bytes, form: Form) -> float | None:
    """Return how long a voice note lasts; None where its bytes do not say. Units: seconds."""
    return _READERS[form](body)


def _ogg(body: bytes) -> float | None:
    last = body.rfind(b"OggS")
    if last < 0 or len(body) < last + 14:
        return None
    (samples,) = struct.unpack_from("<q", body, last + 6)
    start = body.find(b"\x01vorbis")
    hertz = 48_000  # Opus counts so whatever it recorded
    if 0 <= start < 128 and len(body) >= start + 16:
        (hertz,) = struct.unpack_from("<I", body, start + 12)
    return samples / hertz if hertz else None


def _m4a(body: bytes) -> float | None:
    place = body.find(b"mvhd")
    if place < 0 or len(body) < place + 36:
        return None
    if body[place + 4] == 1:
        scale, length = struct.unpack_from(">IQ", body, place + 24)
    else:
        scale, length = struct.unpack_from(">II", body, place + 16)
    return length / scale if scale and length else None


def _clusters(body: bytes) -> Iterator[int]:
    """Yield the time of each cluster, in its own units, which are milliseconds as browsers write."""
    place = body.find(b"\x1f\x43\xb6\x75")
    while place >= 0:
        time = body.find(b"\xe7", place + 4, place + 16)
        if time >= 0 and time + 2 <= len(body):
            size = body[time + 1] & 0x7F
            yield int.from_bytes(body[time + 2 : time + 2 + min(size, 8)])
        place = body.find(b"\x1f\x43\xb6\x75", place + 4)


def _webm(body: bytes) -> float | None:
    found = list(_clusters(body))
    return max(found) / 1000 if found else None


def _mp3(body: bytes) -> float | None:
    """Add up the frames; a mark at the beginning is passed over."""
    place, total = 0, 0.0
    if body.startswith(b"ID3") and len(body) >= 10:
        place = 10 + sum((body[6 + n] & 0x7F) << (21 - 7 * n) for n in range(4))
    missed = 0
    while 0 <= place <= len(body) - 4 and missed < JUNK_MOST:
        frame = _frame(body[place : place + 4])
        if frame is None:
            missed, place = missed + 1, body.find(b"\xff", place + 1)
            continue
        size, lasts = frame
        total, place = total + lasts, place + size
    return total or None


def _frame(head: bytes) -> tuple[int, float] | None:
    """Return the bytes of a frame of layer III and how long it lasts; None where none begins."""
    if head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, rate, place = (head[1] >> 3) & 3, head[2] >> 4, (head[2] >> 2) & 3
    if version == 1 or place == 3:
        return None
    kilobits, hertz = _RATES[version != 3][rate], _HERTZ[version][place]
    if not kilobits:
        return None
    samples = 1152 if version == 3 else 576
    return samples // 8 * kilobits * 1000 // hertz + ((head[2] >> 1) & 1), samples / hertz


_READERS: Mapping[Form, Callable[[bytes], float | None]] = {
    Form.WEBM: _webm,
    Form.OGG: _ogg,
    Form.M4A: _m4a,
    Form.MP3: _mp3,
}
