"""A PDF to look at and print, named after what it holds in the reader's words."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from anju.kernel.files import shown_name


def pdf(body: bytes, *words: str) -> HttpResponse:
    """Answer with a PDF whose file name is these words with dashes between."""
    said = "-".join(word for word in words if word).replace("/", "-").replace("\\", "-")
    answer = HttpResponse(body, content_type="application/pdf")
    named = content_disposition_header(as_attachment=False, filename=shown_name(f"{said}.pdf"))
    answer["Content-Disposition"] = named or "inline"
    return answer
