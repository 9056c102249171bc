"""Rebuild a lost status from the notes in the journal of the base, oldest first.

What the journal does not know stays unknown: such fields are merged two-way, differences become conflicts, nothing is
overwritten. A change that was announced but never noted (the run was killed) makes its fields unknown, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.errors import ConfigError
from schemas.operations.tables import JournalEntry
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.recall import recall
from sync.status import Status


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """How many items of each source are remembered again."""

    items: Mapping[str, int] = field(default_factory=dict)

    def describe(self) -> str:
        """Return it in German."""
        if not self.items:
            return (
                "Im Journal steht noch kein Stand einer Quelle. Der nächste Abgleich legt Unterschiede unter "
                "Abweichungen vor; überschrieben wird nichts."
            )
        lines = [f"  {source}: {count} Einträge" for source, count in sorted(self.items.items())]
        return "\n".join(["Aus dem Journal wieder bekannt:", *lines])


def rebuild(client: Client, base: ResolvedBase, status: Status, now: dt.datetime) -> RebuildReport:
    """Fill an empty status from the journal; writes nothing to the base. ``now`` is the aware UTC moment.

    Raises:
        ConfigError: the status is not empty.
        NocoDBError: the server refused or did not answer; the status stays empty.
    """
    if not status.empty:
        raise ConfigError(
            "Die Statusdatei ist da und nicht leer; es gibt nichts wiederherzustellen.",
            hint="Soll sie doch aus dem Journal neu entstehen, benennen Sie status.sqlite im Datenordner vorher um.",
        )
    entries = list(TableStore(client, base, JournalEntry).pull(["data", "table_code", "row", "run"]))
    tables = {code: table.id for code, table in base.tables.items()}
    memory = recall(entries, tables)
    newest = max((entry.id or 0 for entry in entries), default=0)
    status.restore(memory, tables, now, taken={tables["journal"]: newest})
    return RebuildReport({source: len(items) for source, items in memory.items() if items})
