"""Every enumeration that a page may show has words."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from anju.survey.labels import ADVICE, LABELS, label
from anju.survey.rules import counts, questionnaire, wave

SHOWN = [
    questionnaire.Purpose,
    questionnaire.Dimension,
    questionnaire.ServiceLine,
    questionnaire.Side,
    questionnaire.VersionState,
    wave.WaveState,
    wave.BatchState,
    wave.Source,
    wave.Design,
    wave.Base,
    wave.Mode,
    counts.StratumKind,
    counts.TotalsKind,
]
FRAGMENT = Path(__file__).parents[2] / "conf/locale/zh_Hans/fragments/survey.po"


@pytest.mark.parametrize("kind", SHOWN)
def test_every_member_has_a_label(kind):
    with translation.override("en"):
        assert all(str(label(member)) for member in kind)
    assert set(LABELS[kind]) == set(kind)


def test_every_label_and_advice_has_its_chinese():
    known = FRAGMENT.read_text("utf-8")
    with translation.override("en"):
        told = [str(text) for labels in LABELS.values() for text in labels.values()]
        told += [str(text) for text in ADVICE.values()]

    assert [text for text in told if f'msgid "{text}"' not in known] == []
