"""Figures of the certification equal a recount from the raw rows, and every list holds what its figure counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import made_up
import made_up_rounds
import pytest
from made_up import NOW

from schemas.certification.choices import PHASES, Actor, Decision, Phase
from schemas.certification.rules.calendar import Chance
from schemas.certification.rules.funnel import Stage
from schemas.certification.rules.procedure import DEFAULT
from schemas.certification.tables import Certification, CertificationRound
from streamlit_app import certification_data
from streamlit_app.data import Picture
from streamlit_app.frames.certification import LISTS, Around, Tie, coordinators, standing
from streamlit_app.frames.certification_newcomers import seats, seminar_guests, still_missing
from sync.mirror import read_manifest, read_overlay
from sync.mirror.status import read_status

TODAY = NOW.date()
RUNNING = 2
PHASE = {choice.label: choice.code for choice in PHASES}
STAGES = {Stage.SEMINAR: {Phase.SEMINAR}, Stage.TEAM: {Phase.SEMINAR, Phase.TEAM},
          Stage.REVIEW: {Phase.SEMINAR, Phase.TEAM, Phase.REVIEW}}  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> dict[str, list[dict[str, object]]]:
    return made_up.contacts(40, 60, 0, TODAY) | made_up_rounds.rounds(TODAY, 3, 60, 60, 40)


@pytest.fixture(scope="module")
def picture(tables, tmp_path_factory: pytest.TempPathFactory) -> Picture:
    folder: Path = tmp_path_factory.mktemp("spiegel")
    made_up.write(folder, tables, NOW)
    return Picture(folder, read_manifest(folder), read_overlay(folder), read_status(folder), NOW)


def recount(tables, round_row: int) -> dict[Stage, int]:
    """Count the funnel from the raw rows by what its words say, without the rules."""
    done: dict[object, set[object]] = {}
    for record in tables["step_record"]:
        done.setdefault(record["certification"], set()).add(record["step_code"])
    counts: Counter[Stage] = Counter()
    for case in (c for c in tables["certification"] if c["round"] == round_row):
        known, phase = done.get(case["id"], set()), PHASE[case["phase"]]
        reached = {Stage.JOINED}
        for stage, phases in STAGES.items():
            if all(s.code in known for s in DEFAULT.steps if s.required and s.phase in phases):
                reached.add(stage)
        if case["decision"] == "Siegel wird verliehen":
            reached.add(Stage.DECIDED)
        if phase == Phase.AWARDED:
            reached.add(Stage.AWARDED)
        counts.update(list(Stage)[: 1 + max(list(Stage).index(stage) for stage in reached)])
    return {stage: counts[stage] for stage in Stage}


def test_the_funnel_of_every_round_equals_a_recount_in_list_and_round(tables, picture: Picture) -> None:
    lines = certification_data.lines(picture)
    assert [line.row for line in lines] == [2, 3, 1]  # runs, to come, over
    for line in lines:
        wanted = recount(tables, line.row)
        book = certification_data.book(picture, line.row)
        assert book is not None
        assert dict(line.funnel) == wanted
        assert book.funnel() == wanted
        for stage, count in wanted.items():
            assert len(book.named(f"stufe-{stage}")) == count
    assert sum(line.cases for line in lines) == len(tables["certification"])


def test_phases_waiting_resting_and_gone_equal_a_recount(tables, picture: Picture) -> None:
    for line in certification_data.lines(picture):
        phases = Counter(PHASE[c["phase"]] for c in tables["certification"] if c["round"] == line.row)
        book = certification_data.book(picture, line.row)
        assert book is not None
        assert {p: len(book.named(f"phase-{p}")) for p in Phase} == {p: phases[p] for p in Phase}
        assert (line.waiting, line.resting) == (phases[Phase.WAITING], phases[Phase.PAUSED])
        assert line.out == phases[Phase.WITHDRAWN] + phases[Phase.DECLINED] == len(book.named("aus"))


def test_who_acts_and_who_makes_the_fair_add_up_to_all_that_run(picture: Picture) -> None:
    book = certification_data.book(picture, RUNNING)
    assert book is not None
    running = book.named("laufende")
    acting = [len(book.named(f"dran-{actor}")) for actor in Actor]
    assert sum(acting) == len(running) > 0
    assert max(acting) < len(running)
    assert sum(len(book.named(f"aussicht-{chance}")) for chance in Chance) == len(book.cases)
    assert book.named("gibt-es-nicht") == []
    assert all(book.named(name) == [s for s in book.cases if keep(s)] for name, keep in LISTS.items())


def test_dragged_cards_are_listed_and_their_missing_steps_named(tables, picture: Picture) -> None:
    book = certification_data.book(picture, RUNNING)
    assert book is not None
    for case in book.named("karte"):
        assert case.right not in (None, case.case.phase)
    dragged = [s for s in book.named("fehlt") if s.case.phase == Phase.REVIEW]
    assert dragged
    for case in dragged:
        done = {r["step_code"] for r in tables["step_record"] if r["certification"] == case.id}
        before = [s for s in DEFAULT.steps if s.required and s.phase in (Phase.SEMINAR, Phase.TEAM)]
        assert [s.code for s in case.missing] == [s.code for s in before if s.code not in done]


def one(phase: Phase, **cells: object) -> Certification:
    return Certification(id=1, name="Haus", site=3, coordinator=7, round=1, phase=phase, **cells)  # type: ignore[arg-type]


def lies(row: Certification) -> Phase | None:
    around = Around(CertificationRound(id=1, year=2027), DEFAULT, None, TODAY)
    return standing(around, row, [], "", Tie.HERE).right


def test_a_card_on_awarded_without_a_seal_lies_wrong_and_one_with_a_seal_elsewhere_too() -> None:
    assert lies(one(Phase.AWARDED)) == Phase.SEMINAR
    assert lies(one(Phase.AWARDED, seal_year=2027, decision=Decision.YES)) is None
    assert lies(one(Phase.WAITING, seal_year=2027, decision=Decision.YES)) == Phase.AWARDED
    assert lies(one(Phase.SEMINAR)) is None
    assert lies(one(Phase.PAUSED)) is None
    assert lies(one(Phase.WITHDRAWN)) is None


def test_a_coordinator_counts_as_gone_only_when_the_functions_say_so(picture: Picture) -> None:
    functions = picture.table("function")
    now = functions[functions["valid_to"].isna()].iloc[0]
    over = functions[functions["valid_to"].notna()].iloc[0]

    def tie(person: object, site: object) -> Tie:
        row = Certification(id=1, coordinator=None if person is None else int(person), site=int(site))  # type: ignore[call-overload]
        return coordinators([row], functions, TODAY)[1]

    assert tie(now.person, now.organisation) == Tie.HERE
    assert tie(over.person, over.organisation) == Tie.GONE
    assert tie(now.person, 9999) == Tie.UNKNOWN
    assert tie(None, 1) == Tie.NOBODY


def test_seats_belong_to_persons_and_seals_to_placements(tables, picture: Picture) -> None:
    book = certification_data.book(picture, RUNNING)
    assert book is not None
    guests = seminar_guests(picture.table("invitation"), book.round.seminar)
    raw = [i for i in tables["invitation"] if i["event"] == book.round.seminar]
    here = {i["person"] for i in raw if i["answer"] == "zugesagt" or i["checked_in_at"]}
    cases = {s.id: s.row.coordinator for s in book.cases if not s.ended}
    found = seats(guests, cases, 30)
    assert (found.capacity, found.taken, found.came) == (
        30,
        len(here),
        sum(i["checked_in_at"] is not None for i in raw),
    )
    assert set(found.seated) == {row for row, person in cases.items() if person in here}
    assert set(found.seated).isdisjoint(found.unseated)
    assert len(found.seated) + len(found.unseated) == len(cases)
    assert {g.person for g in found.others} == here - set(cases.values())
    assert still_missing(guests, {g.site for g in guests if g.site}) == []
    assert len(still_missing(guests, set())) == len(guests)


def test_the_day_of_the_fair_is_that_in_berlin(picture: Picture) -> None:
    book = certification_data.book(picture, RUNNING)
    assert book is not None
    assert book.award_on == TODAY + dt.timedelta(days=200)
