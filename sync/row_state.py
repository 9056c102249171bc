"""What became of a row of a list so far, and of one record that is being made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sync.collecting import Draft
from sync.sources.profile import RecordRule
from sync.sources.rows import Row

Cells = dict[str, str]


class RowState:
    """What became of one row so far."""

    def __init__(self, row: Row, cells: Cells) -> None:
        self.row = row
        self.cells = cells
        self.used: set[str] = set()
        self.idents: Cells = {}
        self.made: dict[str, Draft] = {}
        self.leftover: list[str] = []
        self.refused = False


@dataclass(frozen=True, slots=True)
class Making:
    """One record in the making: ``used`` are the source columns it has taken so far.

    ``titles`` name by column of ours the source column that its value came from.
    """

    record: RecordRule
    draft: Draft
    cells: Cells
    used: set[str]
    titles: dict[str, str] = field(default_factory=dict)
