"""Ratings on a real NocoDB: two people in one form, staff in the spreadsheet, a lease held by others, the way back."""

from __future__ import annotations

import datetime as dt

import pytest

from automations.certification import ratings
from automations.certification.cases import Entry, NotLegal, carry_out
from automations.certification.ratings import Own, Review, Typed, by_criterion, save_own, save_review
from automations.certification.report_writing import Unfinished, save_texts, sign_off, take_back_sign_off
from schemas.certification.choices import Decision, Rating
from schemas.certification.rules.procedure import DEFAULT
from schemas.certification.rules.progress import Move
from schemas.certification.tables import Assessment, Certification
from schemas.errors import Conflict, LeaseHeld
from schemas.operations.tables import JournalEntry
from sync.desk import open_desk
from sync.nocodb.store import TableStore
from sync.undo import undo

pytestmark = pytest.mark.server

CODES = [criterion.code for criterion in DEFAULT.criteria]


def now():
    return dt.datetime.now(dt.UTC)


def store(opened, record):
    return TableStore(opened.client, opened.base, record)


def cells(opened, case):
    rows = by_criterion(DEFAULT, case, store(opened, Assessment).pull())
    return {code: (row.self_rating, row.self_proof, row.self_comment, row.review_rating, row.review_comment)
            for code, row in rows.items()}  # fmt: skip


def test_two_people_rate_at_once_and_nobody_writes_over_a_word_that_staff_typed(opened, monkeypatch):
    (case, other) = store(opened, Certification).create([
        Certification(name="Hort", ident="t:1"), Certification(name="Chor", ident="t:2")
    ])  # fmt: skip
    rows = store(opened, Assessment)
    (typed_by_staff, elsewhere) = rows.create([
        Assessment(name=DEFAULT.criteria[1].name, certification=case, self_rating="2"),
        Assessment(name="Anderes", certification=other, criterion_code=CODES[0], self_rating="0"),
    ])  # fmt: skip
    first = [Typed(CODES[0], Own(Rating.FULLY, "Frau\r\nMuster"), Own()), Typed("fremd", Own(Rating.NOT), Own())]

    done = save_own(opened, case, DEFAULT, first, by="Ada", now=now)
    again = save_own(opened, case, DEFAULT, first, by="Berta", now=now)
    review = save_review(opened, case, DEFAULT, [Typed(CODES[0], Review(Rating.PARTLY, "=1"), Review())], by="Gut",
                         now=now)  # fmt: skip

    empty = (None,) * 5
    after = {code: empty for code in CODES} | {CODES[0]: ("3", "Frau\nMuster", None, "1", "=1"),
                                               CODES[1]: ("2", None, None, None, None)}  # fmt: skip
    assert cells(opened, case) == after
    assert (done.taken, again.taken, again.run, review.taken) == ([], [], "", [])
    assert (done.rows[CODES[0]].rated_by, done.rows[CODES[0]].rated_at is not None) == ("Ada", True)
    assert review.rows[CODES[0]].reviewed_by == "Gut"
    assert rows.count() == len(CODES) + 1  # the row of staff counts, no second one; the other case has its own
    assert rows.get(elsewhere).self_rating == "0"
    assert store(opened, JournalEntry).count() == 3

    # somebody else saw nothing yet: their comment goes in beside it, their other rating does not
    late = [Typed(CODES[0], Own(Rating.NOT, "", "Dazu"), Own()), Typed(CODES[1], Own(Rating.NOT), Own(Rating.MOSTLY))]
    told = save_own(opened, case, DEFAULT, late, by="Berta", now=now)
    after |= {CODES[0]: ("3", "Frau\nMuster", "Dazu", "1", "=1"), CODES[1]: ("0", None, None, None, None)}
    assert (told.taken, cells(opened, case)) == ([CODES[0]], after)
    assert told.rows[CODES[0]].self_rating == "3"

    undo(opened.client, opened.base, run=told.run, now=now)
    after |= {CODES[0]: ("3", "Frau\nMuster", None, "1", "=1"), CODES[1]: ("2", None, None, None, None)}
    assert cells(opened, case) == after
    assert rows.get(typed_by_staff).name == DEFAULT.criteria[1].name

    # once the rows are there, an automatic writer does not keep a form back; before that it does
    monkeypatch.setattr(ratings, "PATIENCE", ())
    with open_desk(opened.client, opened.base, "Nächtlicher Lauf", now):
        held = save_own(opened, case, DEFAULT, [Typed(CODES[2], Own(Rating.UNFIT), Own())], by="Ada", now=now)
        with pytest.raises(LeaseHeld):
            save_own(opened, other, DEFAULT, [Typed(CODES[2], Own(Rating.UNFIT), Own())], by="Ada", now=now)
    assert held.rows[CODES[2]].self_rating == Rating.UNFIT
    assert rows.count() == len(CODES) + 1


def test_a_word_that_comes_between_reading_and_writing_stays_and_is_told(opened, monkeypatch):
    (case,) = store(opened, Certification).create([Certification(name="Hort", ident="t:1")])
    ratings.prepare(opened, case, DEFAULT, now)
    plain = TableStore.swap

    def interrupted(self, row_id, expected, changes):
        monkeypatch.setattr(TableStore, "swap", plain)
        self.swap(row_id, {}, {"review_rating": "3", "self_proof": "Aushang"})
        return self.swap(row_id, expected, changes)

    monkeypatch.setattr(TableStore, "swap", interrupted)
    typed = [Typed(CODES[0], Review(Rating.NOT, "Gesehen"), Review())]

    done = save_review(opened, case, DEFAULT, typed, by="Gut", now=now)

    assert done.taken == [CODES[0]]
    assert cells(opened, case)[CODES[0]] == (None, "Aushang", None, "3", "Gesehen")


def test_a_report_is_signed_as_it_was_read_and_a_changed_text_takes_the_sign_off_back(opened):
    texts = {"description": "Alt", "strengths": "", "recommendations": "", "conclusion": "Fazit"}
    cases = store(opened, Certification)
    first = {"description": "Alt", "conclusion": "Fazit", "note": "bleibt", "phase": "entscheidung"}
    (case, other) = cases.create([Certification(name="Hort", ident="t:1", **first),
                                  Certification(name="Chor", ident="t:2", **first)])  # fmt: skip
    before = cases.get(other)
    today = dt.date(2026, 3, 3)

    # a colleague rewrote the conclusion meanwhile: theirs stays, the rest is saved
    assert cases.swap(case, {"conclusion": "Fazit"}, {"conclusion": "Fazit der Kollegin"}).applied
    mine = {**texts, "strengths": "- Team\r\n- Ort ", "conclusion": "Mein Fazit"}
    saved = save_texts(opened, case, mine, texts, now)
    stands = cases.get(case)
    assert (saved.taken, saved.unsigned) == (("conclusion",), False)
    assert (stands.conclusion, stands.strengths) == ("Fazit der Kollegin", "- Team\n- Ort")
    assert save_texts(opened, case, mine | {"conclusion": stands.conclusion}, texts, now).run == ""

    # signed is what was read
    decide = Entry("k:1", today, "Netzwerk", decision=Decision.LATER, decision_text="Später", recused="Sitz: Träger")
    with pytest.raises(NotLegal):
        carry_out(opened, case, Move.DECIDE, decide, now)
    with pytest.raises(Conflict):
        sign_off(opened, case, mine, by="Rita", on=today, now=now)
    read = {part: stands.value(part) or "" for part in texts}
    with pytest.raises(Unfinished):
        sign_off(opened, case, read, by=" ", on=today, now=now)
    done = sign_off(opened, case, read, by="Rita", on=today, now=now)
    assert (done.row.signed_off_by, done.row.signed_off_on) == ("Rita", today)
    assert sign_off(opened, case, read, by="Rita", on=today, now=now).run == ""
    with pytest.raises(Unfinished):
        sign_off(opened, case, read, by="Olaf", on=today, now=now)

    # decided, taken back; then a changed text takes the sign-off along, and undo brings both back
    run = carry_out(opened, case, Move.DECIDE, decide, now).run
    stands = cases.get(case)
    assert (stands.decision, stands.decision_text, stands.recused) == (Decision.LATER, "Später", "Sitz: Träger")
    undo(opened.client, opened.base, run=run, now=now)
    assert (cases.get(case).decision, cases.get(case).recused) == (None, None)
    changed = save_texts(opened, case, read | {"description": "Neu"}, read, now)
    assert (changed.unsigned, changed.row.signed_off_on, changed.row.description) == (True, None, "Neu")
    undo(opened.client, opened.base, run=changed.run, now=now)
    assert (cases.get(case).signed_off_on, cases.get(case).description) == (today, "Alt")
    assert take_back_sign_off(opened, case, now).row.signed_off_by is None
    assert take_back_sign_off(opened, case, now).run == ""
    assert (cases.get(case).note, cases.get(case).phase) == ("bleibt", "entscheidung")
    assert cases.get(other) == before
