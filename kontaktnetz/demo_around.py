"""The demo events of these days: one today with people at the door, one with a waiting list, and what is to be decided.

Everything goes the way that it goes in daily work: seats are given out, walk-ins and answers are taken down by the same
code. It hangs on the demo events that stand in the base; a note beside the demo lists says that it is whole.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from automations.events import check_in
from automations.events.check_in import NewTry, WalkIn
from automations.events.guest_list import Line
from automations.events.replies import NewReply, settle_places, take_down
from kontaktnetz import demo_around_texts as texts
from kontaktnetz.demo_guests import GuestMaker
from schemas.events.choices import Answer, EventState, InvitationState, ReplyChannel
from schemas.events.rules.admission import Try
from schemas.events.rules.picking import Whom
from schemas.events.rules.segments import InSphere, Kind
from schemas.events.tables import CheckIn, Event, Invitation, Reply
from schemas.time_zone import BERLIN
from sync.connection import Connection
from sync.nocodb.store import TableStore

DONE = "dieser-tage.txt"
"""This note stands beside the demo lists once these events are whole."""

FORUM_SEATS = 45
TOUR_DAYS = 21
TOUR_SEATS = 6
HOURS = 3
RETURNED = 2
"""So many invitations to the fair came back."""


def fill_around(opened: Connection, mirror_dir: Path, folder: Path, today: dt.date) -> str:
    """Make the events of these days once, and return what was made in German; nothing the second time.

    Raises:
        NocoDBError: the server refused or did not answer; run again.
    """
    note = folder / DONE
    if note.exists():
        return ""
    made = _Around(opened, mirror_dir, today).fill(dt.datetime.now(dt.UTC))
    note.write_text(made + "\n", encoding="utf-8")
    return made


class _Around(GuestMaker):
    def fill(self, now: dt.datetime) -> str:
        known = self._store(Event).find_idents([f"demo:veranstaltung:{name}" for name in ("messe", "pass")])
        fair, ceremony = known.get("demo:veranstaltung:messe"), known.get("demo:veranstaltung:pass")
        like = self._store(Event).get(fair) if fair is not None else None
        if fair is None or like is None:
            return "Die Engagementmesse der Vorführung gibt es nicht mehr."
        stores: dict[str, TableStore[Any]] = {
            "event": self._store(Event), "invitation": self._store(Invitation), "reply": self._store(Reply),
            "check_in": self._store(CheckIn),
        }  # fmt: skip
        guests = self._forum(like, stores, now) + self._tour(like, stores, now)
        if ceremony is not None:
            held = stores["event"].get(ceremony)
            self._walk_ins(stores, ceremony, held.starts_at if held else None, now)
        self._came_back(stores["invitation"], fair)
        return f"Beispiel dieser Tage: 2 Veranstaltungen, eine davon heute, {guests} Gäste."

    def _forum(self, like: Event, stores: dict[str, TableStore[Any]], now: dt.datetime) -> int:
        """Make the event of today; once it has begun most are in, and two came without an invitation."""
        hour = min(max(now.astimezone(BERLIN).hour, 9), 18)
        starts = self._at(self.today, hour)
        base = self._like(like, "heute", starts, FORUM_SEATS)
        base = replace(base, invite_on=self.today - dt.timedelta(days=30), answer_by=self.today - dt.timedelta(days=3))
        (event,) = self._make([base])
        group = ("Vereine, Stiftungen und Fraktionen", Kind(("verein", "stiftung", "fraktion")), Whom.MAIN, None)
        made = self._guests(base, event, 0, group, past=True)
        if starts <= now:
            self._walk_ins(stores, event, starts, now)
        settle_places(stores, event)
        return made

    def _tour(self, like: Event, stores: dict[str, TableStore[Any]], now: dt.datetime) -> int:
        """Make a tour that more people want to join than there is room for, with answers that a person must read."""
        base = self._like(like, "fuehrung", self._at(self._workday(TOUR_DAYS), 16), TOUR_SEATS)
        invited, until = self.today - dt.timedelta(days=12), self.today + dt.timedelta(days=9)
        base = replace(base, companions_max=0, invite_on=invited, answer_by=until)
        (event,) = self._make([base])
        made = self._guests(base, event, 0, ("Zivilgesellschaft", InSphere(("zivilgesellschaft",)), Whom.MAIN, None),
                            past=False)  # fmt: skip
        settle_places(stores, event)
        self._to_decide(stores, event, now)
        return made

    def _invitation(self, base: Event, event: int, group: int, line: Line, past: bool | None) -> Invitation:
        """Return a guest without a seat, which are given out together, and not at the door before the doors open."""
        guest = replace(super()._invitation(base, event, group, line, past), place=None)
        begun = base.starts_at is not None and base.starts_at <= dt.datetime.now(dt.UTC)
        return guest if begun else replace(guest, checked_in_at=None, checked_in=None)

    def _like(self, like: Event, ident: str, starts: dt.datetime, seats: int) -> Event:
        """Return a new event with host, sender and place of another one."""
        name, kind = texts.EVENTS[ident]
        return Event(
            name=name, kind=kind, state=EventState.OPEN, starts_at=starts, ends_at=starts + dt.timedelta(hours=HOURS),
            doors_at=starts - dt.timedelta(minutes=30), venue=like.venue, street=like.street, postcode=like.postcode,
            city=like.city, host=like.host, sender=like.sender, signatory=like.signatory, team_member=like.team_member,
            reply_to=like.reply_to, address_form=like.address_form, capacity=seats,
            invitation_subject=f"Einladung: {name}", invitation_text=texts.TEXTS[ident],
            ident=f"demo:veranstaltung:{ident}",
        )  # fmt: skip

    def _walk_ins(
        self, stores: dict[str, TableStore[Any]], event: int, at: dt.datetime | None, now: dt.datetime
    ) -> None:
        if at is None:
            return
        tries = [
            NewTry(Try(f"demo:{event}:{n}", min(at + dt.timedelta(minutes=4 + 3 * n), now), device="Tablet Foyer"),
                   walk_in=WalkIn(name, note=texts.WALKED_IN))
            for n, name in enumerate(texts.WALK_INS)
        ]  # fmt: skip
        check_in.apply(stores, event, tries, now)

    def _to_decide(self, stores: dict[str, TableStore[Any]], event: int, now: dt.datetime) -> None:
        """Take answers down that only a person can understand: own words, two that contradict, one of a stranger."""
        guests = sorted(
            stores["invitation"].pull(["name", "answer"], where=stores["invitation"].condition("event", event)),
            key=lambda guest: guest.id or 0,
        )
        coming = [guest for guest in guests if guest.answer == Answer.YES]
        if len(coming) < len(texts.DOUBTS):
            return
        take_down(stores, [
            NewReply(
                key=f"demo:antwort:zweifel:{event}:{n}", invitation=guest.id, event=event, name=guest.name or "",
                channel=ReplyChannel(channel), at=now - dt.timedelta(hours=3 + n), answer=answer, text=text, why=why,
            )
            for n, ((channel, answer, text, why), guest) in enumerate(zip(texts.DOUBTS, coming, strict=False))
        ])  # fmt: skip
        channel, text, why = texts.STRANGER
        take_down(stores, [
            NewReply(key=f"demo:antwort:fremd:{event}", invitation=None, event=event, name=texts.STRANGER_NAME,
                     channel=ReplyChannel(channel), at=now - dt.timedelta(hours=2), text=text, why=why)
        ])  # fmt: skip

    def _came_back(self, store: TableStore[Invitation], event: int) -> None:
        """Write into some invitations to the fair that nobody answered what a mail server said."""
        silent = sorted(
            (g for g in store.pull(["mail", "answer", "state", "delivery"], where=store.condition("event", event))
             if g.mail and g.answer == Answer.OPEN and g.state == InvitationState.INVITED),
            key=lambda guest: guest.id or 0,
        )  # fmt: skip
        line = f"kam zurück am {self.today - dt.timedelta(days=1):%d.%m.%Y}: {texts.RETURNED_WHY}"
        for guest in silent[-RETURNED:]:
            if guest.id is not None and not guest.delivery:
                store.swap(guest.id, {"delivery": None}, {"delivery": line})
