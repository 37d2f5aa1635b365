"""How the catalogue asks: as a person at a page, in both languages, with a count of all rows.

An answer is read from the page itself: status, code, field and sentence, as the reader sees them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anju.flows.backup import digest_connection
from anju.kernel import tasks
from anju.kernel.models import Job
from anju.register.access import Role
from anju.survey.models import Wave
from promises.walk import forms_of
from tests.cast import Cast
from tests.catalogue.meter import metered

CHINESE, ENGLISH = "zh-hans", "en"
BOTH = (CHINESE, ENGLISH)
HAN = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"“[^”]*”")
_IN_FORM = re.compile(r'<li data-code="([^"]*)"><a href="#([^"]*)">(.*?)</a>', re.DOTALL)
_ALONE = re.compile(r"<p>([^<]*)</p>\s*<p class=\"s i3\">(E-[A-Z-]+)</p>")
# Rows that any visit may write: who is signed in, what was said to whom, how often somebody came.
NOT_OURS = frozenset({"django_session", "kernel_cache", "kernel_bucket"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, as a person reads it; code and sentence are empty where nothing is refused."""

    status: int
    code: str
    field: str
    sentence: str
    body: str
    location: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A person of the company at a page."""

    cast: Cast
    role: Role = Role.ADMINISTRATOR
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, language: str) -> Client:
        """Return a browser that is signed in; signing in writes a row, so it is done once."""
        if language not in self.clients:
            client = Client(raise_request_exception=True)
            client.force_login(self.cast.account(self.role))
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            self.clients[language] = client
        return self.clients[language]

    def get(self, path: str, language: str = CHINESE) -> Answer:
        client = self.client(language)
        with metered():
            answer = client.get(path)
        return read(answer)

    def post(self, path: str, data: Mapping[str, object], language: str = CHINESE) -> Answer:
        client = self.client(language)
        with metered():
            answer = client.post(path, data)
        return read(answer)

    def shown(self, path: str) -> dict[str, list[str]]:
        """Return the values of a page's own form, the last that is posted to the page itself."""
        page = self.client(CHINESE).get(path)
        found = [form for form in forms_of(page.content) if form.post and not form.action]
        values: dict[str, list[str]] = {}
        for name, value in found[-1].values:
            values.setdefault(name, []).append(value)
        return {name: said for name, said in values.items() if name != "act"}

    def changed(self, path: str, **changes: object) -> dict[str, object]:
        """Return a form as its page shows it, with some fields changed."""
        return {**self.shown(path), **changes}

    def upload(self, wave: Wave, name: str, body: bytes, language: str = CHINESE) -> Answer:
        """Send a file to an open wave."""
        path = reverse("import-upload", args=[wave.pk])
        return self.post(path, {"file": SimpleUploadedFile(name, body)}, language)

    def refused_file(self, wave: Wave, name: str, body: bytes, language: str = CHINESE) -> Answer:
        """Send a file and return its refusal: at once, or of a large one on the next page."""
        sent = self.upload(wave, name, body, language)
        return self.get(sent.location, language) if sent.status == 302 else sent

    def check(self, wave: Wave, body: bytes, *, name: str = "a.csv", **changes: object) -> Job:
        """Send a file, take its columns as proposed but for changes, and check every row."""
        sent = self.upload(wave, name, body)
        assert sent.status == 302, (sent.code, sent.sentence)
        data = self.changed(sent.location, act="check", **changes)
        checked = self.post(sent.location, data)
        assert checked.status == 302, (checked.code, checked.sentence)
        return self.work(checked.location)

    def work(self, location: str) -> Job:
        """Do the job that an address names, as a worker would, and return it."""
        job_id = int(location.rstrip("/").rpartition("/")[2])
        with metered():
            tasks.run_job.func(job_id)
        return Job.objects.get(id=job_id)

    def take(self, wave: Wave, body: bytes, *, name: str = "a.csv", **changes: object) -> Job:
        """Check a file and, where nothing is wrong with it, import it for real."""
        checked = self.check(wave, body, name=name, **changes)
        if (checked.result or {}).get("faults") != 0:
            return checked
        begun = self.post(reverse("import-start", args=[checked.pk]), {})
        return self.work(begun.location)


def read(response) -> Answer:
    """Read a page as a person would: what it refuses, of which field, and why."""
    streaming = getattr(response, "streaming", False)
    body = "" if streaming else response.content.decode("utf-8", "replace")
    code = field = sentence = ""
    if found := _IN_FORM.search(body):
        code, field, sentence = found[1], html.unescape(found[2]), html.unescape(found[3])
    elif found := _ALONE.search(body):
        code, sentence = found[2], html.unescape(found[1])
    location = response.headers.get("Location", "")
    return Answer(response.status_code, code, field, sentence, body, location)


def faults(job: Job) -> list[tuple[str, str, str, str, str]]:
    """Return what a job says of refused cells: row, column, value, code, sentence."""
    lines = (job.result or {}).get("examples", [])
    return [tuple(line.split("\t")) for line in lines]


def in_language(sentence: str, language: str) -> bool:
    """Say whether a sentence is in the reader's language; quoted input may be in any."""
    chinese = bool(HAN.search(sentence))
    return chinese if language == CHINESE else not HAN.search(QUOTED.sub("", sentence))


@contextmanager
def nothing_written() -> Iterator[None]:
    """Fail where the block leaves any row of any table other than it was."""
    before = _digests()
    yield
    after = _digests()
    assert [name for name in before if before[name] != after[name]] == []


def _digests() -> dict[str, str]:
    return {name: held for name, held in digest_connection().items() if name not in NOT_OURS}


@dataclass(frozen=True, slots=True)
class Refused:
    """The exact answer that a row of the catalogue asks for."""

    status: int
    code: str
    field: str
    zh: str
    en: str

    def says(self, language: str) -> str:
        return self.zh if language == CHINESE else self.en


def expect(answer: Answer, wanted: Refused, language: str) -> None:
    """Compare an answer with the catalogue's, part by part."""
    assert (answer.status, answer.code) == (wanted.status, wanted.code), answer.sentence
    assert answer.field == wanted.field
    assert wanted.says(language) in answer.sentence, answer.sentence
    assert in_language(answer.sentence, language), answer.sentence


def refused(desk: Desk, path: str, data: Mapping[str, object], wanted: Refused) -> None:
    """Send a form in both languages; each answer is exact and nothing is written."""
    for language in BOTH:
        desk.client(language)
    with nothing_written():
        for language in BOTH:
            expect(desk.post(path, data, language), wanted, language)


def lines(*rows: Sequence[str]) -> bytes:
    """Return rows as a CSV file, each cell in quotes."""
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return ("\n".join(quoted) + "\n").encode()
