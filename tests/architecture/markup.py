"""What a template, a style sheet or a query may not say. Reads text; renders nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TAG = re.compile(r"<[a-zA-Z][^>]*>", re.DOTALL)
INLINE = re.compile(r"\s(style|on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE)
STYLE = re.compile(r"<style\b", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|oklch)\(")
PIXEL = re.compile(r"(?<![\w.-])\d*\.?\d+px\b")
QUERIES = frozenset({"raw", "extra", "RawSQL", "execute", "executemany"})


def in_template(path: Path, text: str, *, whole_file: bool = False) -> Iterator[str]:
    """Yield what our content policy or the reader's safety forbids in a page.

    A stand-alone file (a printed report that is opened from a disk) may hold a style block.
    """
    plain = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", text, flags=re.DOTALL)
    for tag in TAG.finditer(re.sub(r"{%.*?%}|{{.*?}}", "", plain, flags=re.DOTALL)):
        for found in INLINE.finditer(tag.group()):
            yield f"{path}: {found.group(1)} attribute in {tag.group()[:60]}"
    if SCRIPT.search(plain):
        yield f"{path}: a script inside the page"
    if STYLE.search(plain) and not whole_file:
        yield f"{path}: a style block inside the page"
    if unescaped := UNESCAPED.search(plain):
        yield f"{path}: {unescaped.group()} lets text through unescaped"


def in_style_sheet(path: Path, text: str) -> Iterator[str]:
    """Yield each colour and pixel outside a token (`--name: value`) and outside a media query."""
    plain = re.sub(
        r"/\*.*?\*/", lambda match: "\n" * match.group().count("\n"), text, flags=re.DOTALL
    )
    for number, line in enumerate(plain.splitlines(), start=1):
        rest = re.sub(r"--[\w-]+\s*:[^;}]*|@(?:media|container)[^{]*|url\([^)]*\)", "", line)
        for found in (*COLOUR.finditer(rest), *PIXEL.finditer(rest)):
            if found.group() != "0px":
                yield f"{path}:{number} {found.group()} outside the tokens"


def in_queries(path: Path, text: str) -> Iterator[str]:
    """Yield each query made of text: raw(), extra(), and execute() of anything but a constant."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        constant = bool(node.args) and isinstance(node.args[0], ast.Constant)
        if name in QUERIES and not (name.startswith("execute") and constant):
            yield f"{path}:{node.lineno} {name}() of a text made at run time"
