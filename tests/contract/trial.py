"""A small declared base with every kind of column, and its provisioning by bare calls.

The contract tests do not lean on ``sync.provision``: they test what it stands on.
"""

from __future__ import annotations

import datetime as dt
import decimal

from schemas.model import (
    Base,
    Checkbox,
    Choice,
    Date,
    DateTime,
    Decimal,
    Email,
    Formula,
    Integer,
    Link,
    LongText,
    MultiSelect,
    Phone,
    Record,
    SingleSelect,
    Text,
    Url,
    column,
    declare,
)
from schemas.operations.tables import JobRun
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.meta import BaseMeta, NewField
from sync.nocodb.model import TableMeta

KINDS = (Choice("gut", "gut", "#d1f7c4"), Choice("egal", "mir egal", "#e7e7e9"), Choice("o'neill", "O'Neill"))


@declare(code="place", title="Plätze", description="Ort für einen Versuch")
class Place(Record):
    """One row with every kind of column."""

    name: str | None = column(Text(title="Name"))
    text: str | None = column(LongText(title="Text"))
    mail: str | None = column(Email(title="E-Mail"))
    phone: str | None = column(Phone(title="Telefon"))
    web: str | None = column(Url(title="Webseite"))
    number: int | None = column(Integer(title="Zahl"))
    price: decimal.Decimal | None = column(Decimal(title="Preis"))
    day: dt.date | None = column(Date(title="Tag"))
    moment: dt.datetime | None = column(DateTime(title="Zeitpunkt"))
    open: bool = column(Checkbox(title="Offen"))
    kind: str | None = column(SingleSelect(title="Art", choices=KINDS))
    tags: tuple[str, ...] = column(MultiSelect(title="Merkmale", choices=KINDS))
    parent: int | None = column(Link(title="Übergeordnet", target="place", reverse="Untergeordnete"))
    ident: str | None = column(LongText(title="Kennung", system=True))
    token: str | None = column(Text(title="Schreibmarke", system=True))
    shout: str | None = column(Formula(title="Laut", expression="UPPER({name})"))


@declare(code="visit", title="Besuche", description="Zeigt auf einen Ort; ohne Kennung und Schreibmarke")
class Visit(Record):
    """One row that points at a place."""

    name: str | None = column(Text(title="Name"))
    place: int | None = column(Link(title="Platz", target="place", reverse="Besuche"))


TRIAL = Base(title="Versuch", records=(Place, Visit, JobRun))


def make_trial(client: Client, title: str) -> BaseMeta:
    """Create the trial base and mark all that is ours."""
    made = meta.create_base(client, title)
    real = {}
    for code, table in TRIAL.tables.items():
        plain = {c: col for c, col in table.columns.items() if not isinstance(col, Link | Formula)}
        fields = [NewField(col.title, col.uidt, col.description, _options(col)) for col in plain.values()]
        real[code] = meta.create_table(client, made.id, table.title, fields, description=table.description)
        meta.update_table(client, real[code], marker={"code": code, "views": {}})
    for code, table in TRIAL.tables.items():
        for name, col in table.columns.items():
            _finish(client, made.id, real, f"{code}.{name}", col)
    return made


def _options(col):
    if isinstance(col, SingleSelect | MultiSelect):
        return {"choices": [{"title": c.label, "color": c.color} for c in col.choices]}
    return None


def _finish(client: Client, base_id: str, real: dict[str, TableMeta], marker: str, col) -> None:
    table = real[marker.partition(".")[0]]
    if isinstance(col, Link):
        made = meta.create_link(
            client,
            base_id,
            child_id=table.id,
            target_id=real[col.target].id,
            title=col.title,
            reverse_title=col.reverse,
            fk_title=f"{col.title} (Id)",
        )
        meta.set_marker(client, made.link, {"code": marker})
        meta.set_marker(client, made.reverse, {"code": marker, "role": "reverse"})
    elif isinstance(col, Formula):
        made = meta.add_field(
            client, base_id, table.id, NewField(col.title, "Formula", "", {"formula": "UPPER({Name})"})
        )
        meta.set_marker(client, made, {"code": marker})
    else:
        found = next(f for f in table.fields if f.title == col.title)
        choices = {c.label: c.code for c in getattr(col, "choices", ())}
        told = {"choices": {o.id: choices[o.title] for o in found.options}} if choices else {}
        meta.set_marker(client, found, {"code": marker, **told})
