"""What jobs and their states are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

KINDS = {
    "survey.import": gettext_lazy("Import of answers"),
    "insight.snapshot": gettext_lazy("Computing results"),
    "flows.closed": gettext_lazy("Computing results and findings"),
    "insight.report": gettext_lazy("Printing a report"),
    "fieldwork.send": gettext_lazy("Sending a survey's messages"),
    "voice.recompute": gettext_lazy("Counting deadlines anew"),
    "voice.ledger": gettext_lazy("Import of an old ledger"),
    "demo.sample": gettext_lazy("Adding the sample project"),
    "register.roster": gettext_lazy("Import of units and people"),
    "register.roster-clear": gettext_lazy("Clearing away an import taken back"),
}
CHECK = gettext_lazy("Check of a file")
STATES = {
    "waiting": gettext_lazy("waiting"),
    "running": gettext_lazy("running"),
    "done": gettext_lazy("done"),
    "refused": gettext_lazy("refused"),
    "failed": gettext_lazy("failed"),
    "cancelled": gettext_lazy("stopped"),
}


STEPS = {
    "reading": gettext_lazy("reading the file"),
    "checking": gettext_lazy("checking the rows"),
    "storing": gettext_lazy("storing the answers"),
    "figures": gettext_lazy("computing the figures"),
    "printing": gettext_lazy("writing the file"),
    "deadlines": gettext_lazy("counting deadlines"),
    "who": gettext_lazy("finding out who is written to"),
    "sending": gettext_lazy("putting messages into the outbox"),
}


def step_name(step: str) -> str:
    """Return what a job is doing now in the reader's language; a step without words is not shown."""
    return str(STEPS.get(step, ""))


def kind_name(kind: str, *, dry: bool = False) -> str:
    """Return the name of a job kind in the reader's language; a dry import only checks a file."""
    return str(CHECK) if dry and kind in KINDS else str(KINDS.get(kind, kind))


def state_name(state: str) -> str:
    """Return the name of a job state in the reader's language."""
    return str(STATES.get(state, state))
