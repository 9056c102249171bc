"""Rows of one table, findable by what they hold: which of them may be the one that somebody means? Pure.

Used where one row is held against many: a line of a list against the base, a name that a person types.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.identity.evidence import NEVER_SHOWN, SHOW, Cells, Evidence
from sync.identity.frequencies import Frequencies
from sync.identity.kinds import FEW, KINDS


@dataclass(frozen=True, slots=True)
class Likeness:
    """A row that may be meant, and what speaks for and against it."""

    row_id: int
    evidence: Evidence


@dataclass(slots=True)
class Directory:
    """The rows of one table by their blocks. ``known`` tells how common their values are."""

    table: str
    known: Frequencies
    _read: dict[int, Any] = field(default_factory=dict)
    _blocks: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: str, rows: Iterable[tuple[int, Cells]], known: Frequencies | None = None) -> Directory:
        """Return the directory of some rows (id and cells); ``known`` where more than these rows is to count."""
        kind = KINDS[table]
        read = {row_id: kind.read(cells) for row_id, cells in rows}
        found = cls(table, known if known is not None else kind.count(read.values()), read)
        for row_id, one in read.items():
            for key in {hash(key) for blocks in (kind.blocks, kind.weak_blocks) for key in blocks(one)}:
                found._blocks.setdefault(key, []).append(row_id)
        return found

    def find(self, cells: Cells, *, least: int = SHOW) -> Sequence[Likeness]:
        """Return the rows that may be meant, the likeliest first, from the confidence ``least`` (0 to 100) on."""
        kind = KINDS[self.table]
        asked = kind.read(cells)
        candidates: set[int] = set()
        for blocks, most in ((kind.blocks, kind.most_in_block), (kind.weak_blocks, FEW)):
            for key in {hash(key) for key in blocks(asked)}:
                rows = self._blocks.get(key, ())
                if len(rows) <= most:
                    candidates.update(rows)
        found = []
        for row_id in candidates:
            if least >= SHOW and kind.most_bits(asked, self._read[row_id], self.known) < NEVER_SHOWN:
                continue
            evidence = kind.judge(asked, self._read[row_id], self.known)
            if evidence is not None and evidence.confidence >= least:
                found.append(Likeness(row_id, evidence))
        return sorted(found, key=lambda like: (-like.evidence.bits, like.row_id))
