"""The five steps of an import, as the line at the top of each of its pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anju.web.parts.pieces import Stage

SEND, COLUMNS, CHECK, IMPORT, IN_USE = range(5)


def steps(now: int) -> tuple[Stage, ...]:
    """Return the line with one step current; at the last one all are done."""
    names = (_("Send"), _("Columns"), _("Check"), _("Import"), _("In use"))
    done = now if now < IN_USE else IN_USE + 1
    return tuple(Stage(name, did=k < done, now=k == now != IN_USE) for k, name in enumerate(names))
