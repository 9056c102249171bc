"""Demo events around today: a ceremony that took place, a fair and a seminar to come, with guests, answers and stands.

Everything hangs on the demo contacts that stand in the base already, and is the same for the same base and day. Every
row has an ident that is looked up before it is made, so a fill that was interrupted goes on; a note beside the demo
lists says that it is whole, so that what somebody deleted does not come back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from automations.events import guest_facts
from automations.events.guest_list import Found, find, plan
from automations.workdays import is_free
from kontaktnetz import demo_event_texts as texts
from kontaktnetz.demo_guests import GuestMaker
from schemas.contacts.tables import Function, Office
from schemas.events.choices import (
    AddressForm,
    Channel,
    EventState,
    StandState,
)  # fmt: skip
from schemas.events.rules.deadlines import proposed
from schemas.events.rules.picking import Whom
from schemas.events.rules.segments import Either, InSphere, Kind, Nominated, Segment
from schemas.events.tables import Event, GuestGroup, Stand
from schemas.network.tables import Body, Contribution, Seat
from sync.connection import Connection

DONE = "veranstaltungen.txt"
"""This note stands beside the demo lists once the events are whole."""

KINDS = {"pass": ("ehrung", (17, 20)), "messe": ("messe", (15, 18)), "seminar": ("seminar", (9, 16))}
"""Kind and hours (in Berlin) of each event."""

NOMINATING = 14
SEATS = 12
DEPARTMENT_SEATS = 4
STANDS = 14
HONOURED = 16


def fill_events(opened: Connection, mirror_dir: Path, folder: Path, today: dt.date) -> str:
    """Make the demo events once, from a fresh mirror, and return what was made in German; nothing the second time.

    Raises:
        NocoDBError: the server refused or did not answer; run again.
    """
    note = folder / DONE
    if note.exists():
        return ""
    made = _Demo(opened, mirror_dir, today).fill()
    note.write_text(made + "\n", encoding="utf-8")
    return made


@dataclass(frozen=True, slots=True)
class _Circle:
    """Who hosts, who sends and signs."""

    network: int
    sender: int | None
    signatory: int | None
    member: int | None


class _Demo(GuestMaker):
    def fill(self) -> str:
        circle = self._circle()
        self._contributions()
        guests = self._ceremony(circle) + self._fair(circle) + self._seminar(circle)
        return f"Beispiel-Veranstaltungen: 5 Veranstaltungen, {guests} Gäste, {STANDS} Stände."

    def _circle(self) -> _Circle:
        network, jury = self._make([
            Body(name=texts.NETWORK, kind="netzwerk", active_from=dt.date(2004, 5, 1), ident="demo:gremium:netzwerk"),
            Body(name=texts.JURY, kind="jury", active_from=dt.date(2007, 1, 1), ident="demo:gremium:jury"),
        ])  # fmt: skip
        people = self._contacts_of([*self.civil, *self.departments])
        offices = {str(o["name"]): int(o["id"]) for o in self.tables["office"].to_dict("records")}
        place = self.places.get(texts.SENDER_PLACE)
        (sender,) = self._make([Office(name=texts.SENDER, kind="absender", organisation=place, ident="demo:amt:1")])
        signatory = offices.get(texts.SIGNATORY)
        holder = self._holder(signatory)
        if holder is not None:
            self._make([Function(name=texts.SENDER, kind="leitung", person=holder, organisation=place, office=sender,
                                 valid_from=dt.date(2023, 1, 1), ident="demo:funktion:absender")])  # fmt: skip
        seats = [
            Seat(name=texts.NETWORK, body=network, organisation=row, person=people[row][0],
                 deputy=people[row][1] if len(people[row]) > 1 else None, valid_from=dt.date(2022, 1, 1),
                 ident=f"demo:sitz:netzwerk:{at}")
            for at, row in enumerate([row for row in self.civil if people.get(row)][:SEATS])
        ] + [
            Seat(name=texts.JURY, body=jury, organisation=row, person=people[row][0], valid_from=dt.date(2024, 1, 1),
                 ident=f"demo:sitz:jury:{at}")
            for at, row in enumerate([row for row in self.civil[::-1] if people.get(row)][:5])
        ] + [
            Seat(name=texts.NETWORK, body=network, organisation=row, person=people[row][-1],
                 valid_from=dt.date(2023, 1, 1), ident=f"demo:sitz:verwaltung:{at}")
            for at, row in enumerate([row for row in self.departments if people.get(row)][:DEPARTMENT_SEATS])
        ]  # fmt: skip
        self._make(seats)
        team = [int(row) for row in self.tables["team_member"]["id"]]
        return _Circle(network, sender, signatory if holder is not None else sender, team[0] if team else None)

    def _contributions(self) -> None:
        """Who nominated somebody this year and last, and who holds a seal."""
        made = []
        for ago in (0, 1):
            day = max(min(dt.date(self.today.year - ago, 5, 28), self.today), dt.date(self.today.year - ago, 1, 1))
            made += [
                Contribution(name=texts.NOMINATION, organisation=row, direction="gegeben", kind="vorschlag", day=day,
                             ident=f"demo:vorschlag:{ago}:{at}")
                for at, row in enumerate(self.dice.sample(self.civil, min(NOMINATING, len(self.civil))))
            ]  # fmt: skip
        made += [
            Contribution(name=texts.AWARD, organisation=row, direction="bekommen", kind="auszeichnung",
                         day=self.today - dt.timedelta(days=700), ident=f"demo:siegel:{at}")
            for at, row in enumerate((self.houses or self.civil)[:4])
        ]  # fmt: skip
        self._make(made)

    # --- the events --------------------------------------------------------------------------------------------------

    def _ceremony(self, circle: _Circle) -> int:
        """A ceremony seven weeks ago with all that became of it, and the one before, so that the series has a past."""
        base = self._event(circle, "pass", texts.CEREMONY, -49, texts.HALL)
        base = replace(
            base, state=EventState.CLOSED, companions_max=1, capacity=90, invitation_text=texts.CEREMONY_TEXT
        )
        older = self._moved(base, -364, "pass-davor")
        event, _ = self._make([base, older])
        made = 0
        for name, segment, whom, channel in (
            ("Vorschlagende Organisationen", Nominated(0), Whom.MAIN, None),
            ("Ehrengäste aus Verwaltung und Rat", Kind(("dezernat", "fraktion", "ausschuss")), Whom.LEADERS,
             Channel.LETTER),
        ):  # fmt: skip
            made += self._guests(base, event, made, (name, segment, whom, channel), past=True)
        return made + self._honoured(base, event)

    def _fair(self, circle: _Circle) -> int:
        """A fair in nine weeks: invited, half of them answered; stands are being given out."""
        base = self._event(circle, "messe", texts.FAIR, 63, texts.RATHAUS)
        base = replace(base, state=EventState.OPEN, capacity=60, companions_max=1, invitation_text=texts.FAIR_TEXT,
                       programme=texts.PROGRAMME, invite_on=self._workday(-9))  # fmt: skip
        older = replace(self._moved(base, -728, "messe-davor"), state=EventState.CLOSED)
        event, last = self._make([base, older])
        self._stands(event, "messe", STANDS, last=False)
        self._stands(last, "messe-davor", STANDS - 4, last=True)
        groups: tuple[tuple[str, Segment, Whom, Channel | None], ...] = (
            ("Vereine und Initiativen", Kind(("verein", "initiative")), Whom.MAIN, None),
            ("Verwaltung und Politik", Either((InSphere(("verwaltung",)), InSphere(("politik",)))), Whom.LEADERS,
             Channel.LETTER),
            ("Unternehmen", InSphere(("wirtschaft",)), Whom.MAIN, None),
        )  # fmt: skip
        made = 0
        for group in groups:
            made += self._guests(base, event, made, group, past=False)
        return made

    def _seminar(self, circle: _Circle) -> int:
        """A seminar in five weeks: the list stands, nothing was sent."""
        base = self._event(circle, "seminar", texts.SEMINAR, 35, texts.OFFICE)
        base = replace(base, state=EventState.OPEN, capacity=18, series="Freiwilligenmanagement",
                       invitation_text=texts.SEMINAR_TEXT, address_form=AddressForm.RELATION)  # fmt: skip
        (event,) = self._make([base])
        return self._guests(base, event, 0, ("Einrichtungen", Kind(("einrichtung",)), Whom.MAIN, None), past=None)

    def _event(self, circle: _Circle, ident: str, name: str, days: int, hall: tuple[str, str, str, str]) -> Event:
        kind, hours = KINDS[ident]
        day = self._workday(days)
        due = proposed(day, is_free)
        venue, street, postcode, city = hall
        return Event(
            name=f"{name} {day.year}" if kind != "seminar" else name, kind=kind, series=name,
            starts_at=self._at(day, hours[0]), ends_at=self._at(day, hours[1]),
            doors_at=self._at(day, hours[0]) - dt.timedelta(minutes=30),
            venue=venue, street=street, postcode=postcode, city=city, host=circle.network, sender=circle.sender,
            signatory=circle.signatory, team_member=circle.member, reply_to="netzwerk@freiwilligenagentur.example",
            address_form=AddressForm.FORMAL, save_the_date_on=due.save_the_date_on, invite_on=due.invite_on,
            answer_by=due.answer_by, remind_on=due.remind_on, invitation_subject=f"Einladung: {name}",
            ident=f"demo:veranstaltung:{ident}",
        )  # fmt: skip

    def _moved(self, event: Event, days: int, ident: str) -> Event:
        """Return the same event so many days (whole weeks) away."""
        assert event.starts_at is not None  # noqa: S101 - made with one
        by = dt.timedelta(days=days)
        moved: dict[str, Any] = {
            code: value + by for code in ("starts_at", "ends_at", "doors_at", "save_the_date_on", "invite_on",
                                          "answer_by", "remind_on") if (value := getattr(event, code)) is not None
        }  # fmt: skip
        year = (event.starts_at + by).year
        return replace(event, **moved, name=f"{event.series} {year}", ident=f"demo:veranstaltung:{ident}")

    def _stands(self, event: int, ident: str, count: int, *, last: bool) -> None:
        people = self._contacts_of(self.civil)
        states = [StandState.CONFIRMED] * 3 + [StandState.ASKED]
        rows = self.civil[3 : 3 + count]
        self._make([
            Stand(
                name=f"Stand {at}", event=event, organisation=row, person=next(iter(people.get(row, ())), None),
                number=str(at), area="Foyer" if at <= count // 3 else "Diele", row=1 + (at - 1) // 5,
                spot=1 + (at - 1) % 5, tables=1 + at % 2, chairs=2 + at % 2, power=at % 3 == 0,
                parking=None if at % 4 else 1, wish=texts.WISHES[at % len(texts.WISHES)] or None,
                state=StandState.CONFIRMED if last else states[at % len(states)], ident=f"demo:stand:{ident}:{at}",
            )
            for at, row in enumerate(rows, start=1)
        ])  # fmt: skip

    # --- guests ---

    def _honoured(self, base: Event, event: int) -> int:
        """Make the group of those who were honoured: picked by hand."""
        known = guest_facts.read(self.tables, self.today)
        picks = [p for p in find(known, Kind(("verein", "einrichtung", "initiative")), Whom.ALL) if not p.tie.main]
        listed = self._listed(event)
        there = self._in_group(event, f"demo:gruppe:{base.ident}:Geehrte")
        found = [x for x in plan(known, event, picks, None).of(Found.NEW) if x.ident not in listed and x.person]
        found = found[: max(HONOURED - there, 0)]
        (row,) = self._make([GuestGroup(name="Geehrte", event=event, order=0, described="von Hand ausgewählt",
                                        ident=f"demo:gruppe:{base.ident}:Geehrte")])  # fmt: skip
        self._invite(base, event, row, found, True)
        return len(found)
