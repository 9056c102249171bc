"""An event with more guests than chairs, answered by all ways in an order of chance, and what must then be true.

``Play`` lets guests, calendars, staff and the door act on the tables; beside that it keeps an account of what was
said (``event_accounts``), from which every figure is counted anew.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from event_accounts import BEGIN, COMES, Account, Said
from event_places import Places
from itip_parts import calendar, mail

from automations.events.calendar_uid import mark_of, uid_of
from automations.events.incoming import intake
from automations.events.incoming.carried import carried
from automations.events.incoming.decide import Verdict
from automations.events.incoming.invited import Invited
from automations.events.incoming.recognise import judge_calendars
from automations.events.replies import NewReply, let_count, settle_places, take_down
from automations.events.reply_rows import given
from automations.events.typed_replies import Typed, filled
from schemas.contacts.tables import Organisation, Person
from schemas.events.choices import Answer, Channel, EventState, InvitationState, Place, ReplyChannel
from schemas.events.tables import Event, GuestGroup, Invitation, Reply
from streamlit_app.answering import deciding
from streamlit_app.rsvp.pages import prefilled
from streamlit_app.rsvp.record import Sent, record_all

CODES = ("event", "invitation", "reply", "guest_group", "person", "organisation")
"""The tables that a play acts on."""

NEEDS = (None, "Rollstuhl", "vegan", "Gebärdensprache")


class Play:
    """One event; ``stores`` are tables in memory or real ones."""

    def __init__(self, stores: Mapping[str, Any], seed: int, guests: int = 60, chairs: int = 40) -> None:
        self.dice, self.stores, self.chairs = random.Random(seed), stores, chairs
        self.now = BEGIN
        day = BEGIN.date()
        (self.event,) = stores["event"].create([
            Event(name="Ehrung", state=EventState.OPEN, starts_at=BEGIN + dt.timedelta(days=60), capacity=chairs,
                  companions_max=2, remind_on=day + dt.timedelta(days=10), answer_by=day + dt.timedelta(days=50),
                  venue="Saal", ident=f"spiel:{seed}")
        ])  # fmt: skip
        people = stores["person"].create([
            Person(last_name=f"Gast {n}", mail=f"g{n}@x.example", phone="0391 1", street="Weg 1", postcode="39104",
                   city="Musterstadt", ident=f"spiel:{seed}:p{n}")
            for n in range(guests)
        ])  # fmt: skip
        houses = stores["organisation"].create([Organisation(name=f"Haus {n}") for n in range(3)])
        groups = stores["guest_group"].create([GuestGroup(name=f"Gruppe {n}", event=self.event) for n in range(2)])
        ways, self.noted = (Channel.MAIL, Channel.MAIL, Channel.LETTER, Channel.PHONE), set[int]()
        self.rows = stores["invitation"].create([
            Invitation(name=f"Gast {n}", event=self.event, person=people[n], organisation=(*houses, None)[n % 4],
                       guest_group=(*groups, None)[n % 3], channel=ways[n % 4], state=InvitationState.INVITED,
                       answer=Answer.OPEN, invited_at=BEGIN, ident=f"einladung:{self.event}:p{people[n]}")
            for n in range(guests)
        ])  # fmt: skip
        self.accounts = {row: Account() for row in self.rows}
        self.seated: set[int] = set()
        self.waits: set[int] = set()
        self.up: set[int] = set()
        self.undecided: dict[int, tuple[int, dt.datetime]] = {}
        self.unread: set[int] = set()
        self.mails: list[tuple[bytes, int]] = []

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
            + [self.by_calendar_mail] * 3
            + [self.more_by_phone, self.take_off_or_on, self.come_back, self.another_room]
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
        if self.accounts[row].gone:
            return  # the page does not open
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

    def more_by_phone(self, row: int) -> None:
        """Let staff promise more companions than guests may bring, also on a place that is given."""
        told, more = self.accounts[row], self.dice.choice([3, 4, 5])
        if row in self.up and more > told.companions:
            self.seated.discard(row)  # nobody told the guest of the chair yet
            self.waits.add(row)
        self._take(row, ReplyChannel.PHONE, Answer.YES, companions=more)
        told.said.append(Said(self.now, Answer.YES, more))

    def by_calendar_mail(self, row: int) -> None:
        """Let a calendar answer come as a mail, at times one that was read before, or recorded by an older version."""
        if self.mails and self.dice.random() < 0.3:
            raw, row = self.dice.choice(self.mails)
            intake._take(self._desk(), self._judge(raw, row))
            return
        answer = self.dice.choice([Answer.YES, Answer.YES, Answer.NO, Answer.MAYBE])
        words, more = self.dice.choice(["", "", "Ich brauche eine Rampe."]), self.dice.choice([None, None, 1, 3])
        told, status = self.accounts[row], {Answer.YES: "ACCEPTED", Answer.NO: "DECLINED", Answer.MAYBE: "TENTATIVE"}
        address = self.dice.choice([f"gast{row}@x.example", f"gast{row}+fest@x.example"])
        text = calendar(
            status[answer], address, uid=uid_of(self.event, row, "pbase"), sequence="0",
            stamp=f"{self.now:%Y%m%dT%H%M%SZ}", params=f";X-NUM-GUESTS={more}" if more else "",
        )  # fmt: skip
        raw = mail(text, address, sent=self.now, text=words)
        self.mails.append((raw, row))
        verdict = self._judge(raw, row)
        assert verdict.reply is not None
        if self.dice.random() < 0.2:
            take_down(self.stores, [replace(verdict.reply, key=verdict.reply.former or verdict.reply.key)])
            self._count(row)
        intake._take(self._desk(), verdict)
        grows = answer != Answer.NO and (more or 0) > told.companions
        if told.gone or grows or (told.stand_in and answer != Answer.NO):
            self.undecided[self._last_reply()] = row, self.now
            return
        if words:
            self.unread.add(self._last_reply())
        told.said.append(Said(self.now, answer, more if answer != Answer.NO else None))

    def _desk(self) -> Any:
        return SimpleNamespace(stores=self.stores)

    def _judge(self, raw: bytes, row: int) -> Verdict:
        invitation, event = self.stores["invitation"].get(row), self.stores["event"].get(self.event)
        store = self.stores["reply"]
        rows = store.pull(where=store.condition("invitation", row))
        own = frozenset({f"gast{row}@x.example"})
        guest = Invited(event, invitation, own, given=tuple(g for r in rows if (g := given(r)) is not None))
        (verdict,) = judge_calendars(carried(message_from_bytes(raw)), _Book(guest), self.now)
        return verdict

    def take_off_or_on(self, row: int) -> None:
        """Let staff take somebody off the list or uninvite them, or put them on it again."""
        told = self.accounts[row]
        state = self.stores["invitation"].get(row).state
        off = self.dice.choice([InvitationState.DROPPED, InvitationState.CALLED_OFF])
        after = InvitationState.NOTED if told.gone else off
        assert self.stores["invitation"].swap(row, {"state": state}, {"state": after}).applied
        told.gone = not told.gone
        if told.gone:
            self.seated.discard(row)
        self._count(row)

    def another_room(self, row: int) -> None:
        """Let staff find another room, larger or smaller; whoever has a place keeps it."""
        self.chairs = self.dice.choice([34, 40, 40, 46])
        self.stores["event"].swap(self.event, {}, {"capacity": self.chairs})
        settle_places(self.stores, self.event)

    def come_back(self, row: int) -> None:
        """Let an invitation come back undelivered, or reach its guest after all."""
        before = self.stores["invitation"].get(row).delivery
        self.stores["invitation"].swap(row, {}, {"delivery": None if before else "kam zurück am 02.09.2026"})

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
        (made,) = self.stores["reply"].create([Reply(invitation=row, answer=answer, at=at)])
        if ahead:
            self.unread.add(made)  # a person reads which date stood there
        stands, invitation = self.stores["reply"].get(made), self.stores["invitation"].get(row)
        changes = filled(Typed(stands, self.now, self.now), invitation, self.now)
        assert self.stores["reply"].swap(made, {code: stands.value(code) for code in changes}, changes).applied
        self._count(row)
        self.accounts[row].said.append(Said(self.now, answer))

    def open_door(self) -> None:
        """Let in most who have a place, fewer or more than promised, some who have none, and two nobody invited."""
        for row in self.rows:
            told, party = self.accounts[row], self.dice.choice([0, 0, 0, -1, 1])
            seated = row in self.seated
            if self.dice.random() < (0.8 if seated else 0.1):
                changes = {"checked_in_at": self.now, "checked_in": max(1 + told.companions + party, 1)}
                changes |= {"state": InvitationState.INVITED}
                assert self.stores["invitation"].swap(row, {"checked_in_at": None}, changes).applied
        self.stores["invitation"].create([
            Invitation(name="Laufkundschaft", event=self.event, state=InvitationState.INVITED, answer=Answer.OPEN,
                       companions=n or None, checked_in_at=self.now, checked_in=1 + n, walk_in=True,
                       ident=f"spiel:tuer:{n}")
            for n in range(2)
        ])  # fmt: skip
        settle_places(self.stores, self.event)

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
        self.up &= self.seated
        waiting = [row for row in self.rows if self.accounts[row].comes and row not in self.seated]
        for row in sorted(waiting, key=lambda row: (self.accounts[row].since, row)):
            if self._chairs(self.seated) + 1 + self.accounts[row].companions <= self.chairs:
                self.seated.add(row)
                self.up |= {row} & self.waits
        self.waits = {row for row in waiting if row not in self.seated}

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
            if (row.moved_up_at is not None) != (row.id in self.up):
                yield f"{row.name}: moved up at {row.moved_up_at}"
        read = [row for row in self._pull("reply") if (row.ident or "").startswith("itip:")]
        if len(read) != len(self.mails):
            yield f"{len(read)} answers of {len(self.mails)} calendar mails"

    def figures(self, folder: Path) -> tuple[dict[str, object], dict[str, object]]:
        """Return what every page shows, and a recount from the rows that stand in the base."""
        tables = {code: self._pull(code) for code in ("invitation", "reply", "guest_group")}
        tables["event"] = [self.stores["event"].get(self.event)]
        tables |= {code: list(self.stores[code].pull()) for code in ("person", "organisation")}
        places = Places(folder, tables, self.event, self.now, BEGIN.date() + dt.timedelta(days=14))
        return places.shown(), places.wanted(len(self.undecided) + len(self.unread))


class _Book:
    """The only guest whom an answer of this play may mean."""

    def __init__(self, guest: Invited) -> None:
        self._guest = guest

    def invited(self, invitation: int) -> Invited | None:
        return self._guest if invitation == self._guest.row else None

    def guests(self, addresses: Iterable[str]) -> list[Invited]:
        return []

    def is_ours(self, address: str) -> bool:
        return False

    def name_of(self, address: str) -> str:
        return ""

    def is_base(self, mark: str) -> bool:
        return mark == mark_of("pbase")
