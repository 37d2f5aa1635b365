"""The report of fewer homes than may be shown: how many came back, never what they said or where.

With so few, the hour, the way and the building of an answer are as good as a name.
"""

from __future__ import annotations

from dataclasses import replace

from anju.insight.measured.facts import Options, WaveFacts
from anju.insight.measured.model import Overall, Shown, SurveyFigures
from anju.insight.measured.words import state_note
from anju.insight.reports.survey import accounts, published, sentences
from anju.insight.reports.survey.statement import statement
from anju.stats.results import Words
from anju.stats.suppress import State
from anju.tally.tables import Tally, Timing

_TELLING = frozenset({"missing", "daytime", "month"})


def few(tally: Tally, facts: WaveFacts, options: Options, label: Words) -> SurveyFigures:
    """Return what may be told of a survey that fewer than the least number of homes answered."""
    quiet = replace(tally, timing=Timing())
    rows = accounts.process(quiet, facts)
    funnel = accounts.funnel(tally, facts)
    title = sentences.too_few(funnel.households, options.k)
    hidden = Shown(State.SMALL, note=state_note(State.SMALL, options.k))
    return SurveyFigures(
        head=accounts.head(facts),
        funnel=funnel,
        overall=Overall(label, title, hidden),
        k=options.k,
        level=options.level,
        says=(funnel.title, title),
        external=published.externals(facts),
        process=tuple(row for row in rows if row.key not in _TELLING),
        method=statement(quiet, facts, options, ()),
        alerts=accounts.alerts(tally, facts),
        too_few=True,
    )
