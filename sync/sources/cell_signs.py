"""Signs in the cells of a table that stand for something else: "dito" for the cell above, Excel's errors. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sync.items import Note
from sync.long_cells import quoted
from sync.sources.rows import Row

_LONGEST = 12
_DITTO = re.compile(r"di?tto\.?|dito\.?|dto\.?|wie oben|siehe oben|[\"″〃]|''|-\s?[\"″]\s?-", re.IGNORECASE)
_ERROR = re.compile(
    r"#(?:WERT!|BEZUG!|NAME\?|DIV/0!|ZAHL!|NULL!|NV|ÜBERLAUF!|VALUE!|REF!|NUM!|N/A|SPILL!|CALC!|#+)", re.IGNORECASE
)
"""What Excel writes where a formula fails, or where a column was too narrow when it was copied ("####")."""


def resolve_signs(rows: Iterable[Row]) -> Iterator[tuple[Row, list[Note]]]:
    """Yield rows in which ditto marks are what the cell above says and errors of formulas nothing, with notes."""
    above: Mapping[str, str] = {}
    for row in rows:
        cells = dict(row.cells)
        notes: list[Note] = []
        for title, text in row.cells.items():
            sign = text.strip() if len(text) <= _LONGEST else ""
            if sign and _DITTO.fullmatch(sign) and above.get(title):
                cells[title] = above[title]
                told = f"{quoted(sign)} als {quoted(above[title])} aus der Zeile darüber gelesen."
                notes.append(Note(row.origin, title, told))
            elif sign and _DITTO.fullmatch(sign):
                del cells[title]
                told = f"{quoted(sign)} verweist auf die Zeile darüber, aber dort steht nichts."
                notes.append(Note(row.origin, title, told))
            elif sign and _ERROR.fullmatch(sign):
                del cells[title]
                told = f"{quoted(sign)} ist ein Fehler aus Excel, kein Wert; bitte sehen Sie dort nach."
                notes.append(Note(row.origin, title, told))
        yield Row(row.origin, cells), notes
        above = cells
