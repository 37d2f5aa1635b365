"""The first steps and the usual rules in the reader's words, and where each of them leads."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from anju.casework.defaults import CATEGORIES
from anju.help.queries import Own
from anju.help.rules.first_steps import Step
from anju.improve.rules.gaps import DEFAULT_THRESHOLD
from anju.register.rules.calendar import USUAL
from anju.stats.suppress import K
from anju.survey.rules.wave import UNDO_DAYS


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step: its name, a sentence, and what its button says."""

    name: str
    sentence: str
    act: str


def words_of(step: Step) -> StepWords:
    """Return a step in the reader's language."""
    return {**_company(), **_cases(), **_asking()}[step]


def _company() -> dict[Step, StepWords]:
    return {
        Step.PROJECT: StepWords(
            _("Company and project"),
            _("An estate, an office building or a shopping street that you look after."),
            _("Add a project"),
        ),
        Step.HOMES: StepWords(
            _("Buildings and homes"),
            _("From the spreadsheet that you have already, whatever its columns are called."),
            _("Bring in the spreadsheet"),
        ),
        Step.OWNERS: StepWords(
            _("Owners"),
            _("In the same spreadsheet or later. A survey without names needs none."),
            _("Bring in owners"),
        ),
        Step.PEOPLE: StepWords(
            _("Colleagues and zones"),
            _("Everybody signs in under their own name and sees what their role needs."),
            _("Add a colleague"),
        ),
    }


def _cases() -> dict[Step, StepWords]:
    return {
        Step.TIMES: StepWords(
            _("Categories and times"),
            _("What owners speak of and what they are promised: look at ours, then use them."),
            _("Look at the times"),
        ),
        Step.POSTER: StepWords(
            _("Poster for reporting"),
            _("A code in the lobby: owners report on their phones, without an account."),
            _("Print the poster"),
        ),
        Step.CASE: StepWords(
            _("First case"),
            _("Take a call, or scan the poster and report that a lamp is dark."),
            _("Take a call"),
        ),
        Step.CLOSED: StepWords(
            _("First case closed"),
            _("Name a person, do the work, tell the owner, close."),
            _("Open the cases"),
        ),
        Step.VISITED: StepWords(
            _("First return visit"),
            _("Ask the owner whether it is solved; somebody else than who did the work."),
            _("Open the return visits"),
        ),
    }


def _asking() -> dict[Step, StepWords]:
    return {
        Step.DEFAULTS: StepWords(
            _("Usual rules"),
            _("Threshold, working calendar, questionnaires: chosen by us, to be changed by you."),
            _("Look at the rules"),
        ),
        Step.PHONES: StepWords(
            _("Reachable from phones"),
            _("Owners open the survey on their phones: find the address and try it."),
            _("Find the address"),
        ),
        Step.SURVEY: StepWords(
            _("First survey"),
            _("Plan it, choose a questionnaire, open it for answers."),
            _("Plan the first survey"),
        ),
        Step.ANSWER: StepWords(
            _("First answer"),
            _("Hang up the poster, give out links or forms; or bring in a file of answers."),
            _("Ask the owners"),
        ),
    }


def address_of(step: Step, leads: Own) -> str:
    """Return where a step is done."""
    if step in {Step.HOMES, Step.OWNERS} and leads.project_id is not None:
        return reverse("roster", args=[leads.project_id])
    if step is Step.ANSWER and leads.wave_id is not None:
        return reverse("field", args=[leads.wave_id])
    plain = {
        Step.PROJECT: "project-new",
        Step.PEOPLE: "people",
        Step.DEFAULTS: "defaults",
        Step.PHONES: "phones",
        Step.TIMES: "case-settings",
        Step.POSTER: "case-places",
        Step.CASE: "case-new",
        Step.CLOSED: "cases",
        Step.VISITED: "visits",
        Step.SURVEY: "wave-new",
        Step.ANSWER: "surveys",
    }
    return reverse(plain.get(step, "projects"))


def shown_at(step: Step, leads: Own) -> str:
    """Return where to look at a step that is done."""
    if step in {Step.PROJECT, Step.HOMES, Step.OWNERS} and leads.project_id is not None:
        return reverse("project", args=[leads.project_id])
    if step in {Step.SURVEY, Step.CASE}:
        return reverse("surveys" if step is Step.SURVEY else "cases")
    return address_of(step, leads)


@dataclass(frozen=True, slots=True)
class UsualRule:
    """One rule that is in use unless somebody changes it."""

    name: str
    value: str
    why: str
    address: str = ""


def usual_rules(phone: str) -> tuple[UsualRule, ...]:
    """Return the rules that a company takes over, with where each is changed."""
    return (
        UsualRule(
            _("Telephone for owners"),
            phone or _("none yet"),
            _(
                "It stands on posters, printed forms and owners' pages: whom to call with a question."
            ),
            reverse("company"),
        ),
        UsualRule(
            _("Threshold of a finding"),
            _("%(percent)d %% satisfied") % {"percent": round(DEFAULT_THRESHOLD)},
            _("An item below it opens a finding. A project may have a target of its own."),
            reverse("projects"),
        ),
        UsualRule(
            _("Smallest group shown"),
            _("%(n)d households") % {"n": K},
            _("Smaller groups are hidden everywhere, so that nobody is recognised."),
        ),
        UsualRule(
            _("Working calendar"),
            _("Monday to Friday, %(hours)s; announced holidays") % {"hours": USUAL[0]},
            _("Deadlines are counted in working time."),
            reverse("calendars"),
        ),
        UsualRule(
            _("Categories and times"),
            _("%(n)d categories; answer in 30 minutes, repairs in 3 working days")
            % {"n": len(CATEGORIES)},
            _("What owners are promised. Each time holds from a day on and can be tried out."),
            reverse("case-settings"),
        ),
        UsualRule(
            _("Questionnaires"),
            _("short, long, with expectations, after a repair"),
            _("Use one as it is, or copy it and change the copy."),
            reverse("questionnaires"),
        ),
        *_towards_owners(),
    )


def _towards_owners() -> tuple[UsualRule, ...]:
    return (
        UsualRule(
            _("Reminders"),
            _("at most two, to homes that have not answered"),
            _("Nobody is asked without end."),
        ),
        UsualRule(
            _("Quiet hours"),
            _("21:00 to 8:00"),
            _("Nothing goes out to owners in the night."),
        ),
        UsualRule(
            _("Undo of an import"),
            _("%(n)d days") % {"n": UNDO_DAYS},
            _("An import is all or nothing, and can be taken back."),
        ),
    )
