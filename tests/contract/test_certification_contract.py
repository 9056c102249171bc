"""Moves of a case on a real NocoDB: before, after and nothing else; repeated, killed, undone, and staff meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.certification import cases
from automations.certification.cases import Entry, NotLegal, as_case, begin_round, carry_out, procedure_of, right_phase
from automations.certification.procedure_rows import put_defaults
from schemas.certification.choices import Decision, Phase, RecordOutcome, RoundState, SealState
from schemas.certification.rules.procedure import DEFAULT, read_procedure
from schemas.certification.rules.progress import Move
from schemas.certification.tables import (
    Certification,
    CertificationRound,
    CertificationStep,
    Criterion,
    StepRecord,
)
from schemas.errors import Conflict
from schemas.model import Formula
from schemas.network.tables import Body
from schemas.operations.tables import JournalEntry
from schemas.time_zone import BERLIN
from sync.nocodb import records
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = [pytest.mark.server, pytest.mark.slow]

DAY = dt.date(2026, 3, 2)
TABLES = (CertificationRound, Certification, StepRecord)


class Killed(Exception):
    """Stands for kill -9 at this very moment."""


def now():
    return dt.datetime.now(dt.UTC)


def store(opened, record):
    return TableStore(opened.client, opened.base, record)


def contents(opened):
    """Every row of rounds, cases and records, without what only proves writes."""
    found = {}
    for record in TABLES:
        columns = [c for c, k in record.table().columns.items() if c != "token" and not isinstance(k, Formula)]
        for row in store(opened, record).pull():
            found[(record, row.id)] = {c: row.value(c) for c in columns}
    return found


def laid(row, told):
    """Return where the card of a case belongs when it lies elsewhere."""
    return right_phase(row, as_case(row, told, DEFAULT), DEFAULT)


def drag(opened, row, label):
    """Move a card as a person does on NocoDB's board."""
    table = opened.base.tables["certification"]
    records.update_rows(opened.client, table.id, {row: {table.fields["phase"].id: label}}, key=table.key)


class Round:
    """A running round with two placements, of which one is played with and the other must never change."""

    def __init__(self, opened, name="eins"):
        self.opened, self.name = opened, name
        (self.round,) = store(opened, CertificationRound).create([
            CertificationRound(name=f"Runde {name}", year=2026, state=RoundState.PREPARED, ident=f"t:r:{name}")
        ])  # fmt: skip
        self.begun = begin_round(opened, self.round, now)
        self.case, self.other = store(opened, Certification).create([
            Certification(name=site, round=self.round, phase=Phase.SEMINAR, phase_since=DAY, ident=f"t:{name}:{site}")
            for site in ("Hort", "Chor")
        ])  # fmt: skip

    def play(self, move, key="k", **told):
        return carry_out(self.opened, self.case, move, Entry(key, told.pop("on", DAY), **told), now)

    def record(self, *codes):
        for code in codes:
            self.play(Move.RECORD, f"{self.name}:{code}", step=code, by="Ada")

    @property
    def stands(self):
        return store(self.opened, Certification).get(self.case)

    def undo(self, run):
        return undo(self.opened.client, self.opened.base, run=run, now=now)

    def check(self, move, key, changed, *, record=None, undone=False, **told):
        """Make a move: these cells of the case change and no other, the journal knows it, the same key changes nothing
        more, and (``undone``) its undo brings back all that stood before; then it is made for good."""
        before = contents(self.opened)
        moved = self.play(move, key, **told)
        after = contents(self.opened)
        expected = {**before, (Certification, self.case): {**before[(Certification, self.case)], **changed}}
        new = {at: row for at, row in after.items() if at not in before}
        assert {at: row for at, row in after.items() if at in before} == expected
        made = [(row["step_code"], row["outcome"], row["certification"]) for row in new.values()]
        assert made == ([(*record, self.case)] if record else [])
        entries = store(self.opened, JournalEntry)
        assert entries.count(where=entries.condition("run", moved.run)) == bool(changed) + bool(record)
        assert self.play(move, key, **told).run == "", "the same key once more"
        assert contents(self.opened) == after
        if undone:
            self.undo(moved.run)
            assert contents(self.opened) == before
            self.play(move, key, **told)


@pytest.fixture
def round_(opened):
    return Round(opened)


def test_a_round_keeps_the_procedure_of_the_day_it_begins_and_begins_once(opened, round_):
    kept = store(opened, CertificationRound).get(round_.round)
    assert (kept.state, kept.begins_on) == (RoundState.RUNNING, dt.datetime.now(BERLIN).date())
    assert procedure_of(kept) == round_.begun.procedure == DEFAULT

    again = begin_round(opened, round_.round, now)
    assert (again.procedure, again.run) == (DEFAULT, "")
    assert store(opened, CertificationRound).get(round_.round) == kept

    round_.undo(round_.begun.run)
    back = store(opened, CertificationRound).get(round_.round)
    assert (back.state, back.begins_on, read_procedure(back.procedure)) == (RoundState.PREPARED, None, None)


def test_every_move_changes_what_it_says_and_nothing_else_and_can_be_taken_back(opened, round_):
    play = round_.check
    (body,) = store(opened, Body).create([Body(name="Netzwerk", ident="t:b")])
    before = contents(opened)
    with pytest.raises(NotLegal, match="noch nicht freigegeben"):
        round_.play(Move.DECIDE, decision=Decision.YES)
    with pytest.raises(NotLegal, match="in dieser Runde nicht"):
        round_.play(Move.RECORD, step="gibt-es-nicht")
    with pytest.raises(NotLegal, match="wartet noch nicht") as problem:
        round_.play(Move.AWARD)
    assert "Anmeldung der Einrichtung" in str(problem.value)
    assert contents(opened) == before

    play(Move.RECORD, "a", {}, record=("anmeldung", RecordOutcome.DONE), step="anmeldung", by="Ada", proof="Brief")
    on = DAY + dt.timedelta(days=7)
    play(Move.RECORD, "s", {"phase": Phase.TEAM, "phase_since": on}, record=("seminar", RecordOutcome.DONE),
         step="seminar", on=on)  # fmt: skip
    play(Move.RETURN, "z", {"phase": Phase.SEMINAR, "phase_since": on}, record=("seminar", RecordOutcome.RETURNED),
         step="seminar", on=on)  # fmt: skip
    with pytest.raises(NotLegal, match=r"späteren Eintrag vom 09\.03\.2026"):
        round_.play(Move.RECORD, step="seminar", on=DAY)
    until = DAY + dt.timedelta(days=90)
    play(Move.PAUSE, "p", {"phase": Phase.PAUSED, "phase_since": DAY, "paused_until": until, "pause_reason": "Umbau"},
         paused_until=until, pause_reason="Umbau", undone=True)  # fmt: skip
    play(Move.RESUME, "w", {"phase": Phase.SEMINAR, "paused_until": None, "pause_reason": None})
    play(Move.WITHDRAW, "x", {"phase": Phase.WITHDRAWN})
    play(Move.REOPEN, "o", {"phase": Phase.SEMINAR})
    round_.record("team", "besuch", "gutachten")
    round_.play(Move.RECORD, "eins:seminar", step="seminar", on=on)
    assert round_.stands.phase == Phase.DECISION

    signed = store(opened, Certification)
    assert signed.swap(round_.case, {}, {"signed_off_on": DAY, "signed_off_by": "Ada"}).applied
    told = {"decided_on": DAY, "decided_by": body, "decision_text": "Wortlaut", "recused": "Chor: eigener Verein"}
    asked = {"decided_by": body, "decision_text": "Wortlaut", "recused": "Chor: eigener Verein"}
    play(Move.DECIDE, "n", {"phase": Phase.DECLINED, "phase_since": DAY, "decision": Decision.NO, **told},
         record=("entscheidung", RecordOutcome.DONE), decision=Decision.NO, undone=True,
         **asked)  # fmt: skip
    play(Move.REOPEN, "oo", {"phase": Phase.DECISION, **dict.fromkeys(("decision", *told))})
    play(Move.DECIDE, "j", {"phase": Phase.WAITING, "decision": Decision.YES, **told}, decision=Decision.YES, **asked)
    with pytest.raises(NotLegal, match="Noch offen: Urkunde"):
        round_.play(Move.AWARD)
    play(Move.RECORD, "u", {}, record=("urkunde", RecordOutcome.DONE), step="urkunde")
    seal = {"seal_year": 2026, "seal_number": "2026-001", "awarded_on": DAY, "seal_state": SealState.VALID}
    play(Move.AWARD, "v", {"phase": Phase.AWARDED, **seal}, cells=seal)
    with pytest.raises(NotLegal, match="schon verliehen"):
        round_.play(Move.AWARD, cells={**seal, "seal_number": "2026-002"})


def test_killed_between_the_record_and_the_case_it_is_completed_and_its_last_run_takes_all_of_it_back(
    opened, round_, monkeypatch
):
    round_.record("anmeldung")
    before = contents(opened)

    def dying(*_, **__):
        raise Killed

    for cut in ("_swap", "_record"):
        monkeypatch.setattr(cases, cut, dying)
        with pytest.raises(Killed):
            round_.play(Move.RECORD, "s", step="seminar")
        monkeypatch.undo()
    assert round_.stands.phase == Phase.SEMINAR, "killed between the two"
    assert len(contents(opened)) == len(before) + 1

    moved = round_.play(Move.RECORD, "s", step="seminar")
    assert (round_.stands.phase, len(contents(opened))) == (Phase.TEAM, len(before) + 1)
    assert round_.play(Move.RECORD, "s", step="seminar").run == ""
    round_.undo(moved.run)
    assert contents(opened) == before


def test_what_staff_do_at_the_same_moment_is_told_and_stays(opened, round_, monkeypatch):
    swap = cases._swap

    def late(*given):
        drag(opened, round_.case, "Begutachtung")
        return swap(*given)

    round_.record("anmeldung")
    monkeypatch.setattr(cases, "_swap", late)
    with pytest.raises(Conflict, match="Der Schritt ist eingetragen"):
        round_.play(Move.RECORD, "s", step="seminar")
    monkeypatch.undo()
    assert round_.stands.phase == Phase.REVIEW
    told = list(store(opened, StepRecord).pull())
    assert [r.step_code for r in told] == ["anmeldung", "seminar"]

    assert laid(round_.stands, told) == Phase.TEAM, "the rules say where the card belongs"
    assert round_.play(Move.RECORD, "s", step="seminar").run == "", "and do not push it"
    drag(opened, round_.case, "Selbsteinschätzung")
    assert laid(round_.stands, told) is None

    store(opened, StepRecord).create([
        StepRecord(name="selbsteinschätzung im Team", certification=round_.case, done_on=DAY, ident="t:von-hand")
    ])  # fmt: skip
    told = list(store(opened, StepRecord).pull())
    assert laid(round_.stands, told) == Phase.REVIEW, "a line that staff wrote by hand counts by its name"
    drag(opened, round_.case, "Besuch vor Ort")
    round_.record("besuch")
    assert round_.stands.phase == Phase.REVIEW, "a card on a stack of staff's own comes back with the next step"


def test_staff_change_the_procedure_while_two_rounds_run_and_only_a_new_one_follows(opened, round_):
    steps, criteria = store(opened, CertificationStep), store(opened, Criterion)
    assert (steps.count(), criteria.count()) == (0, 0), "the round began with the shipped procedure"
    put = put_defaults(opened, now, once=True)
    assert (put.steps, put.criteria) == (len(DEFAULT.steps), len(DEFAULT.criteria))
    assert (put_defaults(opened, now, once=True).run, put_defaults(opened, now).run) == ("", "")
    second = Round(opened, "zwei")
    assert second.begun.procedure == DEFAULT, "the rows say what is shipped"
    ours = {row.ident: row.id for row in steps.pull()}

    table = opened.base.tables["certification_step"]
    cells = {code: field.id for code, field in table.fields.items()}
    kept = {row["id"]: row for row in steps.pull_raw()}
    records.update_rows(opened.client, table.id, {
        ours["team"]: {cells["name"]: "Leitfaden im Team", cells["weeks"]: 12},
        ours["gutachten"]: {cells["order"]: 45}, ours["besuch"]: {cells["order"]: 55},
        ours["unterlagen"]: {cells["retired"]: True},
    }, key=table.key)  # fmt: skip
    doubled = {cells[c]: kept[ours["besuch"]][c] for c in ("name", "order", "weeks", "ident")}
    records.create_rows(opened.client, table.id, [
        {cells["name"]: "Hospitation", cells["order"]: 35, cells["phase"]: "Selbsteinschätzung", cells["required"]: 1},
        {**doubled, cells["name"]: "Zweiter Besuch", cells["phase"]: "Begutachtung"},
    ])  # fmt: skip
    records.delete_rows(opened.client, opened.base.tables["criterion"].id,
                        [row.id for row in criteria.pull() if row.ident == "vielfalt"],
                        key=opened.base.tables["criterion"].key)  # fmt: skip
    assert put_defaults(opened, now).run == "", "nothing that staff changed or deleted is put right"

    third = Round(opened, "drei")
    for running in (round_, second):
        row = store(opened, CertificationRound).get(running.round)
        assert procedure_of(row) == DEFAULT
        running.record("anmeldung", "seminar", "team", "unterlagen")
        assert running.stands.phase == Phase.REVIEW
    new = {step.code: step for step in third.begun.procedure.steps}
    own = [code for code in new if code.startswith("schritt-")]
    order = ("anmeldung", "seminar", "team", own[0], "gutachten", own[1], "besuch", "entscheidung", "urkunde")
    assert tuple(new) == order
    assert (new["team"].name, new["team"].weeks) == ("Leitfaden im Team", 12)
    assert [new[code].name for code in own] == ["Hospitation", "Zweiter Besuch"], (
        "a duplicated row is a step of its own"
    )
    assert len(third.begun.procedure.criteria) == len(DEFAULT.criteria) - 1
    third.record("anmeldung", "seminar", "team")
    assert third.stands.phase == Phase.TEAM
    third.record(own[0])
    assert third.stands.phase == Phase.REVIEW
    with pytest.raises(NotLegal, match="in dieser Runde nicht"):
        second.record(own[0])

    records.delete_rows(opened.client, table.id, [row.id for row in steps.pull()], key=table.key)
    assert put_defaults(opened, now, once=True).run == "", "what staff emptied no program fills again"
    assert put_defaults(opened, now).steps == len(DEFAULT.steps), "a person who asks gets the proposal back"
