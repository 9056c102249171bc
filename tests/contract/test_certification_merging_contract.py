"""Two sites become one while both are on their way: one case with everything of both; killed anywhere; taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.certification import merging
from automations.certification.cases import NotLegal
from automations.certification.merging import follow_sites, join, pairs
from automations.certification.ratings import ident_of, rated
from schemas.certification.choices import Decision, Phase, Rating, RecordOutcome
from schemas.certification.rules.procedure import DEFAULT
from schemas.certification.tables import Assessment, Certification, CertificationRound, StepRecord
from schemas.contacts.tables import Organisation, Person
from schemas.model import Formula
from schemas.network.tables import Body
from schemas.operations.tables import JournalEntry
from sync.desk import open_desk
from sync.merging import Merger
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = [pytest.mark.server, pytest.mark.slow]

DAY = dt.date(2026, 3, 2)


class Killed(Exception):
    """Stands for kill -9 at this very moment."""


def now():
    return dt.datetime.now(dt.UTC)


def store(opened, record):
    return TableStore(opened.client, opened.base, record)


def contents(opened):
    """Every row of cases, records and ratings by name and what it belongs to: a row that came back has a new id."""
    names = {row.id: row.name for row in store(opened, Certification).pull()}
    found = []
    for record in (Certification, StepRecord, Assessment):
        columns = [c for c, k in record.table().columns.items() if c != "token" and not isinstance(k, Formula)]
        for row in store(opened, record).pull():
            cells = {c: row.value(c) for c in columns}
            if "certification" in cells:
                cells["certification"] = names[cells["certification"]]
            cells["ident"] = str(cells["ident"]).split("\nwieder:", maxsplit=1)[0]
            found.append((record.__name__, sorted(cells.items(), key=str)))
    return sorted(found, key=str)


@pytest.fixture
def sites(opened):
    """Two sites in one round: one in the assessment, one with a decision against; each rated one criterion."""
    (this, old) = store(opened, CertificationRound).create([
        CertificationRound(name="Runde 2026", procedure=DEFAULT.as_text(), ident="t:r"),
        CertificationRound(name="Runde 2024", procedure=DEFAULT.as_text(), ident="t:r0"),
    ])  # fmt: skip
    one, two = store(opened, Organisation).create([
        Organisation(name=f"Hort {n}", ident=f"t:o{n}") for n in ("Nord", "Süd")
    ])  # fmt: skip
    ada, eva = store(opened, Person).create([Person(first_name=n, last_name="Muster", ident=n) for n in ("Ada", "Eva")])
    (body,) = store(opened, Body).create([Body(name="Netzwerk", ident="t:b")])
    north, south, past, past_south = store(opened, Certification).create([
        Certification(name="Hort Nord", site=one, round=this, phase=Phase.REVIEW, phase_since=DAY, note="Ruft an",
                      mark="marke-nord", description="Ein Hort.", coordinator=ada, ident="t:c1"),
        Certification(name="Hort Süd", site=two, round=this, phase=Phase.DECLINED, phase_since=DAY, strengths="Team",
                      decision=Decision.NO, decided_on=DAY, decision_text="Zu früh", mark="marke-süd", coordinator=eva,
                      decided_by=body, ident="t:c2"),
        Certification(name="Hort Nord 2024", site=one, round=old, phase=Phase.AWARDED, seal_number="2024-001",
                      seal_year=2024, decision=Decision.YES, ident="t:c3"),
        Certification(name="Hort Süd 2024", site=two, round=old, phase=Phase.AWARDED, seal_number="2024-002",
                      seal_year=2024, decision=Decision.YES, ident="t:c4"),
    ])  # fmt: skip
    store(opened, StepRecord).create([
        StepRecord(name=code, certification=case, step_code=code, outcome=RecordOutcome.DONE, done_on=DAY,
                   ident=f"t:{case}:{code}")
        for case, codes in ((north, ("anmeldung", "seminar", "team")), (south, ("anmeldung", "besuch")))
        for code in codes
    ])  # fmt: skip
    store(opened, Assessment).create([
        Assessment(name=code, certification=case, criterion_code=code, ident=ident_of(case, code), **sides)
        for case, code, sides in (
            (north, "aufgaben", {"self_rating": Rating.FULLY}), (north, "auslagen", {}),
            (south, "aufgaben", {"self_rating": Rating.PARTLY, "review_rating": Rating.MOSTLY}),
            (south, "auslagen", {"self_rating": Rating.NOT, "rated_by": "Ada"}),
            (south, "vielfalt", {"self_rating": Rating.MOSTLY}),
        )
    ])  # fmt: skip
    return {"one": one, "two": two, "north": north, "south": south, "past": past, "past_south": past_south}


def unite_sites(opened, sites):
    with open_desk(opened.client, opened.base, "Dubletten", now) as desk:
        merger = Merger(opened.client, opened.base, desk.stores, desk.journal, desk.lease.ensure)
        merger.merge("organisation", sites["one"], sites["two"])


def check_joined(opened, sites):
    cases = {row.id: row for row in store(opened, Certification).pull()}
    assert set(cases) == {sites["north"], sites["past"], sites["past_south"]}, "two seals stay two"
    case = cases[sites["north"]]
    assert (case.phase, case.decision, case.decided_on) == (Phase.REVIEW, Decision.LATER, None)
    assert "Hort Süd: Kein Siegel am 02.03.2026 (Zu früh)" in case.decision_text
    assert (case.description, case.strengths) == ("Ein Hort.", None), "a report comes from one of both"
    assert all(
        part in case.note
        for part in ("Ruft an", "Stärken: Team", "Hort Süd", "Koordination: Eva Muster", "Entschieden von: Netzwerk")
    )
    assert (case.mark, "marke-süd" in case.note) == ("marke-nord", False)
    told = list(store(opened, StepRecord).pull())
    assert {(r.certification, r.step_code) for r in told} == {
        (sites["north"], code) for code in ("anmeldung", "seminar", "team", "besuch")
    }
    assert len(told) == 5, "no record is lost"
    ratings = {r.criterion: r for r in rated(DEFAULT, sites["north"], store(opened, Assessment).pull())}
    found = {c: (r.own, r.review) for c, r in ratings.items() if r.own or r.review}
    assert found == {
        "aufgaben": (Rating.FULLY, Rating.MOSTLY), "auslagen": (Rating.NOT, None), "vielfalt": (Rating.MOSTLY, None)
    }  # fmt: skip


def test_cases_follow_the_sites_that_became_one_killed_anywhere_and_can_be_parted_again(opened, sites, monkeypatch):
    assert pairs(opened) == []
    with pytest.raises(NotLegal, match="beide ein Siegel"):
        join(opened, sites["past"], sites["past_south"], now)
    with pytest.raises(NotLegal, match="verschiedenen Runden"):
        join(opened, sites["north"], sites["past"], now)
    unite_sites(opened, sites)
    before = contents(opened)
    assert pairs(opened) == [(sites["north"], sites["south"])]

    write, merge = merging._write, Merger._move

    def dying_after(left):
        def dying(*given):
            if not left:
                raise Killed
            left.pop()
            return write(*given)

        return dying

    def dying_move(self, *given):
        merge(self, *given)
        raise Killed

    for cuts in (1, 2):
        monkeypatch.setattr(merging, "_write", dying_after([None] * cuts))
        with pytest.raises(Killed):
            follow_sites(opened, now)
        monkeypatch.undo()
    whole = follow_sites(opened, now)

    assert whole.describe() == "1 Fälle zusammengeführt"
    check_joined(opened, sites)
    assert follow_sites(opened, now).describe() == ""

    undo(opened.client, opened.base, run=whole.joined[0].run, now=now)
    undo_killed(opened, before)
    assert follow_sites(opened, now).describe() == "", "what staff parted again no program joins"

    (south,) = (row.id for row in store(opened, Certification).pull() if row.name == "Hort Süd")
    monkeypatch.setattr(Merger, "_move", dying_move)
    with pytest.raises(Killed):
        join(opened, south, sites["north"], now)
    monkeypatch.undo()
    assert join(opened, south, sites["north"], now).stays == sites["north"]
    check_joined(opened, sites)


def undo_killed(opened, before):
    """Take back what the killed tries had written, newest first; then all stands as before."""
    runs = {}
    for entry in store(opened, JournalEntry).pull():
        if entry.cause == merging.TASK and not entry.undone:
            runs[entry.run] = True
    for run in list(runs)[::-1]:
        undo(opened.client, opened.base, run=run, now=now)
    assert contents(opened) == before
