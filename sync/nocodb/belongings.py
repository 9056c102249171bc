"""What people have hung on a row beyond the declared columns: cells of their own columns, comments, files, own links.

Measured on NocoDB 0.301.3: a single record answers with every column by title, an empty attachment or link as null, 0
or []; comments are told by ``/api/v2/meta/comments``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedTable

_STUCK = ("Attachment", "LinkToAnotherRecord", "Links")


@dataclass(frozen=True, slots=True)
class Belongings:
    """``cells``: title and raw value of own columns by field id; ``comments``: German lines; ``stuck``: titles of own
    columns whose files or links cannot be carried to another row."""

    cells: Mapping[str, tuple[str, object]]
    comments: tuple[str, ...]
    stuck: tuple[str, ...]


def read_belongings(client: Client, table: ResolvedTable, row_id: int) -> Belongings:
    """Return what people have hung on a row.

    Raises:
        NotFound: the row is gone.
    """
    row: Mapping[str, object] = client.request("GET", f"/api/v2/tables/{table.id}/records/{row_id}")
    cells = {e.id: (e.title, row[e.title]) for e in table.extra if row.get(e.title) not in (None, "", False, 0)}
    theirs = [f for f in meta.read_table(client, table.id).fields if not f.marker and not f.system]
    stuck = tuple(f.title for f in theirs if f.uidt in _STUCK and row.get(f.title))
    params: dict[str, str | int] = {"row_id": str(row_id), "fk_model_id": table.id}
    told = client.request("GET", "/api/v2/meta/comments", params=params)["list"]
    comments = tuple(
        f"Kommentar von {c.get('created_by_email') or 'jemandem'} ({str(c.get('created_at'))[:10]}): {c['comment']}"
        for c in told
        if not c.get("is_deleted")
    )
    return Belongings(cells, comments, stuck)
