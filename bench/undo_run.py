"""Take back a run that changed 1,000 rows, 50 of which staff have edited since: nothing of theirs may be lost.

The last line is one JSON object: ``restored``, ``conflicts``, ``lost_staff_edits``.
"""

from __future__ import annotations

import argparse
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
from sync.items import Delivery, Item, Origin
from sync.nocodb import records
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.run import apply_source
from sync.status import Status
from sync.undo import list_runs, undo

BY_HAND = "von Hand"


def listed(rows: int, city: str) -> Delivery:
    items = (
        Item("organisation", str(i), {"name": f"Verein {i}", "city": city}, {}, Origin("liste.csv", i + 2))
        for i in range(rows)
    )
    return Delivery("probe", rows, tuple(items))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--edited", type=int, default=50)
    parser.add_argument("--backend", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args()

    def now() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    with throwaway_server(given.backend) as server, tempfile.TemporaryDirectory() as folder:
        client = Client.sign_in(server.url, server.email, server.password)
        base = resolve(client, BASE, apply_schema(client, BASE, "Messung").base.id)
        store = TableStore(client, base, Organisation)
        with Status(Path(folder) / "status.sqlite") as status:
            apply_source(client, base, listed(given.rows, "vorher"), status, now=now)
            apply_source(client, base, listed(given.rows, "nachher"), status, now=now)
        table = base.tables["organisation"]
        edited = {row.id: {table.fields["city"].id: BY_HAND} for row in list(store.pull())[: given.edited]}
        records.update_rows(client, table.id, {i: c for i, c in edited.items() if i is not None}, key=table.key)
        (run, _, _) = list_runs(client, base)[0]
        began = time.perf_counter()
        report = undo(client, base, run=run, now=now)
        seconds = time.perf_counter() - began
        cities = {row.id: row.city for row in store.pull()}
    lost = sum(cities[i] != BY_HAND for i in edited)
    result = {
        "restored": sum(city == "vorher" for city in cities.values()),
        "conflicts": report.conflicts,
        "lost_staff_edits": lost,
        "seconds": round(seconds, 1),
        "backend": given.backend,
    }
    print(json.dumps(result))
    sys.exit(0 if lost == 0 and result["restored"] == given.rows - given.edited else 1)


if __name__ == "__main__":
    main()
