"""From the figures of a closed survey to its findings: analytics reads, improvement writes."""

from __future__ import annotations

from datetime import datetime

from anju.improve.actions.opening import open_low_items
from anju.insight.actions.snapshot import take_snapshot
from anju.insight.low import judged
from anju.kernel.tasks import Plain, Run, handles

FINDINGS = "flows.closed"


def open_findings(*, wave_id: int, at: datetime) -> int:
    """Open the findings of a closed wave from its stored figures; a second time opens nothing."""
    found = judged(wave_id, at=at)
    return open_low_items(wave_id=wave_id, items=found.items, threshold=found.threshold, at=at)


@handles(FINDINGS)
def after_closing(run: Run) -> dict[str, Plain]:
    """Do the background job: the small tables of a closed wave, then the findings they show."""
    wave_id = int(str(run.argument["wave"]))
    made = take_snapshot(wave_id=wave_id, at=run.at)
    return {"people": made.people, "findings": open_findings(wave_id=wave_id, at=run.at)}
