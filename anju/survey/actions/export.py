"""Respondent-level answers handed out as a file: an act that is written down."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.db import transaction

from anju.kernel import files
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.sheets.write import Sheet, write_csv, write_xlsx
from anju.survey.access import wave_for
from anju.survey.actions.reading import pieces
from anju.survey.actions.waves import tell
from anju.survey.exports import CODEBOOK, Export, export_of

FORMS = ("xlsx", "csv", "codebook.csv")
NAMES = {"zh": ("答卷", "编码表"), "en": ("answers", "codebook")}


@transaction.atomic
def export_answers(
    *, actor: Actor, wave_id: int, at: datetime, form: str = "xlsx", language: str = "zh-hans"
) -> int:
    """Keep a file of a wave's single answers with their codebook and return the file's id.

    `form` is xlsx (both), csv (the answers) or codebook.csv. Errors: E-CHOICE.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EXPORT_ANSWERS)
        if form not in FORMS:
            raise Problem("E-CHOICE", "form", "Choose xlsx or csv.", "请选择 xlsx 或 csv。")
        export = export_of(wave_id, language=language)
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / f"export.{form}"
            _write(target, export, form=form, language=language)
            name = (
                f"{wave.title}_{NAMES[language[:2]][form == 'codebook.csv']}.{form[-4:].strip('.')}"
            )
            kept = files.keep(
                pieces(target),
                name=name,
                company_id=actor.company_id,
                actor_id=actor.account_id,
                at=at,
            )
        tell(actor, wave, "exported", at=at, payload={"rows": len(export.rows), "form": form})
        return kept.pk


def _write(target: Path, export: Export, *, form: str, language: str) -> None:
    data, book = NAMES[language[:2]]
    if form == "xlsx":
        sheets = [Sheet(data, export.headers, export.rows), Sheet(book, CODEBOOK, export.codebook)]
        write_xlsx(target, sheets)
    elif form == "csv":
        write_csv(target, export.headers, export.rows)
    else:
        write_csv(target, CODEBOOK, export.codebook)
