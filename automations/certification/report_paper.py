"""The report of a case on paper: as tagged PDF (PDF/UA-1) and as a Word file to go on writing in."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from automations.certification.certificates import SEAL
from automations.certification.report import HEADINGS, LABELS, PARTS, Told
from automations.documents.docx import MIME as DOCX_MIME
from automations.documents.docx import add_facts, add_table, new_document, printable, saved
from automations.documents.pdf import typeset
from schemas.certification.choices import Rating

__all__ = ["DOCX_MIME", "Block", "Paper", "blocks_of", "report_docx", "report_paper", "report_pdf"]

DRAFT = "Entwurf – noch nicht freigegeben"
EMPTY = "Noch nicht geschrieben."
RATINGS = "Einschätzung nach Kriterien"
COLUMNS = ("Kriterium", "Bereich", "Selbst", "Im Gespräch", "Beobachtung")
WIDTHS = (4.6, 2.2, 2.4, 2.4, 5.0)
"""How wide the columns are in relation to each other."""

NO_CRITERIA = "Die Runde hat keine Kriterien."
MUST = "unverzichtbar"
FOOTER_ROOM = 60
"""Characters of a name that stand beside the number of a page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line), or the items of a list."""

    is_list: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a report says, in its order: a draft says so, must-criteria that are missing stand before the ratings."""

    title: str
    name: str
    network: str
    draft: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, tuple[Block, ...]], ...]
    missing: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    footer: str
    columns: tuple[str, ...] = COLUMNS
    ratings: str = RATINGS


def report_paper(
    name: str, network: str, facts: Sequence[tuple[str, str]], texts: Mapping[str, str], told: Sequence[Told],
    *, draft: bool,
) -> Paper:  # fmt: skip
    """Return the report of a placement; facts without a value are left out."""
    missing = tuple(
        f"{one.criterion.name} ({LABELS[one.counts] if one.counts else 'nicht eingeschätzt'})"
        for one in told if one.unmet_must
    )  # fmt: skip
    return Paper(
        title=f"Einschätzung: {name}", name=name, network=network, draft=DRAFT if draft else "",
        facts=tuple((label, value) for label, value in facts if value),
        parts=tuple((HEADINGS[part], blocks_of(texts.get(part, "") or EMPTY)) for part in PARTS),
        missing=missing, rows=tuple(_row(one) for one in told), footer=_footer(name),
    )  # fmt: skip


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return what a person typed as paragraphs and lists; lines that begin with "-", "*" or "•" are items.

    >>> [(b.is_list, b.lines) for b in blocks_of("Gut.\\n- A\\n- B")]
    [(False, ('Gut.',)), (True, ('A', 'B'))]
    """
    found: list[Block] = []
    for line in (line.strip() for line in text.splitlines()):
        item = line[1:].strip() if line.startswith(("- ", "* ", "• ", "– ")) else None
        if item and found and found[-1].is_list:
            found[-1] = Block(True, (*found[-1].lines, item))
        elif line:
            found.append(Block(item is not None, (item or line,)))
    return tuple(found)


def report_pdf(paper: Paper, own: Path | None = None) -> bytes:
    """Return the report as a tagged PDF; a template in the folder ``own`` goes first.

    Raises:
        DocumentError: the template is broken.
    """
    data = asdict(paper) | {
        "parts": [
            {"heading": heading, "blocks": [asdict(block) for block in blocks]} for heading, blocks in paper.parts
        ]
    }
    return typeset("certification_report.typ", data, own)


def report_docx(paper: Paper) -> bytes:
    """Return the report as a Word file with real headings, lists and a table with a head."""
    made = new_document(title=paper.title, footer=paper.footer, size=10.5)
    made.add_paragraph(printable(f"{paper.network} · {SEAL}"))
    made.add_heading(printable(paper.title), level=1)
    if paper.draft:
        made.add_paragraph().add_run(printable(paper.draft)).bold = True
    add_facts(made, paper.facts)
    for heading, blocks in paper.parts:
        made.add_heading(printable(heading), level=2)
        for block in blocks:
            for text in block.lines:
                made.add_paragraph(printable(text), style="List Bullet" if block.is_list else None)
    made.add_heading(paper.ratings, level=2)
    for text in paper.missing:
        made.add_paragraph().add_run(printable(f"Unverzichtbar und nicht erfüllt: {text}")).bold = True
    if paper.rows:
        add_table(made, paper.columns, paper.rows, WIDTHS)
    else:
        made.add_paragraph(NO_CRITERIA)
    return saved(made)


def _footer(name: str) -> str:
    return f"{SEAL} · {textwrap.shorten(name, FOOTER_ROOM, placeholder=' …')}"


def _row(one: Told) -> tuple[str, ...]:
    name = f"{one.criterion.name} ({MUST})" if one.criterion.must else one.criterion.name
    return (name, one.criterion.area, _label(one.own.rating), _label(one.review.rating), one.review.comment)


def _label(rating: Rating | None) -> str:
    return LABELS[rating] if rating is not None else "–"
