"""Cases, their photos and kept lists that the ids in addresses stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

from anju.attachments.signing import PREVIEW
from anju.attachments.signing import signed as sign_of
from anju.attachments.tests.making import A_PHOTO
from anju.casework.kinds import CaseKind, Channel, Photo
from anju.kernel.pure.clock import utc_now
from anju.onsite.actions.picturing import add_picture
from anju.voice.actions.keeping import keep_view
from anju.voice.actions.receiving import Place, Report, Teller, receive
from tests.cast import Cast
from tests.tables.cases_b import STAFF, STEER, a_matter
from tests.tables.shape import Row

_number = count(1)
TABLE: Mapping[str, Row] = {
    "cases": Row(STAFF),
    "cases-table": Row(STAFF),
    "cases-chosen": Row(STEER, post=True),
    "cases-undo": Row(STEER, post=True),
    "case-view-keep": Row(STAFF, post=True),
    "case-view-drop": Row(STAFF, post=True, theirs="AQHMSW"),  # the cast's is the desk's own
    "case": Row(STAFF, theirs="W"),
    "case-print": Row(STAFF, theirs="W"),
    "case-letter": Row(STAFF, theirs="W"),
    "case-note": Row(STAFF, theirs="W"),
    "case-phone": Row("AMD"),
    "case-photo-add": Row(STAFF, theirs="W"),
    "case-photo": Row(STAFF, theirs="W"),
    "case-act": Row(f"{STEER}W", theirs="W"),
}


def a_view(cast: Cast) -> int:
    """Return a list that the desk keeps."""
    name = f"我的单 {next(_number)}"
    return int(keep_view(actor=cast.desk, name=name, query="person=me", at=utc_now()).pk)


def a_call(cast: Cast) -> int:
    """Return a case of a caller whom the register does not know."""
    place = Place(cast.project.pk, spot=f"东门 {next(_number)}")
    teller = Teller(name="王先生", phone="+8613800138000")
    report = Report(CaseKind.ENQUIRY, place, "何时停水", Channel.PHONE, teller=teller)
    return int(receive(actor=cast.desk, report=report, at=utc_now()).pk)


def a_picture(cast: Cast) -> dict[str, object]:
    """Return a case and the sign of a photo of it."""
    case, at = a_matter(cast), utc_now()
    made = add_picture(actor=cast.desk, case_id=case.pk, shows=Photo.AFTER, taken=A_PHOTO, at=at)
    sign = sign_of(made.pk, PREVIEW, at=at)
    return {"case_id": case.pk, "shows": Photo.AFTER.value, "sign": sign}


OWN: Mapping[str, Callable[[Cast], object]] = {
    "case_id": lambda cast: a_matter(cast).pk,
    "view_id": a_view,
}
TOGETHER: Mapping[str, Callable[[Cast], dict[str, object]]] = {
    "case-photo": a_picture,
    "case-phone": lambda cast: {"case_id": a_call(cast)},
    "case-act": lambda cast: {"case_id": a_matter(cast).pk, "act": "accept"},
}
