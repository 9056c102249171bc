"""Sheets and letters as one tagged PDF (PDF/UA-1), typeset by Typst from a template that an agency may replace."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from automations.documents.sheet import Sheet
from schemas.errors import KontaktnetzError, Terminal

MIME = "application/pdf"

UNPRINTABLE = "▯"
"""Stands for a character that no font of ours has, so that one name does not keep three hundred letters back."""

MOST_UNPRINTABLE = 40

_TEMPLATES = Path(__file__).parent / "templates"
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_NO_FIELD = re.compile(r'dictionary does not contain key "(.+?)"')
_LINE = re.compile(r":(\d+):\d+\s*$", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""What no font has, and what turns the order of letters round (UAX 9): a certificate would show another name than it
signs. Arabic and Hebrew are read from the right without them."""


class DocumentError(KontaktnetzError, Terminal):
    """A document could not be made: its template asks for something that is not there."""


def sheets_as_pdf(sheets: Sequence[Sheet], *, title: str, footer: str) -> bytes:
    """Return sheets as one PDF, each on a page of its own; ``title`` names the file for screen readers.

    Raises:
        DocumentError: the template is broken; the message names it and what Typst says.
    """
    data = {"title": title, "footer": footer, "sheets": [asdict(sheet) for sheet in sheets]}
    return typeset("sheet.typ", data)


def typeset(template: str, data: Mapping[str, object], own: Path | None = None) -> bytes:
    """Return a template filled with data (as JSON in ``sys.inputs.data``) as a tagged PDF.

    A file of the same name in the folder ``own`` goes before the one that comes with us.

    Raises:
        DocumentError: the template is missing or broken, or asks for a field that the data do not have.
    """
    (made,) = _set(template, data, own, format="pdf", pdf_standards=["ua-1"])
    return made


def pictures(template: str, data: Mapping[str, object], own: Path | None = None, dots: float = 100) -> list[bytes]:
    """Return the pages of what ``typeset`` makes as pictures (PNG) to look at; ``dots`` per inch.

    Raises:
        DocumentError: as ``typeset`` does.
    """
    return _set(template, data, own, format="png", ppi=dots)


def _set(template: str, data: Mapping[str, object], own: Path | None, **how: Any) -> list[bytes]:
    """Return what Typst makes, one part or one for each page; characters that no font has are replaced."""
    folder = own if own is not None and (own / template).is_file() else _TEMPLATES
    text = json.dumps(_printable(dict(data)), ensure_ascii=False)
    for _ in range(MOST_UNPRINTABLE):
        try:
            made = typst.compile(folder / template, root=folder, sys_inputs={"data": text}, **how)
        except (RuntimeError, OSError) as problem:
            shorter = text
            for glyph in named_glyphs(problem):
                shorter = shorter.replace(glyph, UNPRINTABLE)
            if shorter == text:
                raise _explained(template, problem, data, own=folder is not _TEMPLATES) from problem
            text = shorter
        else:
            return [bytes(part) for part in made] if isinstance(made, list) else [bytes(made or b"")]
    raise DocumentError(
        "Das Dokument enthält zu viele Zeichen, die unsere Schriften nicht haben.",
        hint="Sehen Sie Text und Namen auf Sinnbilder und fremde Schriften durch.", template=template,
    )  # fmt: skip


def named_glyphs(problem: Exception) -> str:
    """Return the characters of which Typst says that no font has them, nothing if it complains of something else."""
    missing = _NO_GLYPH.search(str(problem))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), missing[1]) if missing else ""


def without_control(text: str) -> str:
    """Return text without control characters, which no font has."""
    return _CONTROL.sub("", text)


def _explained(template: str, problem: Exception, data: Mapping[str, object], *, own: bool) -> DocumentError:
    """Say in German what is wrong with a template, and in which line."""
    said = str(problem).strip().split("\n")[0].removeprefix("error: ")
    line = _LINE.search(str(getattr(problem, "diagnostic", "")))
    where = f" (Zeile {line[1]})" if line else ""
    hint = (
        "Ändern Sie diese Stelle in Ihrem Vorlagenordner, oder nehmen Sie die Datei dort weg: Dann gilt wieder die "
        "mitgelieferte Vorlage."
        if own
        else "Wurde das Programm geändert? Richten Sie es neu ein."
    )
    if field := _NO_FIELD.search(said):
        known = ", ".join(f"„{name}“" for name in sorted(_names(data)))
        return DocumentError(
            f"Die Vorlage „{template}“{where} fragt nach dem Feld „{field[1]}“, das es nicht gibt.",
            hint=f"Es gibt {known}. {hint}", template=template, field=field[1],
        )  # fmt: skip
    return DocumentError(f"Die Vorlage „{template}“{where} lässt sich nicht setzen: {said}", hint=hint,
                         template=template)  # fmt: skip


def _names(value: object) -> set[str]:
    """Return the names of all fields in the data."""
    if isinstance(value, Mapping):
        return {str(key) for key in value} | set().union(*map(_names, value.values()), set())
    return _names(value[0]) if isinstance(value, list | tuple) and value else set()


def _printable(value: object) -> object:
    """Return data without control characters, which no font has."""
    if isinstance(value, str):
        return without_control(value)
    if isinstance(value, Mapping):
        return {key: _printable(part) for key, part in value.items()}
    return [_printable(part) for part in value] if isinstance(value, list | tuple) else value
