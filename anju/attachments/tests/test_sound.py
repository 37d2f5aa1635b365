"""Voice notes by their content: each form's length is read, films and three hours are refused."""

from __future__ import annotations

import struct

import pytest

from anju.attachments.rules.kinds import Kind, kind_of, media_type
from anju.attachments.rules.sound import MOST_BYTES, Form, check_sound, form_of, seconds
from anju.attachments.taking import take_in
from anju.kernel.pure.problems import Problem

HEAD_WEBM = b"\x1a\x45\xdf\xa3" + b"\x00" * 20 + b"A_OPUS"


def an_ogg(lasts: int, vorbis: int = 0) -> bytes:
    page = b"OggS\x00\x02" + struct.pack("<q", 0) + b"\x00" * 14
    if vorbis:
        page += b"\x01vorbis" + struct.pack("<IBI", 0, 1, vorbis)
    return page + b"OggS\x00\x04" + struct.pack("<q", lasts * (vorbis or 48_000)) + b"\x00" * 14


def an_m4a(lasts: int, *, wide: bool = False, scale: int = 1000) -> bytes:
    head = b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42"
    if wide:
        return (
            head
            + b"mvhd\x01"
            + b"\x00" * 19
            + struct.pack(">IQ", scale, lasts * scale)
            + b"\x00" * 9
        )
    return head + b"mvhd" + b"\x00" * 12 + struct.pack(">II", scale, lasts * scale) + b"\x00" * 20


def a_webm(lasts: int) -> bytes:
    made = HEAD_WEBM
    for second in range(0, lasts + 1, 30):
        made += b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff\xe7\x84" + struct.pack(
            ">I", second * 1000
        )
    return made


def an_mp3(lasts: int, *, tagged: bool = False) -> bytes:
    """Version 1, layer III, 32 kbit at 32 kHz: a frame of 144 bytes lasts 36 ms."""
    frame = b"\xff\xfb\x18\x00" + b"\x00" * 140
    tag = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10
    return (tag if tagged else b"") + frame * round(lasts / 0.036)


@pytest.mark.parametrize(
    ("body", "form", "lasts"),
    [
        (an_ogg(30), Form.OGG, 30),
        (an_ogg(30, vorbis=44_100), Form.OGG, 30),
        (an_m4a(45), Form.M4A, 45),
        (an_m4a(45, wide=True), Form.M4A, 45),
        (a_webm(60), Form.WEBM, 60),
        (an_mp3(9), Form.MP3, 9),
        (an_mp3(9, tagged=True), Form.MP3, 9),
    ],
)
def test_each_form_says_how_long_it_lasts_and_is_kept_as_it_came(body, form, lasts):
    assert form_of(body[:64]) is form
    assert seconds(body, form) == pytest.approx(lasts, abs=0.05)
    taken = take_in([body], name="说的话.exe", sound=True)
    assert (taken.kind, taken.name, taken.body) == (Kind.SOUND, f"说的话.{form.value}", body)
    assert media_type(taken.name, Kind.SOUND).startswith("audio/")


@pytest.mark.parametrize(
    "body",
    [an_ogg(10_800), an_m4a(10_800), a_webm(10_800), an_mp3(200), HEAD_WEBM + b"\x00" * MOST_BYTES],
)
def test_three_hours_are_refused_and_so_is_what_does_not_say_and_is_too_large(body):
    with pytest.raises(Problem, match="E-FILE-LONG"):
        check_sound(body)


@pytest.mark.parametrize(
    "body", [HEAD_WEBM + b"V_VP8", an_m4a(5) + b"hdlrvide", b"no sound at all"]
)
def test_a_film_and_what_is_no_sound_are_refused(body):
    with pytest.raises(Problem, match="E-FILE-TYPE"):
        check_sound(body)


def test_where_no_voice_notes_are_taken_one_is_refused_by_name():
    with pytest.raises(Problem, match="sound recording"):
        kind_of(an_ogg(5))
    assert kind_of(an_ogg(5), sound=True) is Kind.SOUND


def test_a_page_of_the_web_inside_a_voice_note_is_refused():
    with pytest.raises(Problem, match="E-FILE-TYPE"):
        kind_of(an_ogg(5), b"<script>", sound=True)


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"OggS", Form.OGG),
        (b"", Form.OGG),
        (an_ogg(5, vorbis=44_100).replace(struct.pack("<I", 44_100), b"\x00" * 4), Form.OGG),
        (b"nothing", Form.M4A),
        (an_m4a(0), Form.M4A),
        (HEAD_WEBM, Form.WEBM),
        (HEAD_WEBM + b"\x1f\x43\xb6\x75", Form.WEBM),
        (b"\xff\xfb\xf8\x00\xff\xeb\x18\x00\xff\xfb\x1c\x00junk", Form.MP3),
    ],
)
def test_broken_sound_says_nothing_of_its_length(body, form):
    assert seconds(body, form) is None


def test_a_frame_of_the_second_version_counts_half_the_samples():
    frame = b"\xff\xf3\x40\xc4" + b"\x00" * 100
    assert seconds(frame, Form.MP3) == pytest.approx(576 / 22_050)


def test_what_a_file_leaves_as_depends_on_what_we_made_of_it():
    assert media_type("a.jpg", Kind.PHOTO) == "image/jpeg"
    assert media_type("a.pdf", Kind.DOCUMENT) == "application/octet-stream"
    assert media_type("a.exe", Kind.SOUND) == "application/octet-stream"
