"""How far a company is with its first steps: for the page of the steps, the menu and the beginning."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from anju.demo.queries import Sample, sample_of
from anju.help import queries
from anju.help.rules.addresses import Reach, reach_of
from anju.help.rules.first_steps import Line, Stand, finished, lines
from anju.register.access import Actor, Verb


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the menu says of the first steps: how many are done, and whether a needed one is left."""

    done: int
    all: int
    needed: bool
    here: bool = False


def without(sample: Sample | None) -> frozenset[int]:
    """Return the projects that are not the company's own."""
    return frozenset({sample.project_id} if sample else ())


def state_of(actor: Actor, sample: Sample | None) -> tuple[Line, ...]:
    """Return every first step with how it stands."""
    found = queries.found(actor.company_id, address=settings.BASE_ADDRESS, without=without(sample))
    return lines(found)


def beginning_of(actor: Actor, sample: Sample | None, path: str = "") -> Beginning | None:
    """Return how far the first steps are; None for who does not take them, or where they ended.

    They end when every one is done, or when somebody puts them away. `path` is the page shown.
    """
    if settings.DEMO or not actor.may(Verb.SET_UP):
        return None
    known = queries.begun(actor.company_id)
    if known.demonstration or known.put_away:
        return None
    state = state_of(actor, sample)
    done = sum(line.stand is Stand.DONE for line in state)
    if done == len(state):
        return None
    here = path.startswith(reverse("first-steps"))
    return Beginning(done, len(state), needed=not finished(state), here=here)


def begins(actor: Actor) -> bool:
    """Say whether somebody still has first steps to take: then the product opens with them."""
    found = beginning_of(actor, sample_of(actor.company_id) if actor.may(Verb.SET_UP) else None)
    return found is not None and found.needed


def unreached() -> bool:
    """Say whether this machine alone can open the address that links and codes carry."""
    return reach_of(settings.BASE_ADDRESS) is Reach.HERE
