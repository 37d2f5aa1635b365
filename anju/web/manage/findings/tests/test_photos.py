"""Photos at a measure: sent, shown small and whole, removed and back; refusals at their field."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anju.attachments.models import Attachment
from anju.attachments.tests.making import PDF, a_telephone_photo
from anju.improve.tests.making import a_running_measure


def send(client, measure, body: bytes, name: str = "IMG_1.JPG"):
    path = reverse("measure-photo-add", args=[measure.pk])
    return client.post(path, {"file": SimpleUploadedFile(name, body)})


def shown(client, measure) -> str:
    return str(client.get(reverse("finding", args=[measure.finding_id])).content.decode())


def bytes_from(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_photo_is_sent_shown_removed_and_put_back(manager, cast):
    measure = a_running_measure(cast)
    sent = send(manager, measure, a_telephone_photo())
    assert sent.status_code == 302
    assert sent["Location"].endswith("#measure-1")

    page = shown(manager, measure)
    whole, small = re.findall(r'(?:href|src)="(/manage/findings/measures/\d+/photos/[^"]+)"', page)[
        :2
    ]
    answer = manager.get(small)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert b"Exif" not in bytes_from(answer) + bytes_from(manager.get(whole))
    (gone,) = re.findall(r'action="([^"]+/remove/)"', page)
    assert manager.post(gone).status_code == 302
    after = shown(manager, measure)
    assert small not in after
    assert gone.replace("remove", "back") in after, "the message offers the undo"
    manager.post(gone.replace("remove", "back"))
    assert "IMG_1.jpg" in shown(manager, measure)


def test_a_document_leaves_as_a_download(manager, cast):
    measure = a_running_measure(cast)
    send(manager, measure, PDF, "验收单.pdf")
    page = shown(manager, measure)

    answer = manager.get(re.findall(r'href="([^"]+/photos/\d[^"]+)"', page)[0])

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert bytes_from(answer) == PDF


def test_a_forged_address_is_no_address(manager, cast):
    measure = a_running_measure(cast)
    send(manager, measure, PDF, "a.pdf")
    page = shown(manager, measure)
    address = re.findall(r'href="([^"]+/photos/\d[^"]+)"', page)[0]

    assert manager.get(address[:-4] + "xxx/").status_code == 404


def test_what_is_no_photo_is_refused_at_its_field_and_nothing_is_kept(manager, cast):
    measure = a_running_measure(cast)
    answer = send(manager, measure, b"<html><script>1</script></html>")

    assert answer.status_code == 415
    assert 'data-code="E-FILE-TYPE"' in answer.content.decode()
    assert manager.post(reverse("measure-photo-add", args=[measure.pk])).status_code == 422
    with cast.inside():
        assert Attachment.objects.count() == 0
