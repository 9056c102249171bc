"""Play histories in a real base: bring lists in as the command line does, and do what staff do through the API."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from typer.testing import CliRunner

from identity_histories.files import write_list
from identity_histories.model import (
    Action,
    Adds,
    Decides,
    Deletes,
    Hang,
    History,
    Listing,
    Note,
    Parts,
    Replaces,
    Tick,
    Types,
    Undoes,
)
from identity_histories.picture import Picture, Placed, cells_text, display, place, take_picture
from identity_histories.truth import CELLS, Told, Truth
from kontaktnetz.sync_commands import app
from schemas.contacts.tables import Interaction
from schemas.errors import KontaktnetzError, PlanRefused, SourceError
from schemas.events.tables import Event, Invitation
from schemas.model import Record
from schemas.network.tables import Body, Seat
from schemas.operations.tables import Duplicate, JournalEntry, pair_ident
from sync.arrival import bring
from sync.duplicates import find_duplicates
from sync.nocodb import records
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore
from sync.settings import Settings
from sync.sources.registry import SourceFile, SourceSpec
from sync.status import Status
from sync.undo import list_runs

R = TypeVar("R", bound=Record)

LABELS = {"dieselbe": "Dieselbe", "verschieden": "Verschieden"}


@dataclass(frozen=True, slots=True)
class Hung:
    """A row that staff hung on somebody: its table and id, and at whom it was to point.

    ``table_of`` is the table of that label, and the column that points there.
    """

    table: str
    row: int
    table_of: str
    label: str


@dataclass(slots=True)
class Played:
    """How far one history has come, and what is to be judged of it. ``unclear``: by source, of its last run."""

    history: History
    told: list[Told] = field(default_factory=list)
    seen: dict[tuple[str, int], str] = field(default_factory=dict)
    functions: dict[int, tuple[str, str]] = field(default_factory=dict)
    hung: list[Hung] = field(default_factory=list)
    ticked: set[str] = field(default_factory=set)
    unclear: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def truth(self) -> Truth:
        """Return what is true by now."""
        return Truth(self.history, self.told)

    @property
    def sources(self) -> set[str]:
        """Return the names its sources have in the product."""
        return {one.spec for one in self.told if one.spec}

    def placed(self, picture: Picture) -> Placed:
        """Return its rows and who they are."""
        return place(self.truth, picture, self.sources, self.seen)


class Stage:
    """The base in which all histories are played, one day after the other."""

    def __init__(self, client: Client, base: ResolvedBase, settings: Settings, status: Status, folder: Path) -> None:
        self._client = client
        self._base = base
        self._settings = settings
        self._status = status
        self._folder = folder
        self._today = 0
        (self._event,) = self._store(Event).create([Event(name="Fest der Nachbarschaft")])
        (self._body,) = self._store(Body).create([Body(name="Runder Tisch")])

    def begin_day(self, number: int) -> None:
        """Let a day begin; the clock of all automatic work stands so many days ahead."""
        self._today = number

    def now(self) -> dt.datetime:
        """Return the moment at which automatic work believes to be done."""
        return dt.datetime.now(dt.UTC) + dt.timedelta(days=self._today)

    def picture(self) -> Picture:
        """Return the base as it stands."""
        return take_picture(self._client, self._base)

    def night(self) -> None:
        """Look for look-alikes and merge what staff called the same, as every night."""
        find_duplicates(self._client, self._base, now=self.now)

    # --- lists -------------------------------------------------------------------------------------------------------

    def bring_in(self, played: Played, listing: Listing) -> None:
        """Write the list as a file and bring it in; what comes of it is noted in ``played``."""
        before = self._contents(played) if listing.may_refuse else None
        told = Told(listing=listing, spec="" if listing.file else _source(played.history, listing))
        path = self._lay(played.history, listing)
        try:
            report = self._by_command(path, listing) if listing.file else self._by_name(told.spec, path, listing)
        except (PlanRefused, SourceError) as problem:
            told.refused = True
            played.refusals.append(f"{told.source}: {problem}")
            if not listing.may_refuse:
                played.problems.append(f"a sound list was refused: {problem}")
        except (KontaktnetzError, RuntimeError, ValueError, KeyError) as problem:
            told.refused = True
            played.problems.append(f"bringing the list in ended with {type(problem).__name__}: {problem}")
        else:
            unclear = report.get("unclear_rows")
            played.unclear[told.source] = list(unclear) if isinstance(unclear, list) else []
        if told.refused and before is not None and before != self._contents(played):
            played.problems.append("the list was refused, and yet something changed")
        played.told.append(told)

    def _lay(self, history: History, listing: Listing) -> Path:
        """Write the file of a list, and return it or the folder in which it lies."""
        own = self._folder / history.name
        ending = "vcf" if listing.profile == "vcard" else "csv"
        path = own / (listing.file or f"{listing.source}.{ending}")
        path = own / listing.source / f"{self._today}.{ending}" if listing.folder else path
        write_list(listing, path, self._today)
        return path.parent if listing.folder else path

    def _by_name(self, name: str, path: Path, listing: Listing) -> Mapping[str, object]:
        """Bring in a list of which ``sources.toml`` would tell."""
        spec = SourceSpec(name, name, (SourceFile(path, listing.profile),))
        return bring(spec, self._settings, self._status, now=self.now, accept=listing.accept).as_json()

    def _by_command(self, path: Path, listing: Listing) -> Mapping[str, object]:
        """Bring in a single file by the command line, which finds a name for its source."""
        result = CliRunner().invoke(app, ["apply", str(path), "--profile", listing.profile, "--json"])
        if isinstance(result.exception, Exception):
            raise result.exception
        if result.exit_code:
            raise RuntimeError(result.output)
        told: Mapping[str, object] = json.loads(result.stdout.splitlines()[-1])
        return told

    def _contents(self, played: Played) -> set[tuple[str, int, str]]:
        """Return all that lists have brought of a history, to be compared."""
        picture = take_picture(self._client, self._base, (*CELLS, "function"))
        placed = played.placed(picture)
        found = {(table, row_id) for table, owners in placed.owners.items() for row_id in owners}
        persons = placed.owners["person"]
        found |= {("function", i) for i, row in picture.rows["function"].items() if row.value("person") in persons}
        rows = [(table, row_id, picture.rows[table][row_id]) for table, row_id in found]
        return {(table, row_id, f"{cells_text(row)}\n{row.value('vanished_since')}") for table, row_id, row in rows}

    # --- staff -------------------------------------------------------------------------------------------------------

    def act(self, played: Played, action: Action, picture: Picture) -> None:
        """Do what staff do; where the row is not there to do it with, it is left out and noted."""
        if isinstance(action, Undoes):
            self._undo(played, action.label)
            return
        told = Told(action=action)
        if isinstance(action, Adds):
            played.told.append(told)
            self._add(action)
            return
        truth, placed = played.truth, played.placed(picture)
        table = truth.known[action.label].table if action.label in truth.known else ""
        rows = placed.rows_of(table, action.label) if table else []
        doing = self._doing(action)
        if not rows or not doing(played, action, picture, placed, table, rows):
            played.skipped.append(f"{type(action).__name__} {action.label}: there is no such row")
            return
        if not isinstance(action, Parts | Decides | Hang | Tick):
            played.told.append(told)

    def _doing(self, action: Action) -> Callable[..., bool]:
        kinds: Mapping[type[Action], Callable[..., bool]] = {
            Note: self._note, Tick: self._tick, Hang: self._hang, Types: self._type, Deletes: self._delete,
            Replaces: self._replace, Decides: self._decide, Parts: self._part,
        }  # fmt: skip
        return kinds[type(action)]

    def _note(self, _p: Played, action: Note, picture: Picture, _placed: Placed, table: str, rows: list[int]) -> bool:
        row = _worked_on(picture, table, rows)
        old = picture.rows[table][row].value("note")
        self._write(table, row, {"note": f"{old}\n{action.text}" if old else action.text})
        return True

    def _tick(
        self, played: Played, action: Tick, picture: Picture, _placed: Placed, table: str, rows: list[int]
    ) -> bool:
        self._write(table, _worked_on(picture, table, rows), {"do_not_contact": True})
        played.ticked.add(action.label)
        return True

    def _hang(
        self, played: Played, action: Hang, picture: Picture, _placed: Placed, table: str, rows: list[int]
    ) -> bool:
        row = _worked_on(picture, table, rows)
        shown = display(table, picture.rows[table][row])
        link = {table: row}
        guest = f"einladung:{self._event}:{table[0]}{row}"
        made = {
            "interaction": self._store(Interaction).create(
                [Interaction(summary=f"Gespräch mit {shown}", day=dt.date(2026, 3, 2), **link)]  # type: ignore[arg-type]
            ),
            "invitation": self._store(Invitation).create(
                [Invitation(name=shown, event=self._event, ident=guest, **link)]  # type: ignore[arg-type]
            ),
            "seat": self._store(Seat).create([Seat(name=shown, body=self._body, **link)]),  # type: ignore[arg-type]
        }
        played.hung += [Hung(code, row_id, table, action.label) for code, (row_id,) in made.items()]
        return True

    def _type(self, _p: Played, action: Types, picture: Picture, _placed: Placed, table: str, rows: list[int]) -> bool:
        self._write(table, _worked_on(picture, table, rows), action.cells)
        return True

    def _replace(
        self, played: Played, action: Replaces, picture: Picture, _placed: Placed, table: str, rows: list[int]
    ) -> bool:
        row = _worked_on(picture, table, rows)
        self._write(table, row, action.cells)
        played.seen[(table, row)] = action.other
        played.functions = {i: pair for i, pair in played.functions.items() if action.label not in pair}
        return True

    def _delete(
        self, _p: Played, _action: Deletes, _picture: Picture, _placed: Placed, table: str, rows: list[int]
    ) -> bool:
        real = self._base.tables[table]
        records.delete_rows(self._client, real.id, rows, key=real.key)
        return True

    def _decide(
        self, _p: Played, action: Decides, picture: Picture, placed: Placed, table: str, rows: list[int]
    ) -> bool:
        pair = sorted({*rows, *placed.rows_of(table, action.other)}) if action.other else rows
        if len(pair) != 2:
            return False
        ident = pair_ident(table, *pair)
        cases = [row for row in picture.rows["duplicate"].values() if row.value("ident") == ident]
        if cases and cases[0].id is not None:
            self._write("duplicate", cases[0].id, {"decision": LABELS[action.decision]})
            return True
        first, second = pair
        self._store(Duplicate).create(
            [Duplicate(name="Paar von Hand", table_code=table, first_row=first, second_row=second, ident=ident,
                       state="offen", decision=action.decision)]
        )  # fmt: skip
        return True

    def _part(
        self, _p: Played, _action: Parts, _picture: Picture, _placed: Placed, table: str, rows: list[int]
    ) -> bool:
        merged = [
            entry
            for entry in self._store(JournalEntry).pull()
            if entry.kind == "zusammengefuehrt" and entry.table_code == table and entry.row in rows and not entry.undone
        ]
        return bool(merged) and self._command("undo", "--write", str(merged[-1].id))

    def _add(self, action: Adds) -> None:
        real = self._base.tables[action.table]
        cells = {real.fields[code].id: value for code, value in action.cells.items()}
        records.create_rows(self._client, real.id, [cells])

    def _undo(self, played: Played, source: str) -> None:
        lists = [t for t in played.told if t.listing and t.listing.source == source and not (t.undone or t.refused)]
        if not lists:
            played.skipped.append(f"Undoes {source}: there is nothing to take back")
            return
        title = lists[-1].spec
        runs = [
            run
            for run, cause, left in list_runs(self._client, self._base, limit=10_000)
            if cause.endswith(title) and left
        ]
        if runs and self._command("undo", runs[0]):
            lists[-1].undone = True
        else:
            played.problems.append(f"the run of {title} could not be undone")

    def _command(self, *words: str) -> bool:
        result = CliRunner().invoke(app, list(words))
        if result.exit_code:
            print(f"  sync {' '.join(words)}: {result.exception or result.output}")
        return result.exit_code == 0

    def _write(self, table: str, row: int, cells: Mapping[str, object]) -> None:
        real = self._base.tables[table]
        named = {real.fields[code].id: value for code, value in cells.items()}
        records.update_rows(self._client, real.id, {row: named}, key=real.key)

    def _store(self, record: type[R]) -> TableStore[R]:
        return TableStore(self._client, self._base, record)


def _source(history: History, listing: Listing) -> str:
    """Return how the source of a list is called in the product."""
    return f"{history.name}-{listing.source}".replace("_", "-")


def _worked_on(picture: Picture, table: str, rows: list[int]) -> int:
    """Return the row staff would open: the oldest that is not marked as gone, else the oldest."""
    there = [row for row in rows if picture.rows[table][row].value("vanished_since") is None]
    return (there or rows)[0]
