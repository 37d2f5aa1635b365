"""Role cards 岗位傻瓜式操作指引: the list, and one card as a page to print."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.help.cards.data import CARDS
from anju.help.cards.printing import card_pdf
from anju.register.access import Role, Verb
from anju.register.choices import role_names
from anju.web.declare import StaffRequest, page, public

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class CardLine:
    """One card in the list: whose it is and what it teaches."""

    role: str
    name: str
    tasks: tuple[str, ...]
    mine: bool


@page(Verb.LOOK_AROUND)
@require_GET
def cards(request: StaffRequest) -> HttpResponse:
    names, language = role_names(), request.LANGUAGE_CODE
    lines = [
        CardLine(
            role.value,
            str(names[role]),
            tuple(task.name.text(language) for task in card.tasks),
            mine=role == request.actor.role,
        )
        for role, card in CARDS.items()
    ]
    ordered = sorted(lines, key=lambda line: not line.mine)
    return render(request, "help/cards.html", {"lines": ordered})


@public("a card tells how a role works and nothing of anybody")
@require_GET
def card(request: HttpRequest, role: str, language: str) -> HttpResponse:
    if role not in list(Role) or language not in LANGUAGES:
        raise Http404(role)
    answer = HttpResponse(card_pdf(Role(role), language), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="anju-{role}-{language}.pdf"'
    return answer
