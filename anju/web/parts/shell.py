"""What every staff page shows around its content: menu by role, person, switches, stripe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from anju.demo.queries import sample_of
from anju.help.contents import topic_of
from anju.improve.clock import today_of
from anju.improve.queries import waiting_for
from anju.kernel.pure.clock import utc_now
from anju.notify.queries import unread
from anju.register.access import Actor, Verb
from anju.register.choices import role_names
from anju.register.queries import company_name
from anju.web.parts.begun import Beginning, beginning_of, unreached
from anju.web.parts.hints import Shown, hint_of

MOST_TABS = 4
# Pages that stand elsewhere and belong to a line of the menu all the same.
BESIDE = {
    "projects": ("/manage/register/", "/manage/calendar/", "/desk/homes/"),
    "surveys": ("/desk/paper/",),  # where paper has no line of its own
    "health": ("/manage/jobs/",),  # where the background work has none
}
MOST_LINES = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    label: str
    address: str
    icon: str
    key: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything around the content of a page."""

    language: str
    other_language: str
    other_lang: str
    other_label: str
    theme: str
    automatic: bool
    other_theme: str
    here: str
    demonstration: bool
    mail: bool
    company: str
    unread: int
    actor: str
    role: str
    entries: tuple[Entry, ...]
    roles: tuple[tuple[str, str], ...]
    manual: str = ""
    hint: Shown | None = None
    sample: str = ""
    sets_up: bool = False
    beginning: Beginning | None = None
    unreached: bool = False

    @property
    def tabs(self) -> tuple[Entry, ...]:
        """The first entries, for the bottom of a phone."""
        return self.entries[:MOST_TABS]

    @property
    def others(self) -> tuple[Entry, ...]:
        """What the phone's tabs leave out; its account menu holds it."""
        return self.entries[MOST_TABS:]

    @property
    def section(self) -> Entry | None:
        """The part of the product that the page belongs to."""
        return next((entry for entry in self.entries if entry.current), None)


def _line_of(here: str, names: Sequence[str]) -> str:
    """Return the line of the menu that a page belongs to; its own line goes before a neighbour's."""
    own = [name for name in names if here.startswith(reverse(name))]
    beside = [name for name in names if here.startswith(BESIDE.get(name, ("?",)))]
    return next(iter([*own, *beside]), "")


def _menu(actor: Actor, here: str) -> tuple[Entry, ...]:
    """Return the menu of a role, at most seven lines, each leading somewhere."""
    lines = (
        (Verb.SEE_SURVEYS, _("Surveys"), "surveys", "chart-bar", "s"),
        (Verb.SEE_FINDINGS, _("Findings"), "findings", "target", "f"),
        (Verb.EDIT_SURVEYS, _("Questionnaires"), "questionnaires", "clipboard-list", "q"),
        (Verb.SEE_REGISTER, _("Projects"), "projects", "building", "p"),
        (Verb.ENTER_PAPER, _("Paper forms"), "paper-waves", "edit", "n"),
        (Verb.IMPORT_ANSWERS, _("Background work"), "jobs", "refresh", "b"),
        (Verb.SEE_HISTORY, _("History"), "history", "history", "h"),
        (Verb.MANAGE_PEOPLE, _("People"), "people", "users", "e"),
        (Verb.SEE_HEALTH, _("Health"), "health", "heart-rate-monitor", "i"),
    )
    mine = [line for line in lines if actor.may(line[0])]
    if actor.may(Verb.EDIT_SURVEYS):  # who plans a survey finds its paper forms on its own page
        mine = [line for line in mine if line[2] != "paper-waves"]
    if len(mine) > MOST_LINES:  # the health page leads to the background work as well
        mine = [line for line in mine if line[2] != "jobs"]
    at = _line_of(here, [name for _verb, _label, name, _icon, _key in mine])
    return tuple(
        Entry(
            label,
            reverse(name),
            icon,
            key,
            current=name == at,
            count=waiting_for(actor, today_of(utc_now())) if verb is Verb.SEE_FINDINGS else 0,
        )
        for verb, label, name, icon, key in mine
    )


def _manual(request: HttpRequest) -> str:
    """Return the page of the manual that explains the page which is shown."""
    match = request.resolver_match
    return reverse("help-page", args=[topic_of((match.url_name if match else "") or "")])


def _shell(request: HttpRequest) -> Shell:
    actor: Actor | None = getattr(request, "actor", None)
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    chinese = language.startswith("zh")
    cookie = request.COOKIES.get("anju-theme", "auto")
    theme = cookie if cookie in {"light", "dark"} else "light"
    names = role_names()
    sample = sample_of(actor.company_id) if actor else None
    here = request.get_full_path() if request.method == "GET" else "/"
    return Shell(
        language="zh-CN" if chinese else "en",
        other_language="en" if chinese else "zh-hans",
        other_lang="en" if chinese else "zh-CN",
        other_label="English" if chinese else "中文",
        theme=theme,
        automatic=cookie not in {"light", "dark"},
        other_theme="light" if theme == "dark" else "dark",
        here=here,
        demonstration=settings.DEMO,
        mail=settings.EMAIL_CONFIGURED,
        company=company_name(actor.company_id) if actor else "",
        unread=unread(actor) if actor else 0,
        actor=actor.name if actor else "",
        role=names[actor.role] if actor else "",
        entries=_menu(actor, request.path) if actor else (),
        manual=_manual(request),
        hint=hint_of(request) if actor else None,
        sample=sample.name if sample else "",
        sets_up=bool(actor and actor.may(Verb.SET_UP)),
        beginning=beginning_of(actor, sample, request.path) if actor else None,
        unreached=unreached(),
        roles=tuple((role.value, name) for role, name in names.items()) if settings.DEMO else (),
    )


def shell_context(request: HttpRequest) -> dict[str, object]:
    """Give templates the shell, and which verbs the reader holds, for showing acts or not."""
    actor: Actor | None = getattr(request, "actor", None)
    may = {verb.value: actor.may(verb) for verb in Verb} if actor else {}
    return {"shell": SimpleLazyObject(lambda: _shell(request)), "may": may}
