"""What a page tells of an event: plain German from the base, nothing about any other guest."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from automations.events.replies import as_guest
from schemas.events.rules.seats import count, places
from schemas.events.tables import Event
from sync.nocodb.store import TableStore

Stores = Mapping[str, TableStore[Any]]
"""Tables by code: ``event``, ``invitation``, ``reply``; ``body``, ``office``, ``organisation`` if they are there."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call or write to instead; empty where the base knows nothing."""

    name: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """An event as its guests may see it; ``free`` is the number of chairs left, None without a limit."""

    event: Event
    host: str
    contact: Contact
    free: int | None

    @property
    def companions_max(self) -> int:
        """Return how many people a guest may bring."""
        return max(self.event.companions_max or 0, 0)

    @property
    def full(self) -> bool:
        """Say whether a new guest would have to wait."""
        return self.free is not None and self.free <= 0


def read_facts(stores: Stores, row: int, network_name: str) -> Facts | None:
    """Read an event with its host and sender, None when it is gone; a few requests.

    Raises:
        NocoDBError: the server refused or did not answer.
    """
    event: Event | None = stores["event"].get(row)
    if event is None:
        return None
    host = _read(stores, "body", event.host)
    office = _read(stores, "office", event.sender)
    house = _read(stores, "organisation", office.organisation if office else None)
    network = (host.name if host else None) or network_name
    name = ", ".join(x.name for x in (office, house) if x and x.name) or network
    mail = event.reply_to or (house.mail if house else None) or ""
    return Facts(event, network, Contact(name, (house.phone if house else None) or "", mail), _free(stores, event))


def _read(stores: Stores, code: str, row: int | None) -> Any:
    """Return a row that is nice to have: a table that staff took apart costs its line, not the page."""
    if row is None:
        return None
    with suppress(KeyError):
        return stores[code].get(row)
    return None


def _free(stores: Stores, event: Event) -> int | None:
    if event.capacity is None or event.id is None:
        return None
    store = stores["invitation"]
    guests = [as_guest(r) for r in store.pull(where=store.condition("event", event.id))]
    return count(guests, places(guests, event.capacity), event.capacity).free
