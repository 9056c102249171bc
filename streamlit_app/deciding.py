"""Writing a decision about a conflict or a pair of look-alikes straight to NocoDB, with the person's own token.

Nothing is overwritten that somebody else decided meanwhile; what stands then is laid over the mirror and shows at once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from schemas.base import BASE
from schemas.errors import NotFound
from streamlit_app.writing import TIMEOUT
from sync.mirror import Manifest, patch_mirror
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve_tables
from sync.nocodb.store import TableStore
from sync.settings import Settings


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides as one person; ``table`` is ``conflict`` or ``duplicate``."""

    settings: Settings
    manifest: Manifest
    token: str
    table: str

    def decide(self, row: int, before: str | None, decision: str | None, now: dt.datetime) -> bool:
        """Write a decision (None takes it back) if ``before`` still stands; False when somebody was quicker.

        Raises:
            Forbidden: the sign-in is void, or the person may not write.
            NotFound: the row is gone.
            Unavailable: NocoDB did not answer; look again what stands.
        """
        store = self._open()
        done = store.swap(row, {"decision": before}, {"decision": decision}).applied
        stands = store.get(row)
        patch_mirror(self.settings.mirror_dir, self.table, row, stands.encode() if stands else None, now)
        if stands is None:
            raise NotFound("Diesen Fall gibt es nicht mehr.", hint="Bitte laden Sie die Seite neu.", row=row)
        return done

    def _open(self) -> TableStore[Any]:
        """Read the table's columns anew: between two refreshes staff may have renamed one."""
        client = Client(self.settings.nocodb_url, self.token, user_jwt=True, timeout=TIMEOUT, retries=1)
        real = meta.read_table(client, self.manifest.tables[self.table].table_id)
        resolved = resolve_tables(BASE, meta.BaseMeta(self.manifest.base_id, BASE.title), [real])
        return TableStore(client, resolved, BASE.record(self.table))
