"""P10: a canary in every text field comes alive on no page and in no file, whoever looks.

Every model is walked for text fields; what the actions did not fill is written into the row.
Controls: pages rendered without escaping, a cell with a formula, a bare CSV cell.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, models, transaction
from django.template import engines
from django.test import Client

from anju.cli.main import main
from promises import canary, ground, stage, walk
from promises.registry import Outcome, Promise
from tests.cast import everybody

GOAL = "0 live; every text field filled; every address as every role, both languages seen"
# Text fields that no person's words can reach, and why.
CLOSED = {
    "kernel.HistoryEntry.kind": "a word of the program",
    "kernel.HistoryEntry.verb": "a word of the program",
    "kernel.HistoryEntry.previous": "a digest",
    "kernel.HistoryEntry.digest": "a digest",
    "kernel.Job.kind": "a word of the program; a job of another kind has no handler",
    "kernel.ClockSlot.clock": "a word of the program",
    "kernel.ClockSlot.worker": "the machine's name",
    "kernel.StoredFile.sha256": "a digest",
    "kernel.KeptAnswer.scope": "a word of the program",
    "kernel.KeptAnswer.key": "letters and digits alone pass",
    "kernel.KeptAnswer.request_hash": "a digest",
    "kernel.KeptAnswer.answer": "a word of the program",
    "kernel.Bucket.name": "a word of the program; never shown",
    "register.Account.password": "a digest",
    "register.Account.email": "only an address passes, and it is compared, not shown raw",
    "register.Account.language": "chosen from two",
    "register.Account.hints": "numbers by the names of hints",
    "register.RosterBatch.sha256": "a digest",
    "register.RosterChange.kind": "a word of the program",
    "register.RosterChange.before": "never shown; undo puts it back into columns that are filled",
    "register.CalendarVersion.zone": "chosen from the names of time zones",
    "register.CalendarVersion.hours": "hours of the day, read as such",
    "register.CalendarDay.hours": "hours of the day, read as such",
    "register.Consent.text_version": "a word of the program",
    "register.Person.language": "chosen from two",
    "privacy.Look.salt": "letters and digits made by the program",
    "privacy.FileLink.token_hash": "a digest",
    "privacy.Erasure.reason": "chosen from a list",
    "privacy.Erasure.counts": "numbers by the names of tables",
    "survey.Invitation.token_hash": "a digest",
    "fieldwork.Lobby.token_hash": "a digest",
    "survey.Invitation.answers": "codes of options",
    "survey.Invitation.contact_text": "a word of the program",
    "survey.ImportBatch.sha256": "a digest",
    "survey.RememberedMapping.fingerprint": "a digest",
    "survey.Questionnaire.code": "letters and digits alone pass",
    "survey.Section.code": "made by the program",
    "survey.Scale.code": "letters and digits alone pass",
    "survey.ScaleOption.code": "made by the program",
    "survey.Item.code": "letters and digits alone pass",
    "survey.Response.answers": "codes of options",
    "survey.Wave.modes": "chosen from a list",
    "insight.WaveTally.columns": "a digest",
    "insight.ReportRun.form": "chosen from a list",
    "attachments.Attachment.subject_kind": "a word of the program",
    "attachments.Attachment.sha256": "a digest",
    "attachments.Attachment.preview_sha256": "a digest",
    "drafts.Draft.form": "signed by the program",
    "notify.Preference.kinds": "chosen from a list",
    "notify.Robot.kinds": "chosen from a list",
    "notify.Robot.host": "one of five names of the program",
    "notify.Robot.sealed": "sealed by the program",
    "notify.Message.sealed": "sealed by the program",
    "notify.Follower.sealed": "sealed by the program",
    "notify.Hold.why": "a word of the program",
    "voice.Case.by_hand": "instants by the names of promises",
    "reviews.MeetingItem.why": "a word of the program",
    "reviews.MeetingItem.checked": "a word of the program",
    "reviews.StocktakeLine.state": "a word of the program",
    "seals.Seal.heads": "a digest",
    "seals.Seal.previous": "a digest",
    "seals.Seal.digest": "a digest",
    "insight.ReportRun.language": "chosen from two",
}
# Who sees every page looks in both languages, the others in one each.
BOTH = ("administrator", "quality", "nobody")
COMMAND = {
    "pdf": "pdf",
    "html": "text/html",
    "xlsx": "spreadsheet",
    "json": "application/json",
    "csv": "text/csv",
}
TEXTS = (models.CharField, models.TextField, models.JSONField)


@dataclass
class Seen:
    """What was looked at and what was found alive."""

    looks: int = 0
    shown: set[str] = field(default_factory=set)
    alive: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    sent: frozenset[str] = frozenset()
    known: set[tuple[str, str]] = field(default_factory=set)
    leaked: list[str] = field(default_factory=list)

    def look(self, where: str, body: bytes, kind: str) -> None:
        self.looks += 1
        digest = hashlib.sha256(body).hexdigest()
        if digest in self.sent:
            return  # a person's own file, given back byte for byte
        self.kinds[kind.partition(";")[0]] += 1
        if (digest, kind) in self.known:
            return  # the same file for somebody else: what was looked at is looked at
        self.known.add((digest, kind))
        self.shown |= canary.marks(body, kind)
        try:
            self.alive += [f"{where}: {place}" for place in canary.live(body, kind)]
        except ValueError as unknown:
            self.broken.append(f"{where}: {unknown}")


def text_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Yield every field of the rooms that can hold words and is not chosen from a list."""
    for room in apps.get_app_configs():
        for model in room.get_models() if room.name.startswith("anju.") else ():
            for column in model._meta.concrete_fields:
                if isinstance(column, TEXTS) and not column.choices:
                    yield model, column


def _holds(model: type[models.Model], name: str) -> bool:
    values = model._base_manager.values_list(name, flat=True)
    return any(canary.MARK.search(str(value)) for value in values.iterator())


def fill() -> tuple[list[str], list[str]]:
    """Write the canary where no action put one; return the fields so written, and those left empty."""
    written, empty = [], []
    for model, column in text_fields():
        name = f"{model._meta.app_label}.{model.__name__}.{column.name}"
        if name in CLOSED or _holds(model, column.name):
            continue
        rows = model._base_manager.order_by("pk")
        if name == "kernel.Job.problem":
            rows = rows.filter(state="refused")
        row = rows.values_list("pk", flat=True).first()
        most = getattr(column, "max_length", None) or 900
        word = _value(name, canary.canary(most))
        if isinstance(word, str) and len(word) > most:
            continue  # too short a field for anything that could come alive
        if row is None or not _write(model, row, column.name, word):
            empty.append(name)
        else:
            written.append(name)
    return written, empty


def _value(name: str, word: str) -> object:
    """Return the word as a field keeps it: a job's refusal names it, texts for replies are pairs."""
    if name == "voice.VoiceRule.texts":
        return [[word, word]]
    if name != "kernel.Job.problem":
        return word
    told = {"code": "E-IMP-SHEET", "field": "sheet", "en": "“{name}”", "zh": "“{name}”"}
    return {**told, "params": {"name": word}}


def _write(model: type[models.Model], row: object, name: str, word: object) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=row).update(**{name: word})
    except IntegrityError:
        return False
    return True


def _clients(made: stage.Stage) -> Iterator[tuple[str, Client]]:
    people = everybody(made.cast)
    for role, actor in people.items():
        if actor.parts is not None and role not in made.cast.actors:
            stage.reach(made.cast, actor, made.project)
    accounts = {role.value: actor.account_id for role, actor in people.items()}
    for number, (who, account_id) in enumerate({**accounts, "nobody": None}.items()):
        both = who in BOTH
        for language in walk.LANGUAGES if both else walk.LANGUAGES[number % 2 :][:1]:
            yield f"{who}/{language}", walk.client_of(account_id, language)


def _visit(made: stage.Stage, seen: Seen) -> None:
    """Get every address as everybody; a stranger of another company must see no mark at all."""
    for who, client in _clients(made):
        for _, path in walk.addresses(made.ids):
            _get(who, client, path, seen)
    stranger = walk.client_of(made.stranger.account_id, "en")
    for _, path in walk.addresses(made.ids):
        answer = stranger.get(path)
        body, kind = walk.body_of(answer), walk.kind_of(answer)
        # Whoever holds an owner's link acts for the home, a stranger too.
        if not path.startswith("/o/") and "static" not in path and canary.marks(body, kind):
            seen.leaked.append(path)


def _get(who: str, client: Client, path: str, seen: Seen) -> None:
    answer = client.get(path)
    if answer.status_code >= 500:
        seen.broken.append(f"{who} GET {path}: {answer.status_code}")
    seen.look(f"{who} GET {path}", walk.body_of(answer), walk.kind_of(answer))


def _post(made: stage.Stage, seen: Seen) -> None:
    """Send every form once a language with a canary in each text; look at what comes back."""
    writers = (made.cast.quality, made.cast.administrator)
    for language in walk.LANGUAGES:
        clients, sent = [walk.client_of(one.account_id, language) for one in writers], set()
        for _, path in walk.addresses(made.ids):
            client, forms = next(_forms(clients, path), (clients[0], []))
            for form in forms:
                where = form.action or path
                key = (where.partition("?")[0], tuple(sorted(dict(form.values))))
                if form.post and "logout" not in where and key not in sent:
                    sent.add(key)
                    _send(client, where, form, seen)


def _forms(clients: list[Client], path: str) -> Iterator[tuple[Client, list[walk.Form]]]:
    """Yield whoever sees a page, with the forms on it."""
    for client in clients:
        page = client.get(path)
        if page.status_code == 200 and "html" in page.headers.get("Content-Type", ""):
            yield client, walk.forms_of(walk.body_of(page))


def _send(client: Client, path: str, form: walk.Form, seen: Seen) -> None:
    data: dict[str, list[object]] = {}
    for name, value in form.values:
        said = canary.canary(300) if name in form.texts else value
        data.setdefault(name, []).append(said)
    for name in form.texts:
        data.setdefault(name, [canary.canary(300)])
    for name in form.files:
        rows = f"{canary.canary(200)},b\n{canary.canary(200)},1\n".encode()
        data[name] = [SimpleUploadedFile(f"{canary.canary(100)}.csv", rows)]
    for follow in (False, True):
        with walk.undone():
            answer = client.post(path, data, follow=follow)
            if answer.status_code >= 500:
                seen.broken.append(f"POST {path}: {answer.status_code}")
            seen.look(f"POST {path}", walk.body_of(answer), walk.kind_of(answer))


def _command(folder: Path, seen: Seen) -> None:
    """Make the report that needs no set-up, with a canary in every word that it is given."""
    path = folder / "answers.csv"
    heads = [canary.canary(200) for _ in range(3)]
    answers, groups = [canary.canary(200) for _ in range(3)], [canary.canary(60) for _ in range(2)]
    rows = [[answers[n % 3], answers[n * 7 % 3], groups[n % 2]] for n in range(24)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    for language in ("zh", "en"):
        outs = [folder / f"command-{language}.{suffix}" for suffix in COMMAND]
        said = [
            "--item", heads[0], "--item", heads[1], "--by", heads[2], "--levels", ",".join(answers),
            "--title", canary.canary(100), "--company", canary.canary(100), "--issued", "30",
            "--language", language,
        ]  # fmt: skip
        written = [word for out in outs for word in ("--out", str(out))]
        with contextlib.redirect_stdout(io.StringIO()):
            status = main(["report", str(path), *said, *written])
        if status:
            seen.broken.append(f"anju report --language {language}: {status}")
            continue
        for out in outs:
            seen.look(f"anju report → {out.name}", out.read_bytes(), COMMAND[out.suffix[1:]])


def _control(made: stage.Stage) -> list[str]:
    """Return which deliberate mistakes the looks did not catch."""
    missed = []
    engine: Any = getattr(engines["django"], "engine")  # noqa: B009
    client = walk.client_of(made.cast.administrator.account_id, "en")
    engine.autoescape, seen = False, Seen()
    try:
        for path in ("/manage/surveys/", "/manage/projects/"):
            _get("control", client, path, seen)
    finally:
        engine.autoescape = True
    if len(seen.alive) < 2:
        missed.append("pages without escaping")
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = canary.canary(300)  # type: ignore[index]
    book.save(out)
    missed += [] if canary.live(out.getvalue(), "spreadsheet") else ["a formula in a workbook"]
    missed += [] if canary.live(b"=cy1\n", "text/csv") else ["a bare cell in a CSV"]
    return missed


def attempt(folder: Path) -> Outcome:
    """Fill every field, look everywhere, send every form, and catch the controls."""
    ground.migrate()
    made = stage.build(canary.canary)
    written, empty = fill()
    seen = Seen(sent=made.sent)
    _visit(made, seen)
    _post(made, seen)
    _command(folder, seen)
    missed = _control(made)
    fields = sum(1 for _ in text_fields())
    problems = [f"alive: {place}" for place in sorted(set(seen.alive))[:20]]
    problems += [f"left empty: {name}" for name in empty]
    problems += [f"broken: {place}" for place in sorted(set(seen.broken))[:10]]
    problems += [f"seen by another company: {place}" for place in seen.leaked[:5]]
    problems += [f"control not caught: {name}" for name in missed]
    if len(seen.shown) < 40:
        problems.append(f"only {len(seen.shown)} marks were ever shown")
    told = (
        f"{len(set(seen.alive))} live in {seen.looks} pages and files ({dict(seen.kinds)});"
        f" {len(seen.shown)} canaries shown as written; {fields} text fields, {len(CLOSED)} closed"
        f" to words, {len(written)} written into the row directly ({', '.join(written)});"
        " controls caught"
    )
    figures = {"live": len(set(seen.alive)), "looks": seen.looks, "shown": len(seen.shown)}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P10", "What people write is shown and never obeyed", attempt)
