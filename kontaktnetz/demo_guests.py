"""Guests of the demo events with what they answered: one way for all of them, the same for the same base and day."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from automations.events import guest_facts
from automations.events.guest_list import Found, Line, find, plan
from automations.events.tokens import new_mark
from automations.workdays import is_free
from kontaktnetz import demo_event_texts as texts
from kontaktnetz.demo_rows import make
from schemas.events.choices import (
    Admission,
    Answer,
    Channel,
    InvitationState,
    Place,
    ReplyChannel,
    ReplyState,
)  # fmt: skip
from schemas.events.rules.answers import COMING
from schemas.events.rules.picking import Whom, to_rule
from schemas.events.rules.segment_words import describe
from schemas.events.rules.segments import Segment
from schemas.events.tables import CheckIn, Event, GuestGroup, Invitation, Reply
from schemas.model import Record
from schemas.network.tables import Contribution
from schemas.time_zone import BERLIN
from sync.connection import Connection
from sync.mirror import load_table, read_manifest
from sync.nocodb.store import TableStore

SEED = "Kontaktnetz Veranstaltungen"

R = TypeVar("R", bound=Record)


class GuestMaker:
    """Makes demo events and their guests from the contacts of a mirror."""

    def __init__(self, opened: Connection, mirror_dir: Path, today: dt.date) -> None:
        manifest = read_manifest(mirror_dir)
        self.opened, self.today = opened, today
        self.tables = {code: load_table(mirror_dir, manifest, code) for code in (*guest_facts.NEEDED, "team_member")}
        self.dice = random.Random(SEED)  # noqa: S311 - invented guests are no secret, but must stay the same
        self.places = {str(o["name"]): int(o["id"]) for o in self.tables["organisation"].to_dict("records")}
        self.civil = [
            int(o["id"]) for o in self.tables["organisation"].to_dict("records") if o["sphere"] == "zivilgesellschaft"
        ]
        self.departments = [
            int(o["id"]) for o in self.tables["organisation"].to_dict("records") if o["kind"] == "fachbereich"
        ]
        self.houses = [
            int(o["id"]) for o in self.tables["organisation"].to_dict("records") if o["kind"] == "einrichtung"
        ]

    # --- guests ------------------------------------------------------------------------------------------------------

    def _guests(
        self, base: Event, event: int, there: int, group: tuple[str, Segment, Whom, Channel | None], *,
        past: bool | None,
    ) -> int:  # fmt: skip
        """Make a group of guests with what they answered; ``past`` None: nothing was sent yet."""
        name, segment, whom, channel = group
        known = guest_facts.read(self.tables | self._given(), self.today)
        found = plan(known, event, find(known, segment, whom), channel).of(Found.NEW)
        found = [line for line in found if line.ident not in self._listed(event)]
        (row,) = self._make([GuestGroup(name=name, event=event, order=1 + there, channel=channel,
                                        described=describe(segment), rule=to_rule(segment, whom),
                                        ident=f"demo:gruppe:{base.ident}:{name}")])  # fmt: skip
        self._invite(base, event, row, found, past)
        return len(found)

    def _in_group(self, event: int, ident: str) -> int:
        """Return how many guests of an event stand in a group already."""
        group = self._store(GuestGroup).find_idents([ident]).get(ident)
        store = self._store(Invitation)
        return sum(g.guest_group == group for g in store.pull(["guest_group"], where=store.condition("event", event)))

    def _listed(self, event: int) -> set[str]:
        store = self._store(Invitation)
        return {row.ident or "" for row in store.pull(["ident"], where=store.condition("event", event))}

    def _given(self) -> dict[str, Any]:
        """Return the contributions as they stand now: the mirror is older than they are."""
        import pandas as pd  # noqa: PLC0415 - only the demo pays for it

        rows = list(self._store(Contribution).pull(["kind", "organisation", "day"]))
        frame = pd.DataFrame({code: [row.value(code) for row in rows] for code in ("kind", "organisation", "day")})
        return {"contribution": frame}

    def _invite(self, base: Event, event: int, group: int, lines: Sequence[Line], past: bool | None) -> None:
        guests = [self._invitation(base, event, group, line, past) for line in lines]
        rows = self._make(guests)
        answers = [(row, g) for row, g in zip(rows, guests, strict=True) if g.answered_at is not None]
        self._make([
            Reply(name=g.name, invitation=row, event=event, answer=g.answer, channel=g.answered_by, at=g.answered_at,
                  companions=g.companions, companion_names=g.companion_names, represented_by=g.represented_by,
                  needs=g.needs, state=ReplyState.COUNTS, ident=f"demo:antwort:{g.ident}")
            for row, g in answers
        ])  # fmt: skip
        self._make([
            CheckIn(name=g.name, event=event, invitation=row, at=g.checked_in_at, count=g.checked_in,
                    result=Admission.ADMITTED, device="Tablet Foyer", arrived_at=g.checked_in_at,
                    ident=f"demo:einlass:{g.ident}")
            for row, g in zip(rows, guests, strict=True) if g.checked_in_at is not None
        ])  # fmt: skip
        silent = next((pair for pair in zip(rows, guests, strict=True) if pair[1].answer == Answer.OPEN), None)
        if past is False and silent is not None:
            row, g = silent
            self._make([
                Reply(name=g.name, invitation=row, event=event, channel=ReplyChannel.MAIL, text=texts.FREE_MAIL,
                      at=self._at(self.today - dt.timedelta(days=1), 10), state=ReplyState.TO_DECIDE,
                      why="Freier Text: bitte lesen und entscheiden", ident=f"demo:antwort:frei:{g.ident}")
            ])  # fmt: skip

    def _invitation(self, base: Event, event: int, group: int, line: Line, past: bool | None) -> Invitation:
        """Return a guest with an answer, thrown by dice of their own: the same whoever else is on the list."""
        dice = random.Random(f"{SEED} {base.ident} {line.name}")  # noqa: S311 - invented
        noted = Invitation(
            name=line.name or None, event=event, person=line.person, organisation=line.organisation,
            office=line.office, guest_group=group, channel=line.channel, mail=line.mail or None,
            state=InvitationState.NOTED, answer=Answer.OPEN, mark=new_mark(), ident=line.ident,
        )  # fmt: skip
        if past is None or base.invite_on is None:
            return noted
        invited_at = self._at(base.invite_on, 9)
        weights = (12, 55, 6, 20, 7) if past else (50, 30, 5, 10, 5)
        (answer,) = dice.choices([Answer.OPEN, Answer.YES, Answer.MAYBE, Answer.NO, Answer.REPRESENTED], weights)
        guest = replace(noted, state=InvitationState.INVITED, invited_at=invited_at, answer=answer)
        if answer == Answer.OPEN:
            return guest
        until = min(self._at(self.today, 8), self._at(base.answer_by or self.today, 18))
        answered = invited_at + (until - invited_at) * dice.random()
        ways = {Channel.LETTER: [ReplyChannel.LETTER, ReplyChannel.PHONE, ReplyChannel.LINK],
                Channel.PHONE: [ReplyChannel.PHONE]}  # fmt: skip
        comes = answer in COMING
        with_somebody = answer == Answer.YES and bool(base.companions_max) and dice.random() < 0.25
        came = bool(past) and comes and dice.random() < 0.85
        door = base.starts_at - dt.timedelta(minutes=dice.randint(2, 28)) if came and base.starts_at else None
        return replace(
            guest, answered_at=answered.replace(microsecond=0),
            coming_since=answered.replace(microsecond=0) if comes else None,
            answered_by=dice.choice(ways.get(line.channel or Channel.MAIL, [ReplyChannel.LINK, ReplyChannel.CALENDAR,
                                                                            ReplyChannel.MAIL])),
            companions=1 if with_somebody else None,
            companion_names=dice.choice(texts.COMPANIONS) if with_somebody else None,
            represented_by=dice.choice(texts.DEPUTIES) if answer == Answer.REPRESENTED else None,
            needs=dice.choice(texts.NEEDS) if comes and dice.random() < 0.12 else None,
            place=Place.SURE if comes else None,
            checked_in_at=door,
            checked_in=(2 if with_somebody else 1) if came else None,
        )  # fmt: skip

    # --- helpers -----------------------------------------------------------------------------------------------------

    def _make(self, rows: Sequence[R]) -> list[int]:
        """Create those rows that do not stand there yet, and return the ids of all, in order."""
        return make(self.opened, rows)

    def _store(self, kind: type[R]) -> TableStore[R]:
        return TableStore(self.opened.client, self.opened.base, kind)

    def _holder(self, office: int | None) -> int | None:
        functions = self.tables["function"]
        held = (
            functions[(functions["office"] == office).fillna(False) & functions["valid_to"].isna()] if office else None
        )
        return int(held["person"].iloc[0]) if held is not None and len(held) else None

    def _contacts_of(self, places: Sequence[int]) -> Mapping[int, list[int]]:
        """Return today's people of these organisations, the main contact first."""
        known = guest_facts.read(self.tables, self.today)
        found: dict[int, list[int]] = {}
        for tie in sorted(known.facts.ties, key=lambda t: not t.main):
            if tie.organisation is not None and tie.organisation in places and tie.person is not None:
                found.setdefault(tie.organisation, []).append(tie.person)
        return found

    def _workday(self, days: int) -> dt.date:
        """Return the Thursday (or the working day before it) nearest to so many days from today, not at Christmas."""
        day = self.today + dt.timedelta(days=days)
        day += (
            dt.timedelta(weeks=2)
            if (day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 3)
            else dt.timedelta()
        )
        day += dt.timedelta(days=3 - day.weekday())
        while is_free(day):
            day -= dt.timedelta(days=1)
        return day

    @staticmethod
    def _at(day: dt.date, hour: int) -> dt.datetime:
        return dt.datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN).astimezone(dt.UTC)
