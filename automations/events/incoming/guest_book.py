"""Where answers find the invitation they speak of: addresses from the mirror, the invitation itself from the base."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from automations.events.calendar_uid import mark_of
from automations.events.incoming.invited import Invited
from automations.events.incoming.itip import address_of
from automations.events.replies import Stores
from automations.events.reply_rows import given
from automations.incoming.known import Known
from automations.mail.address import addresses_in, bare, on_the_wire, readable
from automations.relations import Tables, row_id
from schemas.contacts.aliases import former
from schemas.events.choices import EventState, InvitationState
from schemas.events.tables import Event, Invitation

NEEDED = ("event", "invitation", "outbox")
"""Tables of the mirror beside those of ``Known``."""

_OVER = (EventState.CALLED_OFF, EventState.CLOSED)
AFTERWARDS = dt.timedelta(days=2)
"""So long after it began an event still counts as one that people write about."""


@dataclass(slots=True)
class _Addresses:
    persons: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    organisations: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    offices: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


class GuestBook:
    """The invitations of one base; ``ours`` are addresses of the mailbox itself."""

    def __init__(
        self, stores: Stores, tables: Tables, known: Known, *, base: str, ours: Iterable[str], now: dt.datetime
    ) -> None:
        self._stores = stores
        self._known = known
        self._mark = mark_of(base)
        self._addresses = _addresses(tables)
        self._events = running(tables["event"], now)
        self._ours = {address for one in ours if (address := address_of(one))} | _reply_addresses(tables["event"])
        self._guests: defaultdict[str, set[int]] = defaultdict(set)
        for row in _rows(tables["invitation"]):
            if row_id(row["event"]) in self._events and row["state"] != InvitationState.DROPPED:
                for address in self._own(_links(row), _text(row["mail"])):
                    self._guests[address].add(int(row["id"]))

    def invited(self, invitation: int) -> Invited | None:
        """Return an invitation as it stands in the base at this moment."""
        row: Invitation | None = self._stores["invitation"].get(invitation)
        event: Event | None = None if row is None or row.event is None else self._stores["event"].get(row.event)
        if row is None or event is None:
            return None
        replies = self._stores["reply"]
        told = [g for r in replies.pull(where=replies.condition("invitation", invitation)) if (g := given(r))]
        own = self._own((row.person, row.organisation, row.office), row.mail or "")
        shared = self._addresses.organisations.get(row.organisation or 0, set()) - own
        human = self._known.human(row.person) if row.person is not None else {}
        return Invited(event, row, frozenset(own), frozenset(shared), tuple(told), human)

    def guests(self, addresses: Iterable[str]) -> list[Invited]:
        """Return the invitations of running events whose guest has one of these addresses."""
        rows = {row for one in addresses for row in self._rows_of(one)}
        return [found for row in sorted(rows) if (found := self.invited(row)) is not None]

    def is_guest(self, address: str) -> bool:
        """Say whether an address is that of a guest of a running event."""
        return bool(self._rows_of(address))

    def _rows_of(self, address: str) -> set[int]:
        address = address_of(address)
        return self._guests.get(address) or self._guests.get(bare(address)) or set()

    def is_ours(self, address: str) -> bool:
        """Say whether one of us, or the mailbox itself, has this address."""
        address = address_of(address)
        return address in self._ours or bare(address) in self._ours or self._known.is_ours(address)

    def name_of(self, address: str) -> str:
        """Return who has an address, empty if nobody whom we know."""
        parties = self._known.who([address]).parties
        return parties[0].name if parties else ""

    def is_base(self, mark: str) -> bool:
        """Say whether the mark in a UID is that of this base."""
        return mark == self._mark

    def _own(self, links: tuple[int | None, int | None, int | None], mail: str) -> set[str]:
        """Return the addresses of a guest: of the person, else of the office, else of the organisation."""
        person, organisation, office = links
        found = _compared(mail)
        if person is not None:
            return found | self._addresses.persons[person]
        if office is not None:
            found |= self._addresses.offices[office]
        return found | (self._addresses.organisations[organisation] if organisation is not None else set())


def _addresses(tables: Tables) -> _Addresses:
    found = _Addresses()
    for row in _rows(tables["organisation"]):
        found.organisations[int(row["id"])] |= _mails("organisation", row, "mail")
    for row in _rows(tables["person"]):
        found.persons[int(row["id"])] |= _mails("person", row, "mail", "mail2")
    for row in _rows(tables["function"]):
        person, office = row_id(row["person"]), row_id(row["office"])
        own = _mails("function", row, "mail")
        if person is not None:
            found.persons[person] |= own
        if office is not None:
            found.offices[office] |= own | (found.persons[person] if person is not None else set())
    return found


def _mails(table: str, row: Mapping[Any, Any], *columns: str) -> set[str]:
    """Return the addresses of a row, also those that it had formerly."""
    told = [_text(row[column]) for column in columns]
    if "aliases" in row:
        told += [mail for column in columns for mail in former(table, _text(row["aliases"]), column)]
    return {address for one in told for address in _compared(one)}


def _compared(cell: str) -> set[str]:
    """Return the addresses of a cell as they are compared; an umlaut domain is named either way."""
    found = [address for one in addresses_in(cell) if (address := address_of(one))]
    forms = {form for one in found for form in (one, bare(one))}
    return {each for form in forms for each in (form, on_the_wire(form), readable(form))}


def running(events: Any, now: dt.datetime) -> set[int]:
    """Return the events (rows of a frame) that people may write about at this moment."""
    found = set()
    for row in _rows(events):
        begins = row["starts_at"]
        over = not pd.isna(begins) and begins + AFTERWARDS < now
        if row["state"] not in _OVER and not over:
            found.add(int(row["id"]))
    return found


def _reply_addresses(events: Any) -> set[str]:
    return {address for row in _rows(events) if (address := address_of(_text(row["reply_to"])))}


def _links(row: Mapping[Any, Any]) -> tuple[int | None, int | None, int | None]:
    return row_id(row["person"]), row_id(row["organisation"]), row_id(row["office"])


def _rows(frame: Any) -> list[dict[Any, Any]]:
    return list(frame.to_dict("records"))


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""
