"""Carry out a schema plan. Killed anywhere and run again it completes: each step leaves its mark in the base itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from typing import Any

from schemas.errors import ConfigError, PlanRefused
from schemas.model import Base, Formula, MultiSelect, SingleSelect, Table, View
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.making import finish_link, make_column, make_link, make_table
from sync.nocodb.meta import BaseMeta
from sync.nocodb.model import MARKER, FieldMeta, TableMeta
from sync.provision import operations as op
from sync.provision.columns import formula_text, match_choices, missing_choices, new_column
from sync.provision.diff import BEGUN, DEFAULT_VIEW, SchemaPlan, diff, fk_title
from sync.provision.inspect import Found, find_field, inspect_base
from sync.provision.views import arrange, make_view

Progress = Callable[[int, int, str], None]
"""Hears before each step: steps done, steps in all, the step in German."""


@dataclass(frozen=True, slots=True)
class SchemaReport:
    """The base, the plan that was carried out, and how long it took in seconds."""

    base: BaseMeta
    plan: SchemaPlan
    seconds: float

    def describe(self) -> str:
        """Return in German what was done."""
        if self.plan.empty:
            return self.plan.describe()
        done = len(self.plan.operations)
        return f"Die Base „{self.base.title}“ ist eingerichtet: {done} Schritte in {self.seconds:.0f} Sekunden."


def plan_schema(client: Client, base: Base, base_ref: str) -> SchemaPlan:
    """Return what ``apply_schema`` would do; changes nothing."""
    return diff(_named(base, base_ref), _inspect(client, base, base_ref))


def apply_schema(
    client: Client,
    base: Base,
    base_ref: str,
    *,
    allow_destructive: bool = False,
    on_progress: Progress | None = None,
) -> SchemaReport:
    """Bring the base with this id or title to what is declared; what staff made or renamed stays.

    Raises:
        PlanRefused: a step would destroy values and ``allow_destructive`` is False; nothing was done.
        NocoDBError: the server refused or did not answer; run it again, it goes on where it stopped.
    """
    began = time.monotonic()
    base = _named(base, base_ref)
    found = _inspect(client, base, base_ref)
    plan = diff(base, found)
    if plan.destructive and not allow_destructive:
        lines = "\n".join(f"  - {step}" for step in plan.destructive)
        raise PlanRefused(
            f"Diese Schritte würden Daten zerstören; es wurde nichts geändert:\n{lines}\n",
            hint="Machen Sie die Änderung in NocoDB rückgängig, oder sichern Sie die Daten und erlauben Sie die "
            "Schritte mit --allow-destructive.",
            steps=len(plan.destructive),
        )
    worker = _Worker(client, base, found)
    for done, step in enumerate(plan.operations):
        if on_progress:
            on_progress(done, len(plan.operations), str(step))
        worker.do(step)
    if on_progress and plan.operations:
        on_progress(len(plan.operations), len(plan.operations), "fertig")
    return SchemaReport(worker.base, plan, time.monotonic() - began)


def _inspect(client: Client, base: Base, base_ref: str) -> Found:
    found = inspect_base(client, base, base_ref)
    if found.base is None and meta.looks_like_id(base_ref):
        raise ConfigError(
            f"Die Base mit der Kennung {base_ref} gibt es in NocoDB nicht, oder unser Konto darf sie nicht sehen.",
            hint="Bitte prüfen Sie NOCODB_BASE in der Datei .env. Ein Name statt einer Kennung legt eine neue Base an.",
        )
    return found


def _named(base: Base, base_ref: str) -> Base:
    return Base(title=base_ref or base.title, records=base.records)


class _Worker:
    """Do one step after the other, keeping at hand what was read of each table."""

    def __init__(self, client: Client, base: Base, found: Found) -> None:
        self._client = client
        self._declared = base
        self._found_base = found.base
        self._tables: dict[str, TableMeta] = dict(found.ours)

    @property
    def base(self) -> BaseMeta:
        """Return the real base."""
        if self._found_base is None:
            raise ConfigError("Die Base wurde noch nicht angelegt.")
        return self._found_base

    @singledispatchmethod
    def do(self, step: op.Operation) -> None:
        """Carry out one step."""
        raise TypeError(f"no way to do {type(step).__name__}")

    @do.register
    def _(self, step: op.CreateBase) -> None:
        self._found_base = meta.create_base(self._client, step.title)

    @do.register
    def _(self, step: op.CreateTable) -> None:
        table = self._table(step.table)
        plain = {c: col for c, col in table.columns.items() if col.uidt != Formula.uidt and c not in table.links}
        views: dict[str, str] = {DEFAULT_VIEW: BEGUN, **{v.code: BEGUN for v in table.views}}
        marker: dict[str, Any] = {"code": table.code, "views": views}
        if isinstance(table.columns[table.display], Formula):
            marker["display"] = BEGUN
        self._tables[step.table] = make_table(
            self._client,
            self.base.id,
            title=step.title,
            name=table.code,
            description=table.description,
            columns=[new_column(table.code, c, col, title=col.title, titles={}) for c, col in plain.items()],
            marker=marker,
        )

    @do.register
    def _(self, step: op.AddColumn) -> None:
        table, real = self._table(step.table), self._read(step.table)
        titles = {c: f.title for c in table.columns if (f := find_field(real, f"{table.code}.{c}"))}
        column = new_column(table.code, step.column, table.columns[step.column], title=step.title, titles=titles)
        self._tables[step.table] = make_column(self._client, real.id, column)

    @do.register
    def _(self, step: op.AddLink) -> None:
        code = f"{step.table}.{step.column}"
        target = self._read(step.target)
        reverse = find_field(target, code, reverse=True)
        if reverse is not None:
            finish_link(self._client, reverse, code=code, title=step.title, fk_title=fk_title(step.title))
        else:
            make_link(
                self._client,
                child_id=self._tables[step.table].id,
                target_id=target.id,
                code=code,
                title=step.title,
                reverse_title=step.reverse_title,
                fk_title=fk_title(step.title),
            )
        self._stale(step.table, step.target)

    @do.register
    def _(self, step: op.SetChoices) -> None:
        self._complete_choices(step.table, step.column)

    @do.register
    def _(self, step: op.SetFormula) -> None:
        table, real = self._table(step.table), self._read(step.table)
        column = table.columns[step.column]
        if not isinstance(column, Formula):
            raise TypeError(f"{step.table}.{step.column} is not computed")
        field = self._field(step.table, step.column)
        titles = {c: f.title for c in table.columns if (f := find_field(real, f"{table.code}.{c}"))}
        meta.set_formula(self._client, field, formula_text(column, titles))
        changed = meta.read_field(self._client, field.id)
        meta.update_field(self._client, changed, marker={**changed.marker, "formula": column.expression})
        self._stale(step.table)

    @do.register
    def _(self, step: op.SetDisplay) -> None:
        meta.set_display(self._client, self._field(step.table, step.column).id)
        real = meta.read_table(self._client, self._tables[step.table].id)
        self._mark(step.table, real, {**real.marker, "display": f"{step.table}.{step.column}"})

    @do.register
    def _(self, step: op.CreateView) -> None:
        table, real = self._table(step.table), self._read(step.table)
        if step.view == DEFAULT_VIEW:
            default = next((v for v in real.views if v.is_default), None)
            if default:
                arrange(self._client, table, real, View(code=DEFAULT_VIEW, title=step.title), default.id)
            self._mark_view(step.table, real, step.view, default.id if default else "-")
            return
        view = next(v for v in table.views if v.code == step.view)
        if step.view not in (real.marker.get("views") or {}):
            self._mark_view(step.table, real, step.view, BEGUN)
            real = self._tables[step.table]
        view_id = make_view(self._client, table, real, view, step.title)
        self._mark_view(step.table, real, step.view, view_id)

    @do.register
    def _(self, step: op.Retype) -> None:
        column = self._table(step.table).columns[step.column]
        field = self._field(step.table, step.column)
        new = new_column(step.table, step.column, column, title=field.title, titles={})
        meta.change_type(self._client, self.base.id, field, column.uidt, choices=new.options)
        self._stale(step.table)
        if new.options:
            self._complete_choices(step.table, step.column)

    @do.register
    def _(self, step: op.DropColumn) -> None:
        meta.delete_field(self._client, self.base.id, step.field_id)
        self._tables_stale()

    @do.register
    def _(self, step: op.DropTable) -> None:
        meta.delete_table(self._client, self.base.id, step.table_id)

    def _complete_choices(self, table: str, column: str) -> None:
        """Add the choices that are missing and note in the marker which option is which."""
        declared = self._table(table).columns[column]
        if not isinstance(declared, SingleSelect | MultiSelect):
            raise TypeError(f"{table}.{column} has no choices")
        field = self._field(table, column)
        if new := missing_choices(declared, field):
            meta.set_choices(self._client, field, [*field.options, *new])
            field = meta.read_field(self._client, field.id)
        marker = {**field.marker, "choices": match_choices(declared, field)}
        meta.update_field(self._client, field, marker=marker)
        self._stale(table)

    # --- what stands in the base -------------------------------------------------------------------------------------

    def _table(self, code: str) -> Table:
        return self._declared.tables[code]

    def _field(self, table: str, column: str) -> FieldMeta:
        field = find_field(self._read(table), f"{table}.{column}")
        if field is None:
            raise LookupError(f"{table}.{column} is not in the base")
        return field

    def _read(self, code: str) -> TableMeta:
        """Return a table as it stands; read again when a step before has changed it."""
        real = self._tables[code]
        if not real.fields:
            real = self._tables[code] = meta.read_table(self._client, real.id)
        return real

    def _stale(self, *codes: str) -> None:
        for code in codes:
            real = self._tables[code]
            self._tables[code] = TableMeta(real.id, real.title, real.description, real.meta)

    def _tables_stale(self) -> None:
        self._stale(*self._tables)

    def _mark_view(self, code: str, real: TableMeta, view: str, view_id: str) -> None:
        views = {**(real.marker.get("views") or {}), view: view_id}
        self._mark(code, real, {**real.marker, "views": views})

    def _mark(self, code: str, real: TableMeta, marker: dict[str, Any]) -> None:
        meta.update_table(self._client, real, marker=marker)
        self._tables[code] = replace(real, meta={**real.meta, MARKER: marker})
