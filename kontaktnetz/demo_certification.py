"""A demo certification around the demo events: a round that ended at the fair two years ago, one on its way to the
fair in nine weeks, one that begins with the seminar in five.

It hangs on the demo contacts and events that stand in the base already. Every row has an ident that is looked up
before it is made, so a fill that was interrupted goes on; a note beside the demo lists says that it is whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from automations.certification.procedure_rows import put_defaults
from automations.certification.ratings import ident_of
from kontaktnetz import demo_certification_texts as texts
from kontaktnetz.demo_certification_texts import WAYS, Way
from kontaktnetz.demo_event_texts import NETWORK
from kontaktnetz.demo_rows import make
from schemas.certification.choices import Decision, Phase, Rating, RecordOutcome, RoundState, SealState, Validity
from schemas.certification.rules.procedure import DEFAULT, Step
from schemas.certification.rules.seals import REFRESH_YEARS
from schemas.certification.tables import Assessment, Certification, CertificationRound, StepRecord
from schemas.contacts.tables import Function
from schemas.events.choices import EventState
from schemas.events.tables import Event
from schemas.network.tables import Body
from sync.connection import Connection
from sync.mirror import load_table, read_manifest
from sync.nocodb.store import TableStore

DONE = "zertifizierung.txt"
"""This note stands beside the demo lists once the certification is whole."""

KINDS = ("einrichtung", "verein", "initiative", "stiftung", "gesellschaft")
HOLDERS = 12
APART = 38
"""Days between two steps of a placement."""
LONG_AGO = 430
"""Days before today on which the running round began."""
NEEDED = ("organisation", "function", "person", "team_member")
REQUIRED = tuple(step for step in DEFAULT.steps if step.required)


@dataclass(frozen=True, slots=True)
class _Site:
    """A placement with its people of today, the main contact first."""

    row: int
    name: str
    mail: str | None
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Rounds:
    """The rows of the rounds, their fairs and the body that decides."""

    past: int
    running: int
    prepared: int
    last_fair: Event
    fair: Event
    body: int | None


def fill_certification(opened: Connection, mirror_dir: Path, folder: Path, today: dt.date) -> str:
    """Make the demo certification once, from a fresh mirror that knows the demo events; nothing the second time.

    Returns what was made in German.

    Raises:
        NocoDBError: the server refused or did not answer; run again.
    """
    note = folder / DONE
    if note.exists():
        return ""
    put_defaults(opened, lambda: dt.datetime.now(dt.UTC), once=True)
    told = _Demo(opened, mirror_dir, today).fill()
    note.write_text(told + "\n", encoding="utf-8")
    return told


class _Demo:
    def __init__(self, opened: Connection, mirror_dir: Path, today: dt.date) -> None:
        manifest = read_manifest(mirror_dir)
        self.opened, self.today = opened, today
        self.tables = {code: load_table(mirror_dir, manifest, code) for code in NEEDED}
        self.sites = self._sites()
        self.by = str(next(iter(self.tables["team_member"]["name"]), "Freiwilligenagentur"))

    def fill(self) -> str:
        peopled = [site for site in self.sites if site.people]
        alone = [site for site in self.sites if not site.people]
        holders, others = peopled[:HOLDERS], peopled[HOLDERS:]
        on_the_way = (others + holders)[: len(WAYS)]
        rounds = self._rounds()
        self._past(rounds, holders)
        self._older([*alone[:1], *others[:1]], rounds)
        self._running(rounds, on_the_way)
        self._prepared(rounds, alone or peopled[-2:])
        return f"Beispiel-Zertifizierung: 3 Runden, {len(holders)} Siegel, {len(on_the_way)} Einrichtungen unterwegs."

    # --- rounds ------------------------------------------------------------------------------------------------------

    def _rounds(self) -> _Rounds:
        fair, last = self._event("messe"), self._event("messe-davor")
        begun = self.today - dt.timedelta(days=LONG_AGO)
        seminar, old = make(self.opened, [
            self._seminar("seminar-runde", texts.SEMINAR_ROUND, begun + dt.timedelta(days=60), fair),
            self._seminar("seminar-davor", texts.OLD_SEMINAR, _day(last) - dt.timedelta(days=400), fair),
        ])  # fmt: skip
        bodies = TableStore(self.opened.client, self.opened.base, Body)
        body = next((one.id for one in bodies.pull(["name"]) if one.name == NETWORK), None)
        shared: dict[str, Any] = {
            "signatory": fair.signatory, "body": body, "validity": Validity.YEAR_STAMP,
            "validity_years": REFRESH_YEARS,
        }  # fmt: skip
        past, running, prepared = make(self.opened, [
            CertificationRound(
                name=f"Runde {_day(last).year}", year=_day(last).year, state=RoundState.CLOSED, seminar=old,
                award_event=last.id, begins_on=_day(last) - dt.timedelta(days=460), procedure=DEFAULT.as_text(),
                ident="demo:runde:davor", **shared,
            ),
            CertificationRound(
                name=f"Runde {_day(fair).year}", year=_day(fair).year, state=RoundState.RUNNING, seminar=seminar,
                award_event=fair.id, begins_on=begun, procedure=DEFAULT.as_text(), ident="demo:runde:laeuft", **shared,
            ),
            CertificationRound(
                name=f"Runde {_day(fair).year + 2}", year=_day(fair).year + 2, state=RoundState.PREPARED,
                seminar=self._event("seminar").id, ident="demo:runde:naechste", **shared,
            ),
        ])  # fmt: skip
        return _Rounds(past, running, prepared, last, fair, body)

    def _event(self, ident: str) -> Event:
        """Return one of the demo events; where somebody deleted it, an empty one of a day that fits."""
        store = TableStore(self.opened.client, self.opened.base, Event)
        name = f"demo:veranstaltung:{ident}"
        row = store.find_idents([name]).get(name)
        found = store.get(row) if row is not None else None
        days = {"messe": 63, "messe-davor": 63 - 728, "seminar": 35}[ident]
        day = dt.datetime.combine(self.today + dt.timedelta(days=days), dt.time(12), dt.UTC)
        return found if found is not None and found.starts_at is not None else Event(starts_at=day)

    def _seminar(self, ident: str, name: str, day: dt.date, like: Event) -> Event:
        day += dt.timedelta(days=(3 - day.weekday()) % 7)
        at = dt.datetime.combine(day, dt.time(8), dt.UTC)
        return Event(
            name=name, kind="seminar", series="Freiwilligenmanagement", state=EventState.CLOSED, starts_at=at,
            ends_at=at + dt.timedelta(hours=7), capacity=18, host=like.host, sender=like.sender,
            signatory=like.signatory, ident=f"demo:veranstaltung:{ident}",
        )  # fmt: skip

    # --- cases -------------------------------------------------------------------------------------------------------

    def _past(self, rounds: _Rounds, sites: Sequence[_Site]) -> None:
        """Everybody got a seal two years ago; one gave it back since, and at one the coordinator left."""
        day, year = _day(rounds.last_fair), _day(rounds.last_fair).year
        cases = []
        for at, site in enumerate(sites, start=1):
            revoked: dict[str, Any] = {}
            if at == HOLDERS:
                revoked = {"seal_state": SealState.REVOKED, "revoked_on": self.today - dt.timedelta(days=120),
                           "revoked_why": texts.REVOKED}  # fmt: skip
            cases.append(Certification(
                name=site.name, site=site.row, coordinator=self._coordinator(site, gone=at == 2), round=rounds.past,
                phase=Phase.AWARDED, phase_since=day, seal_year=year, seal_number=f"{year}-{at:03}", awarded_on=day,
                handover_order=at, ident=f"demo:fall:davor:{at}",
                **{"seal_state": SealState.VALID, **self._report(site, day, 120), **self._decided(rounds, day, 90),
                   **revoked},
            ))  # fmt: skip
        rows = make(self.opened, cases)
        self._records([(row, self._steps(REQUIRED, day - dt.timedelta(days=10))) for row in rows])

    def _older(self, sites: Sequence[_Site], rounds: _Rounds) -> None:
        """Two seals from before rounds were kept here: of them only year and number are known."""
        year = _day(rounds.fair).year - REFRESH_YEARS - 1
        make(self.opened, [
            Certification(
                name=site.name, site=site.row, phase=Phase.AWARDED, seal_year=year, seal_number=f"{year}-{at:03}",
                awarded_on=dt.date(year, 5, 12), seal_state=SealState.VALID, decision=Decision.YES,
                ident=f"demo:fall:frueher:{at}",
            )
            for at, site in enumerate(sites, start=1)
        ])  # fmt: skip

    def _running(self, rounds: _Rounds, sites: Sequence[_Site]) -> None:
        reviewers = [site.people[-1] for site in self.sites if site.people]
        cases = [
            self._case(rounds, way, site, reviewers[at % len(reviewers)])
            for at, (way, site) in enumerate(zip(WAYS, sites, strict=False))
        ]
        rows = make(self.opened, cases)
        known = list(zip(rows, WAYS, strict=False))
        self._records([
            (row, self._steps(REQUIRED[: way.done], self.today - dt.timedelta(days=way.ago))) for row, way in known
        ])  # fmt: skip
        self._ratings(known)

    def _case(self, rounds: _Rounds, way: Way, site: _Site, reviewer: int) -> Certification:
        since = self.today - dt.timedelta(days=way.ago)
        more: dict[str, Any] = {}
        if way.phase == Phase.PAUSED:
            more = {"paused_until": self.today + dt.timedelta(days=75), "pause_reason": texts.PAUSE}
        if way.phase == Phase.WITHDRAWN:
            more = {"note": texts.WITHDRAWN}
        if way.drafted:
            more |= self._report(site, since if way.signed else None, APART * max(way.done - 5, 0))
        if way.decided:
            more |= self._decided(rounds, since, APART * max(way.done - 6, 0))
        return Certification(
            name=site.name, site=site.row, round=rounds.running, phase=way.phase, phase_since=since,
            coordinator=self._coordinator(site, gone=way.key == "koordination-weg"), mail=site.mail,
            reviewer=reviewer if way.reviewed or way.done >= 3 else None, ident=f"demo:fall:laeuft:{way.key}",
            **more,
        )  # fmt: skip

    def _prepared(self, rounds: _Rounds, sites: Sequence[_Site]) -> None:
        make(self.opened, [
            Certification(
                name=site.name, site=site.row, round=rounds.prepared, phase=Phase.SEMINAR, phase_since=self.today,
                mail=site.mail, coordinator=next(iter(site.people), None), ident=f"demo:fall:naechste:{at}",
            )
            for at, site in enumerate(sites[:3], start=1)
        ])  # fmt: skip

    def _coordinator(self, site: _Site, *, gone: bool) -> int | None:
        """Return who looks after volunteers; one who is gone works at another placement by now."""
        if not gone:
            return next(iter(site.people), None)
        elsewhere = next((one.people[0] for one in self.sites[::-1] if one.people and one.row != site.row), None)
        if elsewhere is not None:
            left = self.today - dt.timedelta(days=70)
            make(self.opened, [Function(
                name=texts.COORDINATION, kind="freiwilligenkoordination", person=elsewhere, organisation=site.row,
                valid_from=left - dt.timedelta(days=1500), valid_to=left, ident=f"demo:funktion:gegangen:{site.row}",
            )])  # fmt: skip
        return elsewhere

    def _report(self, site: _Site, day: dt.date | None, before: int) -> dict[str, Any]:
        told: dict[str, Any] = {
            "description": texts.DESCRIPTION.format(name=site.name), "strengths": texts.STRENGTHS,
            "recommendations": texts.RECOMMENDATIONS, "conclusion": texts.CONCLUSION,
        }  # fmt: skip
        if day is not None:
            told |= {"signed_off_by": self.by, "signed_off_on": day - dt.timedelta(days=before)}
        return told

    @staticmethod
    def _decided(rounds: _Rounds, day: dt.date, before: int) -> dict[str, Any]:
        return {
            "decision": Decision.YES, "decided_on": day - dt.timedelta(days=before), "decided_by": rounds.body,
            "decision_text": texts.DECISION, "recused": texts.RECUSED,
        }  # fmt: skip

    # --- what was done -----------------------------------------------------------------------------------------------

    @staticmethod
    def _steps(steps: Sequence[Step], last: dt.date) -> list[tuple[Step, dt.date]]:
        """Return steps with the days on which they were done, the last one on ``last``."""
        back = len(steps) - 1
        return [(step, last - dt.timedelta(days=APART * (back - at))) for at, step in enumerate(steps)]

    def _records(self, done: Sequence[tuple[int, list[tuple[Step, dt.date]]]]) -> None:
        make(self.opened, [
            StepRecord(
                name=step.name, certification=row, step_code=step.code, outcome=RecordOutcome.DONE, done_on=day,
                done_by=self.by, proof=texts.PROOF if step.evidence and (case + at) % 4 else None,
                ident=f"demo:schritt:{row}:{step.code}",
            )
            for case, (row, steps) in enumerate(done) for at, (step, day) in enumerate(steps)
        ])  # fmt: skip

    def _ratings(self, cases: Sequence[tuple[int, Way]]) -> None:
        """Rate as far as each has come: the reviewer mostly agrees, now and then by far not."""
        scale = (Rating.MOSTLY, Rating.FULLY, Rating.FULLY, Rating.PARTLY, Rating.MOSTLY)
        make(self.opened, [
            Assessment(
                name=one.name, certification=row, criterion_code=one.code, ident=ident_of(row, one.code),
                **self._own(scale[(case + at) % 5], at, way) if at < way.rated else {},
                **self._seen(scale[(case + at + (at % 4 == 3)) % 5], at) if at < way.reviewed else {},
            )
            for case, (row, way) in enumerate(cases) if way.rated for at, one in enumerate(DEFAULT.criteria)
        ])  # fmt: skip

    def _own(self, rating: Rating, at: int, way: Way) -> dict[str, Any]:
        moment = dt.datetime.combine(self.today - dt.timedelta(days=way.ago + 3), dt.time(9, 30), dt.UTC)
        return {"self_rating": rating, "self_proof": texts.SAID[at % 4], "rated_by": "Team der Einrichtung",
                "rated_at": moment}  # fmt: skip

    def _seen(self, rating: Rating, at: int) -> dict[str, Any]:
        return {"review_rating": rating, "review_comment": texts.SEEN[at % 4], "reviewed_by": self.by}

    # --- contacts ----------------------------------------------------------------------------------------------------

    def _sites(self) -> list[_Site]:
        functions = self.tables["function"]
        here = functions[functions["valid_to"].isna()].sort_values("main_contact", ascending=False, kind="stable")
        people: dict[int, list[int]] = {}
        for row, person in here[["organisation", "person"]].dropna().itertuples(index=False):
            people.setdefault(int(row), []).append(int(person))
        return [
            _Site(int(one["id"]), str(one["name"]), one["mail"] if isinstance(one["mail"], str) else None,
                  tuple(dict.fromkeys(people.get(int(one["id"]), ()))))
            for one in self.tables["organisation"].to_dict("records")
            if one["sphere"] == "zivilgesellschaft" and one["kind"] in KINDS
        ]  # fmt: skip


def _day(event: Event) -> dt.date:
    return event.starts_at.date() if event.starts_at is not None else dt.date.min
