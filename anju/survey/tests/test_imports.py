"""Files taken in: all or nothing, once, undone for a week, safe against a kill at any point."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from anju.answers.rules.answers import NA_CODE
from anju.answers.rules.proposal import Wishes
from anju.kernel import files
from anju.kernel.models import Job, JobState, StoredFile
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import Cancelled, Run
from anju.register.access import Forbidden, NotFound, Verb
from anju.survey import queries
from anju.survey.access import batch_for, file_for, job_for
from anju.survey.actions import imports, rows
from anju.survey.actions.export import export_answers
from anju.survey.actions.from_file import questionnaire_from_guess
from anju.survey.actions.imports import (
    Order,
    import_answers,
    receive_file,
    start_import,
    sweep,
    undo,
)
from anju.survey.actions.waves import close_wave, set_counts
from anju.survey.answers import answer_set, open_texts
from anju.survey.exports import LEADING
from anju.survey.forms import item_defs
from anju.survey.models import ImportBatch, OpenAnswer, Response, Wave
from anju.survey.previews import Preview, import_preview
from anju.survey.rules.counts import Counts
from anju.survey.rules.wave import BatchState, Source, WavePlan
from tests.cast import AT, Cast, a_wave, create_open, zhao_of_the_other_company

HEADS = ["楼栋", "房号", "投诉处理", "整体绿化", "其他建议或意见"]
GOOD = [
    ["3栋", "502", "很满意", "不满意", "电梯口的灯不亮"],
    ["3栋", "501", "大体满意", "不适用", ""],
    ["1栋", "101", "", "很满意", ""],
]


def a_file(*rows: list[str], heads: list[str] = HEADS) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode("utf-8-sig")


def upload(cast: Cast, wave: Wave, content: bytes, name: str = "答卷.csv") -> int:
    return receive_file(actor=cast.quality, wave_id=wave.pk, chunks=[content], name=name, at=AT)


def preview(cast: Cast, wave: Wave, file_id: int, **wishes) -> Preview:
    with cast.inside():
        stored = file_for(cast.quality, file_id, Verb.IMPORT_ANSWERS)
        return import_preview(wave.pk, stored, wishes=Wishes(**wishes))


def started(cast: Cast, wave: Wave, content: bytes, **changes) -> Run:
    """Upload a file, accept the proposal, and return the run of a worker that has claimed it."""
    file_id = upload(cast, wave, content)
    order = Order(wave.pk, file_id, preview(cast, wave, file_id).mapping)
    job_id = start_import(actor=cast.quality, order=replace(order, **changes), at=AT)
    return claimed(job_id)


def claimed(job_id: int) -> Run:
    Job.objects.filter(id=job_id).update(state=JobState.RUNNING)
    job = Job.objects.get(id=job_id)
    return Run(job.pk, job.company_id, job.actor_id, job.argument, AT)


def done(cast: Cast, run: Run):
    with cast.inside():
        return import_answers(run)


def refused(act, code: str) -> Problem:
    with pytest.raises(Problem) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def test_a_file_is_taken_in_with_its_homes_answers_and_words(cast):
    wave = a_wave(cast)
    result = done(cast, started(cast, wave, a_file(*GOOD)))

    assert (result["rows"], result["people"], result["number"]) == (3, 3, 1)
    with cast.inside():
        found = answer_set(wave.pk)
        texts = open_texts(wave.pk)
        first = Response.objects.select_related("unit", "building").order_by("id").first()
    codes = {item.code: place for place, item in enumerate(found.items)}
    complaint, green = found.items[codes["QB-03"]], found.items[codes["QB-08"]]
    assert [level_of(found, complaint.code, r) for r in range(3)] == ["vs", "bs", None]
    assert [level_of(found, green.code, r) for r in range(3)] == ["ds", NA_CODE, "vs"]
    assert found.groups == {"building": ("3栋", "3栋", "1栋")}
    assert found.households == ("3-502", "3-501", "1-101")
    assert found.rows == (2, 3, 4)
    assert [(t.item, t.text) for t in texts] == [("QB-11", "电梯口的灯不亮")]
    assert (first.unit.number, first.building.name) == ("502", "3栋")


def level_of(found, code: str, row: int) -> str | None:
    place = [item.code for item in found.items].index(code)
    index = int(found.levels[row, place])
    return None if index < 0 else found.items[place].scale.levels[index].code


def test_items_without_a_column_are_there_without_an_answer(cast):
    wave = a_wave(cast)
    done(cast, started(cast, wave, a_file(*GOOD)))

    with cast.inside():
        found = answer_set(wave.pk)
        assert [i.code for i in found.items] == [i.code for i in item_defs(wave.version_id)]
    assert {level_of(found, "QB-01", row) for row in range(3)} == {None}


def test_one_wrong_cell_stores_nothing_and_comes_back_in_the_persons_own_file(cast):
    wave = a_wave(cast)
    wrong = [*GOOD, ["3栋", "999", "很满意", "很不错", ""]]
    result = done(cast, started(cast, wave, a_file(*wrong)))

    assert (result["rows"], result["faults"], result["shown"]) == (4, 2, 2)
    told = [line.split("\t") for line in result["examples"]]
    assert [(t[0], t[1], t[2], t[3]) for t in told] == [
        ("5", "房号", "999", "E-UNIT"),
        ("5", "整体绿化", "很不错", "E-ANSWER"),
    ]
    with cast.inside():
        assert not Response.objects.whole().exists()
        assert not ImportBatch.objects.exists()
    marked = StoredFile.objects.get(id=result["problem_file"])
    text = files.path_of(marked.company_id, marked.sha256).read_text("utf-8-sig")
    back = list(csv.reader(io.StringIO(text)))
    assert back[0][:5] == HEADS
    assert [row[-1] != "" for row in back[1:]] == [False, False, False, True]


def test_a_dry_run_counts_and_stores_nothing(cast):
    wave = a_wave(cast)
    result = done(cast, started(cast, wave, a_file(*GOOD, GOOD[0]), dry_run=True))

    assert {name: result[name] for name in ("rows", "people", "faults", "doubled")} == {
        "rows": 4,
        "people": 4,
        "faults": 0,
        "doubled": 1,
    }
    assert result["doubles"] == ["3-502\t2, 5"]
    assert (result["seen_homes"], result["seen_known"]) == (3, 0)
    with cast.inside():
        assert not ImportBatch.objects.exists()


def test_the_same_file_is_refused_with_the_day_and_the_number_of_its_import(cast):
    wave = a_wave(cast)
    done(cast, started(cast, wave, a_file(*GOOD)))

    problem = refused(lambda: upload(cast, wave, a_file(*GOOD), "other name.csv"), "E-IMP-SAME")
    assert problem.params == {"day": "2026-11-20", "number": 1}
    assert StoredFile.objects.count() == 1


def test_the_same_file_may_come_again_into_another_wave_and_after_an_undo(cast):
    wave, other = a_wave(cast), a_wave(cast)
    result = done(cast, started(cast, wave, a_file(*GOOD)))
    done(cast, started(cast, other, a_file(*GOOD)))
    undo(actor=cast.quality, batch_id=int(str(result["batch"])), at=AT)

    again = done(cast, started(cast, wave, a_file(*GOOD)))
    assert again["number"] == 2


def test_two_imports_of_one_file_at_the_same_time_leave_one(cast):
    wave = a_wave(cast)
    file_id = upload(cast, wave, a_file(*GOOD))
    order = Order(wave.pk, file_id, preview(cast, wave, file_id).mapping)
    jobs = [start_import(actor=cast.quality, order=order, at=AT) for _ in range(2)]
    done(cast, claimed(jobs[0]))

    refused(lambda: done(cast, claimed(jobs[1])), "E-IMP-SAME")
    with cast.inside():
        assert Response.objects.count() == Response.objects.whole().count() == 3


def test_an_import_is_undone_at_once_within_a_week_and_never_later(cast):
    wave = a_wave(cast)
    batch_id = int(str(done(cast, started(cast, wave, a_file(*GOOD)))["batch"]))
    late = AT + timedelta(days=7, seconds=1)

    refused(lambda: undo(actor=cast.quality, batch_id=batch_id, at=late), "E-UNDO-LATE")
    undo(actor=cast.quality, batch_id=batch_id, at=AT + timedelta(days=7))
    with cast.inside():
        assert answer_set(wave.pk).people == 0
        assert open_texts(wave.pk) == ()
        assert queries.batch_lines(wave.pk)[0].state is BatchState.REVERTED
    refused(lambda: undo(actor=cast.quality, batch_id=batch_id, at=AT), "E-STATE")


def test_a_closed_wave_takes_no_file_and_gives_none_back(cast):
    wave = a_wave(cast)
    batch_id = int(str(done(cast, started(cast, wave, a_file(*GOOD)))["batch"]))
    close_wave(actor=cast.quality, wave_id=wave.pk, at=AT)

    refused(lambda: upload(cast, wave, b"x"), "E-STATE")
    refused(lambda: undo(actor=cast.quality, batch_id=batch_id, at=AT), "E-STATE")


def test_a_wave_closed_while_a_file_is_read_stays_as_it_was(cast, monkeypatch):
    wave = a_wave(cast)
    run = started(cast, wave, a_file(*GOOD))
    write = imports.write_rows

    def close_meanwhile(*args):
        write(*args)
        close_wave(actor=cast.quality, wave_id=wave.pk, at=AT, reason="停电")

    monkeypatch.setattr(imports, "write_rows", close_meanwhile)
    refused(lambda: done(cast, run), "E-STATE")
    with cast.inside():
        assert not Response.objects.whole().exists()


def test_more_people_than_forms_issued_are_refused(cast):
    wave = a_wave(cast)
    set_counts(actor=cast.quality, wave_id=wave.pk, counts=Counts(issued=2), at=AT)

    problem = refused(lambda: done(cast, started(cast, wave, a_file(*GOOD))), "E-COUNT")
    assert problem.field == "returned"
    with cast.inside():
        assert not Response.objects.whole().exists()


class Killed(BaseException):
    """Stands for a process that ends without unwinding."""


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_after_a_kill_nothing_is_visible_and_the_next_try_brings_everything(
    cast, monkeypatch, chunks
):
    wave = a_wave(cast)
    run = started(cast, wave, a_file(*GOOD))
    monkeypatch.setattr(rows, "CHUNK", 1)
    monkeypatch.setattr(imports, "_drop_if_staged", lambda batch_id: None)
    written = []
    write = rows._write

    def until_killed(*args, **kwargs):
        if len(written) == chunks:
            raise Killed
        written.append(1)
        write(*args, **kwargs)

    monkeypatch.setattr(rows, "_write", until_killed)
    with pytest.raises(Killed):
        done(cast, run)
    with cast.inside():
        assert Response.objects.whole().count() == chunks
        assert answer_set(wave.pk).people == 0
        assert queries.wave_page(wave.pk).line.people == 0

    monkeypatch.setattr(rows, "_write", write)
    assert done(cast, run)["rows"] == 3
    with cast.inside():
        assert Response.objects.whole().count() == answer_set(wave.pk).people == 3


def test_a_try_after_the_answers_went_live_changes_nothing(cast):
    wave = a_wave(cast)
    run = started(cast, wave, a_file(*GOOD))
    first = done(cast, run)

    assert done(cast, run)["batch"] == first["batch"]
    with cast.inside():
        assert Response.objects.whole().count() == 3


def test_a_cancelled_import_leaves_no_row(cast, monkeypatch):
    wave = a_wave(cast)
    run = started(cast, wave, a_file(*GOOD))
    monkeypatch.setattr(rows, "CHUNK", 1)
    write = rows._write

    def then_cancel(*args, **kwargs):
        write(*args, **kwargs)
        Job.objects.filter(id=run.job_id).update(state=JobState.CANCELLED)

    monkeypatch.setattr(rows, "_write", then_cancel)
    with pytest.raises(Cancelled):
        done(cast, run)
    with cast.inside():
        assert not Response.objects.whole().exists()
        assert not ImportBatch.objects.exists()


def test_progress_tells_what_is_being_done_and_how_far(cast, monkeypatch):
    wave = a_wave(cast)
    run = started(cast, wave, a_file(*GOOD))
    monkeypatch.setattr(rows, "CHUNK", 2)
    told = []
    report = Run.report

    def listen(self, **said):
        told.append((said["step"], said["done"], said["total"]))
        report(self, **said)

    monkeypatch.setattr(Run, "report", listen)
    done(cast, run)
    assert told == [
        ("reading", 0, None),
        ("checking", 0, 3),
        ("storing", 2, 3),
        ("storing", 3, 3),
    ]


def test_the_sweep_clears_what_nobody_sees_and_leaves_the_rest(cast, monkeypatch):
    wave = a_wave(cast)
    kept = done(cast, started(cast, wave, a_file(*GOOD)))
    undone = done(cast, started(cast, wave, a_file(GOOD[0]), different=True))
    undo(actor=cast.quality, batch_id=int(str(undone["batch"])), at=AT)
    lost = started(cast, wave, a_file(GOOD[1]), different=True)
    monkeypatch.setattr(imports, "_drop_if_staged", lambda batch_id: None)
    monkeypatch.setattr(imports, "_go_live", lambda *args: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        done(cast, lost)

    assert sweep(at=AT + timedelta(days=7)) == 0
    Job.objects.filter(id=lost.job_id).update(state=JobState.FAILED)
    assert sweep(at=AT + timedelta(days=8)) == 2
    assert sweep(at=AT + timedelta(days=9)) == 0
    with cast.inside():
        left = {row.batch_id for row in Response.objects.whole()}
        assert left == {kept["batch"]}
        assert OpenAnswer.objects.count() == 1


def test_the_mapping_is_remembered_for_the_next_file_with_the_same_columns(cast):
    wave, later = a_wave(cast), a_wave(cast)
    file_id = upload(cast, wave, a_file(*GOOD))
    assert preview(cast, wave, file_id).remembered is None
    done(cast, started(cast, wave, a_file(*GOOD)))

    found = preview(cast, later, upload(cast, later, a_file(GOOD[2])))
    assert found.remembered is not None
    assert found.mapping == found.remembered


def test_a_file_of_others_becomes_a_questionnaire_of_its_own(cast):
    plan = WavePlan("2012 第三方", cast.project.id, source=Source.THIRD_PARTY)
    wave = create_open(cast, plan)
    content = a_file(
        ["Low", "Tower", "3"],
        ["High", "Tower", "5"],
        ["Medium", "Atrium", "2"],
        heads=["Sat", "Type", "Freq"],
    )
    file_id = upload(cast, wave, content)
    found = preview(cast, wave, file_id, items=("Sat",), count="Freq", by=("Type",))
    questionnaire_from_guess(
        actor=cast.quality, wave_id=wave.pk, items=found.guess.items, title="Sat", at=AT
    )
    order = Order(wave.pk, file_id, found.mapping)
    done(cast, claimed(start_import(actor=cast.quality, order=order, at=AT)))

    with cast.inside():
        answers = answer_set(wave.pk)
    assert answers.people == 10
    assert answers.groups == {"Type": ("Tower", "Tower", "Atrium")}
    assert [i.scale.levels for i in answers.items] == [i.scale.levels for i in found.guess.items]
    assert answers.items[0].scale.top == found.guess.items[0].scale.top
    refused(
        lambda: questionnaire_from_guess(
            actor=cast.quality, wave_id=wave.pk, items=found.guess.items, title="x", at=AT
        ),
        "E-STATE",
    )


def test_a_wave_without_a_questionnaire_says_so(cast):
    wave = create_open(cast, WavePlan("x", cast.project.id, source=Source.THIRD_PARTY))
    file_id = upload(cast, wave, a_file(*GOOD))
    order = Order(wave.pk, file_id, preview(cast, wave, file_id).mapping)
    job_id = start_import(actor=cast.quality, order=order, at=AT)

    assert refused(lambda: done(cast, claimed(job_id)), "E-REF").field == "version"


def test_single_answers_leave_with_their_codebook_and_a_line_of_history(cast):
    wave = a_wave(cast)
    done(cast, started(cast, wave, a_file(*GOOD)))
    told = {}
    for form in ("csv", "codebook.csv", "xlsx"):
        file_id = export_answers(actor=cast.quality, wave_id=wave.pk, at=AT, form=form)
        stored = StoredFile.objects.get(id=file_id)
        told[form] = (stored.name, files.path_of(stored.company_id, stored.sha256).read_bytes())

    data = list(csv.DictReader(io.StringIO(told["csv"][1].decode("utf-8-sig"))))
    assert [row["QB-03"] for row in data] == ["vs", "bs", ""]
    assert [row["QB-08"] for row in data] == ["ds", "na", "vs"]
    assert data[0]["household"] == "3-502"
    assert data[0]["其他建议或意见"] == "电梯口的灯不亮"
    book = list(csv.DictReader(io.StringIO(told["codebook.csv"][1].decode("utf-8-sig"))))
    codes = {(r["code"], r["value"], r["top"]) for r in book if r["column"] == "QB-03"}
    assert codes == {
        ("vs", "3.0", "yes"),
        ("bs", "2.0", "yes"),
        ("ds", "1.0", "no"),
        ("na", "", "no"),
    }
    assert told["xlsx"][1][:2] == b"PK"
    assert told["csv"][0].endswith("_答卷.csv")
    refused(
        lambda: export_answers(actor=cast.quality, wave_id=wave.pk, at=AT, form="sav"), "E-CHOICE"
    )


def test_single_answers_are_for_the_quality_department_alone(cast):
    wave = a_wave(cast)

    for actor in (cast.manager, cast.desk):
        with pytest.raises(Forbidden):
            export_answers(actor=actor, wave_id=wave.pk, at=AT)


def test_another_companys_files_jobs_and_imports_are_missing(cast):
    wave = a_wave(cast)
    run = started(cast, wave, a_file(*GOOD))
    batch_id = int(str(done(cast, run)["batch"]))
    zhao = zhao_of_the_other_company()

    with pytest.raises(NotFound):
        undo(actor=zhao, batch_id=batch_id, at=AT)
    with pytest.raises(NotFound):
        file_for(zhao, int(str(run.argument["file"])), Verb.IMPORT_ANSWERS)
    with pytest.raises(NotFound):
        job_for(zhao, run.job_id)
    with cast.inside():
        assert batch_for(cast.quality, batch_id, Verb.IMPORT_ANSWERS).pk == batch_id
        assert job_for(cast.quality, run.job_id).pk == run.job_id


def test_times_of_answers_come_back_as_they_were_written(cast):
    wave = a_wave(cast, title="times")
    rows_ = [["2026-06-15 08:30", "很满意"], ["2026-06-16 21:05", "不满意"]]
    done(cast, started(cast, wave, a_file(*rows_, heads=["填写时间", "投诉处理"])))

    with cast.inside():
        told = [f"{moment:%m-%d %H:%M}" for moment in answer_set(wave.pk).answered if moment]
    assert told == ["06-15 08:30", "06-16 21:05"]


def test_a_worker_whose_job_was_taken_over_shows_nothing(cast, monkeypatch):
    wave = a_wave(cast)
    run = started(cast, wave, a_file(*GOOD))
    write = imports.write_rows

    def taken_over(*args):
        write(*args)
        ImportBatch.objects.filter(job_id=run.job_id).update(state=BatchState.REVERTED)

    monkeypatch.setattr(imports, "write_rows", taken_over)
    with pytest.raises(Cancelled):
        done(cast, run)
    with cast.inside():
        assert answer_set(wave.pk).people == 0


def test_the_database_itself_lets_a_file_be_live_only_once(cast, monkeypatch):
    wave = a_wave(cast)
    run = started(cast, wave, a_file(*GOOD))
    write = imports.write_rows

    def somebody_is_faster(*args):
        write(*args)
        mine = ImportBatch.objects.get(job_id=run.job_id)
        ImportBatch(
            company_id=mine.company_id, wave=wave, number=2, file_id=0, file_name="x",
            sha256=mine.sha256, state=BatchState.LIVE, job_id=0, created_at=AT, live_at=AT,
        ).save()  # fmt: skip

    monkeypatch.setattr(imports, "write_rows", somebody_is_faster)
    refused(lambda: done(cast, run), "E-IMP-SAME")
    with cast.inside():
        assert not Response.objects.whole().exists()


def test_an_export_of_a_wave_without_questionnaire_holds_no_rows(cast):
    wave = create_open(cast, WavePlan("x", cast.project.id, source=Source.THIRD_PARTY))
    file_id = export_answers(actor=cast.quality, wave_id=wave.pk, at=AT, form="csv")

    stored = StoredFile.objects.get(id=file_id)
    lines = files.path_of(stored.company_id, stored.sha256).read_text("utf-8-sig").splitlines()
    assert lines == [",".join(LEADING)]
