"""Every case of the running rounds as it stands in the base today, with whom a mail about it would reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from automations.certification.cases import as_case, procedure_of, with_round
from automations.certification.holders import still_there
from automations.workdays import is_free
from schemas.certification.choices import Actor, Phase, RecordOutcome, RoundState
from schemas.certification.rules.calendar import Way, is_stale, way_to
from schemas.certification.rules.procedure import WORKING_PHASES, Procedure, Step
from schemas.certification.rules.progress import Case, current_step, days_in_step, open_steps, settled, who_acts
from schemas.certification.tables import Certification, CertificationRound, StepRecord
from schemas.contacts.rules import is_current, person_name
from schemas.contacts.tables import Function, Person
from schemas.events.choices import Answer, EventState, InvitationState, Place
from schemas.events.rules.answers import COMING
from schemas.events.tables import Event, Invitation
from schemas.model import Record
from schemas.time_zone import BERLIN
from sync.connection import Connection
from sync.nocodb.store import TableStore

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person is addressed: name as in a letter and mail address; an empty one says that no mail may go out."""

    name: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """One case: what is next and since how many days, who acts, which papers are missing, and whom a mail reaches.

    ``seat`` says in German what stands between the coordinator and a seat in the seminar, while that is to come;
    ``unproven`` names steps that are done without the evidence that is wanted, ``beside`` open steps of the placement
    besides the current one.
    """

    row: Certification
    case: Case
    step: Step | None
    actor: Actor | None
    days: int
    way: Way
    stale: bool
    gone: bool
    placement: Reach
    reviewer: Reach
    unproven: tuple[str, ...] = ()
    beside: tuple[Step, ...] = ()
    seat: str = ""

    @property
    def id(self) -> int:
        """Return the row of the case."""
        return self.row.id or 0

    @property
    def name(self) -> str:
        """Return the name of the placement."""
        return self.row.name or f"Fall {self.id}"


@dataclass(frozen=True, slots=True)
class RoundNow:
    """A running round: its cases by name, the events around it, seats taken in the seminar and how many there are."""

    row: CertificationRound
    cases: tuple[OnTheWay, ...]
    award: Event | None = None
    seminar: Event | None = None
    seats: int = 0

    def in_phase(self, *phases: Phase) -> int:
        """Return how many cases lie in these phases."""
        return sum(one.case.phase in phases for one in self.cases)


@dataclass(slots=True)
class _Known:
    """What was read once for all rounds."""

    today: dt.date
    records: dict[int, list[StepRecord]] = field(default_factory=dict)
    persons: dict[int, Person] = field(default_factory=dict)
    functions: dict[int, list[Function]] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)


def running_rounds(opened: Connection, today: dt.date) -> list[RoundNow]:
    """Return the running rounds with their cases; nothing is read beyond them where none runs.

    Raises:
        ConfigError: a table or a column is missing.
        NocoDBError: the server refused or did not answer.
    """
    store = TableStore(opened.client, opened.base, CertificationRound)
    rounds = list(store.pull(where=store.condition("state", RoundState.RUNNING)))
    if not rounds:
        return []
    cases = TableStore(opened.client, opened.base, Certification)
    by_round = {one.id: list(cases.pull(where=cases.condition("round", one.id))) for one in rounds}
    known = _read(opened, [row for rows in by_round.values() for row in rows], today)
    return [_round(opened, one, by_round[one.id], known) for one in rounds]


def _read(opened: Connection, cases: Iterable[Certification], today: dt.date) -> _Known:
    rows = {case.id for case in cases}
    known = _Known(today)
    for record in TableStore(opened.client, opened.base, StepRecord).pull():
        if record.certification in rows:
            known.records.setdefault(record.certification or 0, []).append(record)
    wanted = {person for case in cases for person in (case.coordinator, case.reviewer) if person is not None}
    known.persons = TableStore(opened.client, opened.base, Person).get_many(list(wanted))
    for one in TableStore(opened.client, opened.base, Function).pull(
        ["person", "organisation", "mail", "valid_from", "valid_to"]
    ):
        if one.person in wanted:
            known.functions.setdefault(one.person or 0, []).append(one)
    people = TableStore(opened.client, opened.base, Person)
    for person in people.pull(["mail", "mail2"], where=people.condition("do_not_contact", True)):
        known.barred |= {mail.strip().casefold() for mail in (person.mail, person.mail2) if mail}
    return known


@dataclass(frozen=True, slots=True)
class _Around:
    """What all cases of a round share; ``seats`` by person, None when no seminar is to come."""

    round: CertificationRound
    procedure: Procedure
    award_on: dt.date | None
    seats: Mapping[int, Invitation] | None


def _round(opened: Connection, row: CertificationRound, cases: list[Certification], known: _Known) -> RoundNow:
    wanted = [event for event in (row.award_event, row.seminar) if event is not None]
    events = TableStore(opened.client, opened.base, Event).get_many(list(wanted))
    award, seminar = (_taking_place(events.get(event or 0)) for event in (row.award_event, row.seminar))
    seats: dict[int, Invitation] | None = None
    if seminar is not None and (day_of(seminar) or dt.date.min) >= known.today:
        guests = TableStore(opened.client, opened.base, Invitation)
        listed = guests.pull(where=guests.condition("event", seminar.id))
        seats = {guest.person: guest for guest in listed if guest.person is not None}
    around = _Around(row, procedure_of(row), day_of(award), seats)
    made = sorted((_case(case, around, known) for case in cases), key=lambda one: one.name.casefold())
    taken = sum(_is_taken(guest) for guest in (seats or {}).values())
    return RoundNow(row, tuple(made), award, None if seats is None else seminar, taken)


def _case(row: Certification, around: _Around, known: _Known) -> OnTheWay:
    procedure, today = around.procedure, known.today
    records = known.records.get(row.id or 0, [])
    case = with_round(as_case(row, records, procedure), around.round)
    step = current_step(procedure, case)
    functions = known.functions.get(row.coordinator or 0, [])
    wants_seat = case.phase == Phase.SEMINAR and step is not None and step.phase == Phase.SEMINAR
    return OnTheWay(
        row, case, step, who_acts(procedure, case), days_in_step(procedure, case, today) or 0,
        way_to(procedure, case, around.award_on, today, is_free), is_stale(procedure, case, today),
        still_there(row.coordinator, row.site, functions, today) is False,
        _placement(row, known), _person(known.persons.get(row.reviewer or 0), (), known),
        _unproven(procedure, case, records), _beside(procedure, case, step),
        _seat(row, around.seats) if wants_seat and around.seats is not None else "",
    )  # fmt: skip


def _unproven(procedure: Procedure, case: Case, records: Iterable[StepRecord]) -> tuple[str, ...]:
    if not case.running:
        return ()
    proven = {record.id for record in records if record.proof or record.proof_link}
    done = settled(case.noted)
    return tuple(
        step.name for step in procedure.steps
        if step.evidence and step.code in done and done[step.code].outcome == RecordOutcome.DONE
        and done[step.code].row not in proven
    )  # fmt: skip


def _beside(procedure: Procedure, case: Case, current: Step | None) -> tuple[Step, ...]:
    """Return the open steps of the placement besides the current one, as far as the card has come."""
    if not case.running:
        return ()
    at = WORKING_PHASES.index(case.phase)
    return tuple(
        step for step in open_steps(procedure, case)
        if step.actor == Actor.PLACEMENT and step != current and WORKING_PHASES.index(step.phase) <= at
    )  # fmt: skip


def _placement(row: Certification, known: _Known) -> Reach:
    """Return whom a mail to the placement reaches: the address of the case first, then the coordinator's."""
    person = known.persons.get(row.coordinator or 0)
    functions = [
        one for one in known.functions.get(row.coordinator or 0, [])
        if one.organisation == row.site and is_current(one.valid_from, one.valid_to, known.today)
    ]  # fmt: skip
    reach = _person(person, [one.mail for one in functions if one.mail], known)
    own = (row.mail or "").strip()
    if own:
        return Reach(reach.name if reach.mail else "", "" if own.casefold() in known.barred else own)
    return reach


def _person(person: Person | None, mails: Iterable[str], known: _Known) -> Reach:
    """Return how a person is reached; who is not to be written to, and an address mail came back from, is not."""
    if person is None or person.do_not_contact:
        return Reach()
    name = person_name(person.title, person.first_name, person.last_name)
    for mail in (*mails, person.mail, person.mail2):
        address = (mail or "").strip()
        if address and address.casefold() not in known.barred and address not in (person.mail_problem or ""):
            return Reach(name, address)
    return Reach(name)


def _seat(case: Certification, seats: Mapping[int, Invitation]) -> str:
    if case.coordinator is None:
        return "niemand benannt"
    guest = seats.get(case.coordinator)
    if guest is None or guest.state in (InvitationState.DROPPED, InvitationState.CALLED_OFF):
        return "nicht auf der Liste"
    if guest.place == Place.WAITING:
        return "Warteliste"
    answer = guest.correction or guest.answer or Answer.OPEN
    return "" if answer in COMING else "abgesagt" if answer == Answer.NO else "noch keine Zusage"


def _is_taken(guest: Invitation) -> bool:
    off = guest.state in (InvitationState.DROPPED, InvitationState.CALLED_OFF) or guest.place == Place.WAITING
    return not off and (guest.correction or guest.answer) in COMING


def _taking_place(event: Event | None) -> Event | None:
    return None if event is None or event.state == EventState.CALLED_OFF else event


def day_of(event: Event | None) -> dt.date | None:
    """Return the day of an event in Berlin, None without one."""
    return event.starts_at.astimezone(BERLIN).date() if event is not None and event.starts_at is not None else None
