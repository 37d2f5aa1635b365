"""Makes the screen's tokens, the charts' theme and the paper's styles of tokens.json.

Run by hand after a change of tokens.json (`python -m anju.look.generate`); a test says when a
made file is stale. It decides nothing: every value stands in tokens.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PACKAGE = HERE.parent
MADE = "made from anju/look/tokens.json by anju/look/generate.py"
GENERIC = frozenset({"system-ui", "sans-serif", "-apple-system", "Roboto", "Inter"})
STEPS = {"small": "s", "body": "", "emphasis": "e", "title": "t", "page": "p", "figure": "k"}
Tokens = Mapping[str, Any]


def _colours(colours: Tokens) -> Iterator[tuple[str, str]]:
    """Yield the custom properties of one theme."""
    for name, value in colours.items():
        if isinstance(value, str):
            yield name, value
    for name, (strong, soft) in colours.get("state", {}).items():
        yield name, strong
        yield f"{name}-soft", soft
    for place, value in enumerate(colours.get("satisfaction", ()), start=1):
        yield f"sat-{place}", value
    for place, value in enumerate(colours.get("satisfaction-ink", ()), start=1):
        yield f"sat-{place}-ink", value
    yield from colours.get("judgement", {}).items()


def _type(steps: Tokens) -> Iterator[tuple[str, str]]:
    """Yield sizes and line heights in rem, so that the reader's own text size is kept."""
    for name, (size, height) in steps.items():
        mark = f"-{STEPS[name]}" if STEPS[name] else ""
        yield f"fs{mark}", f"{size / 16:g}rem"
        yield f"lh{mark}", f"{height / 16:g}rem"


def _sizes(tokens: Tokens) -> Iterator[tuple[str, str]]:
    """Yield spaces, radii and the sizes of controls, in the density of the staff's desk."""
    yield from ((f"s{n}", f"{size}px") for n, size in enumerate(tokens["space"], start=1))
    yield from ((f"b{n}", f"{size}px") for n, size in enumerate(tokens["border"], start=1))
    control, width = tokens["control"], tokens["width"]
    pixels = {
        "r": tokens["radius"]["box"],
        "r-s": tokens["radius"]["tag"],
        "h": control["staff"],
        "h-c": control["compact"],
        "row": control["row"],
        "tap": tokens["target"]["owner"],
        "big": tokens["target"]["big"],
        "bar": tokens["bar"],
        "node": tokens["node"],
        "dot": tokens["dot"],
        "ico": tokens["icon"]["size"],
        **{name: width[name] for name in ("rail", "side", "staff", "owner", "form", "alone")},
    }
    yield from ((name, f"{size}px") for name, size in pixels.items())
    yield "stroke", f"{tokens['icon']['stroke']}"
    yield "one", "minmax(0,1fr)"
    for language in ("zh", "en"):
        yield language, ",".join(_quoted(tokens["type"][language]))


def _quoted(families: list[str]) -> Iterator[str]:
    return (name if name in GENERIC else f'"{name}"' for name in families)


def _block(selector: str, pairs: Iterator[tuple[str, str]], before: str = "") -> str:
    inner = ";\n  ".join(f"--{name}:{value}" for name, value in pairs)
    return f"{selector} {{\n  {before}{inner};\n}}\n"


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet that holds every colour and pixel of the product's pages."""
    colour, control, steps = tokens["color"], tokens["control"], tokens["type"]
    care = [("h", f"{control['care']}px"), ("tap", f"{tokens['target']['care']}px")]
    phone = [
        ("h", f"{control['staff-phone']}px"),
        ("h-c", f"{control['staff-phone-compact']}px"),
        ("rail", "0px"),
    ]
    themes = ":root,[data-bs-theme]"
    paper = {**colour["light"], **colour["paper"]}
    narrow, wide = tokens["break"]
    return "".join(
        (
            f"/* {MADE}; do not edit */\n",
            _block(":root,[data-bs-theme=light]", _colours(colour["light"]), "color-scheme:light;"),
            _block("[data-bs-theme=dark]", _colours(colour["dark"]), "color-scheme:dark;"),
            "@media print {\n",
            _block(themes, _colours(paper), "color-scheme:light;"),
            "}\n",
            _block(":root", iter([*_sizes(tokens), *_type(steps["staff"])])),
            f"@media (width<{wide}px) {{\n:root {{ --rail:{tokens['width']['rail-narrow']}px }}\n}}\n",
            f"@media (width<{narrow}px) {{\n",
            _block(":root", iter([*_type(steps["staff-phone"]), *phone])),
            "}\n",
            _block(
                "[data-surface=owner]",
                iter([*_type(steps["owner"]), ("h", f"{control['owner']}px")]),
            ),
            _block(
                "[data-surface=care]",
                iter([*_type(steps["care"]), *care, ("ico", f"{tokens['icon']['care']}px")]),
            ),
        )
    )


def _chart(colours: Tokens, font: str, size: int) -> dict[str, object]:
    axis = {
        "domainColor": colours["ctl"],
        "tickColor": colours["ctl"],
        "gridColor": colours["line"],
        "labelColor": colours["ink-2"],
        "titleColor": colours["ink-2"],
        "labelFontSize": size,
        "titleFontSize": size,
        "titleFontWeight": 500,
        "labelLimit": 240,
        "tickCount": 6,
    }
    return {
        "background": None,
        "font": font,
        "view": {"stroke": None},
        "axis": axis,
        "legend": {
            "labelColor": colours["ink-2"],
            "titleColor": colours["ink-2"],
            "labelFontSize": size,
            "titleFontSize": size,
            "orient": "top",
        },
        "title": {
            "color": colours["ink"],
            "fontSize": size + 2,
            "fontWeight": 600,
            "anchor": "start",
        },
        "text": {"color": colours["ink"], "fontSize": size},
        "rule": {"color": colours["ctl"]},
        "point": {"color": colours["lines"][0]},
        "range": {
            "category": colours["lines"],
            "ordinal": colours["satisfaction"],
            "diverging": colours["satisfaction"],
            "heatmap": colours["magnitude"],
            "ramp": colours["magnitude"],
        },
    }


def chart_theme(tokens: Tokens) -> str:
    """Return the Vega-Lite configurations for light, dark and paper as JSON."""
    font = ", ".join(tokens["type"]["zh"])
    size = tokens["type"]["staff"]["small"][0]
    light, dark = tokens["color"]["light"], tokens["color"]["dark"]
    themes = {
        "light": _chart(light, font, size),
        "dark": _chart(dark, font, size),
        "paper": _chart({**light, **tokens["color"]["paper"]}, "Noto Sans SC", size),
    }
    return json.dumps(themes, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def paper_styles(tokens: Tokens) -> str:
    """Return the Typst definitions of colours and sizes; paper is always light."""
    colours = {**tokens["color"]["light"], **tokens["color"]["paper"]}
    lines = [f"// {MADE}; do not edit"]
    lines += [
        f'#let {name} = rgb("{value}")' for name, value in _colours(colours) if value[0] == "#"
    ]
    for name, shades in (("magnitude", "magnitude"), ("series", "lines")):
        inner = ", ".join(f'rgb("{shade}")' for shade in colours[shades])
        lines.append(f"#let {name} = ({inner})")
    lines += [f"#let size-{name} = {size}pt" for name, size in tokens["type"]["paper"].items()]
    return "\n".join(lines) + "\n"


def report_colours(tokens: Tokens) -> str:
    """Return the colours of a report that leaves as one HTML file: the reader's theme, then print."""
    colour = tokens["color"]
    paper = {**colour["light"], **colour["paper"]}
    return "".join(
        (
            f"/* {MADE}; do not edit */\n",
            _block(":root", _colours(colour["light"]), "color-scheme:light;"),
            "@media (prefers-color-scheme:dark) {\n",
            _block(":root", _colours(colour["dark"]), "color-scheme:dark;"),
            "}\n@media print {\n",
            _block(":root", _colours(paper), "color-scheme:light;"),
            "}\n",
        )
    )


def made_files(tokens: Tokens) -> dict[Path, str]:
    """Return every made file with its text."""
    return {
        PACKAGE / "web" / "static" / "anju" / "tokens.css": style_sheet(tokens),
        PACKAGE / "web" / "static" / "anju" / "charts.json": chart_theme(tokens),
        PACKAGE / "paper" / "charts.json": chart_theme(tokens),
        PACKAGE / "paper" / "tokens.typ": paper_styles(tokens),
        PACKAGE / "paper" / "tokens.css": report_colours(tokens),
    }


def read_tokens() -> Tokens:
    """Return tokens.json as it stands."""
    tokens: Tokens = json.loads((HERE / "tokens.json").read_text(encoding="utf-8"))
    return tokens


def main() -> None:
    """Write the made files."""
    for path, text in made_files(read_tokens()).items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
