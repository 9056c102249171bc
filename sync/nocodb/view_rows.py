"""The rows that a view of NocoDB shows at this moment, by whatever filters staff gave it."""

from __future__ import annotations

from collections.abc import Iterator

from sync.nocodb.client import Client
from sync.nocodb.records import PAGE_SIZE
from sync.nocodb.resolve import ResolvedTable


def list_view_rows(client: Client, table: ResolvedTable, view_id: str) -> Iterator[int]:
    """Yield row ids in the order of the view; its hidden columns, foreign keys among them, are not to be had (0.301.3).

    Pages are counted here, because the view sorts as it likes: what changes meanwhile may be missed or seen twice.

    Raises:
        NotFound: the view or its table is gone.
    """
    offset = 0
    while True:
        params: dict[str, str | int] = {
            "viewId": view_id, "fields": table.key.id, "limit": PAGE_SIZE, "offset": offset,
        }  # fmt: skip
        answer = client.request("GET", f"/api/v2/tables/{table.id}/records", params=params)
        for row in answer["list"]:
            yield int(row[table.key.title])
        offset += len(answer["list"])
        if not answer["list"] or answer["pageInfo"]["isLastPage"]:
            return
