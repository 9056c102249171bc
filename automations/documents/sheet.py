"""A sheet about somebody: the same content for paper (PDF) and for Word (DOCX). Plain German text throughout. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a sheet: a table with its heading, and what stands there instead when it has no row.

    ``columns`` says what stands in each, ``widths`` how wide they are in relation to each other.
    """

    heading: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a line that says what it is, whom it is about, a few facts with their labels, and its sections."""

    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
