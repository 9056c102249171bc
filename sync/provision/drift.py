"""How far the real base has moved from the declaration: what is missing or retyped, and what staff made their own."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.model import Base
from sync.nocodb.client import Client
from sync.nocodb.model import TableMeta
from sync.provision.diff import SchemaPlan, diff
from sync.provision.inspect import find_field, inspect_base

_AUTOMATIC = frozenset(
    {"ID", "ForeignKey", "Order", "CreatedTime", "LastModifiedTime", "CreatedBy", "LastModifiedBy", "Deleted"}
)


@dataclass(frozen=True, slots=True)
class Drift:
    """``plan`` holds what stands in the way of our scripts; ``renamed`` and ``own`` are staff's good right (German)."""

    plan: SchemaPlan
    renamed: tuple[str, ...]
    own: tuple[str, ...]

    def describe(self) -> str:
        """Return the drift in German."""
        lines: list[str] = []
        if self.plan.safe:
            lines.append("Es fehlt (`kontaktnetz schema apply` ergänzt es):")
            lines += [f"  + {step}" for step in self.plan.safe]
        if self.plan.destructive:
            lines.append("Passt nicht zusammen (bitte in NocoDB zurückändern, oder mit --allow-destructive):")
            lines += [f"  - {step}" for step in self.plan.destructive]
        if not lines:
            lines.append("Alles, was Kontaktnetz braucht, ist in der Base vorhanden.")
        for heading, found in (("Umbenannt (kein Problem):", self.renamed), ("Von Ihnen ergänzt:", self.own)):
            if found:
                lines += [heading, *(f"  · {line}" for line in found)]
        return "\n".join(lines)


def find_drift(client: Client, base: Base, base_ref: str) -> Drift:
    """Compare the base with this id or title to what is declared; changes nothing."""
    found = inspect_base(client, base, base_ref)
    renamed: list[str] = []
    own: list[str] = []
    for code, table in base.tables.items():
        real = found.ours.get(code)
        if real is None:
            continue
        if real.title != table.title:
            renamed.append(f"Tabelle „{table.title}“ heißt jetzt „{real.title}“")
        for column, declared in table.columns.items():
            field = find_field(real, f"{code}.{column}")
            if field and field.title != declared.title:
                renamed.append(f"Spalte „{declared.title}“ in „{real.title}“ heißt jetzt „{field.title}“")
        own += _own(real)
    return Drift(diff(base, found), tuple(renamed), tuple(own))


def _own(real: TableMeta) -> list[str]:
    ours = {str(v) for v in (real.marker.get("views") or {}).values()}
    keys = {f.fk_field_id for f in real.fields}
    lines = [
        f"Spalte „{f.title}“ in „{real.title}“"
        for f in real.fields
        if not f.marker and f.uidt not in _AUTOMATIC and f.id not in keys and not f.system
    ]
    return lines + [f"Ansicht „{v.title}“ in „{real.title}“" for v in real.views if v.id not in ours]
