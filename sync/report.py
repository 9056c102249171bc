"""What a plan or a run says to people (German), and as one JSON object to programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.base import BASE
from sync import fields
from sync.items import Origin, Rejected
from sync.plan import Action, Create, DeletedByStaff, Plan, Unchanged, Write, item_name

SHOWN = 20
"""Lines of one kind that a report shows."""

EXAMPLES = 3
"""Names that a plan gives as examples."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items come to what; ``filled`` only had gaps closed, in ``updated`` ones a value was replaced."""

    created: int
    filled: int
    unchanged: int
    unclear: int
    rejected: int
    deleted_by_staff: int
    updated: int = 0
    conflicts: int = 0
    vanished: int = 0

    def as_json(self, writes: int) -> dict[str, int]:
        """Return the counts under the names that programs rely on."""
        return {
            "created": self.created,
            "filled": self.filled,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "unclear": self.unclear,
            "conflicts": self.conflicts,
            "rejected": self.rejected,
            "writes": writes,
            "deleted_by_staff": self.deleted_by_staff,
            "vanished": self.vanished,
        }


def count(plan: Plan) -> Counts:
    """Return what a plan would come to if everything goes well."""
    kinds = [type(a) for a in plan.actions]
    return Counts(
        created=kinds.count(Create),
        filled=sum(isinstance(a, Write) and not a.replaces for a in plan.actions),
        updated=sum(isinstance(a, Write) and a.replaces for a in plan.actions),
        conflicts=len(plan.clashes),
        vanished=len(plan.vanished),
        unchanged=kinds.count(Unchanged),
        unclear=len(_unclear(plan)),
        rejected=len(plan.rejected),
        deleted_by_staff=kinds.count(DeletedByStaff),
    )


def describe_plan(plan: Plan, title: str) -> str:
    """Return in German what would happen."""
    lines = [f"{title}: das würde geschehen" if plan.writes else f"{title}: es gibt nichts zu schreiben"]
    for code, table in BASE.tables.items():
        here = [a for a in plan.actions if a.item.table == code]
        if here:
            lines += _table_lines(table.title, here)
    lines += _details(plan, plan.rejected)
    if plan.writes:
        lines.append("Noch ist nichts geändert. `kontaktnetz sync apply` führt es aus.")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a run came to. ``seconds`` as measured; ``rejected`` also holds rows that NocoDB refused, ``held`` of
    them (or waiting for one) were not even tried again."""

    title: str
    plan: Plan
    counts: Counts
    writes: int
    seconds: float
    rejected: tuple[Rejected, ...]
    left: int = 0
    decided: int = 0
    held: int = 0

    @property
    def complete(self) -> bool:
        """Say whether all that could be read of the list is in the base now, and nothing waits for what could not."""
        return (
            self.left == 0
            and not self.plan.kept
            and not self.plan.unattributed
            and self.held == 0
            and len(self.rejected) == len(self.plan.rejected)
        )

    def describe(self) -> str:
        """Return the run in German."""
        c = self.counts
        lines = [
            f"{self.title}: eingelesen in {self.seconds:.0f} Sekunden",
            f"  neu angelegt:   {c.created}",
            f"  ergänzt:        {c.filled}",
            f"  geändert:       {c.updated}",
            f"  unverändert:    {c.unchanged}",
            f"  unklar:         {c.unclear}",
            f"  abgewiesen:     {c.rejected}",
        ]
        if self.decided:
            lines.append(f"  nach Ihrer Entscheidung übernommen: {self.decided}")
        if c.conflicts:
            lines.append(f"  Abweichungen, bitte in NocoDB entscheiden: {c.conflicts}")
        if c.vanished:
            lines.append(f"  nicht mehr in der Quelle, markiert: {c.vanished}")
        if c.deleted_by_staff:
            lines.append(f"  nicht wieder angelegt, weil von Ihnen gelöscht: {c.deleted_by_staff}")
        if self.left:
            lines.append(f"  für den nächsten Lauf, weil gerade jemand daran arbeitet: {self.left}")
        return "\n".join([*lines, *_details(self.plan, self.rejected)])

    def as_json(self) -> dict[str, object]:
        """Return the run as one object."""
        return {
            **self.counts.as_json(self.writes),
            **_unread_json(self.plan),
            "left": self.left,
            "seconds": round(self.seconds, 1),
            "rejected_rows": [r.as_json() for r in self.rejected],
            "unclear_rows": [
                {**a.item.origin.as_json(), "name": item_name(a.item), "resembles": a.resembles.name,
                 "row_id": a.resembles.row_id, "reason": a.resembles.reason}
                for a in _unclear(self.plan) if a.resembles
            ],
            "notes": [note.as_json() for note in self.plan.notes],
        }  # fmt: skip


def plan_as_json(plan: Plan) -> dict[str, object]:
    """Return a plan as one object, with the same counts as a report."""
    counts = {**count(plan).as_json(plan.writes), **_unread_json(plan)}
    return {**counts, "rejected_rows": [r.as_json() for r in plan.rejected]}


def _table_lines(title: str, actions: list[Action]) -> Iterator[str]:
    kinds = (
        ("anlegen", [a for a in actions if isinstance(a, Create)]),
        ("ergänzen", [a for a in actions if isinstance(a, Write) and not a.replaces]),
        ("ändern", [a for a in actions if isinstance(a, Write) and a.replaces]),
        ("unverändert", [a for a in actions if isinstance(a, Unchanged)]),
        ("von Ihnen gelöscht, bleibt gelöscht", [a for a in actions if isinstance(a, DeletedByStaff)]),
    )
    yield f"  {title}"
    for name, found in kinds:
        if found:
            examples = ", ".join(f"„{item_name(a.item)}“" for a in found[:EXAMPLES])
            told = "" if name == "unverändert" else f" (zum Beispiel {examples})"
            yield f"    {name}: {len(found)}{told}"


def _details(plan: Plan, rejected: Iterable[Rejected]) -> Iterator[str]:
    rejected = list(rejected)
    if plan.clashes:
        yield "Abweichungen (Ihr Stand bleibt, bis Sie in der Tabelle Abweichungen entscheiden):"
        yield from _cut(
            f"  „{item_name(c.item)}“, {fields.title(c.item.table, c.column)}: "
            f"bei Ihnen „{fields.show(c.item.table, c.column, c.ours)}“, "
            f"in der Quelle „{fields.show(c.item.table, c.column, c.theirs)}“"
            for c in plan.clashes
        )
    if plan.vanished:
        count = len(plan.vanished)
        told = "eine Zeile; sie bleibt und wird" if count == 1 else f"{count} Zeilen; sie bleiben und werden"
        yield f"Nicht mehr in der Quelle: {told} markiert."
    yield from _withheld(plan)
    if unclear := _unclear(plan):
        yield "Unklar, deshalb als neue Zeile geführt; bitte vergleichen:"
        yield from _cut(f"  {a.item.origin}: „{item_name(a.item)}“ – {a.resembles.reason} („{a.resembles.name}“, "
                        f"Zeile {a.resembles.row_id} in „{BASE.tables[a.item.table].title}“)"
                        for a in unclear if a.resembles)  # fmt: skip
    if rejected:
        yield "Abgewiesen:"
        yield from _cut(f"  {_place(r.origin, r.column)}: {r.reason} {r.hint}".rstrip() for r in rejected)
    if plan.notes:
        yield "Hinweise:"
        yield from _cut(f"  {_place(n.origin, n.column)}: {n.text}" for n in plan.notes)


def _withheld(plan: Plan) -> Iterator[str]:
    """Say what is not marked because not everything could be read."""
    rows = len({(one.table, one.row_id) for one in plan.kept})
    entries = len({(one.origin, one.reason) for one in plan.unattributed})
    if entries:
        unread = "ein Eintrag der Quelle war" if entries == 1 else f"{entries} Einträge der Quelle waren"
        missing = ("", "; eine Zeile fehlt im Gelesenen")[rows] if rows < 2 else f"; {rows} Zeilen fehlen im Gelesenen"
        told = "Als „nicht mehr in der Quelle“ wird jetzt nichts markiert"
        yield f"{told}: {unread} nicht zu lesen (siehe Abgewiesen){missing}."
    elif rows:
        yield (
            f"Nicht markiert, weil ihr Eintrag in der Quelle nicht zu lesen war (siehe Abgewiesen): {rows} "
            f"{'Zeile' if rows == 1 else 'Zeilen'}."
        )


def _cut(lines: Iterable[str]) -> Iterator[str]:
    every = list(lines)
    yield from every[:SHOWN]
    if len(every) > SHOWN:
        yield f"  … und {len(every) - SHOWN} weitere (alle mit --json)"


def _unclear(plan: Plan) -> list[Create]:
    return [a for a in plan.actions if isinstance(a, Create) and a.resembles]


def _place(origin: Origin, column: str | None) -> str:
    return f"{origin}, Spalte {column}" if column else str(origin)


def _unread_json(plan: Plan) -> dict[str, int]:
    return {"unread_entries": len(plan.unattributed), "kept": len(plan.kept)}
