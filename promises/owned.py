"""What owners told by a code, and how it went on, for the stage."""

from __future__ import annotations

from collections.abc import Callable

from anju.aftercare.actions.owning import Press, say, send_report
from anju.aftercare.progress import case_by
from anju.attachments.tests.making import A_PHOTO
from anju.casework.kinds import CaseKind, Channel
from anju.intake.actions.looking import send_code
from anju.kernel.pure.clock import utc_now
from anju.voice.actions.hanging import hang
from anju.voice.actions.receiving import Place, Report, Teller
from anju.voice.places import hung, place_told, to_print
from tests.cast import Cast

Word = Callable[[int], str]


def owned(cast: Cast, word: Word) -> dict[str, tuple[object, ...]]:
    """Hang a code, report by it, add words with a photo, ask for a code to look; return ids."""
    at, company = utc_now(), cast.company.pk
    place = Place(cast.project.pk, None, None, word(100))
    link_id = hang(actor=cast.desk, place=place, at=at)
    with cast.inside():
        secret = to_print(cast.desk, link_id)[1]
    here = hung(secret)
    if here is None:
        raise RuntimeError("the code leads nowhere")
    told = Report(
        CaseKind.REPAIR, place_told(here, ""), word(900), Channel.LINK,
        Teller(name=word(80), phone="+8613800138000"), wished=word(60),
    )  # fmt: skip
    token = send_report(company_id=company, key="owned-report-of-the-stage", report=told, at=at)
    found = case_by(token)
    if found is None:
        raise RuntimeError("the case leads nowhere")
    press = Press(*found, "owned-words-of-the-stage")
    say(press=press, words=word(900), files=[A_PHOTO], at=at)
    send_code(company_id=company, phone="+8613800138000", at=at)
    return {"link_id": (link_id,), "token": (secret, token)}
