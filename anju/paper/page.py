"""A document as one HTML file: no request goes out, styles within, charts as inline SVG.

It follows the reader's light or dark and prints as it stands; it holds no script.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from anju.paper.layout import Column, Document, Key, Mark, Row, Section

HERE = Path(__file__).parent
_TALL = 24
_SIGNS = {"low": "▼ ", "high": "▲ ", "tie": "○ ", "": ""}


def page(doc: Document, charts: Mapping[str, str]) -> bytes:
    """Return the whole page as bytes; `charts` are SVG of our own by the names of the sections."""
    styles = (HERE / "tokens.css").read_text("utf-8") + (HERE / "report.css").read_text("utf-8")
    body = "".join(
        (
            _head(doc),
            "".join(f'<p class="alert">{escape(said)}</p>' for said in doc.alerts),
            f'<div class="keys">{"".join(_key(key) for key in doc.keys)}</div>' if doc.keys else "",
            _says(doc),
            *(_section(section, charts) for section in doc.sections),
            _foot(doc),
        )
    )
    lang = "zh-CN" if doc.language == "zh" else "en"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; img-src data:\">"
        f"<title>{escape(doc.title)}</title><style>{styles}</style></head>"
        f"<body><svg width='0' height='0' aria-hidden='true'>{_HATCH}</svg>"
        f"{_band(doc)}<main>{body}</main></body></html>"
    ).encode()


_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hl" d="M0 0V6"/></pattern></defs>'
)


def _head(doc: Document) -> str:
    number = f"{doc.words['number']} {doc.number}" if doc.number else ""
    return (
        f'<header><p class="s flow"><b>{escape(doc.company)}</b><span>{escape(number)}</span></p>'
        f'<p class="i2">{escape(doc.kind)}</p><h1>{escape(doc.title)}</h1>'
        f'<p class="i2">{escape(doc.subtitle)}</p></header>'
    )


def _band(doc: Document) -> str:
    """Return the band that stands over the page, and on every sheet where it is printed."""
    return f'<p class="band">{escape(doc.band)}</p>' if doc.band else ""


def _key(key: Key) -> str:
    verdict = (
        f'<span class="sig is-{key.sign}">{_SIGNS[key.sign]}{escape(key.verdict)}</span> '
        if key.verdict
        else ""
    )
    return (
        f'<div><p class="s i2">{escape(key.label)}</p><p class="k">{escape(key.figure)}</p>'
        f'<p class="s i2">{verdict}{escape(key.note)}</p></div>'
    )


def _says(doc: Document) -> str:
    joint = "" if doc.language == "zh" else " "
    said = escape(joint.join(doc.says))
    return f'<section><h2>{escape(doc.words["says"])}</h2><p class="measure">{said}</p></section>'


def _foot(doc: Document) -> str:
    lines = "".join(f"<span>{escape(words)}</span>" for words in doc.signatures)
    stamp = escape(f"{doc.title} · {doc.words['as_of']} {doc.as_of}")
    return f'<div class="sign s">{lines}</div><footer class="s i2">{stamp}</footer>'


def _section(section: Section, charts: Mapping[str, str]) -> str:
    lead = f'<p class="s i2">{escape(section.lead)}</p>' if section.lead else ""
    notes = "".join(f'<p class="s i2">{escape(note)}</p>' for note in section.notes)
    picture = charts.get(section.chart, "")
    chart = f'<div class="chart">{picture}</div>' if picture else ""
    return (
        f'<section id="{escape(section.key)}"><h2>{escape(section.title)}</h2>{lead}'
        f"{_legend(section)}{chart}{_table(section)}{notes}</section>"
    )


def _legend(section: Section) -> str:
    keys = "".join(
        f'<span><svg class="sw" aria-hidden="true"><rect class="{tone}" width="100%" '
        f'height="100%"/></svg>{escape(words)}</span>'
        for tone, words in section.legend
    )
    return f'<p class="legend s i2">{keys}</p>' if keys else ""


def _table(section: Section) -> str:
    if not section.rows:
        return ""
    if not section.columns:
        if section.drawing:
            return "".join(_drawing(section, row) for row in section.rows)
        return f"<ul>{''.join(f'<li>{escape(row.label)}</li>' for row in section.rows)}</ul>"
    kind = "pairs" if section.columns[0].label == "" else "wide" if section.drawing else "plain"
    rows = "".join(_row(section, row) for row in section.rows)
    return f'<div class="scroll"><table class="{kind}">{_thead(section)}<tbody>{rows}</tbody></table></div>'


def _thead(section: Section) -> str:
    if not section.subject:
        return ""
    ticks = "".join(
        f'<text class="{"" if tick.left else "m"}" x="{100 * tick.x:.2f}%" y="14">'
        f"{escape(tick.text)}</text>"
        for tick in section.ticks
    )
    axis = (
        f'<th class="c"><svg height="20" aria-hidden="true">{ticks}</svg></th>'
        if section.drawing
        else ""
    )
    names = "".join(
        f'<th scope="col" class="{_kind(column)}">{escape(column.label)}</th>'
        for column in section.columns
    )
    return f'<thead><tr><th scope="col">{escape(section.subject)}</th>{axis}{names}</tr></thead>'


def _kind(column: Column) -> str:
    return "num" if column.number else ""


def _row(section: Section, row: Row) -> str:
    sub = f' <span class="s i3">{escape(row.sub)}</span>' if row.sub else ""
    drawing = f'<td class="c">{_drawing(section, row)}</td>' if section.drawing else ""
    last = len(row.cells) - 1
    cells = "".join(
        f'<td class="{_kind(column)}">{_sign(row, column, last=at == last)}{escape(cell)}</td>'
        for at, (column, cell) in enumerate(zip(section.columns, row.cells, strict=False))
    )
    return f'<tr><th scope="row">{escape(row.label)}{sub}</th>{drawing}{cells}</tr>'


def _sign(row: Row, column: Column, *, last: bool) -> str:
    if not (last and row.sign and column.label and not column.number):
        return ""
    return f'<span class="sig is-{row.sign}">{_SIGNS[row.sign]}</span>'


def _drawing(section: Section, row: Row) -> str:
    if row.said:
        return f'<span class="i2">{escape(row.said)}</span>'
    label = " ".join(part for part in (row.label or section.title, *row.cells[:3]) if part)
    marks = "".join(_mark(mark) for mark in (*section.grid, *row.marks))
    return (
        f'<svg class="viz" height="{_TALL}" role="img" aria-label="{escape(label)}">{marks}</svg>'
    )


def _mark(mark: Mark) -> str:
    x, w, middle = 100 * mark.x, 100 * mark.w, _TALL / 2
    if mark.kind == "seg":
        box = (
            f'<rect class="{mark.tone}" x="{x:.2f}%" width="{w:.2f}%" y="2" height="{_TALL - 4}"/>'
        )
        if not mark.text:
            return box
        at = f'x="{x + w / 2:.2f}%" y="{middle + 4.5}"'
        return f'{box}<text class="m n{mark.tone[1:]}" {at}>{escape(mark.text)}</text>'
    if mark.kind == "dot":
        return f'<circle class="{mark.tone}" cx="{x:.2f}%" cy="{middle}" r="5"/>'
    if mark.kind == "line":
        return f'<line class="{mark.tone}" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="100%"/>'
    place = f'x1="{x:.2f}%" x2="{x + w:.2f}%" y1="{middle}" y2="{middle}"'
    return f'<line class="{mark.kind} {mark.tone}" {place}/>'
