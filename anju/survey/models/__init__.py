"""Tables of the survey room: scales, questionnaires, waves, answers."""

from anju.survey.models.invitation import Invitation
from anju.survey.models.questionnaire import Item, Questionnaire, QuestionnaireVersion, Section
from anju.survey.models.response import ImportBatch, OpenAnswer, RememberedMapping, Response
from anju.survey.models.scale import Scale, ScaleOption
from anju.survey.models.wave import PublishedTotal, Wave, WaveStratum

__all__ = [
    "ImportBatch",
    "Invitation",
    "Item",
    "OpenAnswer",
    "PublishedTotal",
    "Questionnaire",
    "QuestionnaireVersion",
    "RememberedMapping",
    "Response",
    "Scale",
    "ScaleOption",
    "Section",
    "Wave",
    "WaveStratum",
]
