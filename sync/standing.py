"""What stands in one table of the base, as far as planning needs it: whose rows, which cells. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from schemas.model import Value
from sync.match import Cells, MatchKey, sure_keys, weak_keys


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One row: its id, its idents as written (one per line), and those of its cells that were read."""

    id: int
    idents: str | None
    cells: Cells

    @property
    def name(self) -> str:
        """Return how people would call the row, as far as was read."""
        return display_name(self.cells.get)


@dataclass(slots=True)
class Standing:
    """The rows of one table: those that a source knows by its own ident, and keys to meet the others by."""

    known: dict[str, StandingRow] = field(default_factory=dict)
    sure: dict[MatchKey, list[StandingRow]] = field(default_factory=dict)
    weak: dict[MatchKey, StandingRow] = field(default_factory=dict)


def ident_line(source: str, ident: str) -> str:
    """Return how an item of a source is written into the column `ident` of its row."""
    return f"{source}:{one_line(ident)}"


def one_line(ident: str) -> str:
    """Return an ident as it stands in the base, where each has a line of its own."""
    return " ".join(ident.split())


def read_standing(source: str, table: str, rows: Iterable[tuple[int, Cells]], *, meet: bool) -> Standing:
    """Sort rows into those a source knows and the others; with ``meet`` also index the others by their match keys.

    ``rows`` hold at least `ident`, with ``meet`` also what the match rules look at. Of two rows with the same ident
    (somebody copied one) the older counts.
    """
    found = Standing()
    prefix = f"{source}:"
    for row_id, cells in rows:
        idents = cells["ident"]
        text = idents if isinstance(idents, str) else None
        ours = [line.removeprefix(prefix) for line in (text or "").split("\n") if line.startswith(prefix)]
        row = StandingRow(row_id, text, cells)
        for ident in ours:
            found.known.setdefault(ident, row)
        if meet and not ours:
            index(found, table, cells, row)
    return found


def index(found: Standing, table: str, cells: Cells, row: StandingRow) -> None:
    """Make a row findable by its keys."""
    for key in set(sure_keys(table, cells)):
        found.sure.setdefault(key, []).append(row)
    for key in weak_keys(table, cells):
        found.weak.setdefault(key, row)


def is_empty(value: Value) -> bool:
    """Say whether a cell holds nothing; a checkbox always holds something.

    >>> is_empty(None), is_empty(""), is_empty(()), is_empty(False), is_empty(0)
    (True, True, True, False, False)
    """
    return value is None or value in ("", ())


def display_name(cell: Callable[[str], Value]) -> str:
    """Return how people would call a row, from its cells by column code."""
    parts = [cell("first_name"), cell("last_name")]
    joined = " ".join(str(p) for p in parts if p)
    return joined or str(cell("name") or cell("summary") or "")
