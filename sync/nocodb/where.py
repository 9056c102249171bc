"""Conditions for ``where``, quoted so that no value can end its own condition.

v2 understands the v3 grammar behind a leading ``@``; there a value stands in quotes of either kind, and nothing can be
escaped. A value that holds both kinds of quote, or ends in a backslash (the server would take the closing quote for
an escaped one), cannot be written: it becomes a pattern that may match a little too much (``exact`` is False), and the
caller compares what comes back. The same goes for a long text, because the whole address must stay below 16 kB.
Tried on NocoDB 0.301.3, SQLite and PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent

Raw = str | int | float | bool | None
"""A cell as v2 JSON."""

LONGEST_VALUE = 2000
"""Bytes one value may take in the address; the server refuses addresses of 16 kB (status 431)."""

_MOMENTS = frozenset({"DateTime", "CreatedTime", "LastModifiedTime"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition, or several joined by ``&``; ``exact`` is False where it may match more than was asked."""

    text: str
    exact: bool = True

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"{self.text}~and{other.text}", self.exact and other.exact)

    def __str__(self) -> str:
        """Return the text for the ``where`` parameter."""
        return f"@{self.text}"


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Join at least one condition by "and"."""
    first, *others = conditions
    for other in others:
        first = first & other
    return first


def equals(field_id: str, uidt: str, raw: Raw, *, room: int = LONGEST_VALUE) -> Condition:
    """Match rows whose cell holds exactly this raw value; None matches null.

    ``uidt`` is the type of the column in the base: dates and checkboxes have a grammar of their own. A text that takes
    more than ``room`` bytes in the address is matched by how it begins and ends (not ``exact``).
    """
    if uidt == "Checkbox":
        return Condition(f"({field_id},{'checked' if raw else 'notchecked'})")
    if raw is None:
        return Condition(f"({field_id},null)")  # "is,null" matches every row of a date or number column (0.301.3)
    if uidt in _MOMENTS:
        return _same_second(field_id, str(raw))
    if uidt == "Date":
        return Condition(f"({field_id},eq,exactDate,{raw})")
    if isinstance(raw, int | float):
        return Condition(f"({field_id},eq,{raw})")
    return _same_text(field_id, raw, room)


def _same_text(field_id: str, text: str, room: int) -> Condition:
    quoted = quote(text)
    if len(percent(text)) > room:
        edge = room // 24  # two ends, at most 12 bytes for one sign
        return _resembles(field_id, text[:edge], text[-edge:])
    if quoted is None:
        return _resembles(field_id, text, text)
    return Condition(f"({field_id},eq,{quoted})")


def _same_second(field_id: str, raw: str) -> Condition:
    """Match one second; ``eq`` would match the 24 hours that follow (seen in 0.301.3)."""
    moment = dt.datetime.fromisoformat(raw)
    moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    start, end = (m.strftime("%Y-%m-%dT%H:%M:%SZ") for m in (moment, moment + dt.timedelta(seconds=1)))
    return Condition(f"({field_id},gte,exactDate,{start})~and({field_id},lt,exactDate,{end})")


def any_of(field_id: str, values: Sequence[str]) -> Condition:
    """Match rows whose text is one of these values.

    Raises:
        ValueError: a value cannot be quoted; ask for it alone with ``equals``.
    """
    quoted = [quote(v) for v in values]
    if None in quoted:
        raise ValueError("a value that cannot be quoted cannot stand in a list")
    return Condition(f"({field_id},in,{','.join(q for q in quoted if q)})")


def is_blank(field_id: str, uidt: str) -> Condition:
    """Match what a person sees as empty: null, in a text column empty text as well, and an unchecked box."""
    if uidt == "Checkbox":
        return equals(field_id, uidt, False)
    if uidt == "ForeignKey":
        return equals(field_id, uidt, None)  # PostgreSQL cannot compare a number with empty text
    return Condition(f"({field_id},blank)")


def greater(field_id: str, number: int) -> Condition:
    """Match numbers above this one."""
    return Condition(f"({field_id},gt,{number})")


def quote(value: str) -> str | None:
    """Return the value in quotes it does not hold itself, None when there are none for it.

    >>> quote('A, B')
    '"A, B"'
    >>> quote('sie sagt "ja"')
    '\\'sie sagt "ja"\\''
    """
    if value.endswith("\\"):
        return None
    if '"' not in value:
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    return None


def _resembles(field_id: str, start: str, end: str) -> Condition:
    """Match texts with this start and end, a sign that cannot be written standing for any one sign.

    The server puts ``%`` around a pattern that has it on neither side, and PostgreSQL takes a backslash for an escape.
    """
    begins = start.replace("\\", "_").replace("'", "_")
    ends = end.replace("\\", "_").replace('"', "_")
    return Condition(f"({field_id},like,'{begins}%')~and({field_id},like,\"%{ends}\")", exact=False)
