"""Writes of categories, the ladder and the figures of cases; service levels are in `levels`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from anju.casework.kinds import CaseKind, Evidence, Spot
from anju.casework.ladder import Rung
from anju.casework.settings import Figures, Spoken, check_parent, written_texts
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand
from anju.register.editions import late
from anju.terms.settings import SUBJECT, category_for, ladder_lines, written_rung
from anju.voice.actions.clockwork import recompute_soon
from anju.voice.actions.receiving import missing
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Category, LadderRung, VoiceRule
from anju.voice.promised import line_up

NAME_ZH, NAME_EN, CODE = 60, 80, 30


@dataclass(frozen=True, slots=True)
class CategoryDraft:
    """What was written about a category; `kind` None suits every kind."""

    zh: str
    en: str
    parent_id: int | None = None
    kind: CaseKind | None = None
    spot: Spot = Spot.ANY
    evidence: Evidence = Evidence.NONE
    words: Mapping[str, float] | None = None
    warranty_months: int | None = None


def tell(
    actor: Actor, verb: str, at: datetime, payload: Mapping[str, history.Plain] | None = None
) -> None:
    """Write one entry of the history of a company's settings of cases."""
    subject = history.Subject(actor.company_id, SUBJECT, actor.company_id)
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload=payload or {})


@transaction.atomic
def accept_settings(*, actor: Actor, at: datetime) -> None:
    """Begin with the shipped settings of cases, or say that those in force are accepted."""
    demand(actor, Verb.SET_CASES)
    give_defaults(company_id=actor.company_id, at=at)
    with company_scope(actor.company_id):
        tell(actor, "accepted", at)


@transaction.atomic
def save_category(
    *,
    actor: Actor,
    draft: CategoryDraft,
    at: datetime,
    category_id: int | None = None,
    version: int | None = None,
) -> int:
    """Make or change a category and return its id; its code stays for life.

    Errors: NotFound, Forbidden, E-STALE, E-TEXT-*, E-REF, E-CAT-PARENT, E-NAME-TAKEN.
    """
    with company_scope(actor.company_id):
        demand(actor, Verb.SET_CASES)
        give_defaults(company_id=actor.company_id, at=at)
        columns = _columns(draft, category_id)
        if category_id is None:
            row = Category(
                company_id=actor.company_id, code=_free_code(draft.en), position=_last(), **columns
            )
            row.save()
            tell(actor, "category_added", at, {"category": row.code, "name": row.zh})
            return int(row.pk)
        row = category_for(actor, category_id, Verb.SET_CASES)
        _change(row, version, **columns)
        tell(actor, "category_changed", at, {"category": row.code, "name": str(columns["zh"])})
        return category_id


def _columns(draft: CategoryDraft, own: int | None) -> dict[str, object]:
    zh = clean_line(draft.zh, "zh", most=NAME_ZH)
    en = clean_line(draft.en, "en", most=NAME_EN)
    parent = None
    if draft.parent_id is not None:
        rows = Category.objects.filter(id=draft.parent_id, retired_at=None)
        parent = rows.first()
        if parent is None:
            raise missing("parent")
    check_parent(own, [int(key) for key in line_up(parent)])
    same = Category.objects.filter(retired_at=None, parent=parent).exclude(id=own)
    for field, name in (("zh", zh), ("en", en)):
        if same.filter(**{field: name}).exists():
            raise Problem(
                "E-NAME-TAKEN", field,
                "“{name}” is there already. Choose another name.",
                "已有“{name}”。请换一个名称。", name=name,
            )  # fmt: skip
    return {
        "zh": zh, "en": en, "parent": parent, "kind": draft.kind.value if draft.kind else "",
        "spot": draft.spot.value, "evidence": draft.evidence.value,
        "words": dict(draft.words or {}), "warranty_months": draft.warranty_months,
    }  # fmt: skip


def _free_code(name: str) -> str:
    base = slugify(name)[:CODE] or "category"
    known = set(Category.objects.filter(code__startswith=base).values_list("code", flat=True))
    tries = (base, *(f"{base}-{number}" for number in range(2, len(known) + 3)))
    return next(code for code in tries if code not in known)


def _last() -> int:
    return int(Category.objects.aggregate(last=Max("position"))["last"] or 0) + 1


def _change(row: Category, version: int | None, **columns: object) -> None:
    """Change a category that nobody changed since the person read it. Errors: E-STALE."""
    seen = row.version if version is None else version
    same = Category.objects.filter(id=row.pk, version=seen)
    if not same.update(version=seen + 1, **columns):
        raise late()


@transaction.atomic
def move_category(*, actor: Actor, category_id: int, up: bool, at: datetime) -> None:
    """Let a category change places with its neighbour under the same parent; at the edge nothing."""
    with company_scope(actor.company_id):
        row = category_for(actor, category_id, Verb.SET_CASES)
        rows = Category.objects.filter(retired_at=None, parent_id=row.parent_id)
        order = list(rows.order_by("position", "id").values_list("id", flat=True))
        if row.pk not in order:
            return
        at_place = order.index(row.pk)
        other = at_place + (-1 if up else 1)
        if not 0 <= other < len(order):
            return
        order[at_place], order[other] = order[other], order[at_place]
        for place, key in enumerate(order):
            Category.objects.filter(id=key).update(position=place)
        tell(actor, "category_moved", at, {"category": row.code, "name": row.zh})


@transaction.atomic
def retire_category(*, actor: Actor, category_id: int, at: datetime) -> None:
    """Offer a category no more; cases that have it keep it. Errors: E-CAT-BELOW."""
    with company_scope(actor.company_id):
        row = category_for(actor, category_id, Verb.SET_CASES)
        if Category.objects.filter(parent=row, retired_at=None).exists():
            raise Problem(
                "E-CAT-BELOW", "category",
                "“{name}” has categories below it. Retire or move those first.",
                "“{name}”下面还有类别。请先停用或移走下级类别。", name=row.zh,
            )  # fmt: skip
        if row.retired_at is None:
            _change(row, None, retired_at=at)
            tell(actor, "category_retired", at, {"category": row.code, "name": row.zh})


@transaction.atomic
def bring_back_category(*, actor: Actor, category_id: int, at: datetime) -> None:
    """Offer a retired category again, at the root where its parent is retired."""
    with company_scope(actor.company_id):
        row = category_for(actor, category_id, Verb.SET_CASES)
        if row.retired_at is None:
            return
        parent = row.parent if row.parent is not None and row.parent.retired_at is None else None
        _change(row, None, retired_at=None, parent=parent)
        tell(actor, "category_returned", at, {"category": row.code, "name": row.zh})


def figures_of(actor: Actor, version: int | None) -> VoiceRule:
    """Return the row of figures, taken by whoever read its present version. Errors: E-STALE."""
    rows = VoiceRule.objects.select_for_update(no_key=True)
    row: VoiceRule = rows.get(company_id=actor.company_id)
    if version is not None and version != row.version:
        raise late()
    row.version += 1
    return row


@transaction.atomic
def set_figures(*, actor: Actor, figures: Figures, version: int | None, at: datetime) -> None:
    """Set rates, days, half-lives and shares; they hold for cases from then on. Errors: E-STALE."""
    with company_scope(actor.company_id):
        demand(actor, Verb.SET_CASES)
        give_defaults(company_id=actor.company_id, at=at)
        row = figures_of(actor, version)
        was = {name: getattr(row, name) for name in asdict(figures)}
        moved = {name: new for name, new in asdict(figures).items() if new != was[name]}
        for name, new in moved.items():
            setattr(row, name, new)
        row.save()
        told: dict[str, history.Plain] = {
            name: f"{was[name]:g} → {new:g}" for name, new in moved.items()
        }
        told["was"] = [f"{name}={was[name]}" for name in moved]
        tell(actor, "figures_set", at, told)


@transaction.atomic
def set_ladder(*, actor: Actor, rungs: Sequence[Rung], version: int | None, at: datetime) -> None:
    """Put another ladder in place of the one in force; open cases follow it. Errors: E-STALE."""
    with company_scope(actor.company_id):
        demand(actor, Verb.SET_CASES)
        give_defaults(company_id=actor.company_id, at=at)
        row = figures_of(actor, version)
        was = [written_rung(one) for one in ladder_lines()]
        put_ladder(actor, rungs)
        row.save()
        tell(actor, "ladder_set", at, {"rungs": len(rungs), "was": was})
        recompute_soon(company_id=actor.company_id, by=actor.account_id, at=at)


def put_ladder(actor: Actor, rungs: Sequence[Rung]) -> None:
    """Put rungs in place of those in force; the caller writes it down."""
    LadderRung.objects.all().delete()
    LadderRung.objects.bulk_create(
        LadderRung(
            company_id=actor.company_id, number=one.number, role=one.role,
            share=one.share, over=one.over, days=one.days,
        )
        for one in rungs
    )  # fmt: skip


@transaction.atomic
def set_spoken(*, actor: Actor, spoken: Spoken, version: int | None, at: datetime) -> None:
    """Set how owners reach the manager alone, and the texts for replies. Errors: E-STALE."""
    with company_scope(actor.company_id):
        demand(actor, Verb.SET_CASES)
        give_defaults(company_id=actor.company_id, at=at)
        row = figures_of(actor, version)
        was = written_spoken(row)
        row.mailbox_page, row.mailbox_mail = spoken.mailbox_page, spoken.mailbox_mail
        row.texts = [list(pair) for pair in spoken.texts]
        row.save()
        now = written_spoken(row)
        said: dict[str, history.Plain] = {"texts": len(row.texts), "mailbox_page": row.mailbox_page}
        said["was"] = [f"{name}={was[name]}" for name in was if was[name] != now[name]]
        tell(actor, "spoken_set", at, said)


def written_spoken(row: VoiceRule) -> dict[str, str]:
    """Return the mailbox and the texts for replies as the history keeps them."""
    return {
        "mailbox_page": "yes" if row.mailbox_page else "",
        "mailbox_mail": row.mailbox_mail,
        "texts": written_texts(row.texts),
    }
