"""A list of 10,000 rows comes again with 100 changed: how long that takes, beside a bare full read and 100 bare swaps.

The last line is one JSON object: ``ratio``, ``row_writes``.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from servers import throwaway_server

from schemas.base import BASE
from schemas.contacts.tables import Organisation
from sync.arrival import bring
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.settings import Settings
from sync.sources.registry import spec_for_file
from sync.status import Status


def write_list(path: Path, rows: int, changed: int) -> None:
    """Write a list of organisations; the first ``changed`` of them with another phone number."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Kennung", "Organisation", "PLZ", "Ort", "Telefon", "E-Mail"])
        for i in range(rows):
            phone = f"0391 {54 if i < changed else 53}{i:05}"
            writer.writerow([f"k{i}", f"Verein Nummer {i}", "39104", "Magdeburg", phone, f"v{i}@example.org"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--changed", type=int, default=100)
    parser.add_argument("--backend", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args()
    with throwaway_server(given.backend) as server, tempfile.TemporaryDirectory() as folder:
        client = Client.sign_in(server.url, server.email, server.password)
        token = client.request("POST", "/api/v1/tokens", json={"description": "bench"})["token"]
        base_id = apply_schema(client, BASE, "Messung").base.id
        settings = Settings(nocodb_url=server.url, nocodb_token=token, nocodb_base=base_id)
        path = Path(folder) / "liste.csv"
        spec = spec_for_file(path, "organisationen")
        with Status(Path(folder) / "status.sqlite") as status:
            write_list(path, given.rows, 0)
            bring(spec, settings, status, now=lambda: dt.datetime.now(dt.UTC))
            write_list(path, given.rows, given.changed)
            began = time.perf_counter()
            report = bring(spec, settings, status, now=lambda: dt.datetime.now(dt.UTC))
            ours = time.perf_counter() - began
        store = TableStore(Client(server.url, token), resolve(client, BASE, base_id), Organisation)
        began = time.perf_counter()
        rows = list(store.pull())
        read = time.perf_counter() - began
        began = time.perf_counter()
        for row in rows[: given.changed]:
            store.swap(row.id or 0, {"city": row.city}, {"city": "Burg"})
        swaps = time.perf_counter() - began
    result = {
        "ratio": round(ours / (read + swaps), 2),
        "row_writes": report.counts.updated + report.counts.filled,
        "seconds": round(ours, 1),
        "seconds_bare": round(read + swaps, 1),
        "rows": given.rows,
        "backend": given.backend,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
