"""Berlin's recipients of grants with the departments they were in contact with: do matrix and graph count right?

Reads the real list from ``../shared/data`` (it is not part of the project), counts once plainly from its cells and once
as the page does, then opens the pages about relationships with it. The last line is one JSON object: ``bodies``,
``one_department``, ``max_ms`` (the slowest page's rerun); exit code 0 if the counts agree and no rerun is slow.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")]

import made_up
import pages
from lists_as_mirror import as_rows

from automations import todo
from schemas.base import BASE
from streamlit_app.frames import network
from sync.mirror import load_table, read_manifest
from sync.sources.registry import open_delivery, spec_for_file

LIST = ROOT.parent / "shared" / "data" / "berlin_zuwendungsempfaenger.csv"
BAR_MS = 150
RUNS = 7
PAGES = (
    "uebersicht", "kontakte", "kontakte_detail", "beziehungen", "schluessel_unsere", "schluessel_ihre", "netz_leer",
    "netz_organisation", "netz_department", "netz_feld", "netz_matrix",
)  # fmt: skip
COLUMN = "Verwaltungskontakte (letztes Jahr)"


def plain() -> dict[str, int]:
    """Count from the cells of the list itself."""
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    told = [{re.sub(r"\s*\(\d{4}\)$", "", part.strip()) for part in (row[COLUMN] or "").split("|") if part.strip()}
            for row in rows]  # fmt: skip
    return {"bodies": len(rows), "one_department": sum(len(departments) == 1 for departments in told)}


def main() -> None:
    if not LIST.exists():
        print(f"{LIST} is not here: nothing to measure")
        return
    today = dt.datetime.now(dt.UTC)
    delivery = open_delivery(spec_for_file(LIST, "berlin_zuwendungen"))
    with tempfile.TemporaryDirectory() as folder:
        mirror = Path(folder) / "mirror"
        made_up.write(mirror, as_rows(delivery), today)
        manifest = read_manifest(mirror)
        tables = {code: load_table(mirror, manifest, code) for code in BASE.tables}
        department = int(tables["relationship"]["department"].mode()[0])
        times = reruns(folder, department, today)
    began = time.perf_counter()
    standing = todo.standing(tables, today.date())
    graph = network.build(tables, standing.columns, today.date())
    cells = network.matrix(tables["relationship"], network.successors(tables["organisation"]))
    departments = network.departments_of(cells)
    seconds = time.perf_counter() - began
    bodies = int((tables["organisation"]["sphere"] == "zivilgesellschaft").sum())
    ours = {"bodies": bodies, "one_department": sum(len(own) == 1 for own in departments.values())}
    counted = plain()
    print(f"plainly {counted}; {len({c.department for c in cells})} departments, {len(cells)} pairs,")
    print(f"graph of {len(graph)} nodes, built in {seconds:.2f} s; {len(delivery.rejected)} rejected")
    slowest = max(times.values())
    print(json.dumps(ours | {"agree": ours == counted, "seconds": round(seconds, 2), "max_ms": slowest}))
    sys.exit(0 if ours == counted and slowest <= BAR_MS else 1)


def reruns(folder: str, department: int, now: dt.datetime) -> dict[str, float]:
    """Return the rerun of each page about relationships in ms, around the department that most are in contact with."""
    os.environ |= {"KONTAKTNETZ_DATA": folder, "DASHBOARD_SECRET": "key of this measurement, 9f27c1ab40"}
    pages.sign_in_as_editor(now)
    pages.CASES["netz_department"] = ("app_pages/netzwerkkarte.py", {"um": f"o{department}"})
    times = {name: pages.case(name, RUNS, [0])["ms"] for name in PAGES}
    for name, ms in times.items():
        print(f"{name:24} rerun {ms:6.1f} ms")
    return times


if __name__ == "__main__":
    main()
