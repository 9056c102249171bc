"""A small declared base with every kind of column, made by schema apply."""

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
from sync.nocodb.meta import BaseMeta
from sync.provision.apply import apply_schema

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
    """Create the trial base as schema apply does."""
    made = meta.create_base(client, title)
    apply_schema(client, TRIAL, made.id)
    return made
