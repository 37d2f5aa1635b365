"""The first page behind a code, and what was done at the common places around it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from anju.intake.duplicates import running
from anju.intake.mine import done_lately, mailbox_open
from anju.web.owner.report.door import Visit, door, page_of


def _home(request: HttpRequest, visit: Visit) -> HttpResponse:
    here = visit.here
    known = running(here.project_id, here.building_id)[:3]
    done = done_lately(here.project_id, here.building_id, at=visit.at)
    return page_of(request, "home", visit, running=known, done=len(done), mailbox=mailbox_open())


def _done(request: HttpRequest, visit: Visit) -> HttpResponse:
    here = visit.here
    lines = done_lately(here.project_id, here.building_id, at=visit.at)
    return page_of(request, "done", visit, lines=lines)


home = door(_home)
done = door(_done)
