"""Tables of the fieldwork room: how homes are asked, what came back on paper, how well it was entered."""

from anju.fieldwork.models.asking import Approach, Draw, Lobby, Outcome, RestRule, WishMet
from anju.fieldwork.models.paper import EntryBatch, PaperCount, PaperRule
from anju.fieldwork.models.second import SecondDifference, SecondForm, SecondRound

__all__ = [
    "Approach",
    "Draw",
    "EntryBatch",
    "Lobby",
    "Outcome",
    "PaperCount",
    "PaperRule",
    "RestRule",
    "SecondDifference",
    "SecondForm",
    "SecondRound",
    "WishMet",
]
