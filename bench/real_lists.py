"""The five real lists in one base: what arrived, what did not and why, and what a second run writes.

``python bench/real_lists.py [--backend sqlite|postgres]``. Reads the lists beside the project (``../shared/data``). A
line per list; the last line is one JSON object.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from servers import throwaway_server

from schemas.base import BASE
from sync.items import Delivery
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.run import apply_source
from sync.sources.registry import SourceSpec, open_delivery, spec_for_file
from sync.status import Status

DATA = ROOT.parent / "shared" / "data"
LISTS = {
    "essen_freinet_organisationen.csv": "freinet_csv",
    "essen_freinet_shortlist_masked.xml": "freinet_xml",
    "berlin_zuwendungsempfaenger.csv": "berlin_zuwendungen",
    "karlsruhe_oparl_organizations.json": "oparl",
    "magdeburg_stadtrat_wp8_registry.json": "stadtrat",
}


def bring_in(
    client: Client, base: ResolvedBase, status: Status, spec: SourceSpec
) -> tuple[Delivery, dict[str, object]]:
    """Sync one list; return it and the report."""
    delivery = open_delivery(spec)
    report = apply_source(client, base, delivery, status, now=lambda: dt.datetime.now(dt.UTC), title=spec.title)
    return delivery, report.as_json()


def rows_of(client: Client, base: ResolvedBase) -> dict[str, int]:
    """Return how many rows each table holds."""
    return {code: TableStore(client, base, BASE.record(code)).count() for code in BASE.tables if code != "job_run"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backend", choices=("sqlite", "postgres"), default="sqlite")
    backend = parser.parse_args().backend
    absent = [name for name in LISTS if not (DATA / name).exists()]
    if absent:
        raise SystemExit(f"{absent[0]} is not beside the project")
    specs = [spec_for_file(DATA / name, profile) for name, profile in LISTS.items()]
    read: dict[str, int] = {}
    rejected = lost = rerun_writes = 0
    with throwaway_server(backend) as server, tempfile.TemporaryDirectory() as folder:
        client = Client.sign_in(server.url, server.email, server.password)
        base = resolve(client, BASE, apply_schema(client, BASE, "Echte Listen").base.id)
        with Status(Path(folder) / "status.sqlite") as status:
            for spec in specs:
                delivery, said = bring_in(client, base, status, spec)
                read[spec.title] = delivery.rows
                rejected += len(said["rejected_rows"])
                counted = sum(int(said[k]) for k in ("created", "filled", "unchanged"))
                lost += len(delivery.items) - counted
                print(f"{spec.title}: {delivery.rows} entries, {len(delivery.items)} rows: {said}"[:400], flush=True)
                for row in said["rejected_rows"]:
                    print(f"  not loaded: {row}")
            before = rows_of(client, base)
            for spec in specs:
                rerun_writes += int(bring_in(client, base, status, spec)[1]["writes"])
            after = rows_of(client, base)
    result = {
        "entries": read,
        "rows": {code: n for code, n in after.items() if n},
        "rejected": rejected,
        "lost": lost,
        "rerun_writes": rerun_writes,
        "unchanged_by_rerun": before == after,
        "backend": backend,
    }
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
