"""Rows over HTTP: read whole tables, create, change and delete in batches. Fields are named by id, never by title.

Nothing here guards against a concurrent edit: whoever changes rows that people may edit uses ``sync.nocodb.swap``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.errors import NocoDBError, NotFound
from sync.nocodb.client import Client
from sync.nocodb.model import FieldMeta
from sync.nocodb.where import Condition, greater

MAX_BATCH = 100
"""Rows per POST, PATCH or DELETE; the server refuses more from an API token."""

PAGE_SIZE = 1000
"""Rows per page; the server gives no more, whatever one asks."""


def list_rows(
    client: Client,
    table_id: str,
    fields: Sequence[str],
    *,
    key: FieldMeta,
    where: Condition | None = None,
    page_size: int = PAGE_SIZE,
) -> Iterator[Mapping[str, Any]]:
    """Yield rows by ascending row id, cells by title, with the row id under ``key.title``.

    Pages go on from the last row id instead of counting rows, so that a row deleted meanwhile makes no other one slip
    through. Name plain columns and foreign keys only: each link column costs the server a query per row.

    Raises:
        NotFound: the table is gone.
    """
    for page in list_pages(client, table_id, fields, key=key, where=where, page_size=page_size):
        yield from page


def list_pages(
    client: Client,
    table_id: str,
    fields: Sequence[str],
    *,
    key: FieldMeta,
    where: Condition | None = None,
    page_size: int = PAGE_SIZE,
) -> Iterator[Sequence[Mapping[str, Any]]]:
    """Yield the same rows page by page."""
    wanted = ",".join([key.id, *(f for f in fields if f != key.id)])
    last = 0
    while True:
        after = greater(key.id, last)
        params: dict[str, str | int] = {
            "fields": wanted,
            "sort": key.id,
            "limit": page_size,
            "where": str(after & where if where else after),
        }
        answer = client.request("GET", f"/api/v2/tables/{table_id}/records", params=params)
        rows: list[Mapping[str, Any]] = answer["list"]
        if rows:
            yield rows
            last = int(rows[-1][key.title])
        if not rows or answer["pageInfo"]["isLastPage"]:
            return


def get_row(client: Client, table_id: str, row_id: int, fields: Sequence[str]) -> Mapping[str, Any] | None:
    """Return one row, cells by title, or None when it is not there."""
    try:
        row: Mapping[str, Any] = client.request(
            "GET", f"/api/v2/tables/{table_id}/records/{row_id}", params={"fields": ",".join(fields)}
        )
    except NotFound as problem:
        if problem.facts.get("code") == "ERR_RECORD_NOT_FOUND":
            return None
        raise
    return row


def count_rows(client: Client, table_id: str, *, where: Condition | None = None) -> int:
    """Return how many rows there are."""
    params = {"where": str(where)} if where else None
    return int(client.request("GET", f"/api/v2/tables/{table_id}/records/count", params=params)["count"])


def create_rows(client: Client, table_id: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Create at most ``MAX_BATCH`` rows, all or none, and return their ids in order.

    After ``Unavailable`` the rows may or may not be there: look before you try again. Links go by their foreign key.
    """
    if not rows:
        return []
    if len(rows) > MAX_BATCH:
        raise ValueError(f"{len(rows)} rows in one request, at most {MAX_BATCH}")
    answer = client.request("POST", f"/api/v2/tables/{table_id}/records", json=list(rows))
    ids = [int(next(iter(made.values()))) for made in answer]
    if len(ids) != len(rows):
        raise NocoDBError("NocoDB hat nicht alle Zeilen angelegt.", hint="Bitte noch einmal.", table=table_id)
    return ids


def update_rows(client: Client, table_id: str, changes: Mapping[int, Mapping[str, Any]], *, key: FieldMeta) -> None:
    """Write cells by row id, in batches that each succeed or fail whole. Overwrites what stands there."""
    rows = [{key.id: row_id, **cells} for row_id, cells in changes.items()]
    for start in range(0, len(rows), MAX_BATCH):
        client.request("PATCH", f"/api/v2/tables/{table_id}/records", json=rows[start : start + MAX_BATCH])


def delete_rows(client: Client, table_id: str, row_ids: Sequence[int], *, key: FieldMeta) -> None:
    """Delete rows for good, in batches that each succeed or fail whole; the server keeps no trash."""
    for start in range(0, len(row_ids), MAX_BATCH):
        body = [{key.id: row_id} for row_id in row_ids[start : start + MAX_BATCH]]
        client.request("DELETE", f"/api/v2/tables/{table_id}/records", json=body)
