"""The door on a real NocoDB: of many tablets one lets a guest in, a queue sent twice or killed half-way counts once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from automations.events.check_in import NewTry, WalkIn, apply
from schemas.base import BASE
from schemas.errors import Unavailable
from schemas.events.choices import Admission, Answer, InvitationState
from schemas.events.rules.admission import Kind, Try
from schemas.events.tables import Event, Invitation
from sync.nocodb import records
from sync.nocodb.store import TableStore

pytestmark = pytest.mark.server

FIVE = dt.datetime(2026, 3, 2, 16, 2, tzinfo=dt.UTC)
CODES = ("event", "invitation", "check_in")


@pytest.fixture
def stores(client, empty_base):
    return {code: TableStore(client, empty_base, BASE.record(code)) for code in CODES}


def invite(stores, *names, answer=Answer.YES, **cells):
    (event,) = stores["event"].create([Event(name="Ehrung", ident="t:e")])
    rows = stores["invitation"].create([
        Invitation(name=name, event=event, state=InvitationState.INVITED, answer=answer, mark="abcd1234",
                   ident=f"t:{name}", **cells)
        for name in names
    ])  # fmt: skip
    return event, rows


def enter(row, nonce, device="Tablet 1", minutes=0, **more):
    return NewTry(Try(nonce, FIVE + dt.timedelta(minutes=minutes), device=device, **more), row, by="Rita Redlich")


def send(stores, event, *tries):
    return apply(stores, event, tries, FIVE + dt.timedelta(minutes=30))


class Dying:
    """A store that loses its server at the n-th call that writes or reads."""

    def __init__(self, store, left):
        self._store, self._left = store, left

    def __getattr__(self, name):
        method = getattr(self._store, name)

        def call(*args, **kwargs):
            if self._left[0] == 0:
                raise Unavailable("killed")
            self._left[0] -= 1
            return method(*args, **kwargs)

        return call


def test_of_eight_tablets_one_lets_a_guest_in_and_the_others_hear_when_and_where(stores):
    event, rows = invite(stores, "Vera Beispiel", "Olaf Muster", "Zoë Probe")
    _, other = event, stores["invitation"].create([Invitation(name="Niemand", event=event, ident="t:n")])[0]

    def tablet(number):
        return [send(stores, event, enter(row, f"t{number}r{row}", f"Tablet {number}", number))[0] for row in rows]

    with ThreadPoolExecutor(8) as pool:
        told = [outcome for outcomes in pool.map(tablet, range(8)) for outcome in outcomes]

    assert [sum(o.result == Admission.ADMITTED and o.invitation.id == row for o in told) for row in rows] == [1, 1, 1]
    late = [o.why for o in told if o.result == Admission.ALREADY]
    assert len(late) == 21
    assert all(why.startswith("War um 17:0") and "schon da (Tablet " in why for why in late)
    inside = stores["invitation"].get_many(rows)
    assert [inside[row].checked_in for row in rows] == [1, 1, 1]
    written = list(stores["check_in"].pull())
    assert sorted(r.ident for r in written) == sorted(f"t{n}r{row}" for n in range(8) for row in rows)
    assert stores["invitation"].get(other).checked_in_at is None, "nobody else came in"


def test_killed_between_any_two_steps_and_sent_again_it_ends_the_same(stores):
    event, (no, yes, gone) = invite(stores, "Nein", "Ja", "Weg")
    stores["invitation"].swap(no, {"answer": Answer.YES}, {"answer": Answer.NO})
    queue = [
        enter(no, "n1"), enter(no, "n2", forced=True, minutes=1), enter(yes, "y1", minutes=2),
        enter(gone, "g1", minutes=3), enter(gone, "g2", kind=Kind.BACK, takes_back="g1", minutes=4),
        NewTry(Try("w1", FIVE, count=2), walk_in=WalkIn("Spontan")), enter(None, "x1"),
    ]  # fmt: skip

    for steps in range(1, 60, 2):
        left = [steps]
        dying = {code: Dying(store, left) for code, store in stores.items()}
        try:
            told = apply(dying, event, queue, FIVE)
            break
        except Unavailable:
            continue
    again = send(stores, event, *queue, *queue)

    assert steps > 5, "it really was killed"
    assert [(o.nonce, o.result) for o in told] == [(o.nonce, o.result) for o in again]
    assert [o.result for o in told] == [
        Admission.REFUSED, Admission.ADMITTED, Admission.ADMITTED, Admission.ADMITTED, Admission.TAKEN_BACK,
        Admission.ADMITTED, Admission.REFUSED,
    ]  # fmt: skip
    rows = {row.name: row for row in stores["invitation"].pull()}
    assert {name: row.checked_in for name, row in rows.items()} == {"Nein": 1, "Ja": 1, "Weg": None, "Spontan": 2}
    assert (rows["Nein"].answer, rows["Nein"].state) == (Answer.NO, InvitationState.INVITED), "the answer stays"
    assert (rows["Spontan"].walk_in, rows["Spontan"].companions) == (True, 1)
    log = {row.ident: row for row in stores["check_in"].pull()}
    assert sorted(log) == ["g1", "g2", "n1", "n2", "w1", "x1", "y1"]
    assert log["n1"].why == "Hat abgesagt."
    assert log["x1"].why == "Steht nicht auf der Gästeliste dieser Veranstaltung."
    assert stores["check_in"].count() == 7


def test_what_staff_typed_into_the_base_counts_at_the_door(stores):
    event, (row,) = invite(stores, "Vera Beispiel")
    stores["invitation"].swap(row, {"checked_in_at": None}, {"checked_in_at": FIVE})

    (late,) = send(stores, event, enter(row, "a1", minutes=5))
    assert (late.result, late.why) == (Admission.ALREADY, "War um 17:02 schon da (in NocoDB eingetragen).")
    stores["invitation"].swap(row, {"checked_in_at": FIVE}, {"checked_in_at": None})
    (now,) = send(stores, event, enter(row, "a2", minutes=9))

    assert now.result == Admission.ADMITTED
    assert now.invitation.checked_in_at == FIVE + dt.timedelta(minutes=9)


def test_a_deputy_is_noted_a_wrong_code_refused_and_a_guest_of_another_event_is_none_of_ours(stores):
    event, (row, other) = invite(stores, "Vera Beispiel", "Olaf Muster")
    (elsewhere,) = stores["event"].create([Event(name="Messe", ident="t:m")])

    told = send(
        stores, event, enter(row, "a1", mark="falsch00"), enter(row, "a2", representative="Paul Probe", mark="abcd1234")
    )
    (foreign,) = send(stores, elsewhere, enter(other, "b1"))

    assert [o.result for o in told] == [Admission.REFUSED, Admission.ADMITTED]
    assert "für diesen Gast wurde ein neuer ausgestellt" in told[0].why
    assert told[1].why == "Angemeldet. In Vertretung: Paul Probe."
    shown = stores["invitation"].get(row)
    assert (shown.name, shown.represented_by, shown.answer) == ("Vera Beispiel", "Paul Probe", Answer.YES)
    assert (foreign.result, stores["invitation"].get(other).checked_in_at) == (Admission.REFUSED, None)


def test_whom_a_tablet_without_a_line_let_in_is_inside_whatever_became_of_the_invitation(stores, client, empty_base):
    event, (no, gone, away, asked) = invite(stores, "Nein", "Weg", "Fort", "Gefragt", companions=1)
    stores["invitation"].swap(no, {"answer": Answer.YES}, {"answer": Answer.NO, "companions": None})
    stores["invitation"].swap(asked, {"answer": Answer.YES}, {"answer": Answer.NO})
    table = empty_base.tables["invitation"]
    records.delete_rows(client, table.id, [gone, away], key=table.key)
    decided = {"decided": Admission.ADMITTED}
    queue = [
        enter(no, "n1", count=2, **decided), replace(enter(gone, "g1", count=2, **decided), name="Weg"),
        replace(enter(away, "a1", **decided), name="Fort"),
        enter(away, "a2", kind=Kind.BACK, takes_back="a1", minutes=1),
    ]  # fmt: skip

    assert [o.result for o in send(stores, event, enter(asked, "q1"))] == [Admission.REFUSED]
    told = send(stores, event, *queue)
    again = send(stores, event, *queue, enter(asked, "q1", **decided))

    assert [o.result for o in told] == [*[Admission.ADMITTED] * 3, Admission.TAKEN_BACK]
    assert [o.result for o in again] == [*[Admission.ADMITTED] * 3, Admission.TAKEN_BACK, Admission.ADMITTED]
    rows = {row.name: row for row in stores["invitation"].pull()}
    assert {name: row.checked_in for name, row in rows.items()} == {"Nein": 2, "Weg": 2, "Fort": None, "Gefragt": 1}
    assert rows["Weg"].note == "Stand inzwischen nicht mehr auf der Gästeliste dieser Veranstaltung."
    log = {row.ident: (row.result, row.why) for row in stores["check_in"].pull()}
    assert log["n1"] == (Admission.ADMITTED, "Ohne Verbindung eingelassen. Hatte inzwischen abgesagt.")
    assert log["q1"] == log["n1"], "a refusal that never reached the tablet was none"
