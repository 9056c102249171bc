"""Read a workbook in a process of its own, whose memory is limited: what a file asks for can end only this process.

``python -m sync.sources.workbook_process FILE`` writes lines of JSON: first the sheets, then for each visible table a
line with its name, corner and merged cells, then a line for each of its rows. The first line names the problem if there
is one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from typing import TextIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MAX_MEMORY = 1_500_000_000
"""Bytes of address space; a list of the largest size that is read takes a third of it."""

MAX_SECONDS = 120
MAX_CHARACTERS = 300_000_000
"""Characters of all cells of a workbook; a string that many cells share counts in each of them."""

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def limit_resources() -> None:
    """Limit memory and time of this process, where the system knows such limits."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def write_workbook(path: str, out: TextIO) -> None:
    """Write what stands in a workbook."""
    try:
        book = CalamineWorkbook.from_path(path)
    except PasswordError:
        return _put(out, {"problem": "password"})
    except (CalamineError, OSError, ValueError):
        return _put(out, {"problem": "damaged"})
    tables = [
        m.name
        for m in book.sheets_metadata
        if m.typ == SheetTypeEnum.WorkSheet and m.visible == SheetVisibleEnum.Visible
    ]
    _put(out, {"sheets": book.sheet_names, "tables": tables})
    left = MAX_CHARACTERS
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except (CalamineError, OSError, ValueError):
            _put(out, {"sheet": name, "problem": "damaged"})
            continue
        _put(out, {"sheet": name, "start": sheet.start, "merged": sheet.merged_cell_ranges or []})
        if sheet.start is None:
            continue
        for record in sheet.iter_rows():
            cells = [_text(cell) for cell in record]
            left -= sum(map(len, cells))
            if left < 0:
                return _put(out, {"problem": "large"})
            _put(out, cells)
    return _put(out, {"end": True})


def _put(out: TextIO, value: object) -> None:
    out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    out.write("\n")


def _text(cell: Cell) -> str:
    """Return a typed cell as text; a whole number has no decimal point, a midnight has no time."""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    limit_resources()
    sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    write_workbook(sys.argv[1], sys.stdout)
