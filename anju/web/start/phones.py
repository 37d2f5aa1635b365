"""Whether phones can open this installation: the address is found, tried, and shown as a QR code."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.help.probe import Trial, Tried, numbers, try_address
from anju.help.rules.addresses import Reach, on_network, reach_of
from anju.help.typed import serve_command
from anju.kernel.pure.later import later
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.parts.pieces import Mood, Sign

segno = later("segno")  # one page in many draws a code


@dataclass(frozen=True, slots=True)
class Found:
    """One address of this installation and what came of trying it."""

    address: str
    sign: Sign
    sentence: str


def lan_command() -> str:
    """Return what starts this installation so that phones of the same network find it."""
    return f"{serve_command(settings.DATA)} --lan"


def code_of(address: str) -> str:
    """Return the QR code of an address as a picture that a page can hold."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="white"))


def _told(tried: Tried) -> Found:
    signs = {
        Trial.ANSWERS: Sign(_("it answers"), Mood.DONE),
        Trial.NOBODY: Sign(_("nobody listens"), Mood.OVER),
        Trial.SILENT: Sign(_("silence"), Mood.OVER),
        Trial.STRANGER: Sign(_("another answer"), Mood.OVER),
    }
    sentences = {
        Trial.ANSWERS: _("This machine answers here. Now scan the code with a phone."),
        Trial.NOBODY: _("Nothing listens at this address. Start with: %(command)s")
        % {"command": lan_command()},
        Trial.SILENT: _("No answer within two seconds. A firewall may stand in between."),
        Trial.STRANGER: _(
            "Something answers, but not under this name. Set ANJU_BASE_ADDRESS to this address and"
            " start again."
        ),
    }
    return Found(tried.address, signs[tried.trial], sentences[tried.trial])


def _addresses() -> tuple[str, ...]:
    """Return what is worth trying: what phones are told, this machine itself, its network."""
    base = settings.BASE_ADDRESS
    port = urlsplit(base).port or 8000
    here = f"http://127.0.0.1:{port}"
    network = [on_network(number, base) for number in numbers()[:3]]
    return tuple(dict.fromkeys([base, here, *network]))


@page(Verb.SET_UP)
@require_http_methods(["GET", "POST"])
def phones(request: StaffRequest) -> HttpResponse:
    base = settings.BASE_ADDRESS
    reach = reach_of(base)
    tried = request.method == "POST"
    shown = {
        "base": base,
        "here": reach is Reach.HERE,
        "command": lan_command(),
        "encrypted": base.startswith("https://"),
        "code": "" if reach is Reach.HERE else code_of(base),
        "network": [on_network(number, base) for number in numbers()[:1]],
        "found": [_told(try_address(address)) for address in _addresses()] if tried else [],
    }
    return render(request, "start/phones.html", shown)
