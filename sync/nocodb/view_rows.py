"""The rows that a view of NocoDB shows at this moment, by whatever filters staff gave it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sync.nocodb.client import Client
from sync.nocodb.records import PAGE_SIZE
from sync.nocodb.resolve import ResolvedTable


def list_view_rows(
    client: Client, table: ResolvedTable, view_id: str, links: Sequence[str] = ()
) -> Iterator[tuple[int, Mapping[str, int | None]]]:
    """Yield row id and the rows that these links (codes) point at, in the order of the view.

    Pages are counted here, because the view sorts as it likes: what changes meanwhile may be missed or seen twice.

    Raises:
        NotFound: the view or its table is gone.
    """
    titles = {code: table.fields[code].data_title for code in links}
    wanted = ",".join([table.key.id, *(table.fields[code].data_id for code in links)])
    offset = 0
    while True:
        params: dict[str, str | int] = {"viewId": view_id, "fields": wanted, "limit": PAGE_SIZE, "offset": offset}
        answer = client.request("GET", f"/api/v2/tables/{table.id}/records", params=params)
        for row in answer["list"]:
            yield int(row[table.key.title]), {c: None if row[t] is None else int(row[t]) for c, t in titles.items()}
        offset += len(answer["list"])
        if not answer["list"] or answer["pageInfo"]["isLastPage"]:
            return
