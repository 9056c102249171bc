"""Changing a cell of a row straight in NocoDB, with the person's own token: a decision, a pause, a new owner.

Nothing is overwritten that somebody else wrote meanwhile; what stands then is laid over the mirror and shows at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.base import BASE
from schemas.errors import NotFound, RowGone
from schemas.model import Value
from streamlit_app.writing import TIMEOUT
from sync.mirror import Manifest, patch_mirror
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve_tables
from sync.nocodb.store import TableStore
from sync.settings import Settings


@dataclass(frozen=True, slots=True)
class Changer:
    """Changes rows of one table as one person."""

    settings: Settings
    manifest: Manifest
    token: str
    table: str

    def change(self, row: int, before: Mapping[str, Value], after: Mapping[str, Value], now: dt.datetime) -> bool:
        """Write ``after`` if ``before`` still stands (both by column code); False when somebody was quicker.

        Raises:
            Forbidden: the sign-in is void, or the person may not write.
            NotFound: the row is gone.
            Unavailable: NocoDB did not answer; look again what stands.
        """
        return self._change(self._open(), row, before, after, now)

    def decide(self, before: Mapping[int, str | None], decision: str | None, now: dt.datetime) -> bool:
        """Write one decision about conflicts or pairs, given by row with what stands (None takes decisions back).

        False when somebody was quicker at one of them; the others are decided. Raises what ``change`` raises.
        """
        store = self._open()
        wanted = {"decision": decision}
        return all([self._change(store, row, {"decision": old}, wanted, now) for row, old in before.items()])

    def _change(
        self, store: TableStore[Any], row: int, before: Mapping[str, Value], after: Mapping[str, Value],
        now: dt.datetime,
    ) -> bool:  # fmt: skip
        try:
            done = store.swap(row, before, after).applied
            stands = store.get(row)
        except RowGone:
            done, stands = False, None
        patch_mirror(self.settings.mirror_dir, self.table, row, stands.encode() if stands else None, now)
        if stands is None:
            raise NotFound("Diese Zeile gibt es nicht mehr.", hint="Bitte laden Sie die Seite neu.", row=row)
        return done

    def _open(self) -> TableStore[Any]:
        """Read the table's columns anew: between two refreshes staff may have renamed one."""
        client = Client(self.settings.nocodb_url, self.token, user_jwt=True, timeout=TIMEOUT, retries=1)
        real = meta.read_table(client, self.manifest.tables[self.table].table_id)
        resolved = resolve_tables(BASE, meta.BaseMeta(self.manifest.base_id, BASE.title), [real])
        return TableStore(client, resolved, BASE.record(self.table))
