"""The demo certification on a real NocoDB: made once, every situation in it, and an interrupted fill goes on."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from test_demo_events_contract import KINDS

from automations.certification.cases import as_case, right_phase, with_round
from automations.certification.ratings import rated
from automations.certification.underway import running_rounds
from kontaktnetz import demo_certification
from kontaktnetz.demo_certification import DONE, HOLDERS, fill_certification
from kontaktnetz.demo_certification_texts import WAYS
from schemas.base import BASE
from schemas.certification.choices import Decision, Phase, RoundState, SealState
from schemas.certification.rules.procedure import DEFAULT
from schemas.certification.rules.progress import Move, missing, obstacles
from schemas.contacts.tables import Function, Organisation, Person
from schemas.events.tables import Event
from sync.connection import Connection
from sync.mirror import refresh_mirror
from sync.nocodb.store import TableStore

pytestmark = [pytest.mark.server, pytest.mark.slow]

TODAY = dt.date(2026, 4, 9)


def test_the_demo_certification_is_made_once_with_every_situation_even_if_it_was_interrupted(
    client, empty_base, tmp_path, monkeypatch
):
    opened = Connection(client, empty_base)

    def make(rows):
        return TableStore(client, empty_base, type(rows[0])).create(rows)

    def rows(code):
        return list(TableStore(client, empty_base, BASE.record(code)).pull())

    def fill():
        return fill_certification(opened, tmp_path / "mirror", tmp_path, TODAY)

    places = make([Organisation(name=f"Haus {n}", kind=k, sphere=s) for n, (k, s) in enumerate(KINDS)])
    people = make([Person(last_name=f"Gast {n}") for n in range(len(places) - 5)])
    make([Function(person=who, organisation=place) for who, place in zip(people, places, strict=False)])
    fairs = {f"demo:veranstaltung:{name}": dt.datetime(year, 6, 11, 13, tzinfo=dt.UTC)
             for name, year in (("messe", 2026), ("messe-davor", 2024))}  # fmt: skip
    make([Event(name="Messe", starts_at=at, ident=ident) for ident, at in fairs.items()])
    refresh_mirror(client, empty_base, tmp_path / "mirror", dt.datetime.now(dt.UTC))

    monkeypatch.setattr(demo_certification._Demo, "_ratings", lambda self, cases: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fill()
    assert not (tmp_path / DONE).exists()
    monkeypatch.undo()
    assert "3 Runden, 12 Siegel, 14 Einrichtungen unterwegs" in fill()
    assert fill() == "", "what somebody deletes does not come back with the next start"

    rounds = {row.state: row for row in rows("certification_round")}
    assert set(rounds) == set(RoundState)
    assert (rounds[RoundState.CLOSED].year, rounds[RoundState.RUNNING].year) == (2024, 2026)
    assert len(rows("certification_step")) == len(DEFAULT.steps)
    cases = rows("certification")
    assert len({case.ident for case in cases}) == len(cases)
    by_round = {state: [case for case in cases if case.round == row.id] for state, row in rounds.items()}
    sealed = by_round[RoundState.CLOSED]
    assert sorted(case.seal_number for case in sealed) == [f"2024-{n:03}" for n in range(1, HOLDERS + 1)]
    assert Counter(case.seal_state for case in sealed) == {SealState.VALID: HOLDERS - 1, SealState.REVOKED: 1}
    assert {(case.decision, case.phase) for case in sealed} == {(Decision.YES, Phase.AWARDED)}
    assert [case.round for case in cases if case.seal_year == 2020] == [None, None], "older than the rounds kept here"

    running = {case.ident.rsplit(":", 1)[1]: case for case in by_round[RoundState.RUNNING]}
    assert list(running) == [way.key for way in WAYS]
    records, ratings = rows("step_record"), rows("assessment")
    for key, row in running.items():
        case = with_round(as_case(row, [r for r in records if r.certification == row.id], DEFAULT),
                          rounds[RoundState.RUNNING])  # fmt: skip
        lies_wrong = right_phase(row, case, DEFAULT)
        assert (lies_wrong is not None) == (key == "vorgezogen"), key
        assert bool(missing(DEFAULT, case)) == (key == "vorgezogen"), key
        assert (obstacles(Move.AWARD, DEFAULT, case) == []) == (key == "wartet-fertig"), key
        assert (obstacles(Move.DECIDE, DEFAULT, case) == []) == (
            key in ("zu-entscheiden", "naechste-sitzung", "wartet", "neu-entschieden", "wartet-fertig")
        ), key
    told = rated(DEFAULT, running["fragebogen-halb"].id, ratings)
    assert sum(one.own is not None for one in told) == 5
    (now,) = running_rounds(opened, TODAY)
    assert [one.name for one in now.cases if one.gone] == [running["koordination-weg"].name]
    assert [one.row.ident for one in now.cases if one.stale] == [running["fragebogen-leer"].ident]
    assert 1 <= len(by_round[RoundState.PREPARED]) <= 3
