"""A survey report in one language, section after section in the order of the reader's questions."""

from __future__ import annotations

from anju.insight.reports.survey import lists, sentences, tables
from anju.insight.reports.survey.formats import (
    bounds,
    count,
    figure,
    interval,
    percent,
    signed,
    value,
)
from anju.insight.reports.survey.labels import LABELS, say, text
from anju.insight.reports.survey.layout import Document, Key, Section
from anju.insight.reports.survey.model import SurveyFigures
from anju.insight.reports.survey.words import SOURCES, VERDICTS, of
from anju.stats.change import VERDICT_WORDS
from anju.stats.results import Unit


def document(found: SurveyFigures, language: str) -> Document:
    """Return the report in Chinese ("zh") or English ("en")."""
    head = found.head
    return Document(
        language=language,
        kind=say("report", language),
        title=head.title,
        subtitle=_subtitle(found, language),
        company=head.company,
        number=head.number,
        as_of=f"{head.as_of:%Y-%m-%d %H:%M}",
        keys=_keys(found, language),
        says=tuple(_stop(text(words, language), language) for words in found.says),
        sections=_sections(found, language),
        signatures=tuple(say(key, language) for key in ("signed_lead", "signed_manager", "date")),
        words={key: text(words, language) for key, words in LABELS.items()},
    )


def _stop(sentence: str, language: str) -> str:
    end = "。" if language == "zh" else "."
    return sentence if sentence.endswith(("。", ".")) else sentence + end


def _subtitle(found: SurveyFigures, language: str) -> str:
    head = found.head
    dates = ""
    if head.fieldwork_from and head.fieldwork_to:
        joint = "至" if language == "zh" else " to "
        dates = f"{head.fieldwork_from}{joint}{head.fieldwork_to}"
    parts = (
        head.project,
        head.period,
        dates,
        head.consultant
        or (text(of(SOURCES, head.source), language) if head.source not in ("", "own") else ""),
    )
    return " · ".join(part for part in parts if part)


def _keys(found: SurveyFigures, language: str) -> tuple[Key, ...]:
    keys = [_overall(found, language)]
    contrast = found.overall.contrast
    if contrast is not None:
        keys.append(_change(found, language))
    elif found.overall.target is not None and found.overall.target_verdict:
        keys.append(_target(found, language))
    else:
        keys.append(_bounds(found, language))
    keys.append(_rate(found, language))
    return tuple(keys)


def _overall(found: SurveyFigures, language: str) -> Key:
    label = text(found.overall.label, language)
    shown = found.overall.primary
    if shown.figure is None:
        band = tables.range_text(shown.band) if shown.band else "–"
        return Key(label, band, text(found.overall.refused or shown.note, language))
    limits = interval(shown.figure)
    words = (
        f"{say('ci', language)} {limits}"
        if shown.figure.has_interval
        else say("no_interval", language)
    )
    return Key(
        label,
        figure(shown.figure),
        f"{words}，n = {shown.figure.n:,}"
        if language == "zh"
        else f"{words}, n = {shown.figure.n:,}",
    )


def _change(found: SurveyFigures, language: str) -> Key:
    contrast = found.overall.contrast
    label = say("change", language)
    if contrast is None or contrast.change is None:
        return Key(label, "–", text(contrast.note if contrast else None, language))
    change = contrast.change
    verdict = text(VERDICT_WORDS[change.verdict], language)
    note = f"{say('interval', language)} {sentences.change_span(change, language)}"
    return Key(label, sentences.moved(change), note, tables.CHANGED[change.verdict], verdict)


def _target(found: SurveyFigures, language: str) -> Key:
    shown = found.overall.primary.figure
    goal = found.overall.target or 0.0
    unit = shown.unit if shown else Unit.INDEX
    verdict = found.overall.target_verdict
    scaled = (
        100 * shown.estimate if shown and unit is Unit.SHARE else shown.estimate if shown else 0.0
    )
    return Key(
        say("target", language),
        signed(scaled - goal),
        f"{say('goal', language)} {value(goal / 100 if unit is Unit.SHARE else goal, unit)}",
        verdict,
        text(VERDICTS[verdict], language),
    )


def _bounds(found: SurveyFigures, language: str) -> Key:
    shown = found.overall.primary.figure
    label = say("bounds", language)
    if shown is None or shown.bounds is None:
        return Key(label, "–", say("unknown", language))
    silent = (shown.population or shown.n) - shown.n
    note = f"{silent:,}户没有回答" if language == "zh" else f"{silent:,} did not answer"
    return Key(label, bounds(shown), note)


def _rate(found: SurveyFigures, language: str) -> Key:
    rate = found.funnel.rate
    label = say("rate", language)
    counts = {step.key: step.count for step in found.funnel.steps}
    if rate is None:
        why = text(found.funnel.why, language).split("：", 1)[-1].split(": ", 1)[-1]
        return Key(label, say("unknown", language), why)
    return Key(
        label, percent(rate), f"{count(counts.get('returned'))} / {count(counts.get('issued'))}"
    )


def _sections(found: SurveyFigures, language: str) -> tuple[Section, ...]:
    ordered: list[Section | None] = [
        tables.silence(found, language),
        *tables.items(found, language),
        *tables.spreads(found, language),
        tables.dimensions(found, language),
        lists.gaps(found, language),
        lists.plane(found, language),
        *(tables.groups(cut, found, language) for cut in found.breakdowns),
        lists.change(found, language),
        lists.under(found, language),
        lists.external(found, language),
        lists.parts(found, language),
        lists.funnel(found, language),
        lists.process(found, language),
        lists.others(found, language),
        lists.warnings(found, language),
        lists.method(found, language),
        lists.formulas(found, language),
        lists.notes(found, language),
    ]
    return tuple(section for section in ordered if section is not None)
