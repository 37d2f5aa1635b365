"""What every staff page shows around its content: menu by role, person, switches, stripe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from anju.demo.queries import sample_of
from anju.help.contents import topic_of
from anju.register.access import Actor, Verb
from anju.register.choices import role_names
from anju.web.parts.begun import Beginning, beginning_of, unreached
from anju.web.parts.hints import Shown, hint_of
from anju.web.parts.menu import UNREAD, Entry, Waiting, menu_of, verbs_of, waiting_of

MOST_TABS = 4


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
    further: tuple[Entry, ...]
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
    overdue = getattr(request, "overdue", None)
    known = {} if overdue is None else {"cases": overdue}
    waiting = waiting_of(actor, known) if actor else Waiting()
    entries, further = menu_of(actor, request.path, waiting.counts) if actor else ((), ())
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
        company=waiting.company,
        unread=waiting.counts.get(UNREAD, 0),
        actor=actor.name if actor else "",
        role=names[actor.role] if actor else "",
        entries=entries,
        further=further,
        manual=_manual(request),
        hint=hint_of(request) if actor else None,
        sample=sample.name if sample else "",
        sets_up=bool(actor and actor.may(Verb.SET_UP)),
        beginning=beginning_of(actor, sample, request.path) if actor else None,
        unreached=unreached(),
        roles=tuple((role.value, name) for role, name in names.items()) if settings.DEMO else (),
    )


@lru_cache(maxsize=64)
def _may(verbs: frozenset[Verb]) -> Mapping[str, bool]:
    return MappingProxyType({verb.value: verb in verbs for verb in Verb})


def shell_context(request: HttpRequest) -> dict[str, object]:
    """Give templates the shell, and which verbs the reader holds, for showing acts or not."""
    actor: Actor | None = getattr(request, "actor", None)
    may = _may(verbs_of(actor.role, own=actor.own)) if actor else {}
    return {"shell": SimpleLazyObject(lambda: _shell(request)), "may": may}
