"""The runner of promises: a broken, a dying and a silent promise have all failed."""

from __future__ import annotations

import json

import pytest

from promises import __main__ as runner
from promises import registry

HEAD = "from promises.registry import Outcome, Promise\n"
TRIES = {
    "kept": ("lambda folder: Outcome(kept=True, evidence=str(folder.is_dir()))", 0, "True"),
    "broken": ("lambda folder: Outcome(kept=False, evidence='two of three')", 1, "two of three"),
    "dying": ("lambda folder: 1 / 0", 1, "ZeroDivisionError"),
    "killed": ("lambda folder: __import__('os').kill(__import__('os').getpid(), 9)", 1, "-9"),
}


@pytest.mark.parametrize("kind", TRIES)
def test_each_outcome_is_told(kind, tmp_path, monkeypatch, capsys):
    attempt, status, said = TRIES[kind]
    package = tmp_path / "more"
    package.mkdir()
    module = f"p99_{kind}"
    text = f"{HEAD}PROMISE = Promise('P99', 'We say so', {attempt})\n"
    (package / f"{module}.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setattr(registry, "modules", lambda: (module,))
    monkeypatch.setattr("promises.__path__", [*__import__("promises").__path__, str(package)])
    monkeypatch.setattr(runner, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(runner.sys, "executable", str(wrapper(tmp_path, package)))

    assert runner.main(["--json", str(tmp_path / "out.json")]) == status
    assert said in capsys.readouterr().out
    assert json.loads((tmp_path / "out.json").read_text())[0]["kept"] == (status == 0)


def wrapper(folder, package):
    """Return a Python that also finds the promise of this test."""
    path = folder / "python"
    start = f"import promises; promises.__path__.append({str(package)!r})"
    code = f"{start}; import runpy, sys; sys.argv = ['promises'] + sys.argv[3:]"
    run = "runpy.run_module('promises', run_name='__main__')"
    path.write_text(f'#!/bin/sh\nexec {runner.sys.executable} -c "{code}; {run}" "$@"\n')
    path.chmod(0o755)
    return path


def test_no_promise_at_all_is_no_success(monkeypatch):
    monkeypatch.setattr(registry, "modules", lambda: ())

    assert runner.main([]) == 1
