"""The page of mutants: of each module how many were noticed, and why the others may live."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from validation.judged import JUDGED
from validation.kept_mutants import Ran, kept, unjudged
from validation.noticing import LEFT_OUT, OURS

PAGE = Path(__file__).parents[1] / "docs" / "methods" / "mutants.md"
HEAD = """# Mutants (变异测试)

<!-- Written by `run.py validate mutants --write`. Change the code, not this page. -->

Would the tests notice a wrong sign, a wrong comparison, a wrong number? One operator or number of a
module is changed at a time, and the tests of that module are run. A change that they do not notice is
a survivor: it is killed by a new test, or judged here because it means nothing. `open` counts those
that nobody has judged yet. 每次只改一个运算符或数字并运行该模块的测试；未被发现的变异须补测试，或在此说明其无影响。

```
python3 run.py validate mutants                 # all modules: about half an hour on one core
python3 run.py validate mutants suppress        # one module: seconds to some minutes
```

It ends with 1 where a survivor is open. Not changed: versions, words, and modules without arithmetic
"""


def written() -> str:
    """Return the page from what the last runs found."""
    rows = kept()
    told = [rows[module] for module in OURS if module in rows]
    return "\n".join([HEAD.rstrip() + f" ({', '.join(f'`{one}`' for one in LEFT_OUT)}).\n", *_table(told), *_survivors(told)]) + "\n"  # fmt: skip


def _table(told: list[Ran]) -> Iterator[str]:
    yield "| module | mutants | noticed | judged | open | run on |"
    yield "|---|---|---|---|---|---|"
    counts = [(row.many, row.many - len(row.lived), len(unjudged(row))) for row in told]
    for row, (many, noticed, left) in zip(told, counts, strict=True):
        yield f"| `{row.module}` | {many} | {noticed} | {many - noticed - left} | {left} | {row.date} |"
    for module in (one for one in OURS if one not in {row.module for row in told}):
        yield f"| `{module}` | not run yet | | | | |"
    many, noticed, left = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)  # fmt: skip
    yield f"| all | {many} | {noticed} | {many - noticed - left} | {left} | |"


def _survivors(told: list[Ran]) -> Iterator[str]:
    for row in told:
        if row.lived:
            yield f"\n## {row.module}\n"
        for key in row.lived:
            why = JUDGED.get(row.module, {}).get(key, "**open**")
            yield f"- `{key}`: {why}"
