"""How owners reach the manager alone, the texts for replies; the last change of a rule taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.casework.settings import read_spoken, written_texts
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.terms import settings as read
from anju.terms.actions import settings as acts
from anju.terms.actions.undoing import Undone, take_back
from anju.web.declare import StaffRequest, page
from anju.web.operate.casing.figures import undo_of
from anju.web.parts.ask import Ask, Group, kept_values
from anju.web.parts.edited import edited, seen_version
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])


def _kept() -> QueryDict:
    row = read.figures()
    texts = written_texts(read.texts_for_replies())
    page_, mail = "yes" if row.mailbox_page else "", row.mailbox_mail
    return kept_values(
        {"mailbox_page": page_, "mailbox_mail": mail, "texts": texts, "version": row.version}, {}
    )


def _groups(given: QueryDict) -> tuple[Group, ...]:
    def value(name: str) -> str:
        return given.get(name, "")

    return (
        Group((
            Field("mailbox_page", _("Offered behind the codes for owners"), value("mailbox_page"),
                  kind="check"),
            Field("mailbox_mail", _("E-mail address of the mailbox"), value("mailbox_mail"),
                  hint=_("Mail that reaches a project’s box under this address is for the heads"
                         " alone."), optional=True, inputmode="email"),
        ), _("Manager’s mailbox"),
            _("What comes this way is read by heads and the quality department alone, and by whom"
              " they name. Who is complained about never sees it.")),
        Group((
            Field("texts", _("Texts for replies"), value("texts"), kind="area", rows=8, optional=True,
                  hint=_("One a line: a short name, a colon, the words. At a case, :: and the short"
                         " name bring them into the reply.")),
        )),
    )  # fmt: skip


@page(Verb.SET_CASES)
@both
def spoken(request: StaffRequest) -> HttpResponse:
    def act() -> str:
        sent = request.POST
        found = read_spoken({name: str(sent.get(name, "")) for name in sent})
        version = seen_version(sent)
        acts.set_spoken(actor=request.actor, spoken=found, version=version, at=utc_now())
        messages.success(request, _("Mailbox and texts were saved."))
        return reverse("case-settings-spoken")

    ask = Ask(
        _("Mailbox and texts"),
        _("Save mailbox and texts"),
        reverse("case-settings"),
        _("Rules for cases"),
        template="manage/casing/spoken.html",
        undo=undo_of(request, Undone.SPOKEN, "case-settings-spoken-undo"),
    )
    return edited(request, ask, _groups, _kept(), act)


@page(Verb.SET_CASES)
@require_POST
def undo_ladder(request: StaffRequest) -> HttpResponse:
    take_back(actor=request.actor, what=Undone.LADDER, at=utc_now())
    messages.success(request, _("Taken back: what held before holds again."))
    return redirect("case-settings-ladder")


@page(Verb.SET_CASES)
@require_POST
def undo_figures(request: StaffRequest) -> HttpResponse:
    take_back(actor=request.actor, what=Undone.FIGURES, at=utc_now())
    messages.success(request, _("Taken back: what held before holds again."))
    return redirect("case-settings-figures")


@page(Verb.SET_CASES)
@require_POST
def undo_spoken(request: StaffRequest) -> HttpResponse:
    take_back(actor=request.actor, what=Undone.SPOKEN, at=utc_now())
    messages.success(request, _("Taken back: what held before holds again."))
    return redirect("case-settings-spoken")
