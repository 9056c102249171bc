"""Putting guests on the list of an event, and changing who stands there; every write can be taken back by its run.

Nobody is invited twice: an invitation bears who it is for in its ident, and what stands there is looked up under the
lease before anything is created. Killed anywhere and run again it ends the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from automations.events.guest_list import Line
from automations.events.replies import settle_places
from automations.events.tokens import new_mark
from schemas.errors import RowGone
from schemas.events.choices import Answer, Channel, InvitationState
from schemas.events.rules.answers import Cause, move
from schemas.events.tables import GuestGroup, Invitation
from schemas.model import Value
from sync.clock import Clock
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent
from sync.nocodb.store import TableStore

CHUNK = 100
"""Rows that are announced in the journal together, before the first of them is written."""

Progress = Callable[[int, int], object]
Change = Callable[[Invitation], Mapping[str, Value] | None]
"""What is to become of an invitation as it stands; None leaves it alone."""

Guest = tuple[int | None, int | None]
"""A person (None, person), or an organisation that is invited itself."""


@dataclass(slots=True)
class Added:
    """What became of it: the run in the journal, the row of the group, invitations made, and those already there."""

    run: str
    group: int | None = None
    made: int = 0
    there: int = 0


@dataclass(slots=True)
class Altered:
    """What became of it: the run in the journal, rows changed, and rows that did not fit or changed meanwhile."""

    run: str
    changed: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class GuestWriter:
    """Writes the guest list of one event as one person.

    Raises, whatever it does:
        LeaseHeld: another automatic writer is at work; nothing was written.
        Forbidden, NocoDBError: the account may not, or the server did not answer; run again.
    """

    opened: Connection
    event: int
    now: Clock
    on_progress: Progress | None = None

    def add(self, lines: Sequence[Line], group: GuestGroup) -> Added:
        """Put guests on the list in a group (found again by its ident); only lines with a way are taken."""
        wanted = [line for line in lines if line.channel is not None]
        with open_desk(self.opened.client, self.opened.base, f"Gästeliste: {group.name}", self.now) as desk:
            done = Added(desk.journal.run)
            done.group = _group(desk, group)
            idents, guests = self._there(desk)
            store = desk.stores["invitation"]
            for start in range(0, len(wanted), CHUNK):
                desk.lease.ensure()
                part = wanted[start : start + CHUNK]
                fresh = [line for line in part if line.ident not in idents and line.key not in guests]
                if fresh:
                    desk.journal.announce_new("invitation", [line.ident for line in fresh], store.table_url())
                    store.create([self._invitation(done.group, line) for line in fresh])
                done.made += len(fresh)
                done.there += len(part) - len(fresh)
                self._tell(start + len(part), len(wanted))
            there = f", {done.there} standen schon da" if done.there else ""
            desk.told = f"{done.made} Gäste auf die Liste gesetzt{there}"
        return done

    def set_channel(self, rows: Sequence[int], channel: Channel) -> Altered:
        """Invite these by another way."""
        return self._alter("Gästeliste: anderer Weg", rows, lambda one: {"channel": channel})

    def drop(self, rows: Sequence[int]) -> Altered:
        """Take guests off the list: who is only noted is dropped, who is invited already is uninvited."""

        def off(one: Invitation) -> Mapping[str, Value] | None:
            state = state_of(one)
            after = move(state, Cause.DROPPED) or move(state, Cause.CALLED_OFF)
            return None if after is None else {"state": after}

        return self._alter("Gästeliste: gestrichen", rows, off)

    def restore(self, rows: Sequence[int]) -> Altered:
        """Put guests back on the list who were taken off it."""
        return self._alter("Gästeliste: wieder aufgenommen", rows, _by(Cause.ADDED))

    def call_off(self, name: str) -> Altered:
        """Uninvite everybody of an event that does not take place; who was only noted is dropped."""
        store = TableStore(self.opened.client, self.opened.base, Invitation)
        there = [r.id for r in store.pull(["state", "event"], where=store.condition("event", self.event)) if r.id]
        return self._alter(f"Abgesagt: {name}", there, _by(Cause.CALLED_OFF))

    def _alter(self, task: str, rows: Sequence[int], change: Change) -> Altered:
        with open_desk(self.opened.client, self.opened.base, task, self.now) as desk:
            done = Altered(desk.journal.run)
            for start in range(0, len(rows), CHUNK):
                desk.lease.ensure()
                self._alter_some(desk, task, rows[start : start + CHUNK], change, done)
                self._tell(min(start + CHUNK, len(rows)), len(rows))
            if done.changed:
                settle_places(desk.stores, self.event)
            left = f", {done.left} blieben, wie sie sind" if done.left else ""
            desk.told = f"{done.changed} Einladungen geändert{left}"
        return done

    @staticmethod
    def _alter_some(desk: Desk, task: str, rows: Sequence[int], change: Change, done: Altered) -> None:
        store = desk.stores["invitation"]
        meant = []
        for row, there in store.get_many(rows).items():
            after = change(there)
            if after is not None and any(there.value(code) != value for code, value in after.items()):
                before = {code: there.value(code) for code in after}
                meant.append(Intent("invitation", row, f"{task}: {there.name or row}", before, after,
                                    store.row_url(row)))  # fmt: skip
        desk.journal.announce(meant)
        moved = 0
        for one in meant:
            try:
                moved += store.swap(one.row_id, one.before, one.after).applied
            except RowGone:
                continue
        done.changed += moved
        done.left += len(rows) - moved

    def _there(self, desk: Desk) -> tuple[set[str], set[Guest]]:
        """Return who stands on the list at this moment, by ident and by person, else organisation."""
        store = desk.stores["invitation"]
        rows = list(store.pull(["ident", "person", "organisation"], where=store.condition("event", self.event)))
        idents = {line for row in rows for line in (row.ident or "").split("\n")}
        return idents, {(None, r.person) if r.person is not None else (r.organisation, None) for r in rows}

    def _invitation(self, group: int, line: Line) -> Invitation:
        return Invitation(
            name=line.name or None, event=self.event, person=line.person, organisation=line.organisation,
            office=line.office, guest_group=group, channel=line.channel, mail=line.mail or None,
            state=InvitationState.NOTED, answer=Answer.OPEN, mark=new_mark(), ident=line.ident,
        )  # fmt: skip

    def _tell(self, done: int, total: int) -> None:
        if self.on_progress:
            self.on_progress(done, total)


def state_of(one: Invitation) -> InvitationState:
    """Return the state of an invitation; empty, or a choice of staff's own, counts as noted."""
    return InvitationState(one.state) if one.state in tuple(InvitationState) else InvitationState.NOTED


def _by(cause: Cause) -> Change:
    def moved(one: Invitation) -> Mapping[str, Value] | None:
        after = move(state_of(one), cause)
        return None if after is None else {"state": after}

    return moved


def _group(desk: Desk, group: GuestGroup) -> int:
    store, ident = desk.stores["guest_group"], str(group.ident)
    known = store.find_idents([ident])
    if ident in known:
        return known[ident]
    desk.journal.announce_new("guest_group", [ident], store.table_url())
    return store.create([group])[0]
