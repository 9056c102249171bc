"""What stands in one table of the base, as far as planning needs it: whose rows, which cells. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from schemas.model import Value
from sync.identity.evidence import Cells
from sync.identity.idents import plain


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One row: its id, its idents as written (one per line), and those of its cells that were read.

    ``mine`` are the idents by which the source in question calls it, without the source.
    """

    id: int
    idents: str | None
    cells: Cells
    mine: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return how people would call the row, as far as was read."""
        return display_name(self.cells.get)


@dataclass(slots=True)
class Standing:
    """The rows of one table; ``known`` by the source's own idents, ``variants`` by what these have before a mark."""

    rows: list[StandingRow] = field(default_factory=list)
    known: dict[str, StandingRow] = field(default_factory=dict)
    variants: dict[str, list[StandingRow]] = field(default_factory=dict)


def ident_line(source: str, ident: str) -> str:
    """Return how an item of a source is written into the column `ident` of its row."""
    return f"{source}:{one_line(ident)}"


def one_line(ident: str) -> str:
    """Return an ident as it stands in the base, where each has a line of its own."""
    return " ".join(ident.split())


def read_standing(source: str, rows: Iterable[tuple[int, Cells]]) -> Standing:
    """Sort rows into those a source knows and the others; ``rows`` hold at least `ident`.

    Of two rows with the same ident (somebody copied one) the older counts.
    """
    found = Standing()
    prefix = f"{source}:"
    for row_id, cells in rows:
        idents = cells["ident"]
        text = idents if isinstance(idents, str) else None
        mine = tuple(line.removeprefix(prefix) for line in (text or "").split("\n") if line.startswith(prefix))
        row = StandingRow(row_id, text, cells, mine)
        found.rows.append(row)
        for ident in mine:
            found.known.setdefault(ident, row)
        for start in dict.fromkeys(map(plain, mine)):
            found.variants.setdefault(start, []).append(row)
    return found


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
