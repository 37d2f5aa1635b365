"""A case with words and photos, and a list kept under a name, for the stage."""

from __future__ import annotations

from collections.abc import Callable

from anju.attachments.signing import PREVIEW, WHOLE
from anju.attachments.tests.making import A_PHOTO
from anju.casework.kinds import Photo, Shown
from anju.kernel.pure.clock import utc_now
from anju.onsite.actions import picturing
from anju.voice.actions import keeping, writing
from anju.voice.actions.storing import Edition, Said
from promises.followed import Sign
from tests.cast import Cast

Word = Callable[[int], str]


def listed(cast: Cast, word: Word, case_id: int) -> dict[str, tuple[object, ...]]:
    """Write at a case, add a photo to it, observe it, keep a list; return what addresses name."""
    at, desk = utc_now(), cast.desk
    edition = Edition(case_id)
    for shown in Shown:
        writing.write(actor=desk, edition=edition, said=Said(word(900), shown), at=at)
    writing.observe(actor=desk, edition=edition, account_id=cast.manager.account_id, at=at)
    made = picturing.add_picture(
        actor=desk, case_id=case_id, shows=Photo.AFTER, taken=A_PHOTO, at=at
    )
    view = keeping.keep_view(actor=desk, name=word(60), query="person=me", at=at)
    return {
        "view_id": (view.pk,),
        "act": ("accept", "finish", "sort", "nothing"),
        "shows": (Photo.AFTER.value,),
        "sign": (Sign(made.pk, WHOLE), Sign(made.pk, PREVIEW)),
    }
