"""Sheets as one tagged PDF (PDF/UA-1), typeset by Typst from a template."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import typst

from automations.documents.sheet import Sheet
from schemas.errors import KontaktnetzError, Terminal

MIME = "application/pdf"

_TEMPLATES = Path(__file__).parent / "templates"


class DocumentError(KontaktnetzError, Terminal):
    """A document could not be made: its template asks for something that is not there."""


def sheets_as_pdf(sheets: Sequence[Sheet], *, title: str, footer: str) -> bytes:
    """Return sheets as one PDF, each on a page of its own; ``title`` names the file for screen readers.

    Raises:
        DocumentError: the template is broken; the message names it and what Typst says.
    """
    data = {"title": title, "footer": footer, "sheets": [asdict(sheet) for sheet in sheets]}
    return typeset("sheet.typ", data)


def typeset(template: str, data: Mapping[str, object], folder: Path = _TEMPLATES) -> bytes:
    """Return a template filled with data (as JSON in ``sys.inputs.data``) as a tagged PDF.

    Raises:
        DocumentError: the template is missing or broken, or asks for a field that the data do not have.
    """
    try:
        made = typst.compile(
            folder / template,
            root=folder,
            sys_inputs={"data": json.dumps(dict(data), ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except (RuntimeError, OSError) as problem:
        said = str(problem).strip().split("\n")[0]
        raise DocumentError(
            f"Die Vorlage „{template}“ lässt sich nicht setzen: {said}",
            hint="Wurde die Vorlage geändert? Stellen Sie die mitgelieferte wieder her, oder ergänzen Sie das Feld.",
            template=template,
        ) from problem
    assert isinstance(made, bytes)  # noqa: S101 - one PDF, not a list of pages
    return made
