"""Carry out what tablets noted at the door, as often and in whatever order they send it.

Of any number of devices one lets a guest in: the cell *Eingelassen um* is claimed by compare-and-swap while it is
empty, together with the log that names the try, and read back; all others hear since when the guest is there. The log
is what makes a try that was sent twice, or whose sender was killed half-way, count once. Every try becomes a row of its
own (known by its nonce) that tells what came of it and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from automations.events.replies import TRIES, Busy
from automations.events.tokens import new_mark
from schemas.errors import RowGone
from schemas.events.choices import Admission, Answer, InvitationState
from schemas.events.rules.admission import MEANWHILE, Guest, Kind, Reason, Try, Verdict, decide, read_log
from schemas.events.rules.outcome import answer_of, place_of
from schemas.events.tables import CheckIn, Invitation
from schemas.model import Value
from sync.nocodb.store import TableStore

Stores = Mapping[str, TableStore[Any]]
"""Typed access to tables by code; needed are ``invitation`` and ``check_in``."""


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody who came without an invitation."""

    name: str
    organisation: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewTry:
    """A try as a device sent it, about an invitation, a new walk-in, or (``of``) the walk-in of an earlier try.

    ``name`` is how the device called the guest.
    """

    attempt: Try
    invitation: int | None = None
    walk_in: WalkIn | None = None
    of: str = ""
    by: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a try, and the invitation as it stands now; ``fresh`` says that it was not known before."""

    nonce: str
    result: Admission
    why: str
    invitation: Invitation | None
    row: int | None = None
    fresh: bool = False


def walk_in_ident(event: int, nonce: str) -> str:
    """Return the key of a walk-in's invitation."""
    return f"einladung:{event}:einlass:{nonce}"


def apply(stores: Stores, event: int, tries: Sequence[NewTry], now: dt.datetime) -> list[Outcome]:
    """Carry out tries in their order and return what came of each; sent again nothing happens twice.

    Raises:
        Busy: others kept writing into the same invitation; send again.
        NocoDBError: the server refused or did not answer; send again.
    """
    once = list({new.attempt.nonce: new for new in tries}.values())
    known = _known(stores["check_in"], [new.attempt.nonce for new in once])
    invitations = _invitations(stores["invitation"], event, once)
    once = [new if _key(new) in invitations else _without_row(new) for new in once]
    invitations |= _invitations(stores["invitation"], event, [new for new in once if _key(new) not in invitations])
    outcomes: list[Outcome] = []
    waiting: dict[int, tuple[CheckIn, str | int | None]] = {}
    for new in once:
        row = invitations.get(_key(new))
        told = known.get(new.attempt.nonce)
        if told is not None and told.result in tuple(Admission) and not _went_in_since(told, new.attempt):
            outcomes.append(Outcome(new.attempt.nonce, Admission(told.result), told.why or "", row, told.id))
            continue
        if any(key == _key(new) for _, key in waiting.values()):
            _write(
                stores["check_in"], waiting, outcomes
            )  # killed after the next try, this one must not be decided anew
        verdict, row = _carry_out(stores["invitation"], event, new, row)
        if row is not None:
            invitations[_key(new)] = row
        outcomes.append(Outcome(new.attempt.nonce, verdict.result, verdict.why, row, fresh=True))
        if told is None:
            waiting[len(outcomes) - 1] = _as_row(event, new, verdict, row, now), _key(new)
        elif told.id is not None and told.result != verdict.result:
            told_now: dict[str, Value] = {"result": verdict.result, "why": verdict.why}
            stores["check_in"].swap(told.id, {"result": told.result}, told_now)
            outcomes[-1] = replace(outcomes[-1], row=told.id)
    _write(stores["check_in"], waiting, outcomes)
    return outcomes


def _write(
    store: TableStore[CheckIn], waiting: dict[int, tuple[CheckIn, str | int | None]], outcomes: list[Outcome]
) -> None:
    """Write down what was decided, and forget that it waited."""
    for at, made in zip(waiting, store.create([row for row, _ in waiting.values()]), strict=True):
        outcomes[at] = replace(outcomes[at], row=made)
    waiting.clear()


def _went_in_since(told: CheckIn, attempt: Try) -> bool:
    """Say whether our refusal never reached the device, so that it let the people in."""
    return told.result == Admission.REFUSED and attempt.decided == Admission.ADMITTED


def _without_row(new: NewTry) -> NewTry:
    """Return a try about an invitation that is gone: whom a device without a line let in is inside all the same."""
    if new.invitation is None or new.walk_in is not None or new.of:
        return new
    if new.attempt.kind == Kind.BACK:
        return replace(new, of=new.attempt.takes_back)
    if new.attempt.decided != Admission.ADMITTED:
        return new
    return replace(new, walk_in=WalkIn(new.name or f"Einladung {new.invitation}", note=MEANWHILE[Reason.UNKNOWN]))


def as_guest(row: Invitation) -> Guest:
    """Return an invitation as the door sees it; choices of staff's own count as invited, open, without a place."""
    return Guest(
        row=row.id or 0,
        state=InvitationState(row.state) if row.state in tuple(InvitationState) else InvitationState.INVITED,
        answer=answer_of(row.answer),
        place=place_of(row),
        companions=row.companions or 0,
        mark=row.mark or "",
        since=row.checked_in_at,
        inside=max(row.checked_in or 1, 1) if row.checked_in_at else 0,
        represented_by=row.represented_by or "",
        walk_in=row.walk_in,
        log=row.door_log or "",
    )


def _key(new: NewTry) -> str | int | None:
    """Return what names the invitation of a try: its row, or the nonce of the walk-in that made it."""
    return new.attempt.nonce if new.walk_in else new.of or new.invitation


def _known(store: TableStore[CheckIn], nonces: Sequence[str]) -> dict[str, CheckIn]:
    found = store.find_idents(nonces)
    rows = store.get_many(list(found.values()))
    return {nonce: rows[row] for nonce, row in found.items() if row in rows}


def _invitations(
    store: TableStore[Invitation], event: int, tries: Sequence[NewTry]
) -> dict[str | int | None, Invitation]:
    """Return the invitations that tries speak of; one of another event counts as none."""
    nonces = {str(_key(new)): walk_in_ident(event, str(_key(new))) for new in tries if new.walk_in or new.of}
    made = store.find_idents(list(nonces.values()))
    rows = [new.invitation for new in tries if new.invitation and not new.of and not new.walk_in]
    there = store.get_many([*rows, *made.values()])
    found: dict[str | int | None, Invitation] = {row: there[row] for row in rows if row in there}
    found |= {nonce: there[made[ident]] for nonce, ident in nonces.items() if made.get(ident) in there}
    return {key: row for key, row in found.items() if row.event == event}


def _carry_out(
    store: TableStore[Invitation], event: int, new: NewTry, row: Invitation | None
) -> tuple[Verdict, Invitation | None]:
    """Decide one try and claim what it changes: read, decide, swap, and look again if somebody was quicker."""
    if row is None:
        if new.walk_in is None or new.attempt.kind == Kind.BACK:
            return Verdict(Admission.REFUSED, Reason.UNKNOWN), None
        return _come_in(store, event, new, new.walk_in)
    for _ in range(TRIES):
        guest = as_guest(row)
        verdict, after = decide(guest, new.attempt)
        if after == guest:
            return verdict, row
        before, changes = _cells(row, guest, after)
        try:
            swapped = store.swap(guest.row, before, changes)
            stands = store.get(guest.row)
        except RowGone:
            stands = None
        if stands is None and new.attempt.decided == Admission.ADMITTED:
            break
        if stands is None:
            return Verdict(Admission.REFUSED, Reason.UNKNOWN), None
        log = read_log(stands.door_log or "")
        if swapped.applied or new.attempt.nonce in log.entered | log.backs:
            return verdict, stands
        row = stands
    raise Busy(
        "Diesen Gast lässt gerade noch jemand ein.", hint="Bitte noch einmal senden.", row=row.id
    )  # fmt: skip


def _cells(row: Invitation, guest: Guest, after: Guest) -> tuple[dict[str, Value], dict[str, Value]]:
    """Return what must still stand, and what is to stand then."""
    changes: dict[str, Value] = {
        "checked_in_at": after.since, "checked_in": after.inside or None, "door_log": after.log,
    }  # fmt: skip
    if after.state != guest.state:
        changes["state"] = after.state
    if after.represented_by != guest.represented_by:
        changes["represented_by"] = after.represented_by or None
    return {code: row.value(code) for code in changes}, changes


def _come_in(store: TableStore[Invitation], event: int, new: NewTry, who: WalkIn) -> tuple[Verdict, Invitation]:
    """Put somebody on the list who came without an invitation, and let them in with the same write."""
    mark, party = new_mark(), max(new.attempt.count, 1)
    verdict, inside = decide(Guest(0, companions=party - 1, walk_in=True, mark=mark), replace(new.attempt, mark=None))
    row = Invitation(
        name=who.name, event=event, organisation=who.organisation, state=InvitationState.INVITED, answer=Answer.OPEN,
        companions=party - 1 or None, represented_by=None, checked_in_at=inside.since,
        checked_in=inside.inside, walk_in=True, door_log=inside.log, note=who.note or None, mark=mark,
        ident=walk_in_ident(event, new.attempt.nonce),
    )  # fmt: skip
    (made,) = store.create([row])
    return verdict, replace(row, id=made)


def _as_row(event: int, new: NewTry, verdict: Verdict, row: Invitation | None, now: dt.datetime) -> CheckIn:
    named = new.walk_in.name if new.walk_in else f"Einladung {new.invitation}" if new.invitation else "Unbekannt"
    return CheckIn(
        name=(row.name if row else None) or named, event=event, invitation=row.id if row else None,
        at=new.attempt.at, count=new.attempt.count, result=verdict.result, why=verdict.why,
        device=new.attempt.device or None, by=new.by or None, arrived_at=now, ident=new.attempt.nonce,
    )  # fmt: skip
