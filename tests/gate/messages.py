"""`run.py messages`: collect the sentences of the product, merge their Chinese, compile it.

Sources are the fragments, one for each area; `django.po` and `django.mo` are made from them and
checked in, so that an installation needs no gettext. `--check` writes nothing and fails where a
sentence lacks its Chinese, two fragments disagree, a placeholder is lost, or the files are stale.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.gate import catalogue
from tests.gate.catalogue import Entry, Key

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "anju" / "conf" / "locale" / "zh_Hans"
SHAPES = {  # function: which arguments are text, plural, context
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
    "npgettext_lazy": (1, 2, 0),
}
CALL = re.compile(r"\b(_|gettext|ngettext|pgettext|npgettext)\((?=\s*u?[\"'])")
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}|%([sd])")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?]|[\u4e00-\u9fff]\.(?:$|\s)")


def key_of(name: str, words: list[str | None]) -> Key | None:
    """Return the key that a call of a translating function names, None for computed text."""
    text, plural, context = (
        words[place] if place is not None and place < len(words) else None for place in SHAPES[name]
    )
    return Key(text, plural or "", context or "") if text else None


def in_python(source: str) -> Iterator[Key]:
    """Yield what a module asks to translate."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        words = [_word(argument) for argument in node.args]
        if name in SHAPES and (key := key_of(name, words)):
            yield key


def _word(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_template(source: str) -> Iterator[Key]:
    """Yield what a template asks to translate, by Django's own reading of it."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 (Django is slow)

    plain = templatize(source)
    for call in CALL.finditer(plain):
        yield from in_python(_balanced(plain, call.start(), call.end()))


def _balanced(plain: str, start: int, inside: int) -> str:
    quoted = re.compile(r"\s*u?(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')\s*,?", re.DOTALL)
    end = inside
    while match := quoted.match(plain, end):
        end = match.end()
    return plain[start:end].rstrip(" ,").replace("\n", "\\n") + ")"


def wanted() -> dict[Key, str]:
    """Return every sentence of the product and the first file that asks for it."""
    found: dict[Key, str] = {}
    for path in sorted((ROOT / "anju").rglob("*")):
        if "tests" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        read = in_python if path.suffix == ".py" else in_template
        for key in read(path.read_text(encoding="utf-8")):
            found.setdefault(key, str(path.relative_to(ROOT)))
    return found


def faults(entries: Iterable[Entry], asked: dict[Key, str]) -> Iterator[str]:
    """Yield a sentence for each thing wrong with the Chinese of the product."""
    seen: dict[Key, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.key, entry)
        if first.translation != entry.translation:
            yield f"{entry.place} and {first.place} disagree on “{entry.key.text}”"
        if (
            _placeholders(entry.key.text) != _placeholders(entry.translation)
            and not entry.key.plural
        ):
            yield f"{entry.place}: other placeholders than “{entry.key.text}”"
        if HALF_WIDTH.search(entry.translation):
            yield f"{entry.place}: half-width punctuation in “{entry.translation}”"
    for key, path in asked.items():
        if key not in seen or not seen[key].translation:
            yield f"{path}: no Chinese for “{key.text}”"


def _placeholders(words: str) -> set[str]:
    return {"".join(found) for found in PLACEHOLDER.findall(words.replace("%%", ""))}


def files(entries: Iterable[Entry]) -> dict[Path, bytes]:
    """Return the two made files by path."""
    once = {entry.key: entry for entry in entries if entry.translation}
    folder = LOCALE / "LC_MESSAGES"
    return {
        folder / "django.po": catalogue.text(once.values()).encode(),
        folder / "django.mo": catalogue.compiled(once.values()),
    }


def main(arguments: list[str]) -> int:
    """Merge and compile, or only check."""
    parser = argparse.ArgumentParser(prog="run.py messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail on any fault")
    checking = parser.parse_args(arguments).check
    entries = [
        one for path in sorted(LOCALE.glob("fragments/*.po")) for one in catalogue.read(path)
    ]
    asked = wanted()
    wrong = list(faults(entries, asked))
    for path, content in files(entries).items():
        if checking and (not path.exists() or path.read_bytes() != content):
            wrong.append(f"{path.relative_to(ROOT)} is stale: run.py messages")
        elif not checking:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    print(*wrong, sep="\n")
    unused = sorted({entry.key.text for entry in entries if entry.key not in asked})
    print(
        f"messages: {len(asked)} asked for, {len(wrong)} faults, {len(unused)} no longer asked for"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
