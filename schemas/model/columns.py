"""The kinds of column a table may have, each with its codec between Python and NocoDB's v2 JSON.

A choice is known to the code by its ``code``; staff may rename its label. The codec here speaks codes; the resolver in
``sync.nocodb`` turns codes into the labels that stand in the base on that day.
Facts on formats: NocoDB 0.301.3, v2 (SQLite answers 0/1 for a checkbox, PostgreSQL true/false; dates are ISO only).
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

Value = str | int | float | bool | decimal.Decimal | dt.date | dt.datetime | tuple[str, ...] | None
"""What a decoded cell may hold. A multi select is a tuple of choice codes; an empty cell is None."""

Json = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select column: ``code`` for the code, ``label`` for staff (German), ``color`` as #rrggbb."""

    code: str
    label: str
    color: str = "#e7e7e9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column as we want it in the base.

    ``title`` is the German name given at creation (staff may rename it), ``hidden`` keeps it out of the default views,
    ``system`` marks what only scripts write, ``derived`` what a job computes from other rows and keeps true.
    """

    title: str
    description: str = ""
    hidden: bool = False
    system: bool = False
    derived: bool = False
    uidt: ClassVar[str] = ""

    def encode(self, value: Value) -> Json:
        """Turn a Python value into v2 JSON; empty text and None clear the cell."""
        if value is None or value == "":
            return None
        return str(value)

    def decode(self, raw: object) -> Value:
        """Turn v2 JSON into a Python value; an empty cell is None."""
        if raw is None or raw == "":
            return None
        return str(raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Column):
    """A single line of text."""

    uidt: ClassVar[str] = "SingleLineText"


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText(Column):
    """Text of several lines, at most 100,000 characters (limit of the server)."""

    uidt: ClassVar[str] = "LongText"


@dataclass(frozen=True, slots=True, kw_only=True)
class Email(Column):
    """One e-mail address. Not validated by NocoDB: a bad address from a list must be kept, visibly."""

    uidt: ClassVar[str] = "Email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone(Column):
    """One telephone number, as written or E.164."""

    uidt: ClassVar[str] = "PhoneNumber"


@dataclass(frozen=True, slots=True, kw_only=True)
class Url(Column):
    """One web address."""

    uidt: ClassVar[str] = "URL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer(Column):
    """A whole number."""

    uidt: ClassVar[str] = "Number"

    def encode(self, value: Value) -> Json:
        """Return the number as int."""
        return None if value is None or value == "" else int(str(value))

    def decode(self, raw: object) -> Value:
        """Return an int, or None where SQLite let garbage in."""
        try:
            return None if raw is None or raw == "" else int(float(str(raw)))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decimal(Column):
    """A number with ``precision`` decimal places."""

    precision: int = 2
    uidt: ClassVar[str] = "Decimal"

    def encode(self, value: Value) -> Json:
        """Return the number as float."""
        return None if value is None or value == "" else float(str(value))

    def decode(self, raw: object) -> Value:
        """Return a Decimal, or None where SQLite let garbage in."""
        try:
            return None if raw is None or raw == "" else decimal.Decimal(str(raw))
        except decimal.InvalidOperation:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Column):
    """A calendar day, shown as TT.MM.JJJJ, sent as ISO (anything else is read month first by the server)."""

    uidt: ClassVar[str] = "Date"

    def encode(self, value: Value) -> Json:
        """Return YYYY-MM-DD."""
        if isinstance(value, dt.datetime):
            value = value.date()
        return value.isoformat() if isinstance(value, dt.date) else None

    def decode(self, raw: object) -> Value:
        """Return a date, or None where SQLite let garbage in."""
        try:
            return None if raw is None or raw == "" else dt.date.fromisoformat(str(raw)[:10])
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTime(Column):
    """A moment in UTC with a resolution of one second, shown in Europe/Berlin."""

    uidt: ClassVar[str] = "DateTime"

    def encode(self, value: Value) -> Json:
        """Return ISO in UTC; a naive datetime is refused with ValueError."""
        if not isinstance(value, dt.datetime):
            return None
        if value.tzinfo is None:
            raise ValueError("a DateTime needs a time zone")
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def decode(self, raw: object) -> Value:
        """Return an aware UTC datetime, or None where SQLite let garbage in."""
        try:
            moment = None if raw is None or raw == "" else dt.datetime.fromisoformat(str(raw))
        except ValueError:
            return None
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC) if moment else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkbox(Column):
    """Yes or no; an untouched cell reads as no.

    ``when_in_doubt``: what a list says that is neither counts as yes, because the tick is a wish to be left alone.
    """

    uidt: ClassVar[str] = "Checkbox"
    when_in_doubt: bool = False

    def encode(self, value: Value) -> Json:
        """Return a JSON boolean (the only form that both backends store alike)."""
        return bool(value)

    def decode(self, raw: object) -> Value:
        """Return a bool from 0/1, true/false or their texts."""
        return str(raw).lower() in {"1", "true"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleSelect(Column):
    """One of a list of choices; staff may rename choices and add their own."""

    choices: tuple[Choice, ...]
    uidt: ClassVar[str] = "SingleSelect"


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiSelect(Column):
    """Several of a list of choices. Labels must not contain a comma: v2 joins them with one."""

    choices: tuple[Choice, ...]
    uidt: ClassVar[str] = "MultiSelect"

    def encode(self, value: Value) -> Json:
        """Return the labels joined by commas."""
        if value is None or value == "":
            return None
        parts = value if isinstance(value, tuple) else tuple(str(value).split(","))
        return ",".join(parts) or None

    def decode(self, raw: object) -> Value:
        """Return the labels as a tuple, empty when nothing is chosen."""
        if raw is None or raw == "":
            return ()
        parts: Sequence[object] = raw if isinstance(raw, list) else str(raw).split(",")
        return tuple(str(p) for p in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Column):
    """A belongs-to link; the record holds the row id of ``target`` (its foreign-key column, free to read).

    ``reverse`` is the title of the counting column that appears in the target table.
    """

    target: str
    reverse: str
    hidden: bool = True
    uidt: ClassVar[str] = "LinkToAnotherRecord"

    def encode(self, value: Value) -> Json:
        """Return the row id."""
        return None if value is None or value == "" else int(str(value))

    def decode(self, raw: object) -> Value:
        """Return the row id."""
        return None if raw is None or raw == "" else int(str(raw))


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula(Column):
    """A computed text; ``expression`` names columns by ``{code}``. Never written by anyone."""

    expression: str = field(default="")
    uidt: ClassVar[str] = "Formula"
