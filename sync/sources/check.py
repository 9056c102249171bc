"""Check a list against a profile and report in German what would come of it. Reads only; changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.base import BASE
from schemas.errors import SourceError
from sync.items import Item, Note, Origin, Rejected, Unread
from sync.mapping import deliver
from sync.sanity import find_doubts
from sync.sources.opening import open_source, recognised
from sync.sources.profile import Profile
from sync.sources.profile_files import load_profile

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a profile makes of a file. ``columns``: title in the file and name in the profile (None: not known)."""

    file: str
    profile: str
    form: str
    columns: tuple[tuple[str, str | None], ...]
    kept_in_note: bool
    ignored: tuple[str, ...]
    rows: int
    tables: tuple[tuple[str, int], ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[Note, ...]
    problem: str = ""
    items: tuple[Item, ...] = ()
    unread: tuple[Unread, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether something would be taken over and no row would be refused."""
        return not self.problem and not self.doubts and not self.rejected and self.rows > 0

    def lines(self) -> Iterator[str]:
        """Yield the report line by line (German)."""
        yield f"Datei {self.file}: {self.form}"
        yield f"Profil {self.profile}"
        known = [f"{title} → {name}" if title != name else title for title, name in self.columns if name]
        unknown = [title for title, name in self.columns if name is None]
        yield f"Erkannte Spalten ({len(known)}): {', '.join(known) or 'keine'}"
        if unknown:
            fate = "kommen in die Notiz" if self.kept_in_note else "werden nicht übernommen"
            yield f"Nicht erkannte Spalten ({len(unknown)}), {fate}: {', '.join(unknown)}"
        if self.ignored:
            yield f"Bewusst nicht übernommen: {', '.join(self.ignored)}"
        if self.problem:
            yield f"So geht es nicht: {self.problem}"
            return
        yield from (f"So wird sie abgelehnt: {doubt}" for doubt in self.doubts)
        yield f"Zeilen gelesen: {self.rows}"
        for title, count in self.tables:
            yield f"  {title}: {count}"
        yield f"Abgewiesen: {len(self.rejected)}"
        for one in self.rejected[:_SHOWN]:
            yield f"  {one.origin}{f', Spalte {one.column}' if one.column else ''}: {one.reason} {one.hint}"
        yield from _more(len(self.rejected))
        yield f"Hinweise: {len(self.notes)}"
        for note in self.notes[:_SHOWN]:
            yield f"  {note.origin}{f', Spalte {note.column}' if note.column else ''}: {note.text}"
        yield from _more(len(self.notes))

    def as_json(self) -> dict[str, object]:
        """Return all of it as plain values: every row as it would arrive, with codes of tables and columns.

        Values are as NocoDB gets them (days as YYYY-MM-DD, choices by code, joined by commas). ``hints`` of an item are
        those of its row in the file; ``row`` counts as people do, the header being 1.
        """
        hints: dict[Origin, list[dict[str, object]]] = {}
        for note in self.notes:
            hints.setdefault(note.origin, []).append({"column": note.column, "text": note.text})
        return {
            "file": self.file, "profile": self.profile, "form": self.form, "columns": dict(self.columns),
            "problem": self.problem, "doubts": list(self.doubts), "rows": self.rows,
            "items": [_item_json(item) | {"hints": hints.get(item.origin, [])} for item in self.items],
            "rejected_rows": [one.as_json() for one in self.rejected],
            "notes": [note.as_json() for note in self.notes],
            "unread": [{**one.origin.as_json(), "reason": one.reason} for one in self.unread],
        }  # fmt: skip

    def __str__(self) -> str:
        return "\n".join(self.lines())


def _item_json(item: Item) -> dict[str, object]:
    columns = BASE.tables[item.table].columns
    return {
        "table": item.table, "ident": item.ident, **item.origin.as_json(),
        "values": {code: columns[code].encode(value) for code, value in item.values.items()},
        "links": {code: {"table": ref.table, "ident": ref.ident} for code, ref in item.links.items()},
    }  # fmt: skip


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield f"  … und {count - _SHOWN} weitere"


def check_source(path: Path, profile: Profile | str) -> CheckReport:
    """Read a file with a profile and tell what would become of it.

    Raises:
        SourceError: the file cannot be read, or the profile does not fit it at all.
    """
    used = load_profile(profile) if isinstance(profile, str) else profile
    source = open_source(path, used)
    problem, delivery = "", None
    try:
        delivery = deliver(used, used.name or "liste", source)
    except SourceError as error:
        problem = str(error)
    known = recognised(used, source.header)
    columns = tuple((t, known.get(t)) for t in source.header if not t.startswith(("@", "/")))
    counts = Counter(item.table for item in delivery.items) if delivery else Counter[str]()
    return CheckReport(
        file=path.name,
        profile=used.name,
        form=source.form,
        columns=columns,
        kept_in_note=used.keep_rest,
        ignored=tuple(t for t, name in columns if name in used.ignore),
        rows=delivery.rows if delivery else 0,
        tables=tuple((BASE.tables[code].title, counts[code]) for code in BASE.tables if counts[code]),
        rejected=delivery.rejected if delivery else (),
        notes=delivery.notes if delivery else (),
        problem=problem,
        items=delivery.items if delivery else (),
        unread=delivery.unread if delivery else (),
        doubts=tuple(doubt.text for doubt in find_doubts(delivery, {}, lambda key: {})) if delivery else (),
    )
