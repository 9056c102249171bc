"""An event with more guests than chairs, answered by all ways in an order of chance, and what must then be true.

``Play`` lets guests, calendars, staff and the door act on the tables; beside that it keeps its own account of what was
said (``Said``), from which every figure is counted anew.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import made_up

from automations.events.replies import NewReply, let_count, settle_places, take_down
from automations.events.typed_replies import Typed, filled
from schemas.events.choices import Answer, EventState, InvitationState, Place, ReplyChannel
from schemas.events.rules.outcome import outcome
from schemas.events.tables import Event, Invitation, Reply
from streamlit_app.answering import deciding
from streamlit_app.frames.event_list import read_events
from streamlit_app.frames.events import people, read_answers
from streamlit_app.rsvp.pages import prefilled
from streamlit_app.rsvp.record import Sent, record_all
from sync.mirror.manifest import read_manifest
from sync.mirror.reader import load_table

BEGIN = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
LATE = dt.datetime.max.replace(tzinfo=dt.UTC)
NEEDS = (None, "Rollstuhl", "vegan", "Gebärdensprache")
COMES = (Answer.YES, Answer.REPRESENTED)


@dataclass(frozen=True)
class Said:
    """One statement of a guest; None is "not said", and an empty text takes back what was said before."""

    at: dt.datetime
    answer: Answer
    companions: int | None = None
    needs: str | None = None
    stand_in: str | None = None


@dataclass
class Account:
    """What is true of a guest by our own account."""

    said: list[Said] = field(default_factory=list)
    staff: list[Said] = field(default_factory=list)
    correction: Answer | None = None

    @property
    def answer(self) -> Answer:
        return self.correction or (self._in_order()[-1].answer if self.said else Answer.OPEN)

    @property
    def comes(self) -> bool:
        return self.answer in COMES

    def _in_order(self) -> list[Said]:
        return sorted(self.said, key=lambda one: one.at)

    def _with_staff(self) -> list[tuple[Said, bool]]:
        """Return all statements in order, and whether staff typed them; of one moment these saw what was said."""
        told = [(one, False) for one in self.said] + [(one, True) for one in self.staff]
        return sorted(told, key=lambda one: one[0].at)

    @property
    def companions(self) -> int:
        count = 0
        for one, typed in self._with_staff():
            count = 0 if one.answer == Answer.NO and not typed else count if one.companions is None else one.companions
        return count if self.comes or self.answer == Answer.MAYBE else 0

    @property
    def needs(self) -> str:
        told = [one.needs for one, _ in self._with_staff() if one.needs is not None]
        return (told[-1] if told else "") if self.comes or self.answer == Answer.MAYBE else ""

    @property
    def stand_in(self) -> str:
        name = ""
        for one in self._in_order():
            name = (one.stand_in or name) if one.answer == Answer.REPRESENTED else ""
        return name if self.answer == Answer.REPRESENTED else ""

    @property
    def since(self) -> dt.datetime:
        found = self._in_order()
        at = found[-1].at if found else LATE
        for one in reversed(found):
            if one.answer not in COMES:
                break
            at = one.at
        return at


class Play:
    """One event; ``stores`` are tables in memory or real ones."""

    def __init__(self, stores: Mapping[str, Any], seed: int, guests: int = 60, chairs: int = 40) -> None:
        self.dice, self.stores, self.chairs = random.Random(seed), stores, chairs
        self.now = BEGIN
        (self.event,) = stores["event"].create([
            Event(name="Ehrung", state=EventState.OPEN, starts_at=BEGIN + dt.timedelta(days=60), capacity=chairs,
                  companions_max=2, ident=f"spiel:{seed}")
        ])  # fmt: skip
        self.rows = stores["invitation"].create([
            Invitation(name=f"Gast {n}", event=self.event, state=InvitationState.INVITED, answer=Answer.OPEN,
                       invited_at=BEGIN, ident=f"spiel:{seed}:{n}")
            for n in range(guests)
        ])  # fmt: skip
        self.accounts = {row: Account() for row in self.rows}
        self.seated: set[int] = set()
        self.undecided: dict[int, tuple[int, dt.datetime]] = {}
        self.came: dict[int, int] = {}
        self.walk_ins = 0
        self.unread = 0

    # --- what people do ---------------------------------------------------------------------------------------------

    def act(self) -> None:
        """Let somebody say something by some way."""
        self.now += dt.timedelta(minutes=self.dice.randint(1, 90))
        row = self.dice.choice(self.rows)
        ways = (
            [self.by_link] * 4
            + [self.by_calendar] * 3
            + [self.by_phone] * 2
            + [self.by_mail, self.decide, self.correct]
            + [self.type_into_row] * 2
            + [self.type_reply]
        )
        self.dice.choice(ways)(row)
        self._seat()

    def _answer(self) -> Answer:
        return self.dice.choices([Answer.YES, Answer.NO, Answer.MAYBE, Answer.REPRESENTED], [6, 2, 1, 2])[0]

    def by_link(self, row: int) -> None:
        stands = self.stores["invitation"].get(row)
        answer, more = self._answer(), self.dice.choice([None, 0, 1, 2])
        form = replace(prefilled(stands), answer=answer)
        form = form if more is None else replace(form, companions=more)
        form = replace(form, needs=self.dice.choice(NEEDS) or "") if self.dice.random() < 0.3 else form
        if answer == Answer.REPRESENTED:
            form = replace(form, represented_by=form.represented_by or f"Vertretung {self.dice.randint(1, 9)}")
        if row in self.seated and answer in COMES and form.brings > self.accounts[row].companions:
            return  # the page refuses more people on a chair that is given
        record_all(self.stores, [Sent(form, stands, f"{row}:{self.now}", self.now, asks_companions=True)])
        no = answer == Answer.NO
        self.accounts[row].said.append(Said(
            self.now, answer, None if no else form.brings, None if no else form.needs,
            form.represented_by if answer == Answer.REPRESENTED else None,
        ))  # fmt: skip

    def by_calendar(self, row: int) -> None:
        answer = self.dice.choice([Answer.YES, Answer.YES, Answer.NO, Answer.MAYBE])
        named = self.accounts[row].stand_in
        doubt = "Sagt selbst zu" if named and answer != Answer.NO else ""
        self._take(row, ReplyChannel.CALENDAR, answer, why=doubt)
        if doubt:
            self.undecided[self._last_reply()] = row, self.now
        else:
            self.accounts[row].said.append(Said(self.now, answer))

    def by_phone(self, row: int) -> None:
        answer, more = self._answer(), self.dice.choice([None, None, 0, 1])
        if row in self.seated and (more or 0) > self.accounts[row].companions:
            more = None
        told = self.dice.choice(NEEDS)
        more = None if answer == Answer.NO else more
        self._take(row, ReplyChannel.PHONE, answer, companions=more, needs=told)
        self.accounts[row].said.append(Said(self.now, answer, more, told))

    def by_mail(self, row: int) -> None:
        self._take(row, ReplyChannel.MAIL, None, why="bitte lesen")
        self.undecided[self._last_reply()] = row, self.now

    def decide(self, row: int) -> None:
        if not self.undecided:
            return
        reply = self.dice.choice(list(self.undecided))
        row, at = self.undecided.pop(reply)
        answer = self.dice.choice([Answer.YES, Answer.NO])
        stands: Reply = self.stores["reply"].get(reply)
        more = None if answer == Answer.NO else self.accounts[row].companions
        change = deciding(stands, row, self.event, {"answer": answer, "companions": more}, "Rita")
        assert self.stores["reply"].swap(reply, change.before, change.after).applied
        self._count(row)
        self.accounts[row].said.append(Said(at, answer, more))

    def correct(self, row: int) -> None:
        before = self.accounts[row].correction
        after = None if before else self.dice.choice([Answer.YES, Answer.NO])
        assert self.stores["invitation"].swap(row, {"correction": before}, {"correction": after}).applied
        self._count(row)
        self.accounts[row].correction = after

    def type_into_row(self, row: int) -> None:
        """Let staff type companions or needs straight into the invitation, as in NocoDB, also more than the usual."""
        told = self.accounts[row]
        if not told.said or not (told.comes or told.answer == Answer.MAYBE):
            return
        stands = self.stores["invitation"].get(row)
        if self.dice.random() < 0.5:
            most = told.companions if row in self.seated else 4
            cells: dict[str, Any] = {"companions": self.dice.choice([*range(most + 1)])}
        else:
            cells = {"needs": self.dice.choice([one for one in NEEDS if one])}
        before = {code: stands.value(code) for code in cells}
        assert self.stores["invitation"].swap(row, before, cells).applied
        self._count(row)
        if any((before[code] or None) != (value or None) for code, value in cells.items()):
            told.staff.append(Said(self.now, told.answer, **cells))

    def type_reply(self, row: int) -> None:
        """Let staff type a row into the table of replies, at times with a date that lies ahead."""
        answer, ahead = self.dice.choice([Answer.YES, Answer.YES, Answer.NO, Answer.MAYBE]), self.dice.choice([0, 400])
        at = self.now + dt.timedelta(days=ahead) if ahead else None
        self.unread += bool(ahead)  # a person reads which date stood there
        (made,) = self.stores["reply"].create([Reply(invitation=row, answer=answer, at=at)])
        stands, invitation = self.stores["reply"].get(made), self.stores["invitation"].get(row)
        changes = filled(Typed(stands, self.now, self.now), invitation, self.now)
        assert self.stores["reply"].swap(made, {code: stands.value(code) for code in changes}, changes).applied
        self._count(row)
        self.accounts[row].said.append(Said(self.now, answer))

    def open_door(self) -> None:
        """Let most of those in who have a place, and two whom nobody invited."""
        for row in sorted(self.seated):
            if self.dice.random() < 0.8:
                inside = 1 + self.accounts[row].companions
                changes = {"checked_in_at": self.now, "checked_in": inside}
                assert self.stores["invitation"].swap(row, {"checked_in_at": None}, changes).applied
                self.came[row] = inside
        self.walk_ins = 2
        self.stores["invitation"].create([
            Invitation(name="Laufkundschaft", event=self.event, state=InvitationState.INVITED, answer=Answer.OPEN,
                       checked_in_at=self.now, checked_in=1, walk_in=True, ident=f"spiel:tuer:{n}")
            for n in range(self.walk_ins)
        ])  # fmt: skip

    def _take(self, row: int, channel: ReplyChannel, answer: Answer | None, **more: Any) -> None:
        key = f"{channel}:{row}:{self.now.isoformat()}"
        take_down(self.stores, [NewReply(key, row, channel, self.now, answer, self.event, **more)])
        self._count(row)

    def _last_reply(self) -> int:
        return max(row.id for row in self._pull("reply"))

    def _count(self, row: int) -> None:
        for event in let_count(self.stores, [row], now=lambda: self.now):
            settle_places(self.stores, event)

    def _seat(self) -> None:
        """Give the chairs by our own account: who has one keeps it, the free ones go by who came first and fits."""
        self.seated = {row for row in self.seated if self.accounts[row].comes}
        waiting = [row for row in self.rows if self.accounts[row].comes and row not in self.seated]
        for row in sorted(waiting, key=lambda row: (self.accounts[row].since, row)):
            if self._chairs(self.seated) + 1 + self.accounts[row].companions <= self.chairs:
                self.seated.add(row)

    def _chairs(self, rows: set[int]) -> int:
        return sum(1 + self.accounts[row].companions for row in rows)

    # --- what must be true ------------------------------------------------------------------------------------------

    def _pull(self, code: str) -> list[Any]:
        store = self.stores[code]
        return list(store.pull(where=store.condition("event", self.event)))

    def problems(self) -> Iterator[str]:
        """Yield where an invitation shows something else than what was said."""
        for row in self._pull("invitation"):
            if row.id not in self.accounts:
                continue
            told = self.accounts[row.id]
            wanted = (told.answer, told.companions, told.needs, told.stand_in,
                      None if not told.comes else Place.SURE if row.id in self.seated else Place.WAITING)  # fmt: skip
            shown = (row.answer, row.companions or 0, row.needs or "", row.represented_by or "", row.place)
            if shown != wanted:
                yield f"{row.name}: {shown} instead of {wanted}; said {told}"

    def figures(self, folder: Path) -> tuple[dict[str, object], dict[str, object]]:
        """Return what the pages show and what our own account comes to."""
        rows = self._pull("invitation")
        tables = {
            "event": [self.stores["event"].get(self.event)], "invitation": rows, "reply": self._pull("reply"),
        }  # fmt: skip
        made_up.write(folder, {code: [{**one.encode(), "id": one.id} for one in told] for code, told in tables.items()},
                      self.now)  # fmt: skip
        manifest = read_manifest(folder)
        frames = {code: load_table(folder, manifest, code) for code in (*tables, "guest_group")}
        (line,) = read_events(frames["event"], frames["invitation"])
        found = read_answers(tables["event"][0], frames["invitation"], frames["reply"], frames["guest_group"], {})
        after = outcome(rows)
        shown: dict[str, object] = {
            "list: invited": line.invited, "list: people": line.promised, "overview: people": people(found.guests),
            "overview: free": found.seats.free, "overview: waiting": found.seats.waiting,
            "after: promised": after.people_promised, "after: no-shows": after.no_shows,
            "after: came": after.people_came, "after: walk-ins": after.walk_ins, "to decide": len(found.to_decide),
            **{f"list {name}": len(found.named(name)) for name in ("zugesagt", "abgesagt", "vorlaeufig", "schweigen")},
            "queue": [g.id for g in found.named("warteliste")],
        }  # fmt: skip
        told = self.accounts
        waiting = [row for row in self.rows if told[row].comes and row not in self.seated]
        chairs = self._chairs(self.seated) + self.walk_ins
        wanted: dict[str, object] = {
            "list: invited": len(self.rows), "list: people": self._chairs(self.seated),
            "overview: people": self._chairs(self.seated), "overview: free": self.chairs - chairs,
            "overview: waiting": self._chairs(set(waiting)), "after: promised": self._chairs(self.seated),
            "after: no-shows": len(self.seated - self.came.keys()),
            "after: came": sum(self.came.values()) + self.walk_ins, "after: walk-ins": self.walk_ins,
            "to decide": len(self.undecided) + self.unread, "list zugesagt": len(self.seated),
            "list abgesagt": sum(one.answer == Answer.NO for one in told.values()),
            "list vorlaeufig": sum(one.answer == Answer.MAYBE for one in told.values()),
            "list schweigen": sum(one.answer == Answer.OPEN for one in told.values()),
            "queue": sorted(waiting, key=lambda row: (told[row].since, row)),
        }  # fmt: skip
        return shown, wanted
