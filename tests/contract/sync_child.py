"""A sync in a process of its own, made to be killed: says a line per step and brings a list of some length in."""

from __future__ import annotations

import datetime as dt
import sys

from schemas.base import BASE
from sync.items import Delivery, Item, LinkRef, Origin
from sync.nocodb.client import Client
from sync.nocodb.resolve import resolve
from sync.run import apply_source
from sync.status import Status

PLACES = 230
PEOPLE = 250


def long_list() -> Delivery:
    """Return places that belong to each other, people, and what they do there: several batches, children first."""
    places = [
        Item("organisation", f"o{i}", {"name": f"Ort {i}", "city": "Magdeburg"}, _belongs_to(i), Origin("liste.csv", i))
        for i in range(PLACES)
    ]
    people = [
        Item("person", f"p{i}", {"first_name": "Ada", "last_name": f"Probe {i}"}, {}, Origin("liste.csv", i))
        for i in range(PEOPLE)
    ]
    functions = [
        Item("function", f"f{i}", {"name": "Vorsitz"},
             {"person": LinkRef("person", f"p{i}"), "organisation": LinkRef("organisation", f"o{i % PLACES}")},
             Origin("liste.csv", i))
        for i in range(PEOPLE)
    ]  # fmt: skip
    items = (*places, *people, *functions)
    return Delivery("probe", len(items), items)


def _belongs_to(number: int) -> dict[str, LinkRef]:
    """Make every tenth place a child of the one after it, and the last two a circle."""
    if number == PLACES - 1:
        return {"parent": LinkRef("organisation", f"o{PLACES - 2}")}
    if number == PLACES - 2 or number % 10 == 0:
        return {"parent": LinkRef("organisation", f"o{number + 1}")}
    return {}


def _run(url: str, email: str, password: str, base_id: str, status: str, minutes: str) -> None:
    """Bring the list in with a clock that is ahead by ``minutes``, so that a dead one's lease has run out."""
    client = Client.sign_in(url, email, password)
    with Status(status) as opened:
        apply_source(
            client,
            resolve(client, BASE, base_id),
            long_list(),
            opened,
            now=lambda: dt.datetime.now(dt.UTC) + dt.timedelta(minutes=int(minutes)),
            on_progress=lambda what, done, total: print(f"{what} {done}/{total}", flush=True),
        )


if __name__ == "__main__":
    _run(*sys.argv[1:])
