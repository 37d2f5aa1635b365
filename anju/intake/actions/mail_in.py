"""Reads the mail that owners wrote to an estate: one case at most a mail, from a folder on this machine.

The mail system delivers into one Maildir a project, `FOLDER/<number of the project>`. What was read
moves from `new` to `cur`, where a person can look it up; nothing is answered from here. What came
under the address of the manager's mailbox is for the heads alone.
"""

from __future__ import annotations

import mailbox
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings

from anju.casework.kinds import NOTE_MOST, Channel
from anju.intake.hints import Asked, kind_of
from anju.intake.rules.mail import LARGEST, MailWord, read_mail
from anju.kernel.partial import filled
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.models import Project
from anju.register.queries import company_ids
from anju.voice.actions.receiving import Place, Report, Teller, receive_from_owner
from anju.voice.actions.seeding import give_defaults
from anju.voice.actions.writing import write_by_owner
from anju.voice.models import Case
from anju.voice.promised import rule

MOST = 200  # mails a round and project
SAME = timedelta(days=1)
log = structlog.get_logger("anju.voice")


def read_boxes(*, at: datetime) -> int:
    """Read the mail of every project that has a box; return how many cases came of it."""
    if not settings.MAIL_IN:
        return 0
    return sum(_company(company, Path(settings.MAIL_IN), at) for company in company_ids())


def _company(company_id: int, folder: Path, at: datetime) -> int:
    with company_scope(company_id):
        ids = list(Project.objects.values_list("id", flat=True))
    boxes = [(one, folder / str(one)) for one in ids if (folder / str(one) / "new").is_dir()]
    return sum(
        read_box(company_id=company_id, project_id=one, box=box, at=at)["case"]
        for one, box in boxes
    )


def read_box(*, company_id: int, project_id: int, box: Path, at: datetime) -> Counter[str]:
    """Read the new mail of one box; return what became of how many: case, note, automatic, refused."""
    held = mailbox.Maildir(box, create=False)
    done = Counter[str]()
    for key in [one for one in held.keys() if _is_new(held, one)][:MOST]:  # noqa: SIM118 (a mailbox)
        with held.get_file(key) as file:
            raw = file.read(LARGEST + 1)
        done[take_mail(company_id=company_id, project_id=project_id, raw=raw, at=at)] += 1
        seen = held.get_message(key)
        seen.set_subdir("cur")
        seen.add_flag("S")
        held[key] = seen
    return done


def _is_new(held: mailbox.Maildir, key: str) -> bool:
    return held.get_message(key).get_subdir() == "new"


def take_mail(*, company_id: int, project_id: int, raw: bytes, at: datetime) -> str:
    """Make a case of a mail, or words at the case of the same sender and subject of this day.

    What no person wrote makes none; the same mail twice makes one.
    """
    said = read_mail(raw)
    if said.automatic or not said.words.strip():
        return "automatic"
    try:
        return _take(company_id, project_id, said, at)
    except Problem as fault:
        log.warning("mail_refused", company=company_id, project=project_id, code=fault.code)
        return "refused"


def _take(company_id: int, project_id: int, said: MailWord, at: datetime) -> str:
    give_defaults(company_id=company_id, at=at)
    name = f"mail-{said.key}"
    with company_scope(company_id):
        if Case.objects.across_parts().filter(filled("client_id"), client_id=name).exists():
            return "known"
        box = rule().mailbox_mail
        channel = Channel.MAILBOX if box and box in said.to else Channel.MAIL
        same = _same(project_id, said, at, channel)
        kind = kind_of(Asked(said.words), today=at.date())
    if same is not None:
        words = said.words[:NOTE_MOST]
        write_by_owner(company_id=company_id, case_id=same, words=words, at=at)
        return "note"
    report = Report(
        kind, Place(project_id), said.words, channel, teller=Teller(name=said.sender),
        client_id=name, restricted=channel is Channel.MAILBOX,
    )  # fmt: skip
    receive_from_owner(company_id=company_id, report=report, at=at)
    return "case"


def _same(project_id: int, said: MailWord, at: datetime, channel: Channel) -> int | None:
    """Return the case that the same sender opened today under the same subject: a loop ends there."""
    rows = Case.objects.across_parts().filter(
        project_id=project_id, channel=channel.value, caller=said.sender,
        received_at__gt=at - SAME,
    )  # fmt: skip
    found: Case | None = rows.filter(words__startswith=said.subject).order_by("-id").first()
    return found.pk if found is not None else None
