"""What to do in an emergency, step by step, for the screen and for the wall."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju.casework.defaults import EMERGENCY_MINUTES, FIRE_MINUTES


@dataclass(frozen=True, slots=True)
class Procedure:
    """The name, the time until somebody must be on the way, and the steps in their order."""

    title: str
    seconds: int
    steps: tuple[str, ...]


def procedure_for(*, fire: bool) -> Procedure:
    """Return the steps; a fire has two minutes, everything else three, the last second included."""
    if fire:
        return Procedure(_("Fire: two minutes"), FIRE_MINUTES * 60, _fire())
    return Procedure(_("Emergency: three minutes"), EMERGENCY_MINUTES * 60, _usual())


def _fire() -> tuple[str, ...]:
    return (
        _("Ask: where exactly, is anybody inside, what burns?"),
        _("Have 119 called at once: estate, building, entrance, floor, what burns."),
        _("Tell the caller: leave low by the stairs, no lift, doors shut behind."),
        _("Send guard and duty electrician; open gates and the fire lane."),
        _("Sound the alarm, warn the floors above, let the lifts down to the ground."),
        _("Stay on the line until somebody of ours is there; write down times."),
    )


def _usual() -> tuple[str, ...]:
    return (
        _("Ask: where exactly, is anybody hurt or trapped, does it go on now?"),
        _("Danger to life: have 120, 119 or 110 called at once."),
        _("Tell the caller what to do now: water or gas valve shut, no switches, keep away."),
        _("Call the person on duty by phone, no message; say when she is there."),
        _("Nobody answers within a minute: the project manager."),
        _("Tell the caller who comes and when; stay reachable; write down times."),
    )
