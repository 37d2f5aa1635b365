"""Writes of who keeps a wave: entrusted to a consultant before anything is asked, handed over by her."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.survey.access import wave_for
from anju.survey.actions.keeping import locked
from anju.survey.actions.waves import tell
from anju.survey.keepers import begun, consultants
from anju.survey.models import Wave
from anju.survey.rules.wave import WaveState


@transaction.atomic
def entrust(*, actor: Actor, wave_id: int, account_id: int | None, at: datetime) -> None:
    """Let an independent consultant keep a wave, or nobody; only until the first link or answer.

    Errors: E-REF for somebody who is no consultant of the project; E-STATE once it has begun.
    """
    with company_scope(actor.company_id):
        wave = locked(wave_for(actor, wave_id, Verb.EDIT_SURVEYS).pk)
        if wave.state == WaveState.CLOSED or begun(wave):
            raise Problem(
                "E-STATE",
                "keeper",
                "Links were made or answers are in, so owners were told who sees them. Plan another"
                " survey, or ask the consultant to hand this one over.",
                "已生成链接或已有答卷，业主已被告知由谁查看，不能再更改。"
                "请新建一次调查，或请独立顾问移交。",
            )
        if account_id is not None and account_id not in dict(consultants(wave.project_id)):
            raise Problem(
                "E-REF",
                "keeper",
                "This consultant was not found. Choose from the list.",
                "找不到该独立顾问。请从列表中选择。",
            )
        Wave.objects.filter(id=wave.pk).update(keeper_id=account_id)
        said: dict[str, history.Plain] = {"keeper": account_id or 0}
        tell(actor, wave, "entrusted" if account_id else "keeper_removed", at=at, payload=said)


@transaction.atomic
def hand_over(*, actor: Actor, wave_id: int, agreed: bool, at: datetime) -> None:
    """Give the answers of a wave to the quality department; its keeper alone can, and for good.

    Errors: Forbidden for everybody else, E-CONFIRM without the tick.
    """
    with company_scope(actor.company_id):
        wave = locked(wave_for(actor, wave_id, Verb.HAND_OVER).pk)
        if not agreed:
            raise Problem(
                "E-CONFIRM",
                "agreed",
                "Tick that the company may see the answers from now on.",
                "请勾选确认：此后公司可以查看答卷。",
            )
        Wave.objects.filter(id=wave.pk).update(keeper_id=None)
        tell(actor, wave, "answers_handed_over", at=at, payload={"keeper": actor.account_id})
