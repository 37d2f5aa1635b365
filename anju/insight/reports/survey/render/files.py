"""Which renderer writes which file; the suffix decides."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from anju.insight.measured.model import SurveyFigures
from anju.kernel.pure.problems import Problem

_MODULES = {
    ".pdf": "paper",
    ".html": "page",
    ".xlsx": "book",
    ".json": "data",
    ".csv": "rows",
}
SUFFIXES = tuple(_MODULES)


def check(path: Path, forms: tuple[str, ...] = SUFFIXES, option: str = "out") -> None:
    """Refuse a file whose suffix is none of the forms, or whose folder is not there.

    Errors: E-OUT.
    """
    if path.suffix.lower() not in forms:
        raise Problem(
            "E-OUT",
            option,
            "{name}: the report is written as one of {forms}; end the name in one of these.",
            "{name}：报告可写成 {forms}，请以其中之一作为文件后缀。",
            name=path.name,
            forms=", ".join(forms),
        )
    if not path.absolute().parent.is_dir():
        raise Problem(
            "E-OUT",
            option,
            "The folder {folder} does not exist; make it first.",
            "文件夹 {folder} 不存在，请先建立。",
            folder=str(path.parent),
        )


def write(found: SurveyFigures, path: Path, *, language: str) -> None:
    """Write the report in the form that the suffix names, "zh" or "en"; a broken one leaves none.

    Errors: E-OUT.
    """
    check(path)
    name = _MODULES[path.suffix.lower()]
    module = import_module(f"anju.insight.reports.survey.render.{name}")
    make: Callable[[SurveyFigures, str], bytes] = module.made
    path.write_bytes(make(found, language))
