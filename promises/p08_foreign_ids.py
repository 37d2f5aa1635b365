"""P08: an id that a form must not hold is answered like one that nobody has.

Every form of every page is read; each of its fields that names a row is sent with the id of
another company's row, of another project's, and of none. A field of numbers that is neither known
as such a name nor as a plain number fails. Control: with the check that finds a project removed,
the foreign one is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse
from typing_extensions import override

from anju.kernel import scope
from anju.kernel.scope import CompanyRow, company_scope
from anju.register.access import Actor, Role
from anju.register.actions import areas
from anju.register.models import Account, Building, Partner, Project, Unit
from anju.survey.actions.forms import load_library
from anju.survey.models import QuestionnaireVersion, Wave
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Category
from anju.web.declare import Declared, declared_urls
from promises import ground
from promises.registry import Outcome, Promise
from promises.walk import Form, Forms, body_of, client_of, undone
from tests import cast as people
from tests.tables.asking import MISSING, kwargs_of
from tests.tables.urls import TABLE

GOAL = "0 foreign ids accepted, each answered like a missing one; control found"
KINDS: Mapping[str, type[Any]] = {
    "project": Project,
    "project_id": Project,
    "building": Building,
    "unit": Unit,
    "responsible": Account,
    "checker": Account,
    "steward": Account,
    "keeper": Account,
    "version_id": QuestionnaireVersion,
    "base_wave_id": Wave,
    "about": Account,
    "assignee": Account,
    "executor": Account,
    "by": Account,
    "person": Account,
    "firm": Partner,
    "matter": Category,
    "category": Category,
    "parent": Category,
    "projects": Project,
}
NUMBERED = {re.compile(r"building-\d+"): Building}
# Numbers of a form that name no row: locks, years, counts.
PLAIN = frozenset(
    {
        "version", "seen", "year", "lines", "fill", "without_home", "units", "number", "score",
        "anonymous", "more",
    }
)  # fmt: skip
# What a field needs that is empty on the page; any other text is given a word.
FILL: Mapping[str, str] = {
    **dict.fromkeys(("title", "name", "metric", "gap", "cause", "goal", "method", "text"), "词"),
    "period_label": "2026年上半年",
    "due": "2027-03-01",
    "due_on": "2027-03-01",
    "fieldwork_from": "2026-06-15",
    "fieldwork_to": "2026-06-21",
    "email": "new@anhe.example",
    "password": people.PASSWORD,
    "target": "80",
    "population": "25",
    **dict.fromkeys(("zh", "en", "words", "told", "result"), "词"),
    "resolve": "480",
    "phone": "13900139001",
}
LAST = frozenset({"checker"})  # whoever checks is somebody else
# Signs and keys are made anew for every page.
TOKENS = re.compile(r'name="key" value="[^"]*"|nonce="[^"]*"|[\w.:+/=-]{24,}', re.ASCII)
TAGS = re.compile(r"<[^>]*>|\s+")
NUMBERS = re.compile(r"\d+")
ERRORS = re.compile(r'<section class="errsum".*?</section>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Foreign:
    """Ids of one kind of row that a form must not hold, by whose they are."""

    company: int
    project: int | None


@dataclass
class Sheet:
    """A form as it stands on a page, with the numbers that each of its fields offers."""

    form: Form
    numbers: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def sent(self, **changed: str) -> dict[str, Any]:
        """Return what a browser would send, with words in what is empty and fields changed."""
        values: dict[str, list[str]] = {}
        for name, value in self.form.values:
            values.setdefault(name, []).append(value)
        for name in self.form.texts:
            if not any(values.get(name, [])):
                values[name] = [FILL.get(name, "")]
        for name, offered in self.offered.items():
            if not any(values.get(name, [])):
                values[name] = offered[-1:] if name in LAST else offered[:1]
        files = {name: _file() for name in self.form.files}
        return {**values, **files, **{name: [value] for name, value in changed.items()}}


class Sheets(Forms):
    """Reads forms and what numbers their fields offer."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[dict[str, list[str]]] = []
        self.offered: list[dict[str, list[str]]] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.numbers.append({})
            self.offered.append({})
        value, name = given.get("value", ""), given.get("name") or self.select or ""
        chosen = tag == "option" or (tag == "input" and given.get("type") in {"radio", "checkbox"})
        if self.offered and chosen and value:
            self.offered[-1].setdefault(name, []).append(value)
        held = chosen or tag == "button" or (tag == "input" and given.get("type") == "hidden")
        if self.numbers and held and value.isdigit():
            self.numbers[-1].setdefault(name, []).append(value)


def sheets_of(body: bytes) -> list[Sheet]:
    """Return the forms of a page that write, with their numbers."""
    reader = Sheets()
    reader.feed(body.decode("utf-8", "replace"))
    parts = zip(reader.found, reader.numbers, reader.offered, strict=True)
    return [Sheet(*part) for part in parts if part[0].post]


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("answers.csv", "房号,满意度\r\n3-502,满意\r\n".encode())


UNKNOWN: set[str] = set()


def kind_of(name: str) -> type[Any] | None:
    """Return what a field of numbers names; None where it is known to name no row."""
    numbered = [kind for pattern, kind in NUMBERED.items() if pattern.fullmatch(name)]
    if name in KINDS or numbered:
        return KINDS.get(name) or numbered[0]
    if name in PLAIN:
        return None
    UNKNOWN.add(name)
    return None


class Office:
    """A quality person of one project, an administrator, and the rows that are not theirs."""

    def __init__(self) -> None:
        self.cast = cast = people.the_cast()
        people.everybody(cast)
        reach = [cast.project]
        limited = people.a_person(cast.company, Role.QUALITY, mail="one.example", projects=reach)
        manager = cast.manager
        self.clients = {
            "Q": client_of(limited.account_id, "en"),
            "M": client_of(manager.account_id, "en"),
            "A": client_of(cast.administrator.account_id, "en"),
        }
        elsewhere = people.a_project(cast.quality, "枫林苑")
        stranger = people.zhao_of_the_other_company()
        theirs = people.Cast(
            company=_company(stranger), administrator=stranger, quality=stranger,
            manager=stranger, desk=stranger, project=people.a_project(stranger, "别处花园"),
        )  # fmt: skip
        load_library(actor=stranger, at=people.AT, language="zh-hans")
        give_defaults(company_id=stranger.company_id, at=people.AT)
        self.foreign = {
            Project: Foreign(theirs.project.pk, elsewhere.pk),
            Building: Foreign(
                _first_building(theirs, theirs.project), _first_building(cast, elsewhere)
            ),
            Unit: Foreign(_first_unit(theirs, theirs.project), _first_unit(cast, elsewhere)),
            Account: Foreign(stranger.account_id, None),
            QuestionnaireVersion: Foreign(people.version_of(theirs).pk, None),
            Category: Foreign(_first_category(theirs), None),
            Partner: Foreign(_a_firm(theirs), None),
            Wave: Foreign(
                people.a_wave(theirs).pk, people.a_wave(cast, project_id=elsewhere.pk).pk
            ),
        }

    def letter(self, url: Declared) -> str | None:
        """Return as whom a page is asked: who reaches one project, where such a person may."""
        return next((letter for letter in "QMA" if letter in TABLE[url.name].roles), None)


def _company(actor: Actor) -> Any:
    return apps.get_model("register", "Company").objects.get(id=actor.company_id)


def _first_building(cast: people.Cast, project: Project) -> int:
    with company_scope(cast.company.pk):
        return int(Building.objects.filter(project=project).order_by("id")[0].pk)


def _first_category(cast: people.Cast) -> int:
    with company_scope(cast.company.pk):
        return int(Category.objects.order_by("id")[0].pk)


def _a_firm(cast: people.Cast) -> int:
    with company_scope(cast.company.pk):
        firm = Partner(company_id=cast.company.pk, kind="contractor", name="别家施工队")
        firm.save()
        return int(firm.pk)


def _first_unit(cast: people.Cast, project: Project) -> int:
    with company_scope(cast.company.pk):
        return int(Unit.objects.filter(building__project=project).order_by("id")[0].pk)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, without what differs from request to request, and what was pointed at."""

    status: int
    body: str
    accepted: bool


def send(client: Client, where: str, values: Mapping[str, Any], kind: Any, key: int) -> Answer:
    """Send a form, see whether any row points at the id then, and take it back."""
    with undone():
        before = pointing(kind, key)
        answer = client.post(where, values)
        client.cookies.pop("messages", None)  # said to this request, not to the next
        body = TOKENS.sub("", body_of(answer).decode("utf-8", "replace"))
        # Forms show again what was sent to them, so numbers differ; nothing else may.
        return Answer(answer.status_code, NUMBERS.sub("#", body), pointing(kind, key) > before)


def pointing(kind: type[Any], key: int) -> int:
    """Count the rows of all tables that point at a row."""
    count = 0
    for model in apps.get_models():
        if not issubclass(model, CompanyRow):
            continue
        for column in model._meta.concrete_fields:
            if isinstance(column, ForeignKey) and column.related_model is kind:
                count += model._base_manager.filter(**{column.attname: key}).count()
    return count


def try_field(
    office: Office, client: Client, where: str, sheet: Sheet, name: str, *, narrow: bool
) -> Iterator[str]:
    """Yield what is wrong with how a form takes foreign ids in one of its fields."""
    kind = kind_of(name)
    if kind is None:
        return
    foreign = office.foreign[kind]
    missing = send(client, where, sheet.sent(**{name: str(MISSING)}), kind, MISSING)
    tried = {"another company's": foreign.company}
    if foreign.project is not None and narrow:
        tried["another project's"] = foreign.project
    for whose, key in tried.items():
        answer = send(client, where, sheet.sent(**{name: str(key)}), kind, key)
        if answer.accepted:
            yield f"{where} {name}: {whose} id {key} was taken"
        elif (answer.status, answer.body) != (missing.status, missing.body):
            told = f"{answer.status}, not {missing.status}"
            yield f"{where} {name}: {whose} id is answered otherwise than a missing one ({told})"


def pages(office: Office, names: frozenset[str] | None = None) -> Iterator[tuple[str, str, Sheet]]:
    """Yield every form of every page with its address, and as whom it was had."""
    for url in declared_urls():
        if url.name not in TABLE or (names is not None and url.name not in names):
            continue
        letter = office.letter(url)
        if letter is None or TABLE[url.name].post:
            continue
        where = reverse(url.name, kwargs=kwargs_of(url, office.cast, missing=False))
        with undone():
            answer = office.clients[letter].get(where)
            body = body_of(answer) if answer.status_code == 200 else b""
        for sheet in sheets_of(body):
            yield letter, sheet.form.action or where, sheet


def faults(
    office: Office, found: Sequence[tuple[str, str, Sheet]]
) -> tuple[int, list[str], list[str]]:
    """Return how many fields were tried, what was wrong, and the forms that could not be sent."""
    count = 0
    wrong: list[str] = []
    unsent: list[str] = []
    for letter, where, sheet in found:
        client = office.clients[letter]
        named = [name for name in sheet.numbers if kind_of(name) is not None]
        if named:
            with undone():
                whole = client.post(where, sheet.sent())
                client.cookies.pop("messages", None)
                said = " ".join(ERRORS.findall(whole.content.decode()))
                # What a page shows once, such as a key, is shown by the answer itself.
                if whole.status_code not in {302, 303} and (said or whole.status_code != 200):
                    unsent.append(f"{where}: {whole.status_code} {TAGS.sub(' ', said)}")
        for name in named:
            count += 1
            wrong += try_field(office, client, where, sheet, name, narrow=letter != "A")
    return count, wrong, unsent


def attempt(folder: Path) -> Outcome:
    """Send every field of every form with ids that are not its own."""
    ground.migrate()
    settings.FILES_ROOT = folder
    office = Office()
    found = list(pages(office))
    ground.note(f"{len(found)} forms")
    count, wrong, unsent = faults(office, found)
    problems = [f"a field “{name}” of numbers that is not known" for name in sorted(UNKNOWN)]
    problems += [*wrong[:8], *(f"could not be sent: {line}" for line in unsent)]
    with _no_check():
        watched = list(pages(office, frozenset({"zone-new", "wave-new"})))
        if not any("was taken" in line for line in faults(office, watched)[1]):
            problems.append("control not caught: a project that is not looked up")
    told = f"{count} fields that name a row in {len(found)} forms, each three times; control caught"
    figures = {"fields": count, "forms": len(found), "wrong": len(wrong)}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(not problems, evidence, GOAL, figures)


@contextmanager
def _no_check() -> Iterator[None]:
    """Let everybody reach everything: no part in force, and rows found without their company."""

    def wide(manager: Any) -> Any:
        return scope.CompanyQuerySet(manager.model, using=None)

    with (
        patch.object(scope.CompanyManager, "get_queryset", wide),
        patch.object(scope, "refuse_another_company", lambda _rows: None),
        patch.object(areas, "within", lambda _actor, rows, _path: rows, create=True),
    ):
        yield


PROMISE = Promise("P08", "A foreign id in a form is answered like a missing one", attempt)
