"""Every clock of the product on one page."""

from __future__ import annotations

from datetime import datetime, timedelta

from anju.aftercare.actions import digests
from anju.attachments.actions import keeping
from anju.drafts.actions import saving
from anju.fieldwork.actions.withdrawing import withdraw_needless
from anju.flows import messages
from anju.flows.calendar import follow_announcements
from anju.insight.actions import columns
from anju.intake.actions import faults, gathering, mail_in
from anju.kernel import clocks, idempotency, limits, tasks
from anju.kernel.clocks import Clock
from anju.notify.actions import deliver, desk, wishes
from anju.privacy import tombstones
from anju.reviews.actions import clockwork as reviewing
from anju.roster.actions import taking
from anju.seals.actions import sealing
from anju.survey.actions import imports
from anju.voice.actions import clockwork, codes, seeding


def _recover(at: datetime) -> object:
    return tasks.recover(at=at)


def _forget_slots(at: datetime) -> object:
    return clocks.sweep(before=at - timedelta(days=35))


def _sweep_imports(at: datetime) -> object:
    return imports.sweep(at=at)


def _follow_announcements(at: datetime) -> object:
    return follow_announcements(at=at)


def _sweep_rosters(at: datetime) -> object:
    return taking.sweep_rosters(at=at)


def _forget_keys(at: datetime) -> object:
    return idempotency.sweep(at=at)


def _forget_buckets(at: datetime) -> object:
    return limits.sweep(at=at)


def _sweep_attachments(at: datetime) -> object:
    return keeping.sweep(at=at)


def _sweep_drafts(at: datetime) -> object:
    return saving.sweep(at=at)


def _deliver(at: datetime) -> object:
    return deliver.deliver_due(at=at)


def _withdraw(at: datetime) -> object:
    return withdraw_needless(at=at)


def _remind(at: datetime) -> object:
    return messages.remind(at=at)


def _summarise(at: datetime) -> object:
    return wishes.summarise(at=at)


def _drop_bodies(at: datetime) -> object:
    return desk.drop_bodies(at=at)


def _seal(at: datetime) -> object:
    return sealing.seal_all(at=at)


def _escalate(at: datetime) -> object:
    return clockwork.escalate_due(at=at)


def _digest_verdicts(at: datetime) -> object:
    return digests.digest_all(at=at)


def _read_mail(at: datetime) -> object:
    return mail_in.read_boxes(at=at)


def _end_faults(at: datetime) -> object:
    return faults.end_the_rest(at=at)


def _tell_clusters(at: datetime) -> object:
    return gathering.tell_clusters(at=at)


def _forget_codes(at: datetime) -> object:
    return codes.sweep(at=at)


def _give_case_settings(at: datetime) -> object:
    return seeding.give_all(at=at)


def _take_stock(at: datetime) -> object:
    return reviewing.take_due(at=at)


def _tell_months(at: datetime) -> object:
    return reviewing.tell_months(at=at)


def _renew_columns(at: datetime) -> object:
    return columns.renew_all(at=at)


def _note_erasures(_at: datetime) -> object:
    return tombstones.note_all()


SCHEDULE: tuple[Clock, ...] = (
    Clock("jobs: put back what a dead worker left", timedelta(minutes=1), _recover),
    Clock("survey: clear what a dead import left", timedelta(minutes=10), _sweep_imports),
    Clock("register: take over announced holidays", timedelta(days=1), _follow_announcements),
    Clock("register: forget what no undo needs", timedelta(days=1), _sweep_rosters),
    Clock("keys: forget answers of a month ago", timedelta(days=1), _forget_keys),
    Clock("limits: forget full buckets", timedelta(days=1), _forget_buckets),
    Clock(
        "attachments: forget what was removed a month ago", timedelta(days=1), _sweep_attachments
    ),
    Clock("drafts: forget those of a month ago", timedelta(days=1), _sweep_drafts),
    Clock("cases: tell who must hear of late ones", timedelta(minutes=1), _escalate),
    Clock("cases: tell last week’s verdicts", timedelta(days=1), _digest_verdicts),
    Clock("cases: read the mail of owners", timedelta(minutes=1), _read_mail),
    Clock("cases: end what an ended fault left open", timedelta(minutes=1), _end_faults),
    Clock("cases: tell of complaints that gather", timedelta(hours=1), _tell_clusters),
    Clock("cases: forget one-time codes of yesterday", timedelta(hours=1), _forget_codes),
    Clock("cases: settings for who has none", timedelta(minutes=10), _give_case_settings),
    Clock("reviews: take the stock of the day", timedelta(minutes=10), _take_stock),
    Clock("reviews: tell of last month’s report", timedelta(hours=1), _tell_months),
    Clock("messages: send what is due", timedelta(seconds=20), _deliver),
    Clock("messages: let go what homes need no more", timedelta(minutes=10), _withdraw),
    Clock("messages: tell what is soon due or late", timedelta(hours=1), _remind),
    Clock("messages: sum up the rest of the day", timedelta(minutes=30), _summarise),
    Clock("messages: forget words of ninety days ago", timedelta(days=1), _drop_bodies),
    Clock("history: set the seal of the day", timedelta(days=1), _seal),
    Clock("privacy: keep the log of erasures whole", timedelta(days=1), _note_erasures),
    Clock("results: write snapshots anew", timedelta(minutes=10), _renew_columns),
    Clock("clocks: forget old slots", timedelta(days=1), _forget_slots),
)
