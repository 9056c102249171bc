"""After the event: who came stands in the Kontaktverlauf, once; and the draw by lot among those present.

Both read the base itself, not the mirror: what was checked in a minute ago has to count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from automations.incoming.entries import Brought, Rows, bring_rows
from automations.signing import Key
from schemas.contacts.choices import InteractionKind, InteractionOrigin
from schemas.contacts.tables import Interaction, Organisation
from schemas.errors import KontaktnetzError, Terminal
from schemas.events.rules.draw import Listed, Lot, Present, close_list, draw, eligible
from schemas.events.rules.outcome import came
from schemas.events.tables import Draw, Event, Invitation
from schemas.network.choices import Direction
from schemas.network.tables import Contribution
from schemas.time_zone import BERLIN
from sync.connection import Connection
from sync.nocodb.store import TableStore

CAUSE = "Wer kam, in den Kontaktverlauf"
NOMINATION = "vorschlag"
"""Kind of contribution that an organisation gives when it proposes somebody for an award."""

Now = Callable[[], dt.datetime]


class NothingToDraw(KontaktnetzError, Terminal):
    """There is no list to draw from, no seed, or the list changed since it was shown."""


def invitations_of(opened: Connection, event: int) -> list[Invitation]:
    """Return the invitations of an event as they stand in the base."""
    store = TableStore(opened.client, opened.base, Invitation)
    return list(store.pull(where=store.condition("event", event)))


def note_attendance(opened: Connection, event: Event, rows: Sequence[Invitation], now: Now) -> Brought:
    """Write a contact for everybody who came and whom we know, each once however often this runs.

    A deputy stood in for the person who was invited: the contact is one with the organisation then, and names the
    deputy.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        NocoDBError: the server refused or did not answer; run again.
    """
    made = [contact for row in rows if came(row) and (contact := _contact(event, row)) is not None]
    wanted: dict[str, Rows] = {str(contact.ident): (contact, []) for contact in made}
    told = Brought(strangers=sum(map(came, rows)) - len(wanted))
    bring_rows(opened, wanted, told, cause=CAUSE, now=now)
    return told


def _contact(event: Event, row: Invitation) -> Interaction | None:
    """Return the contact of one who came, None when nobody whom we know stands in the invitation."""
    person = None if row.represented_by else row.person
    if person is None and row.organisation is None:
        return None
    notes = [f"In Vertretung: {row.represented_by}"] if row.represented_by else []
    if row.checked_in and row.checked_in > 1:
        notes.append(f"Mit Begleitung: {row.checked_in - 1}")
    moment = event.starts_at or row.checked_in_at
    return Interaction(
        summary=event.name or "Veranstaltung", day=moment.astimezone(BERLIN).date() if moment else None,
        kind=InteractionKind.EVENT, organisation=row.organisation, person=person, team_member=event.team_member,
        note=". ".join(notes) or None, origin=InteractionOrigin.EVENT, source=InteractionOrigin.EVENT,
        ident=f"{InteractionOrigin.EVENT}:{event.id}:{row.id}",
    )  # fmt: skip


def who_may_win(opened: Connection, rows: Sequence[Invitation], year: int) -> Present:
    """Return the organisations that proposed somebody in a year: those in the room, and the others."""
    store = TableStore(opened.client, opened.base, Contribution)
    given = store.pull(["organisation", "day", "direction"], where=store.condition("kind", NOMINATION))
    proposed = {
        c.organisation
        for c in given
        if c.organisation and c.day and c.day.year == year and c.direction == Direction.GIVEN
    }
    named = TableStore(opened.client, opened.base, Organisation)
    names: dict[int, str] = {}
    ids = sorted(proposed)
    for start in range(0, len(ids), 100):
        names |= {row: one.name or "" for row, one in named.get_many(ids[start : start + 100]).items()}
    return eligible(names, (row.organisation for row in rows if came(row)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw that stands in the base: the how-manieth of its event, its row, the list and the winners."""

    number: int
    row: int
    listed: Listed
    winners: tuple[Lot, ...]


def draw_lot(opened: Connection, event: Event, listed: Listed, *, seed: str, winners: int, by: str, now: Now) -> Drawn:
    """Draw, and write the draw down before anybody sees its result, so that none can be drawn until it pleases.

    ``listed`` is the list as it was shown before the seed was named; if the room has changed since, it is refused.

    Raises:
        NothingToDraw: the list is empty or has changed, or there is no seed.
        NocoDBError: the server refused or did not answer.
    """
    year = (event.starts_at or now()).astimezone(BERLIN).year
    current = close_list(who_may_win(opened, invitations_of(opened, event.id or 0), year).eligible)
    if not current.lines:
        raise NothingToDraw(
            "Es ist niemand da, der gewinnen kann.",
            hint="Auf der Liste steht, wer in diesem Jahr jemanden vorgeschlagen hat und eingelassen wurde.",
        )
    if current.digest != listed.digest:
        raise NothingToDraw(
            "Die Liste hat sich eben geändert, es wurde nicht gezogen.",
            hint="Jemand kam noch dazu. Bitte sehen Sie die neue Liste an und ziehen Sie dann.",
        )
    if not seed.strip():
        raise NothingToDraw("Es fehlt der Startwert.", hint="Lassen Sie jemanden im Raum eine Zahl nennen.")
    store = TableStore(opened.client, opened.base, Draw)
    number = store.count(where=store.condition("event", event.id)) + 1
    lots = tuple(draw(current, seed, winners))
    ident = f"auslosung:{event.id}:{number}:{current.digest[:16]}"
    told = "\n".join(f"{place}. {lot.line.split(';', 1)[1]}" for place, lot in enumerate(lots, start=1))
    (row,) = store.create([
        Draw(
            name=f"{number}. Auslosung: {event.name or 'Veranstaltung'}", event=event.id, at=now(), seed=seed.strip(),
            entries=current.text, winners=told, digest=current.digest, by=by, ident=ident,
        )
    ])  # fmt: skip
    return Drawn(number, row, current, lots)


def signed_text(row: Draw) -> bytes:
    """Return what the signature on the sheet of a draw covers."""
    moment = row.at.astimezone(dt.UTC).isoformat() if row.at else ""
    parts = ("Kontaktnetz Auslosung 1", row.name, moment, row.seed, row.digest, row.winners)
    return "\n".join(part or "" for part in parts).encode()


def sign_draw(row: Draw, key: Key) -> str:
    """Return the signature of a draw."""
    return key.sign(signed_text(row))
