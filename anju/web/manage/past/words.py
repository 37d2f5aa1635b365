"""What each act is called when people read the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from anju.casework.kinds import CaseKind
from anju.improve.labels import options
from anju.improve.rules.boxes import Party
from anju.kernel.history import KEPT, HistoryEntry
from anju.privacy.choices import ground_names, reason_names, what_names
from anju.register.choices import purposes, role_names
from anju.reviews.happened import OF_REVIEWS
from anju.voice.happened import HAPPENED
from anju.voice.labels import options as case_options
from anju.web.manage.past.settings_words import FIGURES, OF_SETTINGS

# One sentence a verb of each kind; an act without one is shown by its code, never left out.
KINDS = {
    "company": gettext_lazy("Company"),
    "project": gettext_lazy("Project"),
    "account": gettext_lazy("Account"),
    "wave": gettext_lazy("Survey"),
    "questionnaire": gettext_lazy("Questionnaire"),
    "batch": gettext_lazy("Import"),
    "report": gettext_lazy("Report"),
    "calendar": gettext_lazy("Working calendar"),
    "building": gettext_lazy("Building"),
    "unit": gettext_lazy("Unit"),
    "person": gettext_lazy("Resident"),
    "zone": gettext_lazy("Zone"),
    "partner": gettext_lazy("Partner firm"),
    "region": gettext_lazy("Region"),
    "finding": gettext_lazy("Finding"),
    "case": pgettext_lazy("history", "Case"),
    "case_settings": gettext_lazy("Rules for cases"),
    "case_bundle": gettext_lazy("Fault many report"),
    "case_ledger": gettext_lazy("Earlier ledger"),
    "ticket": gettext_lazy("Link of a firm"),
    "stocktake": gettext_lazy("Daily stocktake"),
    "meeting": gettext_lazy("Weekly meeting"),
    "message": gettext_lazy("Message"),
    "robot": gettext_lazy("Group robot"),
    "hold": gettext_lazy("Hold on messages"),
    "wishes": gettext_lazy("Wishes for messages"),
}
VERBS = {
    "handed_over": gettext_lazy("handed over"),
    "tried_again": gettext_lazy("tried again"),
    "let_go": gettext_lazy("not sent any more"),
    "held": gettext_lazy("messages held"),
    "ended": gettext_lazy("hold ended"),
    "chosen": gettext_lazy("wishes chosen"),
    "switched_on": gettext_lazy("switched on"),
    "ticket_made": gettext_lazy("link made"),
    "ticket_ended": gettext_lazy("link ended"),
    "switched_off": gettext_lazy("switched off"),
    "tried": gettext_lazy("test message sent"),
    "founded": gettext_lazy("founded"),
    "first_steps_put_away": gettext_lazy("first steps put away"),
    "first_steps_taken_up": gettext_lazy("first steps taken up again"),
    "defaults_accepted": gettext_lazy("usual rules accepted"),
    "sample_planted": gettext_lazy("sample project added"),
    "sample_removed": gettext_lazy("sample project removed"),
    "created": gettext_lazy("created"),
    "changed": gettext_lazy("changed"),
    "building_added": gettext_lazy("building added"),
    "units_added": gettext_lazy("units added"),
    "renamed": gettext_lazy("renamed"),
    "appointed": gettext_lazy("account made"),
    "role_changed": gettext_lazy("role changed"),
    "disabled": gettext_lazy("disabled"),
    "second_step_removed": gettext_lazy("second step removed"),
    "second_step_off": gettext_lazy("second step taken off at the server"),
    "password_set": gettext_lazy("password set at the server"),
    "second_step_days": gettext_lazy("days of grace for the second step changed"),
    "enabled": gettext_lazy("enabled again"),
    "planned": gettext_lazy("planned"),
    "replanned": gettext_lazy("plan changed"),
    "opened": gettext_lazy("opened for answers"),
    "revised": gettext_lazy("put back to planning"),
    "counted": gettext_lazy("response accounting written"),
    "frame_set": gettext_lazy("buildings and strata written"),
    "totals_recorded": gettext_lazy("published totals written"),
    "imported": gettext_lazy("answers imported"),
    "import_undone": gettext_lazy("import undone"),
    "exported": gettext_lazy("answers exported"),
    "closed": gettext_lazy("closed, results fixed"),
    "deleted": gettext_lazy("draft deleted"),
    "report_made": gettext_lazy("report made"),
    "published": gettext_lazy("version published"),
    "version_begun": gettext_lazy("new version begun"),
    "discarded": gettext_lazy("draft version discarded"),
    "texts_changed": gettext_lazy("texts changed"),
    "section_added": gettext_lazy("section added"),
    "section_renamed": gettext_lazy("section renamed"),
    "section_removed": gettext_lazy("section removed"),
    "section_restored": gettext_lazy("section brought back"),
    "item_added": gettext_lazy("item added"),
    "item_changed": gettext_lazy("item changed"),
    "item_removed": gettext_lazy("item removed"),
    "item_restored": gettext_lazy("item brought back"),
    "item_moved": gettext_lazy("item moved"),
    "added": gettext_lazy("added"),
    "hours_changed": gettext_lazy("hours changed"),
    "days_added": gettext_lazy("days added"),
    "day_removed": gettext_lazy("day removed"),
    "change_undone": gettext_lazy("last change undone"),
    "made_usual": gettext_lazy("made the usual one"),
    "announcement_taken": gettext_lazy("announced holidays taken over"),
    "opened_by_figures": gettext_lazy("opened from the figures of a survey"),
    "gap_written": gettext_lazy("gap written"),
    "cause_written": gettext_lazy("root cause written"),
    "people_named": gettext_lazy("people named"),
    "taken_up": gettext_lazy("taken up as a finding"),
    "waived": gettext_lazy("no action decided"),
    "reopened": gettext_lazy("opened again"),
    "part_added": gettext_lazy("part split off"),
    "measure_set": gettext_lazy("measure set"),
    "measure_changed": gettext_lazy("measure changed"),
    "measure_started": gettext_lazy("measure started"),
    "measure_held": gettext_lazy("start undone"),
    "measure_done": gettext_lazy("measure reported done"),
    "measure_taken_back": gettext_lazy("report undone"),
    "measure_verified": gettext_lazy("measure verified"),
    "measure_refuted": gettext_lazy("measure found not effective"),
    "measure_returned": gettext_lazy("measure sent back"),
    "measure_withdrawn": gettext_lazy("measure withdrawn"),
    "file_added": gettext_lazy("photo or document added"),
    "file_removed": gettext_lazy("photo or document removed"),
    "file_put_back": gettext_lazy("photo or document put back"),
    "owner_words_written": gettext_lazy("words for owners written"),
    "owner_words_removed": gettext_lazy("words for owners taken back"),
    "roster_imported": gettext_lazy("spreadsheet of units and people imported"),
    "roster_undone": gettext_lazy("import of units and people undone"),
    "moved_in": gettext_lazy("moved in"),
    "moved_out": gettext_lazy("stay ended"),
    "stay_corrected": gettext_lazy("stay corrected"),
    "stay_taken_back": gettext_lazy("stay taken back"),
    "consent_given": gettext_lazy("consent given"),
    "consent_withdrawn": gettext_lazy("consent taken back"),
    "care_seen": gettext_lazy("signs of care looked at"),
    "looked_at": gettext_lazy("personal data looked at"),
    "looks_link_made": gettext_lazy("link to who looked made"),
    "looks_link_opened": gettext_lazy("the person saw who looked"),
    "erased": gettext_lazy("erased"),
    "follows": gettext_lazy("follows the official account"),
    "follows_no_more": gettext_lazy("follows the official account no more"),
    "care_added": gettext_lazy("sign of care added"),
    "care_removed": gettext_lazy("sign of care removed"),
    "entrusted": gettext_lazy("answers given to an independent consultant to keep"),
    "keeper_removed": gettext_lazy("answers kept by the quality department again"),
    "answers_handed_over": gettext_lazy("answers handed over to the company by the consultant"),
    "links_drawn": gettext_lazy("links for owners made"),
    "paper_entered": gettext_lazy("paper form entered"),
    "paper_undone": gettext_lazy("paper form taken back"),
    "paper_counted": gettext_lazy("paper forms of buildings counted"),
    "paper_rule_set": gettext_lazy("forms without a home allowed or refused"),
    "paper_linked": gettext_lazy("forms with links printed"),
    "second_drawn": gettext_lazy("forms drawn for second entry"),
    "second_entered": gettext_lazy("form entered again"),
    "second_settled": gettext_lazy("difference of two entries settled"),
    "links_renewed": gettext_lazy("links renewed"),
    "links_listed": gettext_lazy("list of links downloaded"),
    "link_revoked": gettext_lazy("link withdrawn"),
    "code_made": gettext_lazy("code for owners made"),
    "code_ended": gettext_lazy("code for owners taken down"),
    "lobby_made": gettext_lazy("lobby poster made"),
    "lobby_ended": gettext_lazy("link of a lobby poster ended"),
    "slips_printed": gettext_lazy("slips printed"),
    "owners_written_to": gettext_lazy("owners invited or reminded"),
    "messages_withdrawn": gettext_lazy("messages that were no longer needed withdrawn"),
    "door_noted": gettext_lazy("outcome at a door noted"),
    "rest_set": gettext_lazy("rest between surveys changed"),
    "wish_met": gettext_lazy("wish of an owner met"),
    "wish_reopened": gettext_lazy("wish of an owner opened again"),
    "program_key_made": gettext_lazy("key of a program made"),
    "program_key_ended": gettext_lazy("key of a program ended"),
    "privacy_set": gettext_lazy("who sees answers decided"),
    "answered": gettext_lazy("a home answered by link"),
    "answer_changed": gettext_lazy("a home changed its answer"),
    "answered_late": gettext_lazy("a home answered after the figures were fixed"),
}
# Names of what an entry carries; a value whose name says nothing more stands alone.
DETAILS = {
    "units": gettext_lazy("units"),
    "version": gettext_lazy("version"),
    "people": gettext_lazy("answers"),
    "reason": gettext_lazy("reason"),
    "issued": gettext_lazy("issued"),
    "returned": gettext_lazy("returned"),
    "valid": gettext_lazy("valid"),
    "refused": gettext_lazy("refused to answer"),
    "unreachable": gettext_lazy("unreachable"),
    "lines": gettext_lazy("lines"),
    "rows": gettext_lazy("rows"),
    "import": gettext_lazy("import no."),
    "numerator": gettext_lazy("numerator"),
    "denominator": gettext_lazy("denominator"),
    "number": gettext_lazy("no."),
    "repeats": gettext_lazy("repeats no."),
    "measure": gettext_lazy("measure no."),
    "responsible": gettext_lazy("responsible:"),
    "checker": gettext_lazy("checked by:"),
    "due": gettext_lazy("due"),
    "residents": gettext_lazy("people"),
    "content": gettext_lazy("content"),
    "changed": gettext_lazy("changed entries"),
    "homes": gettext_lazy("homes"),
    "messages": gettext_lazy("messages"),
    "replaced": gettext_lazy("in place of earlier ones:"),
    "buildings": gettext_lazy("buildings"),
    "form": gettext_lazy("form no."),
    "forms": gettext_lazy("forms"),
    "drawn": gettext_lazy("drawn"),
    "size": gettext_lazy("drawn"),
    "seed": gettext_lazy("seed"),
    "differences": gettext_lazy("differences"),
    **FIGURES,
}
# What an entry remembers for the program alone.
CASE = "case"  # tells its own entries on its own page, with the words of people
SILENT = frozenset(
    {
        KEPT,
        "template",
        "lobby_made building",
        "code_made building",
        "code_made project",
        "code_ended building",
        "code_ended project",
        "category",
        "level",
    }
)
# Codes that are a word in the place where they stand, and another word or none elsewhere.
CODES = {
    "found": {
        "refused": gettext_lazy("Refused to answer"),
        "unreachable": gettext_lazy("Not reached"),
    },
    "stage": {
        "0": gettext_lazy("Invitation"),
        "1": gettext_lazy("First reminder"),
        "2": gettext_lazy("Second reminder"),
    },
    "why": {
        "answered": gettext_lazy("has answered already"),
        "link_ended": gettext_lazy("its link was ended"),
        "refused": gettext_lazy("Refused to answer"),
        "wave_closed": gettext_lazy("the survey is closed"),
        "wave_ended": gettext_lazy("its last day has passed"),
    },
    "method": {
        "buildings": gettext_lazy("of each building in proportion"),
        "simple": gettext_lazy("of all homes together"),
    },
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act as the history page shows it."""

    at: datetime
    who: str
    subject: str
    verb: str
    details: tuple[tuple[str, str], ...]
    seal: str


OF_FAULTS = {
    "begun": gettext_lazy("begun by like reports"),
    "news": gettext_lazy("news told to all owners of a fault"),
    "ended": gettext_lazy("fault ended"),
}
OF_LEDGERS = {
    "taken_in": gettext_lazy("old ledger taken in"),
    "taken_back": gettext_lazy("old ledger taken back"),
}
# Where the same word means another act for another kind of thing.
VERBS_OF = (
    {("finding", "opened"): gettext_lazy("opened as a finding")}
    | {("case_bundle", verb): words for verb, words in OF_FAULTS.items()}
    | {("case_ledger", verb): words for verb, words in OF_LEDGERS.items()}
    | {("case", verb): words for verb, words in HAPPENED.items()}
    | {("case_settings", verb): words for verb, words in OF_SETTINGS.items()}
    | dict(OF_REVIEWS)
)


def line_of(entry: HistoryEntry, names: Mapping[int, str]) -> Line:
    """Turn an entry into words; the program itself is named where nobody acted."""
    who = names.get(entry.actor_id, "?") if entry.actor_id is not None else gettext("the program")
    kind = str(KINDS.get(entry.kind, entry.kind))
    coded = {role.value: name for role, name in role_names().items()}
    coded |= dict(options(Party))
    if entry.verb in {"looked_at", "erased"}:
        coded |= {**what_names(), **reason_names(), **ground_names()}
    kept = (
        (key, _plain(value))
        for key, value in entry.payload.items()
        if entry.kind != CASE and not {key, f"{entry.verb} {key}"} & SILENT
    )
    details = tuple(
        (str(DETAILS.get(key, "")), _in_place(key, words) or coded.get(words, words))
        for key, words in kept
        if words
    )
    said = VERBS_OF.get((entry.kind, entry.verb), VERBS.get(entry.verb))
    return Line(
        entry.at,
        who,
        f"{kind} {entry.subject_id}",
        str(said or entry.verb),
        details[:6],
        entry.digest[:10],
    )


def _in_place(key: str, code: str) -> str:
    """Return the word of a code by the place where it stands; empty where it has none."""
    if key == "kind":
        return dict(case_options(CaseKind)).get(code, "")
    said = dict(purposes()) if key == "purpose" else CODES.get(key, {})
    return str(said.get(code, ""))


def _plain(value: object) -> str:
    """Return what an act remembered as words; a list stands on one line."""
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)
