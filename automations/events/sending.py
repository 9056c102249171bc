"""Sending on an occasion: into the outbox, once each; pausing, going on, stopping; ticking off what goes by hand.

Everything is done as the person who asks, and every step may be killed and done again: a mail is known by its key, a
change of state by the state it expects.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from automations.events import mail
from automations.events.calendar import content, next_sequence
from automations.events.concerns import CALENDARS, is_outdated, note_told, stand_in, told
from automations.events.facts import EventFacts, event_facts, guest_facts
from automations.events.sending_plan import Guest, Plan, fits, missing, plan
from automations.events.tokens import answer_url
from automations.outbox import Letter, batches, enqueue
from automations.relations import Tables, row_id
from schemas.errors import KontaktnetzError, Terminal, Transient
from schemas.events.choices import ReplyState
from schemas.events.tables import Event, Invitation
from schemas.model import Value
from schemas.operations.choices import PostKind, PostState
from schemas.operations.tables import Post
from sync.clock import Clock
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.journal import Intent
from sync.nocodb.lease import hold_lease
from sync.nocodb.store import TableStore
from sync.settings import Settings

QUEUEING, QUEUEING_TITLE = "lease:queue", "Sperre beim Füllen des Postausgangs"
CHUNK = 100
TRIES = 4

Progress = Callable[[int, int], object]

TITLES: Mapping[PostKind, str] = {
    PostKind.SAVE_THE_DATE: "Termin vormerken", PostKind.INVITATION: "Einladung", PostKind.REMINDER: "Erinnerung",
    PostKind.CHANGE: "Änderung", PostKind.PLACE: "Platz oder Warteliste", PostKind.CANCELLATION: "Absage",
    PostKind.THANKS: "Dank", PostKind.MISSED: "Schade",
}  # fmt: skip


class NotSent(KontaktnetzError, Terminal):
    """Nothing can go out: the event lacks something, or is called off."""


class EventBusy(KontaktnetzError, Transient):
    """Others kept changing the event at this moment."""


def batch_of(event: int, occasion: PostKind) -> str:
    """Return the name that the mails of one sending bear together."""
    return f"event:{event}:{occasion}"


def read_guests(tables: Tables, facts: EventFacts, invitations: Iterable[Invitation]) -> list[Guest]:
    """Return guests with all that a sending looks at; ``tables`` are frames of the mirror."""
    people = tables["person"]
    barred = {int(row) for row, off in zip(people["id"], people["do_not_contact"], strict=True) if _yes(off)}
    with_mail = {
        table: {int(row) for row, address in zip(frame["id"], frame["mail"], strict=True) if isinstance(address, str)}
        for table, frame in (("person", people), ("organisation", tables["organisation"]))
    }
    replies = tables["reply"]
    waiting = replies[(replies["state"] == ReplyState.TO_DECIDE).fillna(False)]["invitation"].dropna()
    undecided = {int(row) for row in waiting}
    return [
        Guest(
            row, guest_facts(tables, row, facts), row.person in barred,
            bool(row.mail) or row.person in with_mail["person"] or row.organisation in with_mail["organisation"],
            row.id in undecided,
        )
        for row in invitations
    ]  # fmt: skip


@dataclass(slots=True)
class Queued:
    """What became of it: mails put into the outbox, and those that were withdrawn before and wait again."""

    new: int = 0
    again: int = 0


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends for one event as one person; ``tables`` are frames of the mirror, ``today`` the day in Berlin.

    Raises, whatever it does:
        Forbidden, NocoDBError: the account may not, or the server did not answer; do it again.
    """

    settings: Settings
    opened: Connection
    tables: Tables
    event: int
    today: dt.date
    now: Clock

    def queue(self, occasion: PostKind, rows: Collection[int], on_progress: Progress | None = None) -> Queued:
        """Put the mails of these invitations into the outbox. The guest list is read anew: what was planned a while ago
        and fits no more is left out.

        One at a time queues (by a lease of its own, so that sending goes on meanwhile): a person and a job that look at
        the same moment would both find that a mail is not there yet.

        Raises:
            NotSent: the event lacks something or does not fit the occasion.
            WordingError: a text names a placeholder that we do not know.
            LeaseHeld: somebody else is filling the outbox; nothing was written.
        """
        with hold_lease(
            self.opened.client,
            self.opened.base,
            "Postausgang füllen",
            now=self.now,
            ident=QUEUEING,
            title=QUEUEING_TITLE,
        ):
            return self._queue(occasion, rows, on_progress)

    def _queue(self, occasion: PostKind, rows: Collection[int], on_progress: Progress | None) -> Queued:
        event, facts = self._settled(occasion)
        fresh = self._plan(occasion, event, facts)
        wanted = [one for one in fresh.mail if one.row in set(rows)]
        by = mail.organiser(self.settings, facts, self.opened.base.id)
        outbox = self._store(Post)
        link = stand_in(self.settings)
        done = Queued()
        for start in range(0, len(wanted), CHUNK):
            letters = [
                mail.letter(
                    occasion, facts, one.guest.facts, by, key=one.key, batch=batch_of(self.event, occasion),
                    sequence=fresh.sequence, moment=self.now(), link=link,
                )
                for one in wanted[start : start + CHUNK]
            ]  # fmt: skip
            made = enqueue(outbox, letters, self.now)
            done.new += made
            if made < len(letters):
                done.again += self._renew(outbox, letters)
            if on_progress:
                on_progress(min(start + CHUNK, len(wanted)), len(wanted))
        return done

    def test(self, occasion: PostKind, guest: Guest, to: str) -> str:
        """Put the mail that this guest would get into the outbox for our own address, and return its key."""
        facts = self._facts()
        by = mail.organiser(self.settings, facts, self.opened.base.id)
        key = f"probe:{self.event}:{uuid.uuid4().hex}"
        link = answer_url(self.settings, "probe")
        enqueue(self._store(Post), [
            mail.probe(occasion, facts, guest.facts, by, to=to, key=key, link=link, moment=self.now())
        ], self.now)  # fmt: skip
        return key

    def tick_off(self, occasion: PostKind, rows: Sequence[int], what: str, told_of: Told | None = None) -> Ticked:
        """Note that letters were posted or calls made; the run can be taken back by the journal.

        ``told_of`` is what they told; a guest for whom that is true no more is not ticked off, but named.

        Raises:
            LeaseHeld: another automatic writer is at work; nothing was written.
        """
        event, _ = self._settled(occasion)
        newest = event.sequence or 0
        told_of = Told(min(newest, told_of.sequence), told_of.invitations) if told_of else Told(newest, {})
        with open_desk(self.opened.client, self.opened.base, f"{TITLES[occasion]}: {what}", self.now) as desk:
            done = Ticked(desk.journal.run)
            moment = self.now().replace(microsecond=0)  # as the base keeps it, or undo takes it for somebody's edit
            for start in range(0, len(rows), CHUNK):
                desk.lease.ensure()
                count, outdated = _tick(desk, occasion, rows[start : start + CHUNK], told_of, moment)
                done.count += count
                done.outdated += outdated
            desk.told = f"{done.count} Gäste"
        return done

    def retry(self, posts: Sequence[int]) -> int:
        """Let failed mails wait again, to the address that stands in the base today; return how many do."""
        outbox = self._store(Post)
        there: dict[int, Post] = {}
        for part in batches(posts):
            there |= outbox.get_many(part)
        facts = self._facts()
        addresses = {guest.facts.invitation: guest.facts.mail for guest in self._guests(facts)}
        done = 0
        for row, post in there.items():
            number = (post.about or "").removeprefix("invitation:")
            to = addresses.get(int(number)) if number.isdecimal() else None
            before: dict[str, Value] = {"state": post.state, "recipient": post.recipient}
            after: dict[str, Value] = {
                "state": PostState.QUEUED,
                "recipient": to or post.recipient,
                "attempts": None,
                "problem": None,
            }
            if post.state in (PostState.FAILED, PostState.HELD):
                done += outbox.swap(row, before, after).applied
        return done

    def _settled(self, occasion: PostKind) -> tuple[Event, EventFacts]:
        """Return the event with the number its calendars bear from now on, written down before anything goes out."""
        store = self._store(Event)
        for _ in range(TRIES):
            event = store.get(self.event)
            if event is None:
                break
            lacking = missing(occasion, event)
            if lacking:
                raise NotSent(f"In der Veranstaltung fehlt: {', '.join(lacking)}.", hint="Bitte ergänzen Sie das.")
            if not fits(occasion, event):
                raise NotSent(
                    "Das passt nicht zum Stand der Veranstaltung.",
                    hint="Ist sie abgesagt, kann nur noch die Absage hinausgehen; sonst alles andere.",
                )
            before = {"sequence": event.sequence, "calendar_state": event.calendar_state}
            after: dict[str, Value] = {"sequence": next_sequence(event), "calendar_state": content(event)}
            if before == after or store.swap(self.event, before, after).applied:
                settled = replace(event, sequence=next_sequence(event), calendar_state=content(event))
                return settled, self._facts(settled)
        raise EventBusy("Die Veranstaltung ändert gerade jemand anderes.", hint="Bitte gleich noch einmal.")

    def _plan(self, occasion: PostKind, event: Event, facts: EventFacts) -> Plan:
        """Plan on what stands in the base at this moment."""
        outbox = self._store(Post)
        batch = outbox.condition("batch", batch_of(self.event, occasion))
        posts = {
            post.ident: PostState(post.state)
            for post in outbox.pull(["ident", "state"], where=batch)
            if post.ident and post.state in tuple(PostState)
        }
        return plan(occasion, event, facts, self._guests(facts), posts)

    def _guests(self, facts: EventFacts) -> list[Guest]:
        store = self._store(Invitation)
        return read_guests(self.tables, facts, store.pull(where=store.condition("event", self.event)))

    def _facts(self, event: Event | None = None) -> EventFacts:
        """Return the facts of the event, as it stands in the base if it was read there."""
        tables = self.tables
        if event is not None:
            cells = {"id": event.id, **{code: event.value(code) for code in Event.table().columns}}
            tables = {**tables, "event": pd.DataFrame([cells])}
        return event_facts(tables, self.event, self.today, network=self.settings.network_name)

    def _renew(self, outbox: TableStore[Post], letters: Sequence[Letter]) -> int:
        """Let mails that were withdrawn wait again, worded as of today."""
        keys = outbox.find_idents([letter.key for letter in letters])
        there: dict[int, Post] = {}
        for part in batches(list(keys.values())):
            there |= outbox.get_many(part)
        done = 0
        for letter in letters:
            row = keys.get(letter.key)
            if row in there and there[row].state == PostState.WITHDRAWN:
                fresh = letter.as_row(self.now())
                changes = {code: fresh.value(code) for code in _RENEWED}
                done += outbox.swap(row, {"state": PostState.WITHDRAWN}, changes).applied
        return done

    def _store(self, record: type[Event] | type[Invitation] | type[Post]):  # type: ignore[no-untyped-def]
        return TableStore(self.opened.client, self.opened.base, record)


_RENEWED = ("name", "recipient", "state", "queued_at", "text", "html", "calendar", "reply_to", "attempts", "problem")


@dataclass(frozen=True, slots=True)
class Told:
    """What letters or calls tell: the stand of the calendar, and the invitations (by row) they were made of."""

    sequence: int
    invitations: Mapping[int, Invitation]


@dataclass(slots=True)
class Ticked:
    """What became of it: the run in the journal, how many guests were ticked off, and those whose place is another."""

    run: str
    count: int = 0
    outdated: list[str] = field(default_factory=list)


def _tick(
    desk: Desk, occasion: PostKind, rows: Sequence[int], told_of: Told, moment: dt.datetime
) -> tuple[int, list[str]]:
    """Tick guests off, and return how many were, and whose place is another by now."""
    store = desk.stores["invitation"]
    there: dict[int, Invitation] = {}
    for part in batches(rows):
        there |= store.get_many(part)
    then = told_of.invitations
    sequence = told_of.sequence if occasion in CALENDARS else None
    other = {row for row, one in there.items() if row in then and is_outdated(occasion, then[row], one)}
    changes = {row: told(one, occasion, moment, sequence) for row, one in there.items() if row not in other}
    meant = {row: cells for row, cells in changes.items() if cells}
    desk.journal.announce([
        Intent("invitation", row, f"{TITLES[occasion]}: {there[row].name or row}",
               {code: there[row].value(code) for code in cells}, cells, store.row_url(row))
        for row, cells in meant.items()
    ])  # fmt: skip
    note_told(store, list(meant), occasion, moment, sequence=sequence, seen=there)
    return len(meant), [there[row].name or str(row) for row in rows if row in other]


@dataclass(frozen=True, slots=True)
class Run:
    """The mails of one sending in the outbox."""

    store: TableStore[Post]
    batch: str

    def progress(self) -> dict[PostState, int]:
        """Return how many mails stand where."""
        batch = self.store.condition("batch", self.batch)
        counted = {
            state: self.store.count(where=batch & self.store.condition("state", state)) for state in PostState
        }  # fmt: skip
        return {state: count for state, count in counted.items() if count}

    def pause(self) -> int:
        """Hold everything that waits; what is on its way goes out. Return how many are held."""
        return self._move({"state": PostState.QUEUED}, PostState.HELD)

    def go_on(self) -> int:
        """Let wait again what was held; what is held because something is unclear stays for a person."""
        return self._move({"state": PostState.HELD, "problem": None}, PostState.QUEUED)

    def stop(self) -> int:
        """Withdraw everything that has not gone out."""
        return self._move({"state": PostState.QUEUED}, PostState.WITHDRAWN) + self._move(
            {"state": PostState.HELD, "problem": None}, PostState.WITHDRAWN
        )

    def put_off(self) -> list[Post]:
        """Return what waits for another try, because the mail server did not take it yet."""
        batch = self.store.condition("batch", self.batch)
        queued = self.store.condition("state", PostState.QUEUED)
        return [post for post in self.store.pull(["problem"], where=batch & queued) if post.problem]

    def stuck(self) -> list[Post]:
        """Return what failed, or is held because something is unclear."""
        batch = self.store.condition("batch", self.batch)
        columns = ["name", "recipient", "state", "problem", "attempts", "about"]
        return [
            post
            for state in (PostState.FAILED, PostState.HELD)
            for post in self.store.pull(columns, where=batch & self.store.condition("state", state))
            if post.problem or state == PostState.FAILED
        ]

    def _move(self, before: Mapping[str, Value], after: PostState) -> int:
        return len(self.store.swap_many(None, {"batch": self.batch, **before}, {"state": after}))


def _yes(cell: object) -> bool:
    return row_id(cell) == 1
