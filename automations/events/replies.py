"""Take answers down, whatever channel they came by, and let the invitation show the one that counts.

An answer is a row first (with a key, so that it never stands there twice) and then counts. Whatever staff typed wins: a
correction, and an answer typed straight into the invitation, which becomes one. A correction that was set or cleared
leaves a row among the replies, too, so that the history of an invitation is whole. Killed anywhere and run again it
ends the same.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from automations.events.reply_rows import DETAILS, EARLIEST, channel_of, details_written, given, typed_details
from automations.outbox import batches
from schemas.errors import KontaktnetzError, RowGone, Transient
from schemas.events.choices import Answer, InvitationState, Place, ReplyChannel, ReplyState
from schemas.events.rules.answers import (
    Cause,
    Standing,
    move,
    standing,
    typed_by_staff,
)
from schemas.events.rules.outcome import answer_of, place_of, state_of
from schemas.events.rules.seats import Guest, places
from schemas.events.tables import Event, Invitation, Reply
from schemas.model import Value
from sync.nocodb.store import TableStore

TRIES = 6
"""So often an invitation is looked at anew when somebody else writes into it at the same moment."""

Stores = Mapping[str, TableStore[Any]]
"""Typed access to tables by code; needed are ``event``, ``invitation`` and ``reply``."""


class Busy(KontaktnetzError, Transient):
    """Others kept changing the same invitation; the answer stands as a row, and the next run lets it count."""


@dataclass(frozen=True, slots=True)
class NewReply:
    """An answer as it came in. ``key`` makes it itself; without ``answer`` or with ``why`` a person has to decide.

    ``former`` is a key under which it may stand already, from before keys were made as they are today.

    ``unread``: it counts all the same, and ``why`` is what a person should read beside it.
    """

    key: str
    invitation: int | None
    channel: ReplyChannel
    at: dt.datetime
    answer: Answer | None = None
    event: int | None = None
    name: str = ""
    companions: int | None = None
    companion_names: str | None = None
    represented_by: str | None = None
    needs: str | None = None
    text: str | None = None
    why: str = ""
    recorded_by: str = ""
    sequence: int | None = None
    unread: bool = False
    former: str = ""

    @property
    def undecided(self) -> bool:
        """Say whether a person has to decide before it counts."""
        return (bool(self.why) and not self.unread) or self.answer is None or self.invitation is None

    def as_row(self) -> Reply:
        """Return the row; one that counts has no state yet, it gets one when the invitation shows it."""
        return Reply(
            name=self.name or None, invitation=self.invitation, event=self.event, answer=self.answer,
            channel=self.channel, at=self.at, companions=self.companions, companion_names=self.companion_names,
            represented_by=self.represented_by, needs=self.needs, text=self.text, sequence=self.sequence,
            state=ReplyState.TO_DECIDE if self.undecided else None, why=self.why or None,
            recorded_by=self.recorded_by or None, ident=self.key,
        )  # fmt: skip


def take_down(stores: Stores, replies: Sequence[NewReply]) -> list[int]:
    """Write down answers that do not stand there yet, and return the invitations that have something new."""
    known = stores["reply"].find_idents([reply.key for reply in replies])
    fresh = {reply.key: reply for reply in replies if reply.key not in known}
    stores["reply"].create([reply.as_row() for reply in fresh.values()])
    concerned = (r.invitation for r in replies if r.invitation is not None and not r.undecided)
    return list(dict.fromkeys(concerned))


Seen = tuple[Invitation, Sequence[Reply]]
"""An invitation with all its answers, as they were just read."""


def let_count(
    stores: Stores,
    invitations: Iterable[int],
    *,
    by: str = "",
    now: Callable[[], dt.datetime] | None = None,
    seen: Mapping[int, Seen] | None = None,
    mark: bool = True,
) -> list[int]:
    """Let invitations show the answer that counts, and return the events whose seats may have moved.

    ``by`` is who corrected, if that is known; ``now`` (aware UTC) is when a correction was seen. ``seen`` spares the
    first look: where it is out of date nothing is written, and the row is looked at anew. Without ``mark`` whoever
    calls marks the answers as counting (``mark_counted``), for many at once.

    Raises:
        Busy: somebody else kept writing into one of them.
        NocoDBError: the server refused or did not answer; run again.
    """
    events: dict[int, None] = {}
    for row in dict.fromkeys(invitations):
        first = seen.get(row) if seen else None
        invitation = _show(stores, row, by, now or _moment, first, mark=mark)
        if invitation is not None and invitation.event is not None:
            events[invitation.event] = None
    return list(events)


def settle_places(stores: Stores, event: int) -> int:
    """Give the seats of an event anew, waiting list included, and return how many invitations moved.

    Two processes may give the last seat at the same moment. So whoever gave one looks again, with all that others gave
    as given: what then does not fit is taken back. Both may take back; then the seat is free until the next look.
    """
    found: Event | None = stores["event"].get(event)
    if found is None:
        return 0
    rows = _guests(stores, event)
    moved = _give(stores, rows, places((as_guest(row) for row in rows), found.capacity))
    given = {row for row, place in moved.items() if place == Place.SURE}
    if given and found.capacity is not None:
        again = _guests(stores, event)
        guests = (as_guest(row) for row in again)
        fitting = places((replace(g, place=None) if g.row in given else g for g in guests), found.capacity)
        moved |= _give(stores, [row for row in again if row.id in given], fitting)
    return len(moved)


def _guests(stores: Stores, event: int) -> list[Invitation]:
    store = stores["invitation"]
    return [row for row in store.pull(where=store.condition("event", event)) if row.id is not None]


def _give(stores: Stores, rows: Sequence[Invitation], assigned: Mapping[int, Place | None]) -> dict[int, Place | None]:
    """Write the places that differ, and return what was written; a row that somebody changes at this moment waits."""
    now, moved = _moment().replace(microsecond=0), dict[int, Place | None]()
    alike: defaultdict[tuple[tuple[tuple[str, Value], ...], ...], list[int]] = defaultdict(list)
    for row in rows:
        if row.id is None or assigned[row.id] == row.place:
            continue
        wanted = assigned[row.id]
        before: dict[str, Value] = {"place": row.place, "answer": row.answer}
        changes: dict[str, Value] = {"place": wanted}
        if wanted == Place.SURE:
            before["companions"] = row.companions  # the room was counted for so many
        if wanted != Place.SURE:
            changes |= {"moved_up_at": None} if row.moved_up_at else {}
        elif row.place == Place.WAITING and row.checked_in_at is None:
            changes["moved_up_at"] = now  # nobody told the guest yet
        alike[tuple(before.items()), tuple(changes.items())].append(row.id)
    for (held, wished), those in alike.items():
        done = _write_alike(stores["invitation"], those, dict(held), dict(wished))
        moved |= dict.fromkeys(done, assigned[those[0]])
    return moved


def undecided_invitations(store: TableStore[Reply]) -> frozenset[int]:
    """Return the invitations with an answer that a person has yet to decide."""
    waiting = store.pull(where=store.condition("state", ReplyState.TO_DECIDE))
    return frozenset(row.invitation for row in waiting if row.invitation is not None)


def as_guest(row: Invitation) -> Guest:
    """Return an invitation as far as seats are concerned; one that was dropped or called off takes none."""
    gone = row.state in (InvitationState.DROPPED, InvitationState.CALLED_OFF)
    answer = Answer.OPEN if gone else answer_of(row.answer)
    return Guest(
        row.id or 0, answer, row.companions or 0, row.coming_since or row.answered_at, place_of(row),
        checked_in=row.checked_in_at is not None,
    )  # fmt: skip


_SHOWN = ("answer", *DETAILS, "answered_at", "answered_by", "coming_since")


def _show(
    stores: Stores, row: int, by: str, now: Callable[[], dt.datetime], seen: Seen | None, *, mark: bool
) -> Invitation | None:
    """Bring one invitation up to its answers; read, decide, swap, and look again if somebody was quicker."""
    store = stores["invitation"]
    for _ in range(TRIES):
        invitation: Invitation | None = seen[0] if seen else store.get(row)
        if invitation is None:
            return None
        rows = list(seen[1]) if seen else _replies(stores["reply"], row)
        seen = None
        note = typed_details(invitation, rows, now())
        if note is not None:
            rows.append(replace(note, id=_write_note(stores["reply"], note, by)))
        correction, changes = _wanted(invitation, rows)
        stores["reply"].create(_told_correction(invitation, rows, correction, by, now()))
        before = {code: invitation.value(code) for code in {*changes, "answer", "correction", *DETAILS}}
        if _grows(invitation, changes):
            before["place"] = invitation.place
        if all(before[code] == value for code, value in changes.items()):
            _mark(stores["reply"], rows if mark else ())
            return invitation
        try:
            if store.swap(row, before, changes).applied:
                _mark(stores["reply"], rows if mark else ())
                return invitation
        except RowGone:
            return None
    raise Busy(
        "Diese Einladung ändert gerade jemand anderes.", hint="Die Antwort ist notiert; sie zählt in wenigen Minuten.",
        row=row,
    )  # fmt: skip


def is_up_to_date(invitation: Invitation, rows: Sequence[Reply]) -> bool:
    """Say whether an invitation shows what its replies (``rows``, by ascending id) and staff say, so that ``let_count``
    would change nothing.
    """
    if typed_details(invitation, rows, EARLIEST) is not None:
        return False
    correction, changes = _wanted(invitation, rows)
    if invitation.details_written is None:
        changes.pop("details_written", None)
    if invitation.answer_written is None and changes["answer_written"] == Answer.OPEN:
        del changes["answer_written"]
    fresh = any(row.state is None and given(row) is not None for row in rows)
    noted = not _told_correction(invitation, rows, correction, "", EARLIEST)
    return noted and not fresh and all(invitation.value(code) == value for code, value in changes.items())


def _wanted(invitation: Invitation, rows: Sequence[Reply]) -> tuple[Answer | None, dict[str, Value]]:
    """Return the correction of staff, and the cells that an invitation should hold."""
    told = [g for g in map(given, rows) if g is not None]
    correction = answer_of(invitation.correction) if invitation.correction else None
    shown, written = answer_of(invitation.answer), answer_of(invitation.answer_written)
    changes: dict[str, Value] = {}
    emptied = not invitation.answer  # says nothing: a correction to "open" would shut out every later answer
    if not emptied and typed_by_staff(shown, told, correction, channel_of(invitation.answered_by), written):
        correction = shown
        changes["correction"] = shown
    changes |= _cells(standing(told, correction), invitation)
    if _grows(invitation, changes) and invitation.moved_up_at is not None and invitation.checked_in_at is None:
        changes |= {"place": Place.WAITING, "moved_up_at": None}  # nobody told the guest of a chair yet
    state = _moved(invitation, any(row.answer in tuple(Answer) for row in rows))
    if state is not None:
        changes["state"] = state
    return correction, changes


def _grows(invitation: Invitation, changes: Mapping[str, Value]) -> bool:
    """Say whether more people come than the place of an invitation was given for."""
    more = changes.get("companions")
    return isinstance(more, int) and more > (invitation.companions or 0)


def _write_note(store: TableStore[Reply], note: Reply, by: str) -> int:
    """Write a row of staff unless a run that was killed wrote it already, and return its id."""
    key = note.ident or ""
    known = store.find_idents([key])
    return known[key] if key in known else store.create([replace(note, recorded_by=by or None)])[0]


def _told_correction(
    invitation: Invitation, rows: Sequence[Reply], correction: Answer | None, by: str, at: dt.datetime
) -> list[Reply]:
    """Return a row for a correction that was set, changed or cleared since the last such row in ``rows``.

    Its key counts the corrections of this invitation, so that a run that is repeated writes none twice.
    """
    told = [r for r in rows if r.channel == ReplyChannel.STAFF]
    last = told[-1].answer if told else None
    if (correction or None) == (last or None):
        return []
    return [
        Reply(
            name=invitation.name, invitation=invitation.id, event=invitation.event, answer=correction,
            channel=ReplyChannel.STAFF, at=at, text=None if correction else "Korrektur aufgehoben",
            state=ReplyState.COUNTS, recorded_by=by or None, ident=f"korrektur:{invitation.id}:{len(told) + 1}",
        )
    ]  # fmt: skip


def _cells(now: Standing, invitation: Invitation) -> dict[str, Value]:
    """Return the cells of what is to be shown; where no answer ever was, what staff wrote about companions stays."""
    shown: dict[str, Value] = {"answer": now.answer, "answered_by": now.answered_by, "answer_written": now.answer}
    if now.answered_at is not None or invitation.answered_at is not None:
        shown |= {code: getattr(now, code) for code in _SHOWN}
        shown["details_written"] = details_written(now)
    return shown


def _moment() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _moved(invitation: Invitation, answered: bool) -> InvitationState | None:
    state = state_of(invitation)
    after = move(state, Cause.ANSWERED) if answered else None
    return after if after not in (None, state) else None


def _replies(store: TableStore[Reply], invitation: int) -> list[Reply]:
    return list(store.pull(where=store.condition("invitation", invitation)))


def mark_counted(store: TableStore[Reply], event: int) -> None:
    """Mark the answers by link to an event that have no state yet as counting: they are taken down to count at once."""
    rows = store.pull(where=store.condition("event", event))
    _mark(store, [row for row in rows if row.channel == ReplyChannel.LINK and row.invitation is not None])


def _mark(store: TableStore[Reply], rows: Iterable[Reply]) -> None:
    """Mark answers that the invitation shows now (or that a later one has overtaken) as counting."""
    alike: defaultdict[ReplyState, list[int]] = defaultdict(list)
    for row in rows:
        if row.id is not None and row.state is None and given(row) is not None:
            alike[ReplyState.UNREAD if row.why else ReplyState.COUNTS].append(row.id)
    for state, those in alike.items():
        _write_alike(store, those, {"state": None}, {"state": state})


def _write_alike(
    store: TableStore[Any], rows: Sequence[int], before: Mapping[str, Value], changes: Mapping[str, Value]
) -> list[int]:
    """Write the same into rows that still hold ``before``, many with two requests; return those that hold it now."""
    if len(rows) > 1:
        return [row for part in batches(rows) for row in store.swap_many(part, before, changes)]
    try:
        return [row for row in rows if store.swap(row, before, changes).applied]
    except RowGone:
        return []
