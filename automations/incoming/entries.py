"""Bring contacts that were found outside into the Kontaktverlauf: each exactly once, journalled, to be taken back.

What a contact is made of stands in its ident. It is looked up before anything is written, so a run that was killed is
simply repeated; what somebody took back does not come again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from automations.incoming.known import Known, Party
from schemas.contacts.choices import InteractionKind, InteractionOrigin
from schemas.contacts.tables import Interaction, InteractionParticipant
from schemas.operations.choices import WriteKind
from schemas.operations.tables import JournalEntry
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.nocodb.store import TableStore

MOST_PARTIES = 20
"""Who writes to more of those whom we know sends a circular, and a circular is no contact."""

CHUNK = 100
"""Contacts that are announced and written together."""


Rows = tuple[Interaction, list[InteractionParticipant]]
"""A contact and who else took part, each with an ident."""


@dataclass(frozen=True, slots=True)
class Found:
    """A contact that was found outside: ``addresses`` of all who took part, the one it is mainly with first.

    ``names`` are those that stood beside the addresses. ``former`` is the ident under which an earlier version would
    have recorded it: what stands under that does not come again.
    """

    ident: str
    day: dt.date
    kind: InteractionKind
    summary: str
    addresses: tuple[str, ...]
    note: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    former: str = ""


@dataclass(slots=True)
class Brought:
    """What became of the contacts of one run; ``idents`` are those that stand in the base now."""

    new: int = 0
    there: int = 0
    strangers: int = 0
    circulars: int = 0
    taken_back: int = 0
    idents: set[str] = field(default_factory=set)


def bring_contacts(
    opened: Connection,
    found: Sequence[Found],
    known: Known,
    *,
    origin: InteractionOrigin,
    cause: str,
    now: Callable[[], dt.datetime],
) -> Brought:
    """Write the contacts with people whom we know; ``cause`` is the German name of the run.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        NocoDBError: the server refused or did not answer; run again.
    """
    told = Brought()
    mine: list[Found] = []
    for one in {one.ident: one for one in found}.values():
        who = known.who(one.addresses, one.names)
        if not who.parties:
            told.strangers += 1
        elif len(who.parties) > MOST_PARTIES:
            told.circulars += 1
        else:
            mine.append(one)
    wanted: dict[str, Rows] = {}
    for one in _as_recorded(opened, mine, cause):
        who = known.who(one.addresses, one.names)
        wanted[one.ident] = _rows(one, who.member, who.parties, origin)
    bring_rows(opened, wanted, told, cause=cause, now=now)
    return told


def bring_rows(
    opened: Connection,
    wanted: Mapping[str, Rows],
    told: Brought,
    *,
    cause: str,
    now: Callable[[], dt.datetime],
) -> None:
    """Write contacts by ident, each once, and none that somebody took back; ``told`` is brought up.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        NocoDBError: the server refused or did not answer; run again.
    """
    if not wanted:
        return
    back = _taken_back(opened, cause)
    told.taken_back = sum(ident in back for ident in wanted)
    wanted = {ident: rows for ident, rows in wanted.items() if ident not in back}
    missing = _missing(opened, wanted)
    told.there = len(wanted) - len(missing)
    told.idents = set(wanted)
    if not missing:
        return
    with open_desk(opened.client, opened.base, cause, now) as desk:
        for start in range(0, len(missing), CHUNK):
            desk.lease.ensure()
            told.new += _write(desk, [wanted[ident] for ident in missing[start : start + CHUNK]])
        desk.told = f"{told.new} Kontakte eingetragen"


def _write(desk: Desk, chunk: Sequence[Rows]) -> int:
    """Write contacts with all who took part, and return how many are new; each is looked up first."""
    store = desk.stores["interaction"]
    ids = store.find_idents([str(row.ident) for row, _ in chunk])
    new = [row for row, _ in chunk if row.ident not in ids]
    if new:
        idents = [str(row.ident) for row in new]
        desk.journal.announce_new("interaction", idents, store.table_url())
        ids |= dict(zip(idents, store.create(new), strict=True))
    others = [
        InteractionParticipant(
            name=other.name, interaction=ids[str(row.ident)], person=other.person, organisation=other.organisation,
            source=other.source, ident=other.ident,
        )
        for row, more in chunk for other in more
    ]  # fmt: skip
    people = desk.stores["interaction_participant"]
    there = people.find_idents([str(other.ident) for other in others])
    if late := [other for other in others if other.ident not in there]:
        desk.journal.announce_new("interaction_participant", [str(o.ident) for o in late], people.table_url())
        people.create(late)
    return len(new)


def _rows(one: Found, member: int | None, parties: Sequence[Party], origin: InteractionOrigin) -> Rows:
    main, *others = parties
    row = Interaction(
        summary=one.summary or "(ohne Betreff)", day=one.day, kind=one.kind, organisation=main.organisation,
        person=main.person, team_member=member, note=one.note or None, origin=origin, source=origin, ident=one.ident,
    )  # fmt: skip
    more = [
        InteractionParticipant(
            name=other.name, person=other.person, organisation=other.organisation, source=origin,
            ident=f"{one.ident}:{other.person or 0}:{other.organisation or 0}",
        )
        for other in others
    ]  # fmt: skip
    return row, more


def _as_recorded(opened: Connection, found: Collection[Found], cause: str) -> list[Found]:
    """Return contacts under the ident that they stand under, or stood under before somebody took them back."""
    formers = [one.former for one in found if one.former]
    if not formers:
        return list(found)
    there = {*TableStore(opened.client, opened.base, Interaction).find_idents(formers), *_taken_back(opened, cause)}
    return [replace(one, ident=one.former) if one.former in there else one for one in found]


def _missing(opened: Connection, wanted: Mapping[str, Rows]) -> list[str]:
    """Return the idents of contacts that do not stand in the base, or not with all who took part."""
    there = TableStore(opened.client, opened.base, Interaction).find_idents(list(wanted))
    others = [str(other.ident) for _, more in wanted.values() for other in more]
    people = TableStore(opened.client, opened.base, InteractionParticipant).find_idents(others)
    return [
        ident
        for ident, (_, more) in wanted.items()
        if ident not in there or any(other.ident not in people for other in more)
    ]


def _taken_back(opened: Connection, cause: str) -> set[str]:
    """Return the idents of contacts that a run with this name wrote and somebody took back."""
    store = TableStore(opened.client, opened.base, JournalEntry)
    entries = store.pull(["kind", "undone", "table_code", "data"], where=store.condition("cause", cause))
    return {
        str(ident)
        for entry in entries
        if entry.undone and entry.kind == WriteKind.CREATED and entry.table_code == "interaction"
        for ident in json.loads(entry.data or "{}").get("idents", ())
    }
