"""Rows 60 to 65, 67 and 68: photos and files that people send; each answered at once, none kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anju.attachments.models import Attachment
from anju.attachments.rules.kinds import MOST_BYTES
from anju.attachments.tests.making import (
    PDF,
    a_heic,
    a_huge_png,
    a_long_film,
    a_picture,
    a_telephone_photo,
)
from anju.improve.models import Measure
from anju.improve.tests.making import a_running_measure
from anju.kernel.files import path_of
from anju.kernel.models import StoredFile
from tests.catalogue.desk import BOTH, CHINESE, Refused, expect, nothing_written

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def _type(zh: str, en: str) -> Refused:
    return Refused(415, "E-FILE-TYPE", "file", zh, en)


READ = Refused(422, "E-IMG-READ", "file", "请重新上传", "Send it again")
UPLOADS = {
    "row-60-too-many-pixels": (
        a_huge_png,
        "small.png",
        Refused(
            422, "E-IMG-PIXELS", "file", "13000 × 13000 像素，最多接收 50", "at most 50 million"
        ),
    ),
    "row-61-svg": (lambda: SVG, "photo.jpg", _type("网页", "a page of the web")),
    "row-61-page-named-jpg": (lambda: PAGE, "photo.jpg", _type("网页", "a page of the web")),
    "row-61-photo-and-page-in-one": (
        lambda: a_picture() + PAGE,
        "photo.jpg",
        _type("夹带网页内容", "or holds one"),
    ),
    "row-61-program-named-jpg": (lambda: b"<?php 1;", "x.php.jpg", _type("网页", "of the web")),
    "row-62-empty": (
        lambda: b"",
        "IMG.jpg",
        Refused(422, "E-FILE-EMPTY", "file", "请选择", "Choose a"),
    ),
    "row-62-cut-off": (
        lambda: a_picture(size=(400, 300))[:900],
        "IMG.jpg",
        READ,
    ),
    "row-62-live-photo": (
        lambda: b"\x00\x00\x00\x14ftypqt  " + b"\x00" * 64,
        "IMG.MOV",
        _type("视频或音频", "a film"),
    ),
    "row-67-a-test-virus": (
        lambda: b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE",
        "a.pdf",
        _type("未知类型", "that we do not know"),
    ),
    "row-68-a-long-recording": (
        lambda: b"ID3\x04" + b"\x00" * MOST_BYTES,
        "note.mp3",
        Refused(413, "E-FILE-LONG", "file", "超过 25 MB", "larger than 25 MB"),
    ),
}


def send(desk, measure: Measure, name: str, body: bytes, language: str = CHINESE):
    path = reverse("measure-photo-add", args=[measure.pk])
    return desk.post(path, {"file": SimpleUploadedFile(name, body)}, language)


@pytest.mark.parametrize("row", UPLOADS)
def test_a_file_that_is_no_photo_is_refused_at_once_and_not_kept(row, desk):
    make, name, wanted = UPLOADS[row]
    measure, body = a_running_measure(desk.cast), make()
    desk.client(BOTH[0]), desk.client(BOTH[1])

    with nothing_written():
        for language in BOTH:
            expect(send(desk, measure, name, body, language), wanted, language)

    assert StoredFile.objects.count() == 0


TAKEN = {
    "row-62-heic": (a_heic, "IMG_7.HEIC", "IMG_7.jpg"),
    "row-63-place-and-camera": (a_telephone_photo, "IMG_1.JPG", "IMG_1.jpg"),
    "row-64-many-frames": (a_long_film, "film.gif", "film.jpg"),
    "row-65-a-name-that-deceives": (a_picture, "photo\u202egpj.exe", "photogpj.jpg"),
    "row-65-a-long-name": (a_picture, "长" * 300, "长" * 150 + ".jpg"),
    "row-67-a-document-with-a-script": (
        lambda: PDF + b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>",
        "a.pdf",
        "a.pdf",
    ),
}


@pytest.mark.parametrize("row", TAKEN)
def test_what_may_be_kept_is_kept_as_a_file_of_ours(row, desk):
    make, name, shown = TAKEN[row]
    measure = a_running_measure(desk.cast)

    sent = send(desk, measure, name, make())

    assert sent.status == 302, sent
    with desk.cast.inside():
        made = Attachment.objects.get()
    assert made.name == shown
    assert StoredFile.objects.filter(name=shown).exists()
    assert b"Camera" not in _bytes(desk, made.sha256)


def _bytes(desk, content: str) -> bytes:
    return path_of(desk.cast.company.pk, content).read_bytes()
