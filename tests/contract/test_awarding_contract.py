"""Awarding on a real NocoDB: a number stands on one seal only, whoever awards at the same time or again, and all of it
can be taken back."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from automations.certification.awarding import Awarding, Handing, give_numbers
from schemas.certification.choices import Actor, Decision, Phase, RecordOutcome, SealState
from schemas.certification.rules.procedure import Procedure, Step
from schemas.certification.tables import Certification, CertificationRound, StepRecord
from schemas.errors import ConfigError
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = pytest.mark.server

FAIR = dt.date(2027, 5, 6)
PROCEDURE = Procedure(
    (
        Step("entscheidung", "Entscheidung", Phase.DECISION, Actor.NETWORK),
        Step("urkunde", "Urkunde und Unterschrift", Phase.WAITING, Actor.CITY),
    ),
    (),
)


def now():
    return dt.datetime.now(dt.UTC)


def store(opened, record):
    return TableStore(opened.client, opened.base, record)


def waiting(name, round_, **cells):
    usual = {"round": round_, "phase": Phase.WAITING, "decision": Decision.YES, "ident": f"t:{name}"}
    return Certification(name=name, **(usual | cells))


def test_a_round_is_awarded_by_two_at_once_after_a_stop_and_every_number_stands_once(opened):
    (row,) = store(opened, CertificationRound).create([
        CertificationRound(name="Runde 2027", year=2027, procedure=PROCEDURE.as_text(), ident="t:runde")
    ])  # fmt: skip
    cases, records = store(opened, Certification), store(opened, StepRecord)
    (*ready, undecided, _) = cases.create([
        waiting("Ä", row), waiting("B", row), waiting("C", row), waiting("D", row, decision=None),
        waiting("Früher", row, seal_year=2027, seal_number="2027-004", phase=Phase.AWARDED),
    ])  # fmt: skip
    records.create([
        StepRecord(name="Entscheidung", certification=one, step_code="entscheidung", outcome=RecordOutcome.DONE,
                   done_on=FAIR - dt.timedelta(days=60), ident=f"t:e{one}")
        for one in ready
    ])  # fmt: skip
    round_ = store(opened, CertificationRound).get(row)
    awarding = Awarding(opened, round_, Handing(2027, FAIR, "Rita Redlich"), now)
    order = [ready[2], ready[0], undecided, ready[1]]

    numbered = give_numbers(opened, order[:1], 2027, now)
    with pytest.raises(KeyboardInterrupt):
        awarding.award(order, on_progress=_stop)
    halfway = {one.id: one.seal_year for one in cases.pull()}
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda _: awarding.award(order), range(2))

    stands = {one.id: one for one in cases.pull()}
    assert numbered.given == {ready[2]: "2027-005"}
    assert [halfway[one] for one in order] == [2027, None, None, None]
    assert [stands[one].seal_number for one in order] == ["2027-005", "2027-006", None, "2027-007"]
    assert {(stands[one].phase, stands[one].seal_year, stands[one].awarded_on, stands[one].seal_state)
            for one in ready} == {(Phase.AWARDED, 2027, FAIR, SealState.VALID)}  # fmt: skip
    assert {*first.rows, *second.rows} == set(ready)
    assert [name for name, _ in first.refused] == ["D"]
    assert sorted(one.certification for one in records.pull() if one.step_code == "urkunde") == sorted(ready)
    assert stands[undecided].phase == Phase.WAITING

    for done in (first, second):
        with suppress(ConfigError):  # one of the two had nothing left to do
            undo(opened.client, opened.base, run=done.run, now=now)
    back = {one.id: one for one in cases.pull()}
    taken = [one for one in ready if back[one].seal_year is None]
    assert taken == [one for one in ready if one != ready[2]]
    assert {(back[one].phase, back[one].seal_state) for one in taken} == {(Phase.WAITING, None)}
    assert [one.certification for one in records.pull() if one.step_code == "urkunde"] == [ready[2]]


def _stop(tried):
    raise KeyboardInterrupt
