"""Who stands behind an event, as people without a sign-in may know it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from schemas.events.tables import Event
from streamlit_app.public.sheets import Contact
from sync.nocodb.store import TableStore


def host_of(stores: Mapping[str, TableStore[Any]], event: Event, network_name: str) -> tuple[str, Contact]:
    """Return the name of the host and whom to call or write to: the sender of the event; a few requests.

    Raises:
        NocoDBError: the server refused or did not answer.
    """
    host = read_nice(stores, "body", event.host)
    office = read_nice(stores, "office", event.sender)
    house = read_nice(stores, "organisation", office.organisation if office else None)
    network = (host.name if host else None) or network_name
    name = ", ".join(x.name for x in (office, house) if x and x.name) or network
    mail = event.reply_to or (house.mail if house else None) or ""
    return network, Contact(name, (house.phone if house else None) or "", mail)


def read_nice(stores: Mapping[str, TableStore[Any]], code: str, row: int | None) -> Any:
    """Return a row that is nice to have: a table that staff took apart costs its line, not the page."""
    if row is None:
        return None
    with suppress(KeyError):
        return stores[code].get(row)
    return None
