"""A survey report in one language, section after section in the order of the reader's questions."""

from __future__ import annotations

from anju.insight.measured.model import Head, SurveyFigures
from anju.insight.measured.words import SOURCES, VERDICTS, of
from anju.insight.reports.survey import (
    asides,
    boxes,
    calibrated,
    drivers,
    lists,
    pooling,
    sentences,
    tables,
    ticks,
    timing,
)
from anju.insight.reports.survey.labels import LABELS, say, text
from anju.paper.formats import (
    bounds,
    count,
    figure,
    interval,
    percent,
    signed,
)
from anju.paper.layout import Document, Key, Section
from anju.stats.change import VERDICT_WORDS


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
        as_of=moment(head),
        keys=_keys(found, language),
        says=tuple(_stop(text(words, language), language) for words in found.says),
        sections=_sections(found, language),
        signatures=tuple(say(key, language) for key in ("signed_lead", "signed_manager", "date")),
        words={key: text(words, language) for key, words in LABELS.items()},
        band=say("provisional", language) if head.provisional else "",
        alerts=tuple(_stop(text(words, language), language) for words in found.alerts),
    )


def moment(head: Head) -> str:
    """Return the instant of the data with its zone: 2026-11-22 12:56 (UTC+08:00, Asia/Shanghai)."""
    offset = f"{head.as_of:%z}"
    zone = f"UTC{offset[:3]}:{offset[3:5]}" if offset.strip("+-0") else "UTC"
    named = f"{zone}, {head.zone}" if head.zone and head.zone != zone else zone
    return f"{head.as_of:%Y-%m-%d %H:%M} ({named})"


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
    elif found.overall.target is not None and found.overall.target_fits:
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
    joint = "，" if language == "zh" else ", "
    base = f"n = {shown.figure.n:,}{_asked(found, language)}"
    return Key(label, figure(shown.figure), f"{words}{joint}{base}")


def _asked(found: SurveyFigures, language: str) -> str:
    """Return whom the figure speaks of where the size of the estate is unknown."""
    if found.scope is None:
        return ""
    asked = count(found.funnel.base)
    return f"（发到问卷的{asked}份中）" if language == "zh" else f" of the {asked} asked"


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
    shown, overall = found.overall.primary.figure, found.overall
    wanted = overall.target or 0.0
    goal = text(sentences.goal(wanted, overall.target_source), language)
    verdict = overall.target_verdict
    return Key(
        say("target", language),
        signed(100 * shown.estimate - wanted) if shown else "–",
        f"{say('goal', language)} {goal}",
        verdict,
        text(VERDICTS[verdict], language),
    )


def _bounds(found: SurveyFigures, language: str) -> Key:
    shown = found.overall.primary.figure
    label = say("bounds", language)
    if shown is None or shown.bounds is None:
        return Key(label, "–", say("unknown", language))
    base = shown.population or shown.n
    silent = base - shown.n
    unit = "份" if found.scope else "户"
    note = (
        f"{base:,}{unit}里{silent:,}{unit}没有有效回答"
        if language == "zh"
        else f"{silent:,} of {base:,} without a valid answer"
    )
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
        calibrated.section(found, language),
        pooling.section(found, language),
        drivers.section(found, language),
        lists.change(found, language),
        *timing.sections(found, language),
        lists.under(found, language),
        lists.external(found, language),
        lists.parts(found, language),
        lists.funnel(found, language),
        lists.by_building(found, language),
        lists.process(found, language),
        boxes.cells(found, language),
        lists.others(found, language),
        *ticks.sections(found, language),
        asides.warnings(found, language),
        asides.method(found, language),
        asides.formulas(found, language),
        asides.notes(found, language),
    ]
    return tuple(section for section in ordered if section is not None)
