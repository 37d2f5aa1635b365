"""Opens a finding from a warning of the monthly report."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from anju.improve.actions.opening import Draft, open_by_hand
from anju.register.access import Actor
from anju.reviews import monthly
from anju.reviews.month import Month
from anju.reviews.rules.warning import Warned


@transaction.atomic
def open_warning(*, actor: Actor, month: Month, warning: Warned, at: datetime) -> int:
    """Open a finding with a warning's figures as its gap; return its id. Errors: those of improve."""
    topic = _("all complaints") if warning.whole else monthly.topic_of(month.topics, warning.topic)
    said = {"topic": topic, "month": monthly.month_name(month.scope.month)}
    title = _("Early warning: %(topic)s, %(month)s") % said
    draft = Draft(warning.project_id, title, monthly.warned(month, warning))
    return int(open_by_hand(actor=actor, draft=draft, at=at).pk)
