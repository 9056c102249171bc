"""Prove that no write is lost: 8 writers append 25 unique marks each to one field, 8 claimers share 9 rows.

Ends with one JSON line. Starts a throwaway NocoDB of its own (``--backend sqlite`` or ``postgres``), or uses the one
given by ``--url``, ``--email`` and ``--password``, where it makes a base of its own and leaves it behind.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sync.nocodb import meta, records
from sync.nocodb.client import Client
from sync.nocodb.making import NewColumn, make_table
from sync.nocodb.swap import EMPTY, Cell, RowRef, claim, compare_and_swap

WRITERS, MARKS, CLAIMERS, ROWS = 8, 25, 8, 9

Connect = Callable[[], Client]


class Table:
    """A fresh table with a text, a holder and a token column."""

    def __init__(self, client: Client) -> None:
        base = meta.create_base(client, "Messung")
        columns = [NewColumn(title=t, name=t.lower(), uidt="LongText") for t in ("Text", "Halter", "Schreibmarke")]
        made = make_table(client, base.id, title="Messung", name="messung", description="", columns=columns, marker={})
        self.base_id, self.id = base.id, made.id
        cells = {f.title: Cell(f.id, f.title, f.uidt) for f in made.fields}
        self.text, self.holder, self.token = (cells[title] for title in ("Text", "Halter", "Schreibmarke"))
        self.key, self.moved = cells["Id"], cells["UpdatedAt"]

    def row(self, row_id: int) -> RowRef:
        return RowRef(self.base_id, self.id, row_id, self.key, self.moved)


def append_marks(client: Client, table: Table, row: RowRef, writer: int) -> int:
    """Append our marks one after the other; return how many swaps that took."""
    tries = 0
    for mark in (f"w{writer}-{i}" for i in range(MARKS)):
        found = records.get_row(client, table.id, row.row_id, [table.text.id])
        text = (found or {})[table.text.title] or ""
        while mark not in text.split("\n"):
            tries += 1
            new = f"{text}\n{mark}" if text else mark
            result = compare_and_swap(
                client, row, expected={table.text: text or EMPTY}, changes={table.text: new}, token=table.token
            )
            text = str(result.current[table.text.id] or "")
    return tries


def measure(connect: Connect, backend: str) -> dict[str, object]:
    """Run both trials and return what was found."""
    client = connect()
    table = Table(client)
    shared, *lots = (table.row(i) for i in records.create_rows(client, table.id, [{} for _ in range(ROWS + 1)]))
    began = time.monotonic()
    with ThreadPoolExecutor(WRITERS) as pool:
        tries = sum(pool.map(lambda w: append_marks(connect(), table, shared, w), range(WRITERS)))
    written = time.monotonic() - began
    gate = threading.Barrier(CLAIMERS)

    def claim_all(number: int) -> int:
        mine = connect()
        gate.wait()
        return sum(claim(mine, row, holder=table.holder, name=f"h{number}") for row in lots)

    with ThreadPoolExecutor(CLAIMERS) as pool:
        winners = sum(pool.map(claim_all, range(CLAIMERS)))
    stands = records.get_row(client, table.id, shared.row_id, [table.text.id])
    marks = str((stands or {})[table.text.title]).split("\n")
    return {
        "expected": WRITERS * MARKS,
        "found": len(marks),
        "distinct": len(set(marks)),
        "claims": ROWS,
        "winners": winners,
        "swaps": tries,
        "ms_per_swap": round(1000 * written / tries, 1),
        "seconds": round(written, 1),
        "backend": backend,
    }


def main() -> None:
    """Read the arguments, measure, print; exit 1 when a write was lost or a row had not exactly one winner."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backend", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--url")
    parser.add_argument("--email", default="admin@example.org")
    parser.add_argument("--password")
    given = parser.parse_args()
    if given.url:
        result = measure(lambda: Client.sign_in(given.url, given.email, given.password), "given")
    else:
        sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
        from servers import throwaway_server  # noqa: PLC0415 - only the tests know how to start one

        with throwaway_server(given.backend) as server:
            result = measure(lambda: Client.sign_in(server.url, server.email, server.password), given.backend)
    print(json.dumps(result))
    complete = result["found"] == result["distinct"] == result["expected"] and result["winners"] == result["claims"]
    sys.exit(0 if complete else 1)


if __name__ == "__main__":
    main()
