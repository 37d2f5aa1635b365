"""An office's spreadsheet comes in whole or not at all, and goes out again without a trace."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from anju.kernel import files, history, tasks
from anju.kernel.models import Job, JobState, StoredFile
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.kernel.tasks import Run
from anju.register.access import Actor, Forbidden, NotFound, Role
from anju.register.actions.places import ProjectDraft, found_company, save_project
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import (
    Account,
    Building,
    Membership,
    Person,
    RosterBatch,
    RosterChange,
    RosterState,
    Tie,
    Unit,
    Zone,
    ZonePlace,
)
from anju.register.queries import project_lines
from anju.roster.actions import rows, store, taking
from anju.roster.actions.taking import RosterOrder, receive_roster, start_roster, undo_roster
from anju.roster.actions.template import template_bytes
from anju.roster.preview import sheets_of
from anju.roster.queries import CLEAR_JOB, ROSTER_JOB, roster_lines
from anju.roster.rules.compare import Doubt
from anju.roster.rules.guess import guess_plan
from anju.sheets.read import read_table
from anju.sheets.write import Sheet, write_xlsx

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
HOMES = ["楼栋", "单元", "房号", "楼层", "建筑面积", "用途", "交付日期"]
OWNERS = ["房号", "姓名", "电话", "身份", "入住日期"]
STAFF = ["姓名", "邮箱", "角色", "责任区", "楼栋"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    company = found_company(name="翠湖物业", phone="", at=AT)
    account = Account(email="boss@anhe.example", name="吴管理")
    account.save()
    with company_scope(company.id):
        Membership(company_id=company.id, account=account, role="administrator").save()
        yield Actor(account.pk, company.id, Role.ADMINISTRATOR, "吴管理")


@pytest.fixture
def project(boss):
    return save_project(actor=boss, draft=ProjectDraft("翠湖苑", "residential"), at=AT)


def homes(count=20):
    return [
        [
            "3栋",
            str(1 + n % 2),
            f"{1 + n // 10}{1 + n % 10:02d}",
            1 + n // 10,
            88.5,
            "住宅",
            "2019-06-01",
        ]
        for n in range(count)
    ]


def owners(count=20):
    return [
        [f"3-{row[1]}-{row[2]}", f"李{n}（示例）", f"139{n:08d}", "业主", "2020-01-01"]
        for n, row in enumerate(homes(count))
    ]


@pytest.fixture
def sent(boss, project, tmp_path):
    """Send a workbook of the sheets given; return its id."""

    def send(**sheets):
        path = tmp_path / f"{random.random()}.xlsx"
        heads = {"房屋": HOMES, "业主": OWNERS, "员工与责任区": STAFF}
        write_xlsx(path, [Sheet(name, heads[name], rows) for name, rows in sheets.items()])
        chunks = [path.read_bytes()]
        return receive_roster(
            actor=boss, project_id=project.pk, chunks=chunks, name="登记.xlsx", at=AT
        )

    return send


def worked(actor, project, file_id, *, dry=False, at=AT, **answers):
    """Check a file or take it in with the columns as guessed; return the job."""
    stored = StoredFile.objects.get(id=file_id)
    plans = [guess_plan(table) for table in sheets_of(stored)]
    said = {Doubt(name): answer for name, answer in answers.items()}
    order = RosterOrder(project.pk, file_id, plans, dry_run=dry, answers=said)
    job_id = start_roster(actor=actor, order=order, at=at)
    tasks.run_job.func(job_id)
    return Job.objects.get(id=job_id)


def everything():
    tables = (Building, Unit, Person, Tie, Zone, ZonePlace, Membership, RosterChange)
    return {table.__name__: list(table.objects.order_by("id").values()) for table in tables}


def test_units_owners_staff_and_zones_come_in_together(boss, project, sent):
    staff = [["钱管家", "qian@anhe.example", "管家", "东区", "3栋"]]
    job = worked(boss, project, sent(房屋=homes(), 业主=owners(), 员工与责任区=staff))

    assert job.state == JobState.DONE, job.problem
    assert (job.result["units"], job.result["people"], job.result["ties"]) == (20, 20, 20)
    assert Unit.objects.get(key="3-1-101").floor == 1
    assert Person.objects.get(name="李0（示例）").phone_tail == "0000"
    assert ZonePlace.objects.get().zone.steward.name == "钱管家"
    assert not Account.objects.get(email="qian@anhe.example").has_usable_password()
    assert history.verify(history.Subject(boss.company_id, "project", project.pk)) == 2


def test_a_home_whose_owner_is_unknown_comes_in_without_a_person(boss, project, sent):
    people = owners(4)
    people[1][1:] = ["", "", "业主", ""]
    file_id = sent(房屋=homes(4), 业主=people)
    checked, done = worked(boss, project, file_id, dry=True), worked(boss, project, file_id)

    assert (checked.result["faults"], checked.result["nobody"]) == (0, 1)
    assert done.state == JobState.DONE, done.problem
    assert (Unit.objects.count(), Person.objects.count(), Tie.objects.count()) == (4, 3, 3)


def test_a_trial_writes_nothing(boss, project, sent):
    before = everything()
    job = worked(boss, project, sent(房屋=homes(), 业主=owners()), dry=True)

    assert (job.result["units"], job.result["faults"]) == (20, 0)
    assert everything() == before


def test_the_same_file_is_taken_in_once(boss, project, sent):
    file_id = sent(房屋=homes())
    worked(boss, project, file_id)

    with pytest.raises(Problem, match="E-IMP-SAME"):
        worked(boss, project, file_id)


def test_a_changed_list_changes_only_what_differs(boss, project, sent):
    worked(boss, project, sent(房屋=homes(), 业主=owners()))
    rows, people = homes(21), owners()
    rows[0][4] = 120
    people[1][2] = "13777777777"
    before = everything()

    job = worked(boss, project, sent(房屋=rows, 业主=people))

    found = job.result
    assert (found["units"], found["units_changed"], found["people_changed"]) == (1, 1, 1)
    assert found["same"] == 38
    assert Person.objects.get(name="李1（示例）").phone == "+8613777777777"
    batch = RosterBatch.objects.get(number=2)
    undo_roster(actor=boss, batch_id=batch.pk, at=AT + timedelta(days=6))
    cleared()
    assert _without_versions(everything()) == _without_versions(before)


def cleared():
    """Let the workers clear away what an undo left; return how many rows that were."""
    job = Job.objects.filter(kind=CLEAR_JOB, state=JobState.WAITING).get()
    tasks.run_job.func(job.pk)
    return Job.objects.get(id=job.pk).result["rows"]


def left_over():
    """Return how many rows there are that nobody sees."""
    tables = (Building, Unit, Person, Tie)
    return sum(table.objects.whole().count() - table.objects.count() for table in tables)


def _without_versions(tables):
    return {
        name: [{k: v for k, v in row.items() if k != "version"} for row in rows]
        for name, rows in tables.items()
    }


def test_undo_leaves_no_trace_but_history(boss, project, sent):
    before, accounts = everything(), Account.objects.count()
    staff = [["钱管家", "qian@anhe.example", "管家", "东区", "3栋"]]
    worked(boss, project, sent(房屋=homes(), 业主=owners(), 员工与责任区=staff))

    undo_roster(actor=boss, batch_id=RosterBatch.objects.get().pk, at=AT)

    assert not Unit.objects.exists()
    assert (project_lines()[0].buildings, project_lines()[0].units) == (0, 0)
    assert (left_over(), cleared()) == (61, 65)
    assert (everything(), left_over()) == (before, 0)
    assert Account.objects.count() == accounts
    assert history.verify(history.Subject(boss.company_id, "project", project.pk)) == 3
    with pytest.raises(Problem, match="E-STATE"):
        undo_roster(actor=boss, batch_id=RosterBatch.objects.get().pk, at=AT)


class Killed(BaseException):
    """Stands for a process that ends without unwinding."""


@pytest.mark.parametrize("chunks", [0, 5, 12])
def test_after_a_kill_nothing_is_seen_and_the_next_try_brings_everything(
    boss, project, sent, monkeypatch, chunks
):
    file_id, before, poured = sent(房屋=homes(), 业主=owners()), everything(), []
    report, clear = Run.report, store.clear_rows

    def until_killed(run, *, done, total, step):
        report(run, done=done, total=total, step=step)
        poured.append(step)
        if poured.count("storing") > chunks:
            raise Killed

    monkeypatch.setattr(rows, "CHUNK", 5)
    monkeypatch.setattr(Run, "report", until_killed)
    monkeypatch.setattr(store, "clear_rows", lambda batch: 0)
    with pytest.raises(Killed):
        worked(boss, project, file_id)

    seen = everything()
    assert seen.pop("RosterChange") is not None
    assert seen.items() <= before.items()
    assert roster_lines(project.pk) == ()
    monkeypatch.setattr(Run, "report", report)
    monkeypatch.setattr(store, "clear_rows", clear)
    job = Job.objects.get(kind=ROSTER_JOB)
    Job.objects.filter(id=job.pk).update(state=JobState.WAITING)
    tasks.run_job.func(job.pk)

    assert Job.objects.get(id=job.pk).state == JobState.DONE
    assert (Unit.objects.count(), Person.objects.count(), Tie.objects.count()) == (20, 20, 20)
    assert (left_over(), RosterBatch.objects.count()) == (0, 1)


def test_a_stopped_import_leaves_no_row(boss, project, sent, monkeypatch):
    file_id, before, report = sent(房屋=homes(), 业主=owners()), everything(), Run.report

    def stopped(run, *, done, total, step):
        if step == "storing" and done:
            tasks.cancel(run.job_id, company_id=boss.company_id, at=AT)
        report(run, done=done, total=total, step=step)

    monkeypatch.setattr(Run, "report", stopped)
    job = worked(boss, project, file_id)

    assert job.state == JobState.CANCELLED
    assert (everything(), left_over(), RosterBatch.objects.count()) == (before, 0, 0)


def test_the_sweep_clears_what_a_killed_import_and_an_undo_left(boss, project, sent, monkeypatch):
    worked(boss, project, sent(房屋=homes()))
    undo_roster(actor=boss, batch_id=RosterBatch.objects.get().pk, at=AT)
    clear = store.clear_rows

    def killed(*given):
        monkeypatch.setattr(store, "clear_rows", lambda batch: 0)
        raise Killed

    monkeypatch.setattr(store, "_go_live", killed)
    with pytest.raises(Killed):
        worked(boss, project, sent(房屋=homes(15)))
    monkeypatch.setattr(store, "clear_rows", clear)

    Job.objects.filter(kind=ROSTER_JOB).update(state=JobState.FAILED)
    assert taking.sweep_rosters(at=AT) > 0
    assert (left_over(), Unit.objects.count()) == (0, 0)
    assert [batch.state for batch in RosterBatch.objects.all()] == [RosterState.UNDONE]


def test_undo_ends_after_seven_days_and_with_the_first_use(boss, project, sent):
    worked(boss, project, sent(房屋=homes(), 业主=owners()))
    batch = RosterBatch.objects.get()
    with pytest.raises(Problem, match="E-UNDO-LATE"):
        undo_roster(actor=boss, batch_id=batch.pk, at=batch.live_at + timedelta(days=8))
    unit = Unit.objects.get(key="3-1-101")
    someone = MoveIn(PersonDraft("王芳"), "family", None)
    move_in(actor=boss, unit_id=unit.pk, draft=someone, at=AT)

    with pytest.raises(Problem, match="E-UNDO-USED"):
        undo_roster(actor=boss, batch_id=batch.pk, at=AT)
    assert Unit.objects.count() == 20


def test_twenty_three_planted_faults_stand_at_their_cells(boss, project, sent, tmp_path):
    rows, people = homes(400), owners(400)
    planted = set()
    for n in range(8):
        rows[n * 7][5] = "花园"
        planted.add(("房屋", n * 7 + 2, "用途"))
    for n in range(8):
        people[n * 9][2] = "1380013"
        planted.add(("业主", n * 9 + 2, "电话"))
    for n in range(7):
        people[n * 11 + 2][0] = f"9-9-{n}"
        planted.add(("业主", n * 11 + 4, "房号"))
    before = everything()

    job = worked(boss, project, sent(房屋=rows, 业主=people))

    parts = [line.split("\t") for line in job.result["examples"]]
    assert {(sheet, int(row), column) for sheet, row, column, *_ in parts} == planted
    assert job.result["faults"] == 23
    assert everything() == before
    stored = StoredFile.objects.get(id=job.result["problem_file"])
    marked = tmp_path / "marked.xlsx"
    marked.write_bytes(files.path_of(stored.company_id, stored.sha256).read_bytes())
    for name, count in (("房屋", 8), ("业主", 15)):
        cells = read_table(marked, sheet=name).column("问题")
        assert sum(cell is not None for cell in cells) == count


def test_people_in_doubt_stop_an_import_until_somebody_judges(boss, project, sent):
    people = [*owners(), ["3-2-102", "王芳", "13900000000", "家属", ""]]
    file_id = sent(房屋=homes(), 业主=people)

    refused = worked(boss, project, file_id)
    taken = worked(boss, project, file_id, shared_phone="keep")

    assert (refused.state, refused.problem["code"]) == (JobState.REFUSED, "E-CHOICE")
    assert taken.state == JobState.DONE
    with pytest.raises(Problem, match="E-CHOICE"):
        worked(boss, project, sent(业主=people[:3]), shared_phone="merge")


def test_a_register_that_changed_meanwhile_is_not_overwritten(boss, project, sent, monkeypatch):
    file_id, read = sent(房屋=homes(), 业主=owners()), taking.read_roster

    def late(run):
        found = read(run)
        made = Building(company_id=boss.company_id, project=project, name="9栋")
        made.save()
        Unit(company_id=boss.company_id, building=made, number="1", key="9-1").save()
        return found

    monkeypatch.setattr(taking, "read_roster", late)
    job = worked(boss, project, file_id)

    assert (job.state, job.problem["code"]) == (JobState.REFUSED, "E-STALE")
    assert Unit.objects.count() == 1


def test_a_job_done_again_after_a_kill_takes_nothing_in_twice(boss, project, sent):
    job = worked(boss, project, sent(房屋=homes()))
    Job.objects.filter(id=job.pk).update(state=JobState.WAITING)
    tasks.run_job.func(job.pk)

    assert RosterBatch.objects.count() == 1
    assert Unit.objects.count() == 20


def test_only_an_administrator_brings_accounts(boss, project, sent):
    staff = [["钱管家", "qian@anhe.example", "管家", "东区", ""]]
    file_id = sent(员工与责任区=staff)
    quality = Actor(boss.account_id, boss.company_id, Role.QUALITY, "赵敏")

    job = worked(quality, project, file_id)

    assert "E-REF" in job.result["examples"][0]
    assert not Zone.objects.exists()


def test_an_account_that_was_used_keeps_its_import(boss, project, sent):
    staff = [["钱管家", "qian@anhe.example", "管家", "东区", ""]]
    worked(boss, project, sent(员工与责任区=staff))
    Account.objects.filter(email="qian@anhe.example").update(last_login=AT)

    with pytest.raises(Problem, match="E-UNDO-USED"):
        undo_roster(actor=boss, batch_id=RosterBatch.objects.get().pk, at=AT)


def test_who_may_not_or_does_not_reach_is_refused(boss, project, sent):
    file_id = sent(房屋=homes())
    manager = Actor(2, boss.company_id, Role.MANAGER, "孙", frozenset({project.pk}))
    elsewhere = Actor(2, boss.company_id, Role.QUALITY, "赵", frozenset({987}))
    with pytest.raises(Forbidden):
        worked(manager, project, file_id)
    with pytest.raises(NotFound):
        worked(elsewhere, project, file_id)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_understood_when_it_is_filled(language, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(template_bytes(language))

    first = read_table(path)

    assert len(first.sheets) == 4
    assert guess_plan(first).kind.value == "none"


def test_an_empty_template_says_so(boss, project):
    sent = [template_bytes("zh")]
    file_id = receive_roster(actor=boss, project_id=project.pk, chunks=sent, name="t.xlsx", at=AT)

    with pytest.raises(Problem, match="E-IMP-COLUMN"):
        worked(boss, project, file_id)
    assert [t.name for t in sheets_of(StoredFile.objects.get(id=file_id))] == ["填写说明"]


def test_what_no_undo_needs_is_forgotten_after_a_week(boss, project, sent):
    people = [*owners(), ["3-2-102", "王芳", "13900000000", "家属", ""]]
    job = worked(boss, project, sent(房屋=homes(), 业主=people), shared_phone="keep")
    live = RosterBatch.objects.get().live_at
    assert "王芳" in str(job.result)

    assert taking.sweep_rosters(at=live + timedelta(days=6)) == 0
    assert taking.sweep_rosters(at=live + timedelta(days=8)) == 2
    assert taking.sweep_rosters(at=live + timedelta(days=8)) == 0

    assert not RosterChange.objects.exists()
    kept = Job.objects.get(id=job.pk).result
    assert "王芳" not in str(kept)
    assert (kept["people"], kept["n_shared_phone"]) == (21, 1)
