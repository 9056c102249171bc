"""All rows of the base at one moment, read through the API, and which of them belong to which history and label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from identity_histories.truth import CELLS, PHONES, Known, Truth, name_key, stands_in, text_of
from schemas.base import BASE
from schemas.model import Record
from sync.nocodb.client import Client
from sync.nocodb.resolve import ResolvedBase
from sync.nocodb.store import TableStore

TABLES = (
    "organisation", "person", "office", "function", "interaction", "invitation", "seat", "conflict", "duplicate",
)  # fmt: skip
HIDDEN = frozenset(("ident", "token", "source", "vanished_since"))
FORMER = "aliases"

Rows = Mapping[int, Record]


@dataclass(frozen=True, slots=True)
class Picture:
    """Every row by table and row id."""

    rows: Mapping[str, Rows]

    def row(self, table: str, row_id: object) -> Record | None:
        """Return a row, None when it is not there."""
        return self.rows[table].get(row_id) if isinstance(row_id, int) else None


def take_picture(client: Client, base: ResolvedBase, tables: Iterable[str] = TABLES) -> Picture:
    """Read the tables that are judged, or only some of them."""
    return Picture(
        {
            code: {row.id: row for row in TableStore(client, base, BASE.record(code)).pull() if row.id is not None}
            for code in tables
        }
    )


def display(table: str, row: Record | None) -> str:
    """Return how people would call a row."""
    if row is None:
        return "nobody"
    if table == "person":
        return " ".join(str(p) for p in (row.value("first_name"), row.value("last_name")) if p) or "without a name"
    return str(row.value("name") or "without a name")


def row_key(table: str, row: Record) -> str:
    """Return what the name of a row is compared by."""
    return name_key(display(table, row))


def cells_text(row: Record, *, former: bool = True, columns: Iterable[str] = ()) -> str:
    """Return all texts of a row but what only programs read; ``former`` takes in what stands under "Früher auch"."""
    codes = columns or [c for c in row.table().columns if c not in HIDDEN and (former or c != FORMER)]
    return text_of(row.value(code) for code in codes)


@dataclass(slots=True)
class Placed:
    """The rows of one history at one moment: by table and row id the labels they may be (several: nobody can tell)."""

    owners: dict[str, dict[int, frozenset[str]]] = field(default_factory=lambda: {table: {} for table in CELLS})

    def rows_of(self, table: str, label: str) -> list[int]:
        """Return the rows that are this label, the oldest first."""
        return sorted(row for row, labels in self.owners[table].items() if label in labels)

    def owner(self, table: str, row_id: object) -> str:
        """Return the one label a row is, empty when there is none or nobody can tell."""
        labels = self.owners[table].get(row_id, frozenset()) if isinstance(row_id, int) else frozenset()
        return next(iter(labels)) if len(labels) == 1 else ""


def place(truth: Truth, picture: Picture, sources: Iterable[str], seen: Iterable[tuple[str, int]]) -> Placed:
    """Find the rows of a history: by the names of its labels, by the idents of its sources, and those seen before."""
    found = Placed()
    before = set(seen)
    prefixes = tuple(f"{source}:" for source in sources)
    for table in CELLS:
        labels = truth.labels(table)
        names = {name for known in labels for name in known.names}
        for row_id, row in picture.rows[table].items():
            lines = str(row.value("ident") or "").split("\n")
            ours = bool(prefixes) and any(line.startswith(prefixes) for line in lines)
            if ours or (table, row_id) in before or row_key(table, row) in names:
                found.owners[table][row_id] = who_is(truth, table, row)
    return found


def who_is(truth: Truth, table: str, row: Record) -> frozenset[str]:
    """Return the labels a row may be: by its name, and where several have that name by what else stands in it."""
    named = [known for known in truth.labels(table) if row_key(table, row) in known.names]
    if len(named) > 1:
        hits = {known.label: len(foreign(truth, table, row, known.label, former=False)) for known in named}
        told = frozenset(label for label, number in hits.items() if number)
        if told:
            return told
    return frozenset(known.label for known in named)


def foreign(truth: Truth, table: str, row: Record, label: str, *, former: bool) -> list[tuple[str, str]]:
    """Return column and value of all in a row that only this label has."""
    text = cells_text(row, former=former, columns=() if former else _present(table))
    return [
        (column, value)
        for owner, column, value in truth.tellers[table].values()
        if owner == label and stands_in(column, value, text)
    ]


def former_names(table: str, row: Record) -> Iterator[tuple[str, str]]:
    """Yield column code and value of the former names of a row."""
    titles = {"person": {"Vorname": "first_name", "Nachname": "last_name"}, "organisation": {"Name": "name"}}[table]
    for line in str(row.value(FORMER) or "").split("\n"):
        title, _, value = line.partition(": ")
        if title in titles and value:
            yield titles[title], value


def label_text(picture: Picture, placed: Placed, known: Known) -> str:
    """Return all that stands with a label: in its rows, in what it does, and in the open questions about its rows."""
    rows = placed.rows_of(known.table, known.label)
    texts = [cells_text(picture.rows[known.table][row]) for row in rows]
    for function in picture.rows["function"].values():
        if function.value(known.table) in rows:
            texts.append(cells_text(function))
    texts += [conflict_text(row) for row in open_conflicts(picture) if about(row, known.table, rows)]
    return "\n".join(texts)


def open_conflicts(picture: Picture) -> list[Record]:
    """Return the conflicts that wait for somebody."""
    return [row for row in picture.rows["conflict"].values() if row.value("state") == "offen"]


def about(conflict: Record, table: str, rows: Iterable[int]) -> bool:
    """Say whether a conflict is about one of these rows."""
    return conflict.value("table_code") == table and conflict.value("row") in set(rows)


def conflict_text(conflict: Record) -> str:
    """Return what both sides of a conflict say."""
    return text_of(conflict.value(code) for code in ("name", "ours", "theirs"))


def _present(table: str) -> list[str]:
    columns = {*CELLS[table].values(), *PHONES, "mail2"} - {FORMER}
    return [code for code in BASE.tables[table].columns if code in columns]
