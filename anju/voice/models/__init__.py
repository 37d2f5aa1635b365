"""Tables of the voice room: cases, what was promised, said and done, visits, reviews, settings."""

from anju.voice.models.asking import Dispute, ReturnVisit, Verdict, VisitAttempt
from anju.voice.models.case import Bundle, Case, Observer
from anju.voice.models.places import CaseLink, LookCode, Ticket
from anju.voice.models.setting import Category, LadderRung, ServiceLevel, VoiceRule
from anju.voice.models.told import CaseNote, CasePause
from anju.voice.models.views import SavedView

__all__ = [
    "Bundle",
    "Case",
    "CaseLink",
    "CaseNote",
    "CasePause",
    "Category",
    "Dispute",
    "LadderRung",
    "LookCode",
    "Observer",
    "ReturnVisit",
    "SavedView",
    "ServiceLevel",
    "Ticket",
    "Verdict",
    "VisitAttempt",
    "VoiceRule",
]
