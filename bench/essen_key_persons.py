"""The organisations of a volunteer agency in Essen: who has none, one, or more named contacts, as the page says it.

Reads the real list from ``../shared/data`` (it is not part of the project). The list only counts the contacts of each
organisation, so as many nameless persons are put there. The last line is one JSON object: ``none``, ``one``, ``more``;
the exit code says whether a plain count of the list's own column agrees.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import made_up

from automations import todo
from schemas.base import BASE
from schemas.contacts.rules.key_persons import Risk
from streamlit_app.frames import key_persons
from sync.mirror import load_table, read_manifest

LIST = ROOT.parent / "shared" / "data" / "essen_freinet_organisationen.csv"
COUNT = "Anzahl benannte Ansprechpersonen"


def main() -> None:
    if not LIST.exists():
        print(f"{LIST} is not here: nothing to measure")
        return
    today = dt.datetime.now(dt.UTC)
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    made: dict[str, list[dict[str, object]]] = {"organisation": [], "person": [], "function": []}
    for number, row in enumerate(rows, start=1):
        made["organisation"].append({"id": number, "name": row["Einrichtung"]})
        for _ in range(int(row[COUNT] or 0)):
            person = len(made["person"]) + 1
            made["person"].append({"id": person, "last_name": f"Ansprechperson {person}"})
            made["function"].append({"id": person, "person": person, "organisation": number})
    with tempfile.TemporaryDirectory() as folder:
        made_up.write(Path(folder), made, today)
        manifest = read_manifest(Path(folder))
        tables = {code: load_table(Path(folder), manifest, code) for code in BASE.tables}
    standing = todo.standing(tables, today.date())
    persons = key_persons.read_persons(tables, standing.columns, today.date())
    found = key_persons.find(tables, persons, today.date())
    none, one = len(found[Risk.NOBODY_NAMED]), len(found[Risk.ONE_OF_THEM])
    ours = {"none": none, "one": one, "more": len(rows) - none - one}
    counts = Counter(min(int(row[COUNT] or 0), 2) for row in rows)
    print(f"plainly none {counts[0]}, one {counts[1]}, more {counts[2]}")
    print(json.dumps(ours))
    sys.exit(0 if list(ours.values()) == [counts[0], counts[1], counts[2]] else 1)


if __name__ == "__main__":
    main()
