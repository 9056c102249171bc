"""What a profile may say: how a list is read, which of its columns becomes which of ours (``profiles/README.md``).

A profile is TOML. It is checked completely when loaded, so that a slip is named with its key and never found half-way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from schemas.base import BASE
from schemas.model import Formula, Link, MultiSelect, SingleSelect
from sync.merge import Mode
from sync.normalise import text_key
from sync.sources import templates
from sync.sources.templates import Template

Converter = Literal[
    "text", "lines", "html", "phone", "mail", "web", "date", "unix_time", "postcode", "number", "year", "yes_no",
    "choice", "list", "person_name", "salutation",
]  # fmt: skip
"""How a cell becomes a value; without ``as`` the kind of our column decides."""


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str | dict) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


_OPTIONS = {
    "csv": ("delimiter", "encoding", "header_row"),
    "excel": ("sheet", "header_row"),
    "xml": ("record", "counts"),
    "json": ("lists", "lookups", "top"),
    "vcard": (),
}


class ReaderOptions(_Part):
    """How the file is read. ``table`` is CSV or Excel, whichever the file is."""

    kind: Literal["table", "xml", "json", "vcard"] = "table"
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    encoding: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    sheet: str | None = None
    record: str | None = None
    counts: Names = ()
    lists: Names = ()
    lookups: dict[str, str] = {}
    top: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "xml" and not self.record:
            raise ValueError("für XML muss `record` das Element eines Eintrags nennen")
        if self.encoding:
            try:
                "".encode(self.encoding)
            except LookupError as error:
                raise ValueError(f"den Zeichensatz „{self.encoding}“ gibt es nicht") from error
        return self

    def of(self, kind: str) -> dict[str, object]:
        """Return those that the reader of a kind of file takes."""
        return self.model_dump(include=set(_OPTIONS[kind]))


class Condition(_Part):
    """A test on the cells of a row: any of the columns ``matches`` (regular expression) or is ``filled``."""

    column: Names
    matches: str | None = None
    filled: bool | None = None

    @field_validator("matches")
    @classmethod
    def _pattern(cls, value: str | None) -> str | None:
        return _checked_pattern(value)

    def holds(self, cells: Mapping[str, str]) -> bool:
        """Tell whether the row fulfils the condition."""
        texts = [text for name in self.column if (text := cells.get(name, "").strip())]
        if self.filled is not None:
            return bool(texts) == self.filled
        return any(re.search(self.matches or "", text) for text in texts)


class Skip(_Part):
    """Rows that are deliberately not taken over; each is listed with the reason (German)."""

    when: tuple[Condition, ...]
    reason: str


class ColumnRule(_Part):
    """Where the value of one of our columns comes from: the first filled column of ``from``, or a ``template``."""

    source: Names = Field(default=(), alias="from")
    template: str | None = None
    convert: Converter | None = Field(default=None, alias="as")
    second: str | None = None
    values: str | None = Field(default=None, alias="map")
    separator: str = "|"
    default: str | None = None
    prefix: str = ""
    collect: bool = False
    when: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if bool(self.source) == bool(self.template):
            raise ValueError("genau eines von `from` und `template` angeben")
        return self

    @field_validator("template")
    @classmethod
    def _parsed(cls, value: str | None) -> str | None:
        return value if value is None else templates.parse(value).text

    @cached_property
    def pattern(self) -> Template | None:
        """Return the parsed template."""
        return templates.parse(self.template) if self.template else None

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Return every source column the rule looks at for its value."""
        return self.source or (self.pattern.columns if self.pattern else ())


def _as_rules(value: object) -> object:
    rules = value if isinstance(value, list) and any(isinstance(v, dict) for v in value) else [value]
    return tuple({"from": rule} if isinstance(rule, str | list | tuple) else rule for rule in rules)


Rules = Annotated[tuple[ColumnRule, ...], BeforeValidator(_as_rules)]


class LinkRule(_Part):
    """What a link column points at: another record of the same row, or an item by table and ident."""

    record: str | None = None
    table: str | None = None
    ident: Names = ()

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if bool(self.record) == bool(self.table and self.ident):
            raise ValueError("entweder `record` oder `table` mit `ident` angeben")
        for text in self.ident:
            templates.parse(text)
        return self

    @cached_property
    def patterns(self) -> tuple[Template, ...]:
        """Return the parsed idents."""
        return tuple(templates.parse(text) for text in self.ident)


class ForEach(_Part):
    """Make one record per entry of a list column; the named groups of ``item`` become columns."""

    column: str
    separator: str = "|"
    item: str

    @field_validator("item")
    @classmethod
    def _pattern(cls, value: str) -> str:
        if not re.compile(_checked_pattern(value) or "").groupindex:
            raise ValueError("`item` braucht benannte Gruppen, zum Beispiel (?P<amt>.+)")
        return value


class RecordRule(_Part):
    """One kind of item that rows become."""

    handle: str
    table: str
    ident: Names
    columns: dict[str, Rules] = {}
    constants: dict[str, str | bool | int] = {}
    links: dict[str, Annotated[LinkRule, BeforeValidator(lambda v: {"record": v} if isinstance(v, str) else v)]] = {}
    for_each: ForEach | None = None
    when: tuple[Condition, ...] = ()
    required: Names = ()
    repeats: Literal["note", "expected", "silent"] = "note"
    clash: Literal["reject", "separate", "place"] = "reject"
    mention: bool = False
    modes: dict[str, Mode] = {}

    @cached_property
    def patterns(self) -> tuple[Template, ...]:
        """Return the parsed idents, the first that can be filled counts."""
        return tuple(templates.parse(text) for text in self.ident)

    @model_validator(mode="after")
    def _known(self) -> Self:
        tables = BASE.tables
        if self.table not in tables:
            raise ValueError(f"Tabelle „{self.table}“ gibt es nicht (bekannt: {', '.join(tables)})")
        known = tables[self.table].columns
        for code in (*self.columns, *self.constants):
            if code not in known or known[code].system or isinstance(known[code], Link | Formula):
                raise ValueError(f"Spalte „{code}“ der Tabelle {self.table} gibt es nicht oder ist nicht beschreibbar")
        for code, value in self.constants.items():
            column = known[code]
            if isinstance(column, SingleSelect) and value not in {str(c.code) for c in column.choices}:
                raise ValueError(f"constants.{code}: die Auswahl hat keinen Wert „{value}“")
        for code in self.links:
            if code not in tables[self.table].links:
                raise ValueError(f"Verknüpfung „{code}“ der Tabelle {self.table} gibt es nicht")
        seconds = {r.second for rules in self.columns.values() for r in rules if r.second}
        for code in {*self.required, *seconds, *self.modes} - set(known):
            raise ValueError(f"Spalte „{code}“ der Tabelle {self.table} gibt es nicht")
        for text in self.ident:
            templates.parse(text)
        return self


class ValueRule(_Part):
    """One line of an ordered value list: a pattern over the text, and the code it stands for."""

    matches: str
    value: str

    @field_validator("matches")
    @classmethod
    def _pattern(cls, value: str) -> str:
        return str(_checked_pattern(value))


class Profile(_Part):
    """A whole profile."""

    format: Literal[1] = 1
    title: str
    description: str = ""
    include: Names = ()
    reader: ReaderOptions = ReaderOptions()
    expects: Names = ()
    aliases: dict[str, Names] = {}
    ignore: Names = ()
    keep_rest: bool = False
    rest_to: Names = ()
    skip: tuple[Skip, ...] = ()
    maps: dict[str, dict[str, str]] = {}
    rules: dict[str, tuple[ValueRule, ...]] = {}
    records: tuple[RecordRule, ...] = Field(min_length=1)
    name: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        handles = [r.handle for r in self.records]
        for handle in {h for h in handles if handles.count(h) > 1}:
            raise ValueError(f"records: der Name „{handle}“ ist doppelt")
        for handle in self.rest_to:
            if handle not in handles:
                raise ValueError(f"rest_to: einen Datensatz „{handle}“ gibt es nicht")
        for record in self.records:
            for code, link in record.links.items():
                if link.record is not None and link.record not in handles:
                    raise ValueError(f"records.{record.handle}.links.{code}: „{link.record}“ gibt es nicht")
            for code, rules in record.columns.items():
                for rule in rules:
                    if rule.values and rule.values not in {*self.maps, *self.rules}:
                        raise ValueError(f"records.{record.handle}.columns.{code}: Werteliste „{rule.values}“ fehlt")
                    self._check_codes(record, code, rule)
        return self

    def _check_codes(self, record: RecordRule, code: str, rule: ColumnRule) -> None:
        """Raise ValueError for a value list or default that gives a code our select column does not have."""
        column = BASE.tables[record.table].columns[code]
        if not isinstance(column, SingleSelect | MultiSelect):
            return
        given = [
            *self.maps.get(rule.values or "", {}).values(),
            *(r.value for r in self.rules.get(rule.values or "", ())),
        ]
        given += [rule.default] if rule.default else []
        unknown = sorted(set(given) - {str(c.code) for c in column.choices})
        if unknown:
            raise ValueError(f"records.{record.handle}.columns.{code}: die Auswahl hat keinen Wert „{unknown[0]}“")

    def title_key(self, title: str) -> str:
        """Return what column titles are compared by; names in XML and JSON are exact."""
        return (text_key(title) or title) if self.reader.kind == "table" else title

    @cached_property
    def canonical(self) -> Mapping[str, str]:
        """Return the profile's name of a column for the key of every spelling of its title."""
        names = {self.title_key(name): name for name in self.mentioned}
        for name, others in self.aliases.items():
            names[self.title_key(name)] = name
            for other in others:
                names.setdefault(self.title_key(other), name)
        return names

    @cached_property
    def keyed_maps(self) -> Mapping[str, Mapping[str, str]]:
        """Return the value maps by comparison key."""
        return {name: {text_key(k): v for k, v in values.items()} for name, values in self.maps.items()}

    @cached_property
    def tables(self) -> Mapping[str, str]:
        """Return the table of every record by its handle."""
        return {r.handle: r.table for r in self.records}

    @cached_property
    def taken(self) -> frozenset[str]:
        """Return the columns that feed a value; one of them that was passed over must not be lost."""
        rules = (rule for r in self.records for several in r.columns.values() for rule in several)
        return frozenset(name for rule in rules for name in rule.columns)

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Return every source column the profile speaks of."""
        return frozenset(self._mentions())

    def _mentions(self) -> Iterator[str]:
        yield from (*self.ignore, *self.expects, *self.aliases)
        for skip in self.skip:
            for condition in skip.when:
                yield from condition.column
        for record in self.records:
            for pattern in (*record.patterns, *(p for link in record.links.values() for p in link.patterns)):
                yield from (c for c in pattern.columns if not c.startswith("@"))
            for rules in record.columns.values():
                for rule in rules:
                    yield from rule.columns
                    for condition in rule.when:
                        yield from condition.column
            if record.for_each:
                yield record.for_each.column
            for condition in record.when:
                yield from condition.column


def _checked_pattern(value: str | None) -> str | None:
    try:
        re.compile(value or "")
    except re.error as error:
        raise ValueError(f"der Suchausdruck „{value}“ ist fehlerhaft: {error}") from error
    return value


def merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return TOML tables put together, one level deep; what stands in ``more`` wins."""
    result = dict(base)
    for key, value in more.items():
        old = result.get(key)
        result[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    return result
