"""The options of a scale as pages show them: words, value, whether it counts as satisfied."""

from __future__ import annotations

from dataclasses import dataclass

from anju.survey.rules.questionnaire import OptionPlan, ScalePlan


@dataclass(frozen=True, slots=True)
class OptionShown:
    """One option in the reader's language; the value is empty where the words say it already."""

    words: str
    value: str
    mood: str


def options_shown(scale: ScalePlan, language: str) -> tuple[OptionShown, ...]:
    """Return the options of a scale in printed order."""
    return tuple(_shown(option, option.words.text(language)) for option in scale.options)


def _shown(option: OptionPlan, words: str) -> OptionShown:
    if option.value is None:
        return OptionShown(words, "", "is-tie")
    value = f"{option.value:g}"
    mood = "is-high" if option.top else "is-tie"
    return OptionShown(words, "" if words == value else value, mood)
