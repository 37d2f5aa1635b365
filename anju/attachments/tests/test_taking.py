"""Files as they come in: recognised by content, photos written anew; rows 60 to 65 and 67, 68."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from anju.attachments.rules.kinds import MOST_BYTES, Kind, check_pixels, ending, kind_of
from anju.attachments.taking import take_in
from anju.attachments.tests.making import (
    PDF,
    a_heic,
    a_huge_png,
    a_long_film,
    a_picture,
    a_telephone_photo,
)
from anju.kernel.pure.problems import Problem

HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


def refused(body: bytes, name: str = "photo.jpg") -> Problem:
    with pytest.raises(Problem) as caught:
        take_in([body], name=name)
    return caught.value


def test_a_photo_is_turned_upright_and_keeps_nothing_but_its_pixels():
    sent = a_telephone_photo()
    assert b"Owner's Own Camera" in sent, "the photo must have something to lose"

    taken = take_in([sent], name="IMG_1.JPG")

    kept = opened(taken.body)
    assert kept.size == (40, 60)
    assert not kept.getexif()
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    top, bottom = kept.getpixel((20, 5)), kept.getpixel((20, 55))
    assert top[0] > 200 > 60 > top[2], "the red left side is on top now"
    assert bottom[2] > 200 > 60 > bottom[0]
    assert b"Owner" not in taken.body + taken.preview
    assert taken.taken_at == datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "JPEG"])
def test_every_kind_of_picture_becomes_a_photo_of_ours(form):
    taken = take_in([a_picture(form)], name=f"东门.{form.lower()}")

    assert (taken.kind, taken.name) == (Kind.PHOTO, "东门.jpg")
    assert (taken.width, taken.height) == (60, 40)
    assert opened(taken.body).format == opened(taken.preview).format == "JPEG"


def test_a_photo_of_a_new_telephone_is_converted():
    taken = take_in([a_heic()], name="IMG_7.HEIC")

    assert taken.name == "IMG_7.jpg"
    assert opened(taken.body).size == (64, 48)


def test_a_large_photo_is_made_smaller_and_what_is_clear_lies_on_white():
    clear = Image.new("RGBA", (3000, 300), (0, 0, 0, 0))
    out = io.BytesIO()
    clear.save(out, "PNG")

    taken = take_in([out.getvalue()], name="x.png")

    assert opened(taken.body).size == (2560, 256)
    assert opened(taken.preview).size == (480, 48)
    assert opened(taken.body).getpixel((9, 9)) == (255, 255, 255)


def test_a_time_without_a_zone_is_no_instant():
    exif = Image.Exif()
    exif[34665] = {36867: "2026:11:20 18:30:00"}

    assert take_in([a_picture(exif=exif)], name="a.jpg").taken_at is None


def test_row_60_a_picture_of_too_many_pixels_is_refused_by_its_header():
    body = a_huge_png()
    assert len(body) < 100_000

    problem = refused(body, "small.png")

    assert problem.code == "E-IMG-PIXELS"
    assert "13000 x 13000" in problem.text("en")
    assert "最多接收 50 百万像素" in problem.text("zh-hans")


@pytest.mark.parametrize(
    "body",
    [SVG, HTML, a_picture() + HTML, a_picture(comment=HTML), b"BM" + b"\x00" * 60, b"MZ\x90\x00",
     b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 40, b"ID3\x04" + b"\x00" * 40, b"PK\x03\x04...."],
    ids=["svg", "page", "page behind a photo", "page inside a photo", "bmp", "program", "film",
         "sound", "office"],
)  # fmt: skip
def test_row_61_what_is_no_photo_is_refused_whatever_it_is_called(body):
    problem = refused(body)

    assert (problem.code, problem.field) == ("E-FILE-TYPE", "file")
    assert "PDF" in problem.text("en")
    assert "请上传照片" in problem.text("zh-hans")


def test_row_61_a_photo_with_the_name_of_a_program_gets_a_name_of_ours():
    assert take_in([a_picture()], name="x.php.jpg").name == "x.php.jpg"
    assert take_in([a_picture()], name="x.jpg.php").name == "x.jpg.jpg"


@pytest.mark.parametrize("cut", [0.3, 0.8])
def test_row_62_a_photo_that_was_cut_off_is_refused(cut):
    whole = a_picture(size=(400, 300), quality=95)

    assert refused(whole[: int(len(whole) * cut)]).code == "E-IMG-READ"


def test_row_62_an_empty_file_is_refused():
    assert refused(b"").code == "E-FILE-EMPTY"


def test_row_64_of_a_film_the_first_frame_stays():
    taken = take_in([a_long_film()], name="film.gif")

    assert getattr(opened(taken.body), "n_frames", 1) == 1


def test_row_65_a_name_that_deceives_is_shown_as_it_is():
    taken = take_in([a_picture()], name="../../CON\n\u202egpj.exe")

    assert taken.name == "CONgpj.jpg"


def test_row_67_a_document_stays_as_it_came():
    taken = take_in([PDF], name="验收单.pdf")

    assert (taken.kind, taken.body, taken.preview) == (Kind.DOCUMENT, PDF, b"")


def test_row_68_a_file_that_is_too_large_is_refused_before_it_is_read():
    parts = (b"%PDF-" + b"x" * (1 << 20) for _ in range(MOST_BYTES // (1 << 20) + 1))
    with pytest.raises(Problem) as caught:
        take_in(parts, name="long.pdf")

    assert caught.value.code == "E-FILE-LONG"


def test_a_decoder_that_is_ended_by_its_limits_is_a_refusal(monkeypatch):
    def ended(*_args: object) -> dict[str, object]:
        raise Problem("E-FILE-UNPACKED", "file", "ended", "结束")

    monkeypatch.setattr("anju.attachments.taking.run_child", ended)

    assert refused(a_picture()).code == "E-IMG-READ"


def test_another_refusal_of_the_decoder_stays_what_it_is(monkeypatch):
    def ended(*_args: object) -> dict[str, object]:
        raise Problem("E-IMG-PIXELS", "file", "many", "多")

    monkeypatch.setattr("anju.attachments.taking.run_child", ended)

    assert refused(a_picture()).code == "E-IMG-PIXELS"


@given(st.binary(max_size=64))
def test_whatever_comes_is_known_or_refused_with_a_code(head):
    try:
        assert kind_of(head) in set(Kind)
    except Problem as problem:
        assert problem.code == "E-FILE-TYPE"  # noqa: PT017 either answer is right


def test_fifty_million_pixels_are_still_taken():
    check_pixels(10_000, 5_000)
    with pytest.raises(Problem):
        check_pixels(10_000, 5_001)


@pytest.mark.parametrize(
    ("name", "kept"), [(".jpg", ".jpg.jpg"), ("a", "a.jpg"), ("a.b.png", "a.b.jpg")]
)
def test_the_ending_is_that_of_what_is_kept(name, kept):
    assert ending(name, Kind.PHOTO) == kept
