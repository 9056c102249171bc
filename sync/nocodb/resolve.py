"""Find the declared tables and columns in the real base by their marker, whatever staff call them today.

The base is read once; nothing is written. Columns and tables that are not ours are left out, staff's own plain columns
are listed beside ours so that the mirror can take them along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import MappingProxyType

from schemas.errors import ConfigError
from schemas.model import Base, Column, Decimal, Integer, Link, MultiSelect, Record, SingleSelect, Table
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.model import FieldMeta, TableMeta

READERS = 4
"""Tables read at the same time; the server is one process, more gains nothing."""

_TABLE_CURE = (
    "`kontaktnetz schema apply` legt sie leer neu an; die gelöschten Zeilen kommen nur aus einer Sicherung zurück, "
    "die der Listen auch mit dem nächsten Abgleich."
)
_TEXTS = frozenset({"SingleLineText", "LongText", "Email", "PhoneNumber", "URL"})
_PLAIN = _TEXTS | {
    "SingleSelect", "MultiSelect", "Number", "Decimal", "Currency", "Percent", "Rating", "Duration", "Checkbox",
    "Date", "DateTime", "Time", "Year", "Formula",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResolvedField:
    """One declared column as it stands in the base.

    For a link ``id`` is the belongs-to column, ``fk_id`` its foreign key, ``reverse_id`` the counting column in the
    target. ``labels`` tells the label that stands in the base by choice code.
    """

    code: str
    id: str
    title: str
    uidt: str
    fk_id: str | None = None
    fk_title: str | None = None
    reverse_id: str | None = None
    reverse_title: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def data_id(self) -> str:
        """Return the id of the column that carries the value: of a link the foreign key."""
        return self.fk_id or self.id

    @property
    def data_title(self) -> str:
        """Return the title under which v2 answers with the value."""
        return self.fk_title or self.title


@dataclass(frozen=True, slots=True)
class ExtraField:
    """A plain column that staff added; ``code`` is ``extra:<field id>``."""

    id: str
    title: str
    uidt: str

    @property
    def code(self) -> str:
        """Return the name under which pulls and the mirror carry it."""
        return f"extra:{self.id}"


@dataclass(frozen=True, slots=True)
class ResolvedTable:
    """One declared table as it stands in the base; ``views`` by code, only those that still exist."""

    code: str
    id: str
    title: str
    key: FieldMeta
    fields: Mapping[str, ResolvedField]
    views: Mapping[str, str]
    default_view: str | None
    extra: tuple[ExtraField, ...]
    created_at: FieldMeta | None
    updated_at: FieldMeta | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something declared that the base lacks or has in another type; ``column`` None means the whole table."""

    table: str
    column: str | None
    message: str
    cure: str = "`kontaktnetz schema drift` zeigt alle, `kontaktnetz schema apply` legt Fehlendes an."


@dataclass(frozen=True, slots=True)
class ResolvedBase:
    """The real base in the words of the declaration; ``missing`` lists ``table`` or ``table.column``."""

    id: str
    title: str
    tables: Mapping[str, ResolvedTable]
    missing: tuple[str, ...]

    def check(self, *records: type[Record]) -> tuple[Problem, ...]:
        """Return what these records need and the base does not offer; empty when all is well."""
        return tuple(p for record in records for p in _problems(record.table(), self.tables.get(record.table().code)))

    def require(self, *records: type[Record]) -> None:
        """Raise ConfigError, naming table and column, unless the base offers all that these records need."""
        problems = self.check(*records)
        if problems:
            rest = len(problems) - 1
            more = f" (und {rest} weitere Abweichung{'en' if rest > 1 else ''})" if rest else ""
            raise ConfigError(
                problems[0].message + more,
                hint=problems[0].cure,
                problems=[p.table if p.column is None else f"{p.table}.{p.column}" for p in problems],
            )


def resolve(client: Client, base: Base, base_ref: str) -> ResolvedBase:
    """Read the base with this id or title and find every declared table and column in it.

    Raises:
        ConfigError: no such base, or several with this title.
        NocoDBError: the server refused or did not answer.
    """
    found = meta.find_base(client, base_ref)
    if found is None:
        raise ConfigError(
            f"In NocoDB gibt es keine Base „{base_ref}“, die dieses Konto sehen darf.",
            hint="Bitte prüfen Sie NOCODB_BASE in .env, oder legen Sie die Base mit `kontaktnetz schema apply` an.",
        )
    return resolve_tables(base, found, read_marked(client, found.id, base))


def read_marked(client: Client, base_id: str, base: Base) -> tuple[TableMeta, ...]:
    """Return the tables that carry a marker of this declaration, with columns and views; no copies."""
    eldest: dict[str, TableMeta] = {}
    for table in meta.list_tables(client, base_id):
        code = str(table.marker.get("code") or "")
        if code in base.tables:
            eldest.setdefault(code, table)
    with ThreadPoolExecutor(READERS) as pool:
        return tuple(pool.map(lambda t: meta.read_table(client, t.id), eldest.values()))


def resolve_tables(base: Base, found: meta.BaseMeta, tables: Sequence[TableMeta]) -> ResolvedBase:
    """Match read tables against the declaration; pure, so that provision can use it on what it has read itself."""
    by_code = {str(t.marker.get("code")): t for t in tables}
    resolved = {
        code: _resolve_table(declared, by_code[code], tables)
        for code, declared in base.tables.items()
        if code in by_code
    }
    missing: list[str] = []
    for code, declared in base.tables.items():
        if code not in resolved:
            missing.append(code)
        else:
            missing += [f"{code}.{column}" for column in declared.columns if column not in resolved[code].fields]
    return ResolvedBase(found.id, found.title, MappingProxyType(resolved), tuple(missing))


def _resolve_table(declared: Table, real: TableMeta, tables: Sequence[TableMeta]) -> ResolvedTable:
    ours: dict[str, FieldMeta] = {}
    for found in real.fields:
        code = str(found.marker.get("code") or "")
        if code.startswith(f"{declared.code}.") and "role" not in found.marker:
            ours.setdefault(code.removeprefix(f"{declared.code}."), found)
    fields = {
        code: _resolve_field(code, column, ours[code], real, tables)
        for code, column in declared.columns.items()
        if code in ours
    }
    ids = {v.id for v in real.views}
    views = {code: str(v) for code, v in (real.marker.get("views") or {}).items() if v in ids}
    taken = {f.data_id for f in fields.values()} | {f.id for f in fields.values()}
    return ResolvedTable(
        code=declared.code,
        id=real.id,
        title=real.title,
        key=next(f for f in real.fields if f.uidt == "ID"),
        fields=MappingProxyType(fields),
        views=MappingProxyType(views),
        default_view=next((v.id for v in real.views if v.is_default), None),
        extra=tuple(
            ExtraField(f.id, f.title, f.uidt)
            for f in real.fields
            if f.id not in taken and not f.system and f.uidt in _PLAIN
        ),
        created_at=next((f for f in real.fields if f.uidt == "CreatedTime" and f.system), None),
        updated_at=next((f for f in real.fields if f.uidt == "LastModifiedTime" and f.system), None),
    )


def _resolve_field(
    code: str, column: Column, real: FieldMeta, table: TableMeta, tables: Sequence[TableMeta]
) -> ResolvedField:
    if isinstance(column, SingleSelect | MultiSelect):
        return ResolvedField(code, real.id, real.title, real.uidt, labels=MappingProxyType(_labels(column, real)))
    if not isinstance(column, Link):
        return ResolvedField(code, real.id, real.title, real.uidt)
    key = next((f for f in table.fields if f.id == real.fk_field_id), None)
    target = next((t for t in tables if t.id == real.target_table_id), None)
    counting = (
        [f for f in target.fields if f.relation_type == "hm" and f.fk_field_id == real.fk_field_id] if target else []
    )
    return ResolvedField(
        code,
        real.id,
        real.title,
        real.uidt,
        fk_id=key.id if key else None,
        fk_title=key.title if key else None,
        reverse_id=counting[0].id if counting else None,
        reverse_title=counting[0].title if counting else None,
    )


def _labels(column: SingleSelect | MultiSelect, real: FieldMeta) -> dict[str, str]:
    """Return the label in the base by choice code; a choice the marker does not know is found by our own label."""
    marked: Mapping[str, str] = real.marker.get("choices") or {}
    labels = {marked[o.id]: o.title for o in real.options if o.id in marked}
    titles = {o.title for o in real.options if o.id not in marked}
    for choice in column.choices:
        if choice.code not in labels and choice.label in titles:
            labels[choice.code] = choice.label
    return labels


def _problems(declared: Table, real: ResolvedTable | None) -> list[Problem]:
    if real is None:
        return [Problem(declared.code, None, f"In der Base fehlt die Tabelle „{declared.title}“.", _TABLE_CURE)]
    name = f"„{real.title}“" + (f" (ursprünglich „{declared.title}“)" if real.title != declared.title else "")
    found = []
    for code, column in declared.columns.items():
        field = real.fields.get(code)
        if field is None:
            found.append(Problem(declared.code, code, f"In der Tabelle {name} fehlt die Spalte „{column.title}“."))
        elif field.uidt not in accepted_types(column) or (isinstance(column, Link) and field.fk_id is None):
            now = f"„{field.title}“" + (f" (ursprünglich „{column.title}“)" if field.title != column.title else "")
            text = f"In der Tabelle {name} hat die Spalte {now} die Art {field.uidt}; gebraucht wird {column.uidt}."
            cure = (
                f"Bitte stellen Sie die Art der Spalte in NocoDB auf {column.uidt} zurück; "
                "`kontaktnetz schema drift` zeigt alle Abweichungen."
            )
            found.append(Problem(declared.code, code, text, cure))
    return found


def accepted_types(column: Column) -> frozenset[str]:
    """Return the NocoDB types whose values the codec of this column understands (texts may change among themselves)."""
    if column.uidt in _TEXTS:
        return _TEXTS
    if isinstance(column, Decimal):
        return frozenset({"Decimal", "Number", "Currency", "Percent"})
    if isinstance(column, Integer):
        return frozenset({"Number", "Rating", "Year"})
    return frozenset({column.uidt})
