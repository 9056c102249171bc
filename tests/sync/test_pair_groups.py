"""Pairs that hang together are one case: which, what it is called, and which decisions contradict each other."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from schemas.operations.tables import Duplicate, pair_ident
from sync.identity.finding import Pair
from sync.pair_groups import cases_of, contradictions, group_names, row_now
from sync.pairs import plan_pairs

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
DECISIONS = {"=": "dieselbe", "/": "verschieden", "?": "spaeter"}
ONE_NUMBER = "aber: andere Namen (stark)\nin einer Liste nacheinander unter derselben Kennung"
NAMES = {"A": 1, "B": 2, "C": 3, "D": 4, "E": 5}


def pairs(told, table="person"):
    """Read "A=B B.C": decided the same, not decided; ``/`` different, ``?`` later, ``~`` two names under one number."""
    found = []
    for number, word in enumerate(told.split(), start=1):
        first, second = sorted(NAMES[c] for c in (word[0], word[2]))
        why = ONE_NUMBER if word[1] == "~" else "gleicher Name"
        found.append(Duplicate(id=number, table_code=table, first_row=first, second_row=second, state="offen",
                               decision=DECISIONS.get(word[1]), reasons=why,
                               ident=pair_ident(table, first, second)))  # fmt: skip
    return found


def told(case):
    back = {row: name for name, row in NAMES.items()}
    return " ".join(sorted(back[p.first_row] + back[p.second_row] for p in case.pairs))


@pytest.mark.parametrize(
    ("shown", "cases"),
    [
        ("", []),
        ("A.B", ["AB"]),
        ("A.B C.D", ["AB", "CD"]),
        ("A.B B.C", ["AB BC"]),
        ("A.B C.D D.E", ["AB", "CD DE"]),
        ("A.B B.C C.D D.E", ["AB BC CD DE"]),
        ("A.B B.C A/C", ["AB AC BC"]),
        ("A.B B/C", ["AB", "BC"]),
        ("A.B A/C B/C", ["AB", "AC", "BC"]),
        ("A/B A/C B/C", ["AB AC BC"]),
        ("A=B B=C A=C", ["AB AC BC"]),
        ("A?B B.C", ["AB BC"]),
        ("A.B B/C C.D", ["AB", "BC", "CD"]),
        ("A~B", ["AB"]),
        ("A~B B~C C~D", ["AB", "BC", "CD"]),
        ("A~B A.C B.C", ["AB AC BC"]),
        ("A.B B~C", ["AB", "BC"]),
        ("A~B B/C", ["AB", "BC"]),
    ],
)
def test_what_hangs_together_is_one_case(shown, cases):
    assert sorted(map(told, cases_of(pairs(shown)))) == cases


def test_rows_of_two_tables_and_pairs_without_rows_never_hang_together():
    mixed = [*pairs("A.B"), *pairs("B.C", "organisation"), Duplicate(id=8), Duplicate(id=9)]
    assert len(cases_of(mixed)) == 4


def recount(found):
    """Count the cases in another way: colour rows over and over until nothing changes, then count the colours."""
    open_pairs = [p for p in found if p.decision != "verschieden"]
    colour = {row: row for p in open_pairs for row in (p.first_row, p.second_row)}
    changed = True
    while changed:
        changed = False
        for p in open_pairs:
            least = min(colour[p.first_row], colour[p.second_row])
            for row in (p.first_row, p.second_row):
                changed, colour[row] = changed or colour[row] != least, least
    return len(set(colour.values()))


def test_the_number_of_cases_is_that_of_an_independent_recount():
    rng = random.Random(7)
    for _ in range(300):
        size = rng.randrange(2, 14)
        edges = {tuple(sorted(rng.sample(range(1, size + 1), 2))) for _ in range(rng.randrange(1, 16))}
        found = [
            Duplicate(id=n, table_code="person", first_row=a, second_row=b, decision=rng.choice([None, "dieselbe"]))
            for n, (a, b) in enumerate(sorted(edges))
        ]
        cases = cases_of(found)
        assert len(cases) == recount(found)
        assert sorted(p.id for c in cases for p in c.pairs) == [p.id for p in found], "each pair is in one case"
        assert sum(len(c.rows) for c in cases) == len({r for c in cases for r in c.rows}), "and each row, too"


def test_a_group_is_called_by_its_oldest_row_and_its_size_and_no_two_alike():
    found = group_names(pairs("A.B B.C D.E"), lambda _, row: f"Anna {row}")
    assert found == {"person:1:2": "Anna 1 (3 Einträge)", "person:2:3": "Anna 1 (3 Einträge)"}
    twice = [*pairs("A.B B.C"), *pairs("A.C C.D", "organisation")]
    assert set(group_names(twice, lambda *_: "Anna").values()) == {
        "Anna (3 Einträge, Personen ab Zeile 1)", "Anna (3 Einträge, Organisationen ab Zeile 1)",
    }  # fmt: skip
    twice = [Duplicate(table_code="person", first_row=a, second_row=b, ident=f"{a}:{b}")
             for a, b in ((1, 2), (2, 3), (7, 8), (8, 9))]  # fmt: skip
    assert set(group_names(twice, lambda *_: "Anna").values()) == {
        "Anna (3 Einträge, Personen ab Zeile 1)", "Anna (3 Einträge, Personen ab Zeile 7)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("decided", "became", "held"),
    [
        ("A=B B=C", {}, ""),
        ("A=B B=C A/C", {}, "AB BC"),
        ("A=B B=C A.C", {}, ""),
        ("A=B C=D A/C", {}, ""),
        ("A=B B=C C=D A/D", {}, "AB BC CD"),
        ("A=B C=D D=E C/E", {}, "CD DE"),
        ("B=C A/C", {"B": "A"}, "BC"),
        ("C=D A/D", {"C": "B", "B": "A"}, "CD"),
        ("A=B A/C", {"C": "A"}, ""),
    ],
)
def test_decisions_that_contradict_each_other_hold_their_whole_group_back(decided, became, held):
    found = pairs(decided)
    same = [p for p in found if p.decision == "dieselbe"]
    different = {("person", p.first_row, p.second_row) for p in found if p.decision == "verschieden"}
    now = {("person", NAMES[a]): NAMES[b] for a, b in became.items()}
    broken = contradictions(same, different, now)
    assert " ".join(told(c) for p in same if p.id in broken for c in cases_of([p])) == held


def test_what_a_row_became_is_found_over_many_merges_and_a_circle_ends():
    became = {("person", 4): 3, ("person", 3): 1, ("person", 8): 9, ("person", 9): 8}
    assert [row_now("person", row, became) for row in (1, 3, 4, 5)] == [1, 1, 1, 5]
    assert row_now("person", 8, became) in (8, 9)


def planned(cases, found, rows="ABCDE"):
    """Plan for pairs found ("A.B B.C") with cases that stand there already."""
    cells = {NAMES[name]: {"first_name": "Anna", "last_name": name} for name in rows}
    links = {("person", row): f"#{row}" for row in cells}
    seen = [Pair("person", p.first_row, p.second_row, 80, ("gleicher Name",)) for p in pairs(found)]
    return plan_pairs(seen, cases, {"person": cells}, links, NOW)


def carried_out(cases, plan):
    changes = {case.id: changes for case, changes in plan.change}
    after = [Duplicate(**{c: changes.get(p.id, {}).get(c, p.value(c)) for c in Duplicate.table().columns}, id=p.id)
             for p in cases]  # fmt: skip
    return [*after, *(Duplicate(**{c: p.value(c) for c in Duplicate.table().columns}, id=n)
                      for n, p in enumerate(plan.create, start=len(after) + 1))]  # fmt: skip


def test_the_group_stands_in_every_pair_and_is_kept_true_and_a_second_run_writes_nothing():
    first = planned([], "A.B B.C D.E")
    assert {p.ident: p.group for p in first.create} == {
        "person:1:2": "Anna A (3 Einträge)", "person:2:3": "Anna A (3 Einträge)", "person:4:5": None,
    }  # fmt: skip
    stand = carried_out([], first)
    assert planned(stand, "A.B B.C D.E").writes == 0
    more = planned(stand, "A.B B.C C.D D.E")
    after = carried_out(stand, more)
    assert {p.group for p in after} == {"Anna A (5 Einträge)"}
    less = carried_out(after, planned(after, "A.B D.E"))
    assert {p.ident: (p.group, p.state) for p in less} == {
        "person:1:2": (None, "offen"), "person:2:3": (None, "erledigt"),
        "person:3:4": (None, "erledigt"), "person:4:5": (None, "offen"),
    }  # fmt: skip


def test_a_pair_called_different_leaves_its_group_and_contradictions_are_told_not_merged():
    stand = carried_out([], planned([], "A.B B.C A.C"))
    decided = [Duplicate(**{c: p.value(c) for c in Duplicate.table().columns if c != "decision"}, id=p.id,
                         decision="verschieden" if p.ident == "person:1:3" else "dieselbe") for p in stand]  # fmt: skip
    plan = planned(decided, "A.B B.C")
    assert plan.merges == ()
    (why,) = plan.left
    assert why.startswith("„Anna A“ (Zeile 1) und „Anna C“ (Zeile 3) sind als verschieden entschieden")
    after = {p.ident: p for p in carried_out(decided, plan)}
    assert (after["person:1:3"].state, after["person:1:3"].group) == ("erledigt", None)
    assert after["person:1:2"].group == "Anna A (3 Einträge)"
    again = planned(list(after.values()), "A.B B.C")
    assert (again.writes, again.merges, again.left) == (0, (), plan.left)
