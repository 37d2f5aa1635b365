"""A company in which every page has something to show, made by the actions that people use.

Whoever builds it chooses the words: ordinary ones, or ones that try to come alive on a page.
"""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import xlsxwriter

from anju.answers.rules.mapping import Answer, ColumnMap
from anju.answers.rules.mapping import Mapping as Columns
from anju.answers.rules.mapping import Role as Holds
from anju.attachments.models import Attachment
from anju.attachments.rules.kinds import Kind as Attached
from anju.flows import survey_life
from anju.improve.models import Measure
from anju.insight.actions.report import FORMS, start_report
from anju.insight.models import ReportRun
from anju.insight.queries import figures_of
from anju.insight.reports.survey.document import document
from anju.jobs.schedule import SCHEDULE
from anju.kernel import clocks, tasks
from anju.kernel.models import Job, StoredFile
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Role
from anju.register.actions.people import ColleagueDraft, Reaching, add_colleague, disable
from anju.register.actions.places import ProjectDraft, add_building, save_project
from anju.register.models import Building, Membership, MembershipProject, Project, Unit
from anju.sheets.write import SAFE_OPTIONS
from anju.survey.actions import drafts, forms, imports, waves
from anju.survey.actions.export import export_answers
from anju.survey.models import ImportBatch, Item, QuestionnaireVersion, Section, Wave
from anju.survey.rules.counts import Counts, FrameLine, StratumKind, Totals, TotalsKind
from anju.survey.rules.questionnaire import FormTexts, OptionPlan, ScalePlan, Words
from anju.survey.rules.wave import Mode, Source, WavePlan
from promises.afield import afield
from promises.asked import asked, on_paper
from promises.bundled import bundled
from promises.filled import fill
from promises.followed import Office, followed
from promises.listed import listed
from promises.owned import owned
from promises.reviewed import reviewed
from promises.ruled import ruled
from promises.settled import calendars, settled
from promises.told import told as told_of
from promises.visited import visited
from tests import cast as people
from tests.cast import AT, Cast

Word = Callable[[int], str]
ANSWERS = 12
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Stage:
    """The company, somebody of another one, and ids for every kind of address."""

    cast: Cast
    project: Project
    stranger: Actor
    ids: Mapping[str, tuple[object, ...]]
    sent: frozenset[str]


class Build:
    """Makes the parts one after the other; `word(most)` gives a text that fits into a field."""

    def __init__(self, word: Word) -> None:
        self.word, self.cast = word, people.the_cast()
        self.quality, self.number = self.cast.quality, itertools.count(1)
        self.sent: set[str] = set()

    def words(self, most: int) -> Words:
        return Words(self.word(most), self.word(most))

    def places(self) -> None:
        draft = ProjectDraft(self.word(120), "residential", Decimal("80.0"))
        self.project = save_project(actor=self.quality, draft=draft, at=AT)
        self.building = add_building(
            actor=self.quality, project_id=self.project.pk, name=self.word(60),
            units=[self.word(30), *(f"10{n}" for n in range(ANSWERS))], at=AT,
        )  # fmt: skip
        reach(self.cast, self.cast.manager, self.project)
        reach(self.cast, self.cast.desk, self.project)
        boss = self.cast.administrator
        for box in ("first", "second"):
            person = ColleagueDraft(
                self.word(80),
                f"{box}@anhe.example",
                people.PASSWORD,
                "desk",
                reach=Reaching("company"),
            )
            self.colleague = add_colleague(actor=boss, draft=person, at=AT)
        disable(actor=boss, membership_id=self.colleague.pk, at=AT)

    def unit_id(self) -> int:
        with self.cast.inside():
            rows = Unit.objects.filter(building_id=self.building.pk).order_by("id")
            return int(rows.values_list("id", flat=True)[0])

    def form(self) -> QuestionnaireVersion:
        """Make and publish a questionnaire with a scale of its own, a rated and an open item."""
        act: dict[str, Any] = {"actor": self.quality, "at": AT}
        options = (
            OptionPlan("o1", self.words(120), 1.0),
            OptionPlan("o2", self.words(120), 2.0),
            OptionPlan("o3", self.words(120), 3.0, top=True),
        )
        drafts.add_scale(plan=ScalePlan("own3", self.words(80), options), **act)
        self.options = options
        version = forms.new_questionnaire(title=self.words(120), purpose=self.words(900), **act)
        texts = FormTexts(self.words(120), self.words(900), self.words(900), self.words(900))
        drafts.set_texts(version_id=version.pk, texts=texts, **act)
        section = drafts.add_section(version_id=version.pk, words=self.words(120), **act)
        self.rated = [
            drafts.add_item(
                section_id=section.pk,
                draft=drafts.ItemDraft(self.words(300), "own3", department=self.word(60)),
                **act,
            )
            for _ in range(2)
        ]
        drafts.add_item(section_id=section.pk, draft=drafts.ItemDraft(self.words(300)), **act)
        forms.publish(version_id=version.pk, **act)
        forms.copy_questionnaire(version_id=version.pk, **act)
        return version

    def plan(self, version: QuestionnaireVersion | None, **changes: object) -> WavePlan:
        plan = WavePlan(
            title=self.word(110), project_id=self.project.pk,
            version_id=version.pk if version else None, period_label=self.word(60),
            modes=(Mode.PAPER,), population=200, planned=100, goal=self.word(900),
            method=self.word(900), consultant=self.word(120), target=80.0,
            fieldwork_from=people.a_plan(self.cast).fieldwork_from,
            fieldwork_to=people.a_plan(self.cast).fieldwork_to,
        )  # fmt: skip
        return replace(plan, **changes)  # type: ignore[arg-type]

    def wave(self, version: QuestionnaireVersion | None, **changes: object) -> Wave:
        """Make an open wave with frame and counts."""
        act: dict[str, Any] = {"actor": self.quality, "at": AT}
        wave = waves.create_wave(plan=self.plan(version, **changes), **act)
        waves.open_wave(wave_id=wave.pk, **act)
        waves.set_counts(wave_id=wave.pk, counts=Counts(100, 60, 50, 5, 5), **act)
        lines = [
            FrameLine(StratumKind.BUILDING, self.building.name, self.building.pk, 30, 30, 20),
            FrameLine(StratumKind.STRATUM, self.word(60), population=20, issued=20, returned=10),
        ]
        waves.set_frame(wave_id=wave.pk, lines=lines, **act)
        return wave

    def file(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out).writerows([heads, *rows])
        return out.getvalue().encode("utf-8-sig")

    def workbook(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, dict(SAFE_OPTIONS)) as book:
            page = book.add_worksheet()
            for number, row in enumerate([heads, *rows]):
                page.write_row(number, 0, row)
        return out.getvalue()

    def imports(self, wave: Wave) -> list[int]:
        """Import a good file, only check one, and send files that are refused; return the jobs."""
        heads = [self.word(300), self.word(300), self.word(150), "栋", "层", "渠道", "组"]
        told = [option.words.zh for option in self.options]
        good = [
            [told[n % 3], told[(n + 1) % 3], self.word(300), self.building.name,
             self.word(60), self.word(60), self.word(60)]
            for n in range(ANSWERS)
        ]  # fmt: skip
        bad = [[self.word(200), told[0], "", "", "", "", ""], *good]
        columns = Columns(
            (
                *(self._item(heads[n], self.rated[n]) for n in range(2)),
                ColumnMap(heads[2], Holds.COMMENT),
                ColumnMap(heads[3], Holds.BUILDING),
                ColumnMap(heads[4], Holds.STRATUM),
                ColumnMap(heads[5], Holds.MODE),
                ColumnMap(heads[6], Holds.GROUP),
            )
        )
        many = [row for row in good for _ in range(9)]
        return [
            self._take(wave, self.file(heads, good), columns, dry_run=True),
            self._take(wave, self.file(heads, good), columns),
            self._take(wave, self.file(heads, bad), columns),
            self._take(wave, self.file(heads, many), columns),
            self._take(wave, self.workbook(heads, bad), columns),
        ]

    def _item(self, head: str, item: Item) -> ColumnMap:
        answers = tuple(Answer(option.words.zh, option.code) for option in self.options)
        return ColumnMap(head, Holds.ITEM, item.code, answers)

    def _take(self, wave: Wave, file: bytes, columns: Columns, *, dry_run: bool = False) -> int:
        self.sent.add(hashlib.sha256(file).hexdigest())
        file_id = imports.receive_file(
            actor=self.quality, wave_id=wave.pk, chunks=[file],
            name=f"{self.word(120)}{next(self.number)}.csv", at=AT,
        )  # fmt: skip
        order = imports.Order(wave.pk, file_id, columns, dry_run=dry_run)
        job_id = imports.start_import(actor=self.quality, order=order, at=utc_now())
        tasks.run_job.func(job_id)
        return job_id


def reach(cast: Cast, actor: Actor, project: Project) -> None:
    """Let somebody of some projects see one more."""
    with cast.inside():
        held = Membership.objects.get(account_id=actor.account_id)
        MembershipProject(company_id=actor.company_id, membership=held, project=project).save()


def build(word: Word) -> Stage:
    """Make the whole company and return it with ids for every kind of address."""
    made = Build(word)
    made.places()
    version = made.form()
    act: dict[str, Any] = {"actor": made.quality, "at": AT}
    draft = waves.create_wave(plan=made.plan(version), **act)
    opened, closed = made.wave(version), made.wave(version)
    bare = made.wave(None, source=Source.THIRD_PARTY)
    jobs = [*made.imports(opened), *made.imports(closed)]
    tasks.run_job.func(survey_life.close(wave_id=closed.pk, reason=word(900), **act))
    totals = made.wave(None, source=Source.PUBLISHED, scale_minimum=1.0)
    told = Totals(word(120), TotalsKind.POINTS, 1920.0, 2000.0, 25, 20)
    waves.record_totals(wave_id=totals.pk, totals=told, **act)
    files = [
        export_answers(wave_id=opened.pk, form=form, at=utc_now(), actor=made.quality)
        for form in ("xlsx", "csv", "codebook.csv")
    ]
    jobs += _other_jobs(made)
    reports = _reports(made, [opened.pk, closed.pk])
    _undone(made, opened)
    stranger = people.zhao_of_the_other_company()
    shown = (closed, opened, draft, bare, totals)
    people_ids, rosters = settled(made.cast, word)
    ids = _ids(made, [wave.pk for wave in shown], [*jobs, *rosters], files) | people_ids
    ids |= told_of(made.cast, word, int(str(ids["resident_id"][0])))
    ids |= {"unit_id": (*ids["unit_id"], made.unit_id())} | calendars(made.quality, word)
    ids |= _findings(made, [closed.pk, opened.pk], bare.pk)
    linked, owners = _links(made, version)
    ids |= owners | {"wave_id": (*ids["wave_id"], linked)}
    ids |= {"report_id": reports, "key": _charts(made, opened)}
    clocks.take(SCHEDULE[0], at=utc_now(), worker="stage")
    ids |= fill(made.cast, word, linked)
    ids |= visited(made.cast, word)
    faults = bundled(made.cast, word)
    ids |= {**faults, "case_id": (*ids.get("case_id", ()), *faults["case_id"])}
    told_at = listed(made.cast, word, int(str(faults["case_id"][0])))
    ids |= {**told_at, "sign": (*ids["sign"], *told_at["sign"])}
    ids |= reviewed(made.cast, word, int(str(faults["case_id"][0])))
    ground = afield(made.cast, word)
    ids |= {**ground, "token": (*ids["token"], *ground["token"])}
    heard = owned(made.cast, word)
    ids |= {**heard, "token": (*ids["token"], *heard["token"])}
    ids |= ruled(made.cast, word)
    return Stage(made.cast, made.project, stranger, ids, frozenset(made.sent))


def _findings(made: Build, waves_: Sequence[int], others: int) -> dict[str, tuple[object, ...]]:
    parts = frozenset({made.cast.project.pk, made.project.pk})
    office = Office(made.quality, replace(made.cast.manager, parts=parts), made.project.pk)
    with made.cast.inside():
        ids = followed(office, made.word, commented=waves_, others=others)
        shown = Measure.objects.filter(evidence_file_id__isnull=False)
        kept = StoredFile.objects.filter(id__in=shown.values_list("evidence_file_id", flat=True))
        made.sent |= set(kept.values_list("sha256", flat=True))
        papers = Attachment.objects.filter(kind=Attached.DOCUMENT)
        made.sent |= set(papers.values_list("sha256", flat=True))
    return ids


def _links(made: Build, version: QuestionnaireVersion) -> tuple[int, dict[str, tuple[object, ...]]]:
    """Ask every home of the project by link, in a wave that goes on today."""
    today = utc_now().date()
    begun, ends = today - timedelta(days=9), today + timedelta(days=30)
    wave = made.wave(version, modes=(Mode.ONLINE,), fieldwork_from=begun, fieldwork_to=ends)
    with made.cast.inside():
        items = list(Item.objects.filter(version=version).order_by("id"))
        ids = asked(made.quality, made.word, wave, items)
        boss = made.cast.administrator
        ids["difference_id"] = on_paper(made.quality, boss, made.word, wave, items)
        return wave.pk, ids


def _reports(made: Build, wave_ids: Sequence[int]) -> tuple[int, ...]:
    """Make a report of every form in both languages, and return those that there are then."""
    for wave_id, form, language in itertools.product(wave_ids, FORMS, LANGUAGES):
        job_id = start_report(
            actor=made.quality, wave_id=wave_id, form=form, language=language, at=utc_now()
        )
        tasks.run_job.func(job_id)
        ended = Job.objects.get(id=job_id)
        if ended.state != "done":
            raise RuntimeError(f"report {form} {language}: {ended.state} {ended.problem}")
    with made.cast.inside():
        return tuple(_all(ReportRun))


def _charts(made: Build, wave: Wave) -> tuple[str, ...]:
    """Return the names under which a wave's charts are handed out as CSV, and a word besides."""
    with made.cast.inside():
        laid = document(figures_of(wave.pk, at=utc_now()).figures, "zh")
    keys = [section.key.replace("_", "-") for section in laid.sections]
    return (*keys, "set-password")


def _undone(made: Build, wave: Wave) -> None:
    """Leave one import undone; the wave gets another afterwards, so that it still has answers."""
    with made.cast.inside():
        live = ImportBatch.objects.filter(wave=wave, state="live").order_by("id").first()
    if live is not None:
        soon = live.live_at + timedelta(hours=1)
        imports.undo(actor=made.quality, batch_id=live.pk, at=soon)
    made.imports(wave)


def _other_jobs(made: Build) -> list[int]:
    """Return jobs that wait, were stopped, and failed."""
    company, found = made.cast.company.pk, []
    for state in ("waiting", "cancelled", "failed"):
        job = Job.objects.filter(company_id=company, kind="survey.import").order_by("id")[0]
        problem = {"code": "E-JOB", "reference": "J1"} if state == "failed" else None
        found.append(
            Job.objects.create(
                company_id=company, actor_id=job.actor_id, kind=job.kind, argument=job.argument,
                state=state, created_at=AT, problem=problem, step="storing",
            ).pk
        )  # fmt: skip
    return found


def _ids(
    made: Build, shown: Sequence[int], jobs: Sequence[int], files: Sequence[int]
) -> dict[str, tuple[object, ...]]:
    with company_scope(made.cast.company.pk):
        sent = StoredFile.objects.filter(company_id=made.cast.company.pk).order_by("id")
        return {
            "project_id": (made.project.pk, made.cast.project.pk),
            "building_id": (made.building.pk, _first(Building)),
            "membership_id": (made.colleague.pk, _member(made.cast)),
            "job_id": tuple(jobs),
            "wave_id": tuple(shown),
            "version_id": tuple(_all(QuestionnaireVersion)),
            "section_id": tuple(_all(Section)[-2:]),
            "item_id": tuple(_all(Item)[-3:]),
            "batch_id": tuple(_all(ImportBatch)),
            "file_id": (*files, *sent.values_list("id", flat=True)[:1]),
        }


def _first(model: type[Building] | type[Project]) -> int:
    return int(model.objects.order_by("id").values_list("id", flat=True)[0])


def _all(model) -> list[int]:
    return [int(key) for key in model.objects.order_by("id").values_list("id", flat=True)]


def _member(cast: Cast) -> int:
    found = Membership.objects.get(account_id=cast.account(Role.MANAGER).pk)
    return int(found.pk)
