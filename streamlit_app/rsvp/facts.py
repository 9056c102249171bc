"""What a page tells of an event: plain German from the base, nothing about any other guest."""

from __future__ import annotations

from dataclasses import dataclass

from automations.events.replies import as_guest
from schemas.events.rules.seats import count, places
from schemas.events.tables import Event
from streamlit_app.public.base import Stores
from streamlit_app.public.hosts import host_of
from streamlit_app.public.sheets import Contact


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
    network, contact = host_of(stores, event, network_name)
    return Facts(event, network, contact, _free(stores, event))


def _free(stores: Stores, event: Event) -> int | None:
    if event.capacity is None or event.id is None:
        return None
    store = stores["invitation"]
    guests = [as_guest(r) for r in store.pull(where=store.condition("event", event.id))]
    return count(guests, places(guests, event.capacity), event.capacity).free
