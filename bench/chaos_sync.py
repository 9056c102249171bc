"""People edit 500 rows at random while a sync brings 2,000 changes in and is killed again and again: what is lost?

Four threads play staff through the API, each edit a value that nobody else writes. The sync runs as a process of its
own and is ended by kill -9 at random moments; the next one starts with a clock ahead, so that the dead one's lease has
run out. When a sync ends before it is killed, the list says something new of every row, so there is work to be killed
at until all kills are done. Ends with one JSON line: ``kills``, ``lists`` (that came to their end),
``lost_staff_edits``, ``lost_source_changes``, ``duplicates``.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from servers import throwaway_server

from schemas.base import BASE
from schemas.contacts.tables import Organisation
from schemas.operations.tables import Conflict, JournalEntry
from sync.arrival import bring
from sync.nocodb import records
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase, resolve
from sync.nocodb.store import TableStore
from sync.provision.apply import apply_schema
from sync.settings import Settings
from sync.sources.registry import spec_for_file
from sync.status import Status

COLUMNS = {"city": "Ort", "district": "Stadtteil", "street": "Straße", "short_name": "Kurzname"}
STAFF = 4


def write_list(path: Path, rows: int, word: str) -> None:
    """Write the list; with another word every one of the four columns of every row says something else."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Kennung", "Organisation", *COLUMNS.values()])
        for i in range(rows):
            writer.writerow([f"k{i}", f"Verein {i}", *(f"{word} {column} {i}" for column in COLUMNS)])


def run_once(folder: Path, settings: Settings, minutes: int) -> None:
    """Bring the list in, with a clock that is ahead."""
    ahead = dt.timedelta(minutes=minutes)
    with Status(folder / "status.sqlite") as status:
        spec = spec_for_file(folder / "liste.csv", "organisationen")
        clock = lambda: dt.datetime.now(dt.UTC) + ahead  # noqa: E731
        bring(spec, settings, status, now=clock, on_progress=lambda *_: print(".", flush=True))


class Staff(threading.Thread):
    """One of the people who type; remembers what it wrote last into each cell."""

    def __init__(self, number: int, settings: Settings, base: ResolvedBase, ids: list[int]) -> None:
        super().__init__(daemon=True)
        self.stop = threading.Event()
        self.typed: dict[tuple[int, str], str] = {}
        self._number = number
        self._client = Client(settings.nocodb_url, settings.nocodb_token.get_secret_value())
        self._table = base.tables["organisation"]
        self._ids = ids[number::STAFF]  # nobody types into another one's rows, so the last word is known
        self._dice = random.Random(number)

    def run(self) -> None:
        count = 0
        while not self.stop.is_set():
            count += 1
            row, column = self._dice.choice(self._ids), self._dice.choice(list(COLUMNS))
            value = f"von Hand {self._number}-{count}"
            cells = {row: {self._table.fields[column].id: value}}
            begun = time.monotonic()
            records.update_rows(self._client, self._table.id, cells, key=self._table.key)
            self.typed[(row, column)] = value
            # on a slow machine four who never pause would be all that its server does
            self.stop.wait(self._dice.uniform(0.02, 0.2) + 4 * (time.monotonic() - begun))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--backend", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--child", nargs=5)
    given = parser.parse_args()
    if given.child:
        folder, url, token, base_id, minutes = given.child
        settings = Settings(nocodb_url=url, nocodb_token=token, nocodb_base=base_id)
        run_once(Path(folder), settings, int(minutes))
        return
    with throwaway_server(given.backend) as server, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        client = Client.sign_in(server.url, server.email, server.password)
        token = client.request("POST", "/api/v1/tokens", json={"description": "bench"})["token"]
        base_id = apply_schema(client, BASE, "Unruhe").base.id
        settings = Settings(nocodb_url=server.url, nocodb_token=token, nocodb_base=base_id)
        write_list(folder / "liste.csv", given.rows, "alt")
        run_once(folder, settings, 0)
        base = resolve(client, BASE, base_id)
        result = chaos(folder, settings, base, client, given.kills) | {"backend": given.backend}
    print(json.dumps(result))
    sys.exit(0 if not (result["lost_staff_edits"] or result["lost_source_changes"] or result["duplicates"]) else 1)


def chaos(folder: Path, settings: Settings, base: ResolvedBase, client: Client, wanted: int) -> dict[str, object]:
    """Let staff type and syncs die, then let one run to its end and compare."""
    store = TableStore(client, base, Organisation)
    rows = list(store.pull(["ident"]))
    team = [Staff(i, settings, base, [r.id for r in rows if r.id is not None]) for i in range(STAFF)]
    for person in team:
        person.start()
    kills, lists, written, minutes, dice = 0, 0, 0, 10, random.Random(7)
    write_list(folder / "liste.csv", len(rows), "neu 0")
    token = settings.nocodb_token.get_secret_value()
    while kills < wanted:
        arguments = [str(folder), settings.nocodb_url, token, base.id, str(minutes)]
        child = subprocess.Popen([sys.executable, __file__, "--child", *arguments], stdout=subprocess.PIPE)
        # a share of what is left, so that all the kills fall into the work, wherever it stands
        steps = dice.randint(0, max(0, len(rows) - written) // (wanted - kills + 1))
        begun = all(child.stdout.readline() for _ in range(steps)) if child.stdout else False
        written += steps
        time.sleep(dice.uniform(0, 0.02 if steps else 2.0))
        child.kill()
        killed = child.wait() == -signal.SIGKILL
        child.communicate()
        minutes += 10
        kills += killed
        print(f"kills: {kills}", flush=True)
        if not killed and child.returncode:
            raise SystemExit(f"a sync ended with {child.returncode} after {kills} kills, begun={begun}")
        if not killed:
            lists, written = lists + 1, 0
            write_list(folder / "liste.csv", len(rows), f"neu {lists}")
    for person in team:
        person.stop.set()
    for person in team:
        person.join()
    time.sleep(1)
    run_once(folder, settings, minutes + 10)
    typed = {k: v for person in team for k, v in person.typed.items()}
    return compare(client, base, typed, f"neu {lists}") | {"kills": kills, "lists": lists}


def compare(client: Client, base: ResolvedBase, typed: dict[tuple[int, str], str], word: str) -> dict[str, object]:
    """Count what was lost; ``word`` is what the list says last."""
    rows = list(TableStore(client, base, Organisation).pull())
    asked = {(c.row, c.theirs) for c in TableStore(client, base, Conflict).pull()}
    journalled = {
        (j.row, line) for j in TableStore(client, base, JournalEntry).pull() for line in (j.after or "").split("\n")
    }
    lost_staff = lost_source = 0
    for row in rows:
        number = (row.ident or "").rpartition(":k")[2]
        for column, title in COLUMNS.items():
            value, source = row.value(column), f"{word} {column} {number}"
            mine = typed.get((row.id or 0, column))
            lost_staff += mine is not None and value != mine
            told = (row.id, source) in asked or (row.id, f"{title}: {source}") in journalled
            lost_source += value != source and not (mine is not None and told)
    idents = [row.ident for row in rows]
    return {
        "staff_edits": len(typed),
        "lost_staff_edits": lost_staff,
        "lost_source_changes": lost_source,
        "duplicates": len(idents) - len(set(idents)),
        "conflicts": len(asked),
    }


if __name__ == "__main__":
    main()
