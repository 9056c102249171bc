"""The team's address book: what the base knows, as cards in a file or in a book on a CardDAV server.

It goes one way. Only cards whose name begins like ours are touched; what somebody changed in one of them on a phone is
put back, because the place to change it is the base.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from schemas.contacts.tables import Function, Organisation, Person
from schemas.errors import ConfigError, PlanRefused
from sync.address_cards import FUNCTION_COLUMNS, ORGANISATION_COLUMNS, PERSON_COLUMNS, PREFIX, make_cards
from sync.carddav import AddressBook, Card, CardChanged
from sync.connection import Connection
from sync.nocodb.store import TableStore
from sync.settings import Settings
from sync.sources.vcard_cells import card_cells

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class BookPlan:
    """What is to happen in the book: new cards by name, changed ones (with the version that was read), cards to go."""

    new: Mapping[str, str]
    changed: Mapping[str, tuple[str, str]]
    gone: tuple[Card, ...]
    same: int
    foreign: int

    @property
    def writes(self) -> int:
        """Return how many cards would be written or deleted."""
        return len(self.new) + len(self.changed) + len(self.gone)

    def describe(self) -> str:
        """Return the plan in German."""
        counts = (
            f"{len(self.new)} neue, {len(self.changed)} geänderte, {len(self.gone)} entfallene, {self.same} gleiche"
        )
        return f"{counts} Karten" + (f"; {self.foreign} fremde bleiben, wie sie sind" if self.foreign else "")


@dataclass(frozen=True, slots=True)
class BookReport:
    """What happened in the book; ``late`` cards were changed by somebody at that moment and wait for the next run."""

    new: int
    changed: int
    gone: int
    late: int

    def describe(self) -> str:
        """Return the report in German."""
        text = f"{self.new} Karten angelegt, {self.changed} erneuert, {self.gone} entfernt"
        return text + (
            f", {self.late} gleichzeitig anderswo geändert (der nächste Lauf holt sie nach)" if self.late else ""
        )


def team_cards(opened: Connection, today: dt.date) -> dict[str, str]:
    """Read the base and return the cards for the team by name.

    Raises:
        ConfigError: the base lacks a column.
        NocoDBError: the server refused or did not answer.
    """
    client, base = opened.client, opened.base
    return make_cards(
        TableStore(client, base, Organisation).pull(ORGANISATION_COLUMNS),
        TableStore(client, base, Person).pull(PERSON_COLUMNS),
        TableStore(client, base, Function).pull(FUNCTION_COLUMNS),
        today,
    )


def team_book(settings: Settings) -> AddressBook:
    """Return the book that the settings name. Raises ConfigError when they name none, AddressBookError a wrong one."""
    if not settings.address_book_url:
        raise ConfigError(
            "In der Datei .env fehlt ADDRESS_BOOK_URL, die Adresse des Team-Adressbuchs.",
            hint="Tragen Sie dort die CardDAV-Adresse eines eigenen, leeren Adressbuchs ein (siehe .env.example).",
            setting="ADDRESS_BOOK_URL",
        )
    return AddressBook(
        settings.address_book_url,
        settings.address_book_user,
        settings.address_book_password.get_secret_value(),
        Path(settings.address_book_ca).expanduser() if settings.address_book_ca else None,
    )


def plan_book(wanted: Mapping[str, str], found: Sequence[Card]) -> BookPlan:
    """Return what makes the book say what the base says; a card that says the same is left alone.

    Raises:
        PlanRefused: nothing is wanted at all, but there are cards of ours: rather the base cannot be read.
    """
    ours = {card.name: card for card in found if card.name.startswith(PREFIX)}
    if ours and not wanted:
        raise PlanRefused(
            f"Aus der Base käme keine einzige Karte, im Adressbuch stehen aber {len(ours)}. Es bleibt, wie es ist.",
            hint="Prüfen Sie, ob in NocoDB die Organisationen und Personen stehen. Ist das Buch wirklich zu leeren, "
            "löschen Sie seine Karten dort selbst.",
        )
    changed = {
        name: (text, ours[name].version)
        for name, text in wanted.items()
        if name in ours and not _says_the_same(text, ours[name].text)
    }
    new = {name: text for name, text in wanted.items() if name not in ours}
    gone = tuple(card for name, card in ours.items() if name not in wanted)
    return BookPlan(new, changed, gone, len(wanted) - len(new) - len(changed), len(found) - len(ours))


def apply_book(book: AddressBook, plan: BookPlan, on_progress: Progress | None = None) -> BookReport:
    """Carry a plan out, deletions first: who must not be passed on leaves the phones before anything else.

    Every card is one request, so a run that breaks off is simply repeated.

    Raises:
        AddressBookError, AddressBookAway: the server refused or did not answer; what was done stays done.
    """
    steps = [
        *(("gone", partial(book.delete, card.name, card.version)) for card in plan.gone),
        *(("changed", partial(book.put, name, text, version)) for name, (text, version) in plan.changed.items()),
        *(("new", partial(book.put, name, text)) for name, text in plan.new.items()),
    ]
    done = {"gone": 0, "changed": 0, "new": 0, "late": 0}
    for number, (kind, step) in enumerate(steps, start=1):
        try:
            step()
            done[kind] += 1
        except CardChanged:
            done["late"] += 1
        if on_progress:
            on_progress(number, len(steps))
    return BookReport(done["new"], done["changed"], done["gone"], done["late"])


def push(settings: Settings, opened: Connection, today: dt.date, on_progress: Progress | None = None) -> BookReport:
    """Bring the team's book up to date. Raises what ``team_cards``, ``plan_book`` and ``apply_book`` raise."""
    book = team_book(settings)
    return apply_book(book, plan_book(team_cards(opened, today), book.cards()), on_progress)


def _says_the_same(ours: str, theirs: str) -> bool:
    return card_cells(ours) == card_cells(theirs)
