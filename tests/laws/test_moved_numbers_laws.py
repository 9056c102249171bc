"""Lists that number their entries anew: whoever is meant keeps the row, and nobody gets the row of another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_world import delivery, item
from test_identity_laws import Base

from sync.plan import Create, DeletedByStaff
from sync.sanity import find_doubts

ADA = {"first_name": "Andreas", "last_name": "Uhlenhorst", "mail": "a@gmx.example", "mobile": "0170 5550101",
       "street": "Ring 4", "postcode": "39104"}  # fmt: skip
BEN = {**ADA, "mail": "b@gmx.example", "mobile": "0170 5550102", "street": "Weg 6", "postcode": "39108"}
NEW = {**ADA, "mail": "n@gmx.example", "mobile": "0170 5550103", "street": "Hof 8", "postcode": "39112"}
ANNA = {**ADA, "first_name": "Anna"}
HOME = {"first_name": "Andreas", "last_name": "Uhlenhorst", "street": "Ring 4", "postcode": "39104"}
AWAY = {**HOME, "street": "Weg 6", "postcode": "39108"}
KITA = {"name": "Kita Regenbogen", "street": "Ring 4", "postcode": "39104", "mail": "kita@traeger.example"}
KITA2 = {**KITA, "street": "Weg 6", "postcode": "39108"}
KITA3 = {**KITA, "street": "Hof 8", "postcode": "39112", "mail": "neu@traeger.example"}


LESS = {**BEN, "mail": "", "mobile": ""}
FAMILY = {"mail": "familie@x.example"}
SCHULZ = {**BEN, "first_name": "Anna", "last_name": "Zaunwinde"}
KARL = {**BEN, "first_name": "Andreas Karl"}
CLUB2 = {**KITA2, "name": "Kita Regenbogen e. V."}


def play(base, *days):
    """Bring lists in, each a mapping of number to who and what; return who holds which row, and who is gone."""
    holders: dict[int, set[str]] = {}
    for day in days:
        if callable(day):
            day(base)
            continue
        items = [item(table(cells), ident, cells) for ident, (_, cells) in day.items()]
        for once_more in (False, True):
            plan = base.bring(delivery(*items))
            for (who, _), action in zip(day.values(), plan.actions, strict=True):
                if isinstance(action, DeletedByStaff):
                    holders.setdefault(action.row_id, set()).add(who)
                    continue
                line = f"liste:{action.item.ident}"
                row = next(r.id for r in base.rows.values() if line in (r.ident or "").split("\n"))
                holders.setdefault(row, set()).add(who)
                assert not (once_more and isinstance(action, Create))
    gone = {
        who for row, found in holders.items() for who in found if row in base.rows and base.rows[row].vanished_since
    }
    return holders, gone


def table(cells):
    return "organisation" if "name" in cells else "person"


def deleted(number):
    def delete(base):
        del base.rows[number]

    return delete


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        pytest.param([{"1": ("a", ADA), "2": ("b", BEN)}, {"1": ("b", BEN), "2": ("a", ADA)}], set(), id="swapped"),
        pytest.param([{"1": ("a", ADA), "2": ("b", BEN)}, {"1": ("b", BEN)}], {"a"}, id="one_left_the_other_moved_up"),
        pytest.param([{"1": ("a", ADA)}, {"1": ("n", NEW), "2": ("a", ADA)}], set(), id="a_newcomer_came_before"),
        pytest.param([{"1": ("b", BEN), "2": ("a", ADA)}, {"1": ("a", ADA)}, {"1": ("n", NEW), "2": ("a", ADA)}], {"b"},
                     id="one_left_and_later_a_newcomer_came"),
        pytest.param([{"1": ("a", HOME), "2": ("b", BEN)}, {"1": ("b", BEN), "2": ("a", HOME)}], set(),
                     id="one_has_neither_mail_nor_mobile"),
        pytest.param([{"1": ("a", HOME), "2": ("b", AWAY)}, {"1": ("b", AWAY)}], {"a"}, id="nothing_but_addresses"),
        pytest.param([{"1": ("a", {**ADA, **FAMILY}), "2": ("b", {**BEN, **FAMILY})},
                      {"1": ("b", {**BEN, **FAMILY})}], {"a"}, id="one_mail_of_a_family"),
        pytest.param([{"1": ("a", ADA), "2": ("b", BEN)}, {"1": ("b", KARL)}], {"a"},
                     id="moved_up_with_a_corrected_name"),
        pytest.param([{"1": ("a", ANNA), "2": ("b", SCHULZ)},
                      {"1": ("b", SCHULZ)}], {"a"},
                     id="who_moved_up_is_not_who_married"),
        pytest.param([{"1": ("a", ADA), "2": ("b", BEN)}, {"2": ("a", ADA), "1": ("b", LESS)}],
                     set(), id="swapped_and_facts_lost"),
        pytest.param([{"1": ("a", ADA), "2": ("b", BEN)}, deleted(1), {"1": ("b", BEN)}], set(),
                     id="staff_deleted_one_and_the_other_moved_up"),
        pytest.param([{"1": ("a", ADA), "2": ("b", BEN)}, deleted(1), {"1": ("b", BEN), "2": ("a", ADA)}], set(),
                     id="staff_deleted_one_and_they_are_swapped"),
        pytest.param([{"1": ("a", KITA), "2": ("b", KITA2)}, {"1": ("b", KITA2), "2": ("a", KITA)}], set(),
                     id="two_sites_with_one_mail_swapped"),
        pytest.param([{"1": ("a", KITA), "2": ("b", KITA2)}, {"1": ("b", CLUB2)}],
                     {"a"}, id="a_site_closed_and_the_other_moved_up"),
        pytest.param([{"1": ("a", KITA)}, {"1": ("n", KITA3), "2": ("a", KITA)}], set(), id="a_site_was_added_before"),
    ],
)  # fmt: skip
def test_whoever_is_meant_keeps_the_row_under_whatever_number(days, gone):
    days = [day if callable(day) else {f"id:{n}": told for n, told in day.items()} for day in days]
    holders, left = play(Base(), *days)
    assert all(len(who) == 1 for who in holders.values()), holders
    assert len({next(iter(who)) for who in holders.values()}) == len(holders)
    assert left == gone


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([(ADA, BEN, NEW), (HOME, AWAY, NEW), (KITA, KITA2, KITA3)]),
    st.lists(st.tuples(st.permutations(["id:1", "id:2", "id:3", "id:4"]), st.integers(1, 3)), min_size=1, max_size=5),
)
def test_who_comes_goes_and_returns_under_any_number_is_met(people, days):
    all_of_them = (("id:1", "id:2", "id:3"), 3)
    told = [
        dict(zip(idents, zip("abc"[:number], people, strict=False), strict=False))
        for idents, number in (all_of_them, *days)
    ]
    holders, _ = play(Base(), *told)
    assert all(len(who) == 1 for who in holders.values()), holders
    assert len({next(iter(who)) for who in holders.values()}) == len(holders)


@pytest.mark.parametrize("ident", ["id:1", "uid:x", "mail:k@x.example"])
def test_a_corrected_salutation_refuses_no_list_and_gives_nobody_a_second_row(ident):
    base, kim = Base(), {"first_name": "Kim", "last_name": "Uhlenhorst", "mail": "k@x.example"}
    base.bring(delivery(item("person", ident, {**kim, "salutation": "herr"})))
    again = delivery(item("person", ident, {**kim, "salutation": "frau"}))
    assert find_doubts(again, base.known, lambda key: base.said.get(key, {})) == []
    base.bring(again)
    assert [(row.salutation, row.vanished_since) for row in base.rows.values()] == [("frau", None)]


def test_two_names_that_changed_their_numbers_are_refused_though_one_may_have_married():
    base = Base()
    people = [ANNA, SCHULZ]
    base.bring(delivery(*(item("person", f"id:{n}", cells) for n, cells in enumerate(people))))
    swapped = delivery(*(item("person", f"id:{n}", cells) for n, cells in enumerate(reversed(people))))
    (doubt,) = find_doubts(swapped, base.known, lambda key: base.said.get(key, {}))
    assert doubt.word == "kennungen"


def test_a_number_alone_gives_nobody_the_row_of_somebody_else_whom_another_number_names():
    """Who moved came under a uid, then under another number: the first number is free, the row is not."""
    base = Base()
    anna = ("mail:info@h.example", {"first_name": "Anna", "last_name": "Lerchenau"})
    bernd = {"first_name": "Bernd", "last_name": "Marderwald"}
    cilly = {"first_name": "Cäcilie", "last_name": "Zaunwinde"}
    doris = {"first_name": "Doris", "last_name": "Tannhäuser", "mail": "info@h.example"}
    told = {"mail": "info@h.example", "mobile": "0170 5550101", "street": "Weg 2"}
    days = [
        [anna, ("mail:v@h.example", bernd), ("id:1", {**cilly, **told}), ("id:2", doris)],
        [anna, ("uid:x", {**cilly, "mail": "info@h.example", "street": "Ring 1"})],
        [anna, ("id:1", bernd), ("id:2", cilly)],
    ]
    for day in days:
        base.bring(delivery(*(item("person", ident, cells) for ident, cells in day)))
    names = [(row.first_name, row.mobile) for row in base.rows.values()]
    assert ("Bernd", None) in names
    assert ("Cäcilie", "0170 5550101") in names
    assert ("Bernd", "0170 5550101") not in names
