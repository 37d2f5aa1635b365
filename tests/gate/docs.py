"""`run.py docs`: write the papers that a program can write, so that they are never out of date.

Rooms and their tables, formulas, the statistics' public names, commands. Everything else under docs/ is written by hand and
checked by tests/docs. `--check` writes nothing and fails where a paper is stale.
"""

from __future__ import annotations

import ast
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import tower

ROOT = tower.ROOT
NOTE = "<!-- Written by `run.py docs`. Change the code, not this page. -->\n"


def first_line(path: Path) -> str:
    """Return the first sentence of a module's docstring."""
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return told.split("\n", maxsplit=1)[0]


def rooms() -> Iterator[str]:
    """Yield the page of rooms: what each is, its parts, its tables."""
    yield f"# Rooms\n\n{NOTE}\nFrom the ground up; a room imports only what stands above it here.\n"
    from django.apps import apps  # noqa: PLC0415 (main starts Django first)

    tables = [model for model in apps.get_models() if model.__module__.startswith("anju.")]
    built = {path.name: path for path in tower.rooms()}
    for floor in reversed(tower.floors()):
        for name in sorted(floor & built.keys()):
            yield f"\n## {name}\n\n{first_line(built[name] / '__init__.py')}\n"
            for part in parts(built[name]):
                yield f"- `{part.relative_to(built[name])}`: {first_line(part)}"
            mine = [one for one in tables if one.__module__.split(".")[1] == name]
            if mine:
                yield "\n| table | columns |\n|---|---|"
            for model in sorted(mine, key=lambda one: one.__name__):
                columns = ", ".join(field.attname for field in model._meta.concrete_fields)
                yield f"| {model.__name__} | {columns} |"


def parts(room: Path) -> list[Path]:
    """Return the modules that stand at the door of a room."""
    found = sorted(room.glob("*.py"))
    return [path for path in found if path.name not in {"__init__.py", "apps.py"}]


def formulas() -> Iterator[str]:
    """Yield the page of formulas from the table that the figures themselves point to."""
    from anju.stats.formulas import FORMULAS  # noqa: PLC0415

    yield f"# Formulas\n\n{NOTE}"
    yield "Every figure carries the id and the version of its formula.\n"
    yield "| id | version | English | 中文 |\n|---|---|---|---|"
    for formula in FORMULAS.values():
        yield f"| `{formula.id}` | {formula.version} | {formula.en} | {formula.zh} |"


def public() -> Iterator[str]:
    """Yield the page of the statistics' public names: what each is called with, and its first sentence."""
    import inspect  # noqa: PLC0415

    from anju import stats  # noqa: PLC0415

    yield f"# Public names of `anju.stats`\n\n{NOTE}"
    yield "`from anju import stats` gives these; a part is read in when it is first asked for. Every"
    yield "refusal is a `StatsError` with a code, a field and a sentence in both languages.\n"
    yield "| name | called with | what it is |\n|---|---|---|"
    for name in stats.__all__:
        found = getattr(stats, name)
        told = inspect.getdoc(found) or ""
        first = " ".join(told.split("\n\n")[0].split()).split(". ")[0].rstrip(".").replace("|", "∣")
        given = ", ".join(inspect.signature(found).parameters) if inspect.isfunction(found) else ""
        yield f"| `{name}` | {given} | {first} |"


def commands() -> Iterator[str]:
    """Yield the page of commands: the starter's and the product's."""
    from anju.cli.main import VERBS  # noqa: PLC0415
    from run import VERBS as STARTER  # noqa: PLC0415

    yield f"# Commands\n\n{NOTE}\n## In a checkout\n\n| `python3 run.py …` | what it does |\n|---|---|"
    yield from (f"| `{verb}` | {line} |" for verb, (_, _, line) in STARTER.items())
    yield "\n## Installed\n\n| `anju …` | what it does |\n|---|---|"
    yield from (f"| `{verb}` | {line} |" for verb, line in VERBS.items())


def case_states() -> Iterator[str]:
    """Yield the page of a case's states, verbs and demands from the one table."""
    from anju.casework import states  # noqa: PLC0415
    from anju.casework.words import DEMAND_WORDS, STATE_WORDS, VERB_WORDS  # noqa: PLC0415

    yield f"# The states of a case (一单的状态)\n\n{NOTE}"
    yield "A verb that is not in the table is refused with what is possible instead; a verb whose"
    yield "demand is missing is refused naming it. Each case keeps the version of its table.\n"
    yield f"Version {states.VERSION}.\n\n```mermaid\n{states.diagram()}\n```\n"
    yield "| state | 状态 | stage | whose turn | verb | 动作 | demands | to |\n|---|---|---|---|---|---|---|---|"
    for (at, verb), to in states.STEPS.items():
        asked = "; ".join(DEMAND_WORDS[one][0] for one in sorted(states.DEMANDS[verb])) or "–"
        (state_en, state_zh), (verb_en, verb_zh) = STATE_WORDS[at], VERB_WORDS[verb]
        yield (
            f"| {state_en} | {state_zh} | {states.STAGES[at]} | {states.TURNS[at]}"
            f" | {verb_en} | {verb_zh} | {asked} | {STATE_WORDS[to][0]} |"
        )


PAGES = {
    "rooms.md": rooms,
    "formulas.md": formulas,
    "methods/api.md": public,
    "commands.md": commands,
    "rules/case-states.md": case_states,
}


def written() -> dict[Path, str]:
    """Return every generated page by path."""
    return {ROOT / "docs" / name: "\n".join(page()) + "\n" for name, page in PAGES.items()}


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are stale."""
    with tempfile.TemporaryDirectory() as data:
        os.environ.setdefault("ANJU_DATA", data)
        os.environ.setdefault("ANJU_SECRET_KEY", "only for papers " + "x" * 50)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
        import django  # noqa: PLC0415

        django.setup()
        pages = written()
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text() != text]
    if "--check" not in arguments:
        for path in stale:
            path.write_text(pages[path], encoding="utf-8")
            print(f"docs: wrote {path.relative_to(ROOT)}")
        return 0
    print(*(f"{path.relative_to(ROOT)} is stale: run.py docs" for path in stale), sep="\n")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
