"""The words of the ground: what a button says, and what it writes for the person who pressed it."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _p

from anju.casework.onsite import Cannot, Cause, Step

Words = dict[StrEnum, Promise | str]

STEPS: Words = {
    Step.TAKE: _p("on site", "Take the job"),
    Step.ARRIVE: _p("on site", "I am here"),
    Step.BEFORE: _p("on site", "Photo before"),
    Step.AFTER: _p("on site", "Photo after"),
    Step.PARTS: _p("on site", "No parts used"),
    Step.DONE: _p("on site", "Done. What was it?"),
    Step.RESUME: _p("on site", "Go on"),
}
CAUSES: Words = {
    Cause.WORN: _p("on site", "Worn out"),
    Cause.BLOCKED: _p("on site", "Blocked"),
    Cause.BROKEN: _p("on site", "Broken by somebody"),
    Cause.BUILT: _p("on site", "Built badly"),
    Cause.OTHER: _p("on site", "Something else"),
}
REASONS: Words = {
    Cannot.PART: _p("on site", "A part is missing"),
    Cannot.AWAY: _p("on site", "Nobody at home"),
    Cannot.BUILDER: _p("on site", "The builder’s duty"),
    Cannot.HELP: _p("on site", "I need help"),
}
# What an owner reads of a wait, in whole sentences.
TOLD: Words = {
    Cannot.PART: _p("on site", "A part has to be ordered. We go on when it is here."),
    Cannot.AWAY: _p("on site", "We were at your door and met nobody; a card was left."),
    Cannot.BUILDER: _p("on site", "This is the builder’s to repair; we have handed it to them."),
    Cannot.HELP: _p("on site", "I need help"),
}
