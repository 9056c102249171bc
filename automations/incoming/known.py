"""Whose address is this: one of us, somebody we know, or a stranger.

The name beside an address never makes anybody known, but where it is that of another human than the holder's, what was
said is not taken for the holder's (``sync.identity.display_names``).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from automations.mail.address import addresses_in, bare, on_the_wire
from automations.relations import Tables, as_day, row_id
from schemas.contacts.aliases import former
from schemas.contacts.rules import person_name
from sync.identity.display_names import names_other_human
from sync.identity.evidence import Cells

Address = tuple[str, int, str]
"""Where an address stands: table code, row id, column code."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who took part: a person, an organisation, or a person for an organisation (row ids)."""

    person: int | None
    organisation: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Who:
    """Who took part in a contact: one of us (row id, None if nobody is named) and the others, the main one first."""

    member: int | None
    parties: tuple[Party, ...]


@dataclass(slots=True)
class _Holders:
    """The rows that one address belongs to; persons are mapped to the organisation that they stand for there.

    Who had it formerly only counts while nobody has it: an address of the office follows its holder on the day.
    """

    persons: dict[int, int | None] = field(default_factory=dict)
    formerly: dict[int, int | None] = field(default_factory=dict)
    organisations: set[int] = field(default_factory=set)


class Known:
    """The addresses of the base on one day, also those that a row had formerly."""

    def __init__(self, tables: Tables, today: dt.date) -> None:
        self._members = {_key(row["mail"]): int(row["id"]) for row in _rows(tables["team_member"]) if _key(row["mail"])}
        self._holders: defaultdict[str, _Holders] = defaultdict(_Holders)
        self._standing: defaultdict[str, list[Address]] = defaultdict(list)
        self._names: dict[tuple[str, int], str] = {}
        self._humans: dict[int, Cells] = {}
        homes = _homes(tables, today)
        for row in _rows(tables["organisation"]):
            own = int(row["id"])
            self._names["organisation", own] = _text(row["name"])
            for mail in self._addresses("organisation", row, "mail"):
                self._holders[mail].organisations.add(own)
        for row in _rows(tables["person"]):
            own = int(row["id"])
            parts = (_text(row[c]) for c in ("title", "first_name", "last_name"))
            self._names["person", own] = person_name(*parts)
            self._humans[own] = {c: _text(row[c]) for c in ("first_name", "last_name", "aliases") if c in row}
            present = {_key(mail) for c in ("mail", "mail2") for mail in addresses_in(_text(row[c]))}
            for mail in self._addresses("person", row, "mail", "mail2"):
                (self._holders[mail].persons if mail in present else self._holders[mail].formerly)[own] = homes.get(own)
        for row in _rows(tables["function"]):
            person, organisation = row_id(row["person"]), row_id(row["organisation"])
            for mail in self._addresses("function", row, "mail"):
                if person is not None and not _ended(row, today):
                    self._holders[mail].persons[person] = organisation
                elif organisation is not None:  # who had it has left: the address is the office's
                    self._holders[mail].organisations.add(organisation)

    def who(self, addresses: Iterable[str], names: Mapping[str, str] = MappingProxyType({})) -> Who:
        """Return who of us and which others stand behind addresses, nobody twice, in their order.

        ``names`` are those that stood beside the addresses.
        """
        said = {_key(address): name for address, name in names.items()}
        member: int | None = None
        parties: dict[tuple[int | None, int | None], Party] = {}
        for address in map(_key, addresses):
            if (mine := self._members.get(address, self._members.get(bare(address)))) is not None:
                member = mine if member is None else member
            elif (party := self._party(address, said.get(address, ""))) is not None:
                parties.setdefault((party.person, party.organisation), party)
        return Who(member, tuple(parties.values()))

    def is_ours(self, address: str) -> bool:
        """Say whether one of us has this address."""
        return _key(address) in self._members or bare(_key(address)) in self._members

    def standing(self, address: str) -> Sequence[Address]:
        """Return where an address stands now (not where it stood formerly)."""
        return self._standing.get(_key(address), ())

    def human(self, person: int) -> Cells:
        """Return the names of a person: cells of the row, former ones among them; nothing for one who is gone."""
        return self._humans.get(person, {})

    def _party(self, address: str, said: str) -> Party | None:
        """Return whom an address means; where several share it, the organisation they share, else nobody.

        ``said`` is the name beside it: that of another human says that somebody else uses the address, too.
        """
        holders = self._holders.get(address) or self._holders.get(bare(address))
        if holders is None:
            return None
        persons = holders.persons or holders.formerly
        places = holders.organisations or {place for place in persons.values() if place is not None}
        if len(persons) == 1:
            [(person, place)] = persons.items()
            behind = places if place is None else {*places, place}
            bodies = [self._names.get(("organisation", one), "") for one in behind]
            if not (said and names_other_human(said, [self.human(person)], bodies)):
                return self._as_party(person, min(holders.organisations, default=None) if place is None else place)
        return self._as_party(None, next(iter(places))) if len(places) == 1 else None

    def _as_party(self, person: int | None, organisation: int | None) -> Party:
        key = ("person", person) if person is not None else ("organisation", organisation or 0)
        return Party(person, organisation, self._names.get(key, ""))

    def _addresses(self, table: str, row: Mapping[Any, Any], *columns: str) -> list[str]:
        now = [(column, _key(mail)) for column in columns for mail in addresses_in(_text(row[column]))]
        for column, mail in now:
            self._standing[mail].append((table, int(row["id"]), column))
        old = []
        if "aliases" in row:
            old = [_key(mail) for column in columns for mail in former(table, _text(row["aliases"]), column)]
        return [*(mail for _, mail in now), *old]


def _homes(tables: Tables, today: dt.date) -> dict[int, int]:
    """Return where each person mainly works: the function marked as main contact, or the only one there is."""
    held: defaultdict[int, list[tuple[bool, int]]] = defaultdict(list)
    for row in _rows(tables["function"]):
        person, organisation = row_id(row["person"]), row_id(row["organisation"])
        if person is not None and organisation is not None and not _ended(row, today):
            held[person].append((row["main_contact"] is True, organisation))
    homes = {}
    for person, functions in held.items():
        chief = {organisation for main, organisation in functions if main}
        every = {organisation for _, organisation in functions}
        if len(found := chief if len(chief) == 1 else every) == 1:
            homes[person] = next(iter(found))
    return homes


def _ended(row: Mapping[Any, Any], today: dt.date) -> bool:
    end = as_day(row["valid_to"])
    return end is not None and end < today


def _rows(frame: Any) -> list[dict[Any, Any]]:
    return list(frame.to_dict("records"))


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _key(address: object) -> str:
    """Return an address as it is compared: whatever its capital letters, and however its domain is written."""
    return on_the_wire(_text(address).casefold())
