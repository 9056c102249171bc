"""How long NocoDB takes for the first page of each default grid at 10,000 rows, beside the same without link columns.

Asks as NocoDB's own screen does (captured from 0.301.3: 100 rows of a view). Every row has its links set, so that a
link column costs what it costs in real life. Grids that say of themselves that they load slower are listed apart. The
last line is one JSON object.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from servers import throwaway_server

from schemas.base import BASE
from schemas.contacts.tables import (
    Function,
    Interaction,
    InteractionParticipant,
    Office,
    Organisation,
    Person,
    Relationship,
    TeamMember,
)
from schemas.model import ViewKind
from sync.nocodb import meta, views
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema

SLOWER = "lädt langsamer"
LINKS = ("LinkToAnotherRecord", "Links")


def fill(client: Client, base: ResolvedBase, rows: int) -> None:
    """Put ``rows`` rows with links into every big table."""
    day = dt.date(2026, 1, 1)

    def create(record: type, make: Any) -> None:
        began = time.perf_counter()
        TableStore(client, base, record).create([make(i) for i in range(1, rows + 1)])
        print(f"{rows} rows in {record.table().code}: {time.perf_counter() - began:.0f} s", flush=True)

    TableStore(client, base, TeamMember).create([TeamMember(name=f"Team {i}", ident=f"t:{i}") for i in range(1, 6)])
    create(Organisation, lambda i: Organisation(
        name=f"Organisation {i}", kind="verein", sphere="zivilgesellschaft", parent=i - i % 50 or None,
        ident=f"o:{i}"))  # fmt: skip
    create(Person, lambda i: Person(first_name="Vor", last_name=f"N{i}", mail=f"p{i}@example.org", ident=f"p:{i}"))
    create(Office, lambda i: Office(name=f"Amt {i}", kind="leitung", organisation=i, ident=f"a:{i}"))
    create(Function, lambda i: Function(
        name="Vorsitz", kind="vorstand", person=i, organisation=i, office=i, ident=f"f:{i}"))  # fmt: skip
    create(Interaction, lambda i: Interaction(
        summary=f"Gespräch {i}", day=day + dt.timedelta(days=i % 300), kind="anruf", person=i, organisation=i,
        team_member=i % 5 + 1, ident=f"i:{i}"))  # fmt: skip
    create(InteractionParticipant, lambda i: InteractionParticipant(
        name=f"Dabei {i}", interaction=i, person=i, organisation=i, ident=f"w:{i}"))  # fmt: skip
    create(Relationship, lambda i: Relationship(
        name=f"Beziehung {i}", kind="betreuung", organisation=i, person=i, team_member=i % 5 + 1, ident=f"b:{i}",
    ))  # fmt: skip


def first_page(client: Client, base_id: str, table_id: str, view_id: str, fields: str | None, runs: int) -> float:
    """Return the median milliseconds for the first 100 rows of a view, as NocoDB's screen asks for them."""
    path = f"/api/v1/db/data/noco/{base_id}/{table_id}/views/{view_id}"
    params: dict[str, Any] = {"offset": 0, "limit": 100, "includeSortAndFilterColumns": "true"}
    if fields:
        params["fields"] = fields
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        client.request("GET", path, params=params)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def measure(client: Client, base: ResolvedBase, runs: int) -> dict[str, dict[str, Any]]:
    """Return the figures of every grid."""
    found: dict[str, dict[str, Any]] = {}
    for code, table in base.tables.items():
        titles = {"default": table.title, **{v.code: v.title for v in BASE.tables[code].views}}
        grids = {"default", *(v.code for v in BASE.tables[code].views if v.kind is ViewKind.GRID)}
        fields = {f.id: f for f in meta.read_table(client, table.id).fields}
        for view, view_id in table.views.items():
            if view not in grids:
                continue
            shown = [fields[i] for i, s in views.read_columns(client, view_id).items() if s["show"] and i in fields]
            plain = ",".join(f.id for f in shown if f.uidt not in LINKS)
            first_page(client, base.id, table.id, view_id, None, 1)
            bare = first_page(client, base.id, table.id, view_id, plain, runs)
            whole = first_page(client, base.id, table.id, view_id, None, runs)
            found[f"{code}/{view}"] = {
                "ms": round(whole), "bare_ms": round(bare), "ratio": round(whole / bare, 2),
                "links": sum(f.uidt in LINKS for f in shown), "slower": SLOWER in titles[view],
            }  # fmt: skip
            print(f"{code + '/' + view:38} {whole:6.0f} ms, without links {bare:6.0f} ms", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--backend", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args()
    with throwaway_server(given.backend) as server:
        client = Client.sign_in(server.url, server.email, server.password)
        base_id = apply_schema(client, BASE, "Messung").base.id
        base = resolve(client, BASE, base_id)
        fill(client, base, given.rows)
        grids = measure(client, base, given.runs)
    default = {name: g for name, g in grids.items() if not g["slower"]}
    result = {
        "max_ratio": max(g["ratio"] for g in default.values()),
        "max_ms": max(g["ms"] for g in default.values()),
        "rows": given.rows,
        "backend": given.backend,
        "grids": grids,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
