"""What a reader may do at one survey: her role's verbs, less those that its keeper alone holds."""

from __future__ import annotations

from anju.register.access import Actor, Verb
from anju.survey.access import may_on, wave_for
from anju.survey.keepers import keeper_name


def here(actor: Actor, wave_id: int) -> dict[str, object]:
    """Return for a page of one survey which acts to show, and who keeps it; the look-up is its own.

    `part` says that the reader sees only her zones of it.
    """
    wave = wave_for(actor, wave_id, Verb.SEE_SURVEYS)
    return {
        "may": {verb.value: may_on(actor, wave, verb) for verb in Verb},
        "keeper": keeper_name(wave),
        "keeps": wave.keeper_id == actor.account_id,
        "part": actor.homes is not None,
    }
