"""Seal numbers on a real NocoDB in wrong orders: joined, parted, undone, deleted, revoked, two at once; no certificate
counts but that of who holds its number."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from automations.certification.awarding import Awarding, Handing, give_numbers
from automations.certification.cases import Entry, carry_out
from automations.certification.merging import join
from automations.certification.numbers import Why, names_by_number, remembered_numbers, void_numbers
from automations.certification.report_writing import sign_off, take_back_sign_off
from automations.certification.seal_code import Check, SealClaim, check_code, make_code, trust_of
from automations.signing import open_key, public_keys
from schemas.certification.choices import Actor, Decision, Phase, RecordOutcome, SealState
from schemas.certification.rules.procedure import Procedure, Step
from schemas.certification.rules.progress import Move
from schemas.certification.tables import Certification, CertificationRound, StepRecord
from schemas.errors import ConfigError
from sync.nocodb import records
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = [pytest.mark.server, pytest.mark.slow]

FAIR = dt.date(2026, 5, 6)
DECIDED = FAIR - dt.timedelta(days=60)
YEAR = 2026
PROCEDURE = Procedure(
    (
        Step("gutachten", "Schriftliche Einschätzung", Phase.REVIEW, Actor.REVIEWER),
        Step("entscheidung", "Entscheidung", Phase.DECISION, Actor.NETWORK),
        Step("urkunde", "Urkunde und Unterschrift", Phase.WAITING, Actor.CITY),
    ),
    (),
)


def now():
    return dt.datetime.now(dt.UTC)


class House:
    """A round on a real base, and papers printed for its cases at some moment."""

    def __init__(self, opened, folder):
        self.opened, self.folder, self.keys = opened, folder, count(1)
        self.cases = self.store(Certification)
        (row,) = self.store(CertificationRound).create([
            CertificationRound(name="Runde", year=YEAR, procedure=PROCEDURE.as_text(), ident="t:r")
        ])  # fmt: skip
        self.round = self.store(CertificationRound).get(row)
        self.key = open_key(folder, now())

    def store(self, record):
        return TableStore(self.opened.client, self.opened.base, record)

    def wait(self, *names, **cells):
        usual = {"round": self.round.id, "phase": Phase.WAITING, "decision": Decision.YES, "decided_on": DECIDED,
                 "conclusion": "Gut.", "signed_off_on": DECIDED, "signed_off_by": "Ada"}  # fmt: skip
        made = self.cases.create([Certification(name=n, ident=f"t:{n}", **(usual | cells)) for n in names])
        self.store(StepRecord).create([
            StepRecord(name=code, certification=row, step_code=code, outcome=RecordOutcome.DONE, done_on=DECIDED,
                       ident=f"t:{row}:{code}")
            for row in made for code in ("gutachten", "entscheidung")
        ])  # fmt: skip
        return made

    def give(self, *rows):
        return give_numbers(self.opened, rows, YEAR, now)

    def award(self, *rows, day=FAIR):
        return Awarding(self.opened, self.round, Handing(YEAR, day, "Rita"), now).award(rows)

    def move(self, row, move, **cells):
        entry = Entry(f"t:zug:{next(self.keys)}", cells.pop("on", FAIR), "Rita", **cells)
        return carry_out(self.opened, row, move, entry, now)

    def number(self, row):
        return self.cases.get(row).seal_number

    def change(self, row, **cells):
        stands = self.cases.get(row)
        assert self.cases.swap(row, {code: stands.value(code) for code in cells}, cells).applied

    def delete(self, row):
        real = self.opened.base.tables["certification"]
        records.delete_rows(self.opened.client, real.id, [row], key=real.key)

    def void(self):
        found = void_numbers(self.cases.pull(), remembered_numbers(self.opened))
        return {number: (one.holder, one.why) for number, one in found.items()}

    def undo(self, run):
        return undo(self.opened.client, self.opened.base, run=run, now=now)

    def paper(self, row):
        stands = self.cases.get(row)
        return make_code(SealClaim(stands.seal_number, YEAR, stands.name, FAIR), self.key)

    def check(self, *papers, today=FAIR):
        cases = list(self.cases.pull())
        void = void_numbers(cases, remembered_numbers(self.opened))
        trust = trust_of(public_keys(self.folder), void, FAIR, names_by_number(cases))
        return [check_code(paper, trust, today).outcome for paper in papers]


@pytest.fixture
def house(opened, tmp_path):
    return House(opened, tmp_path)


GENUINE, REVOKED = Check.GENUINE, Check.REVOKED


def test_no_number_is_given_twice_whatever_is_joined_parted_taken_back_or_deleted(house, monkeypatch):
    d, e, f, g, h, i, j, k = house.wait(*(f"Haus {letter}" for letter in "DEFGHIJK"))
    house.give(d, e)
    paper_d, paper_e = house.paper(d), house.paper(e)

    joined = join(house.opened, d, e, now)
    assert (joined.stays, house.number(d)) == (d, "2026-001")
    assert house.give(f).given == {f: "2026-003"}
    assert house.void() == {"2026-002": ("Haus E", Why.GONE)}
    assert house.check(paper_d, paper_e, house.paper(f)) == [GENUINE, REVOKED, GENUINE]

    house.undo(joined.run)  # parted again: what was printed counts again
    (e,) = [row.id for row in house.cases.pull() if row.name == "Haus E"]
    assert (house.number(e), house.void()) == ("2026-002", {})
    assert house.check(paper_d, paper_e) == [GENUINE, GENUINE]

    first = house.give(g)
    paper_g = house.paper(g)
    house.undo(first.run)
    with pytest.raises(ConfigError):
        house.undo(first.run)
    assert house.give(g).given == {g: "2026-005"}
    house.delete(g)  # the highest row
    assert house.give(h).given == {h: "2026-006"}
    assert house.check(paper_g, house.paper(h)) == [REVOKED, GENUINE]

    paper_h = house.paper(h)
    again = join(house.opened, i, h, now)  # the one that stays has no number: it does not get that of the other
    assert (again.stays, house.number(i)) == (i, None)
    assert "2026-006" in house.cases.get(i).note
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda rows: house.give(*rows), ((i, j), (j, i))))
    assert sorted(number for one in done for number in one.given.values()) == ["2026-007", "2026-008"]
    assert house.check(paper_h, house.paper(i), house.paper(j)) == [REVOKED, GENUINE, GENUINE]

    with monkeypatch.context() as patched:
        patched.setattr(TableStore, "swap", killed_at("seal_number", TableStore.swap))
        with pytest.raises(KeyboardInterrupt):
            house.give(k)
    assert house.give(k).given == {k: "2026-010"}, "whether the one before was written nobody knows"
    assert {number: one[0] for number, one in house.void().items()} == {
        "2026-004": "Haus G", "2026-005": "Haus G", "2026-006": "Haus H", "2026-009": "Haus K"
    }  # fmt: skip


def killed_at(column, swap):
    """Return a swap that is killed before it writes this column; the lease and the journal go on."""

    def dying(self, row_id, expected, changes):
        if column in changes:
            raise KeyboardInterrupt
        return swap(self, row_id, expected, changes)

    return dying


def test_what_the_decision_rests_on_is_given_back_and_nothing_is_awarded_until_it_is_decided_again(house):
    a, late, unsigned, b, c = house.wait("Haus A", "Spät", "Ungezeichnet", "Haus B", "Haus C")
    house.change(late, decided_on=FAIR + dt.timedelta(days=1))
    given = house.give(a, late, unsigned, b, c)
    paper, typed = house.paper(a), house.paper(c)
    take_back_sign_off(house.opened, unsigned, now)

    back = house.move(a, Move.RETURN, step="gutachten", outcome=RecordOutcome.RETURNED, note="falsche Einrichtung")
    stands = house.cases.get(a)
    assert (stands.phase, stands.decision, stands.decided_on, stands.signed_off_on) == (
        Phase.REVIEW, Decision.LATER, None, None
    )  # fmt: skip
    assert "falsche Einrichtung" in stands.decision_text
    assert f"Haus A: Siegel wird verliehen am {DECIDED:%d.%m.%Y}" in stands.decision_text
    assert house.check(paper) == [REVOKED]
    house.undo(back.run)
    assert (house.cases.get(a).decision, house.check(paper)) == (Decision.YES, [GENUINE])

    house.move(a, Move.RETURN, step="gutachten", outcome=RecordOutcome.RETURNED, note="noch einmal")
    house.move(a, Move.RECORD, step="gutachten")
    house.change(c, seal_number=house.number(b))  # typed over in the spreadsheet
    refused = dict(house.award(a, late, unsigned, b, c).refused)
    assert set(refused) == {"Haus A", "Spät", "Ungezeichnet", "Haus B", "Haus C"}
    assert "keine Entscheidung" in refused["Haus A"] or "wartet noch nicht" in refused["Haus A"]
    assert "Verliehen wird erst nach der Entscheidung" in refused["Spät"]
    assert "nicht (mehr) freigegeben" in refused["Ungezeichnet"]
    assert "steht auch bei „Haus C“" in refused["Haus B"]
    assert house.check(house.paper(b), house.paper(c), typed) == [Check.OTHER, Check.OTHER, REVOKED]

    sign_off(house.opened, a, {"conclusion": "Gut."}, by="Ada", on=FAIR, now=now)
    house.move(a, Move.DECIDE, decision=Decision.YES, decision_text="Nun doch.")
    told = [r for r in house.store(StepRecord).pull() if r.certification == a and r.step_code == "entscheidung"]
    assert sorted(r.done_on for r in told) == [DECIDED, FAIR], "the step bears the day of the new decision"
    house.change(c, seal_number=None)
    awarded = house.award(a, b, c)
    assert (awarded.rows, awarded.refused) == ([a, b, c], [])
    assert house.check(paper, house.paper(c), typed) == [GENUINE, GENUINE, REVOKED]
    assert house.check(paper, today=FAIR - dt.timedelta(days=1)) == [Check.AHEAD]

    assert house.undo(given.run).conflicts == 3, "a seal keeps its number; whether it should not is asked"
    assert [bool(house.number(row)) for row in (a, late, unsigned, b, c)] == [True, False, False, True, True]
    assert house.check(paper, house.paper(b)) == [GENUINE, GENUINE]

    house.change(a, seal_state=SealState.REVOKED)
    assert house.check(paper) == [REVOKED]
    assert "ist widerrufen" in dict(house.award(a).refused)["Haus A"], "a seal that was revoked is not awarded again"
    house.undo(awarded.run)
    assert house.number(b) == "2026-004", "a number that was printed before stays with its case"
    assert house.number(c) is None
    assert house.award(c).rows == [c]
    assert house.check(house.paper(c)) == [GENUINE]
    assert len(set(remembered_numbers(house.opened))) == 7
