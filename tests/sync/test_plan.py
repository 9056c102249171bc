"""What a delivery means for the base: laws over made-up lists and bases, and the cases that staff would notice."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_world import World, delivery, item

from schemas.contacts.tables import Function, Organisation, Person
from sync.items import Delivery
from sync.plan import Create, DeletedByStaff, Unchanged, Write
from sync.report import count, describe_plan, plan_as_json
from sync.standing import is_empty

NAMES = st.sampled_from(["Lesepaten e.V.", "Lesepaten", "Tafel", "Sportbund", ""])
WORDS = st.sampled_from(["", "39104", "39108", "0391 1", "post@example.org"])


@st.composite
def organisations(draw, ident=None):
    values = {"name": draw(NAMES.filter(bool)), "postcode": draw(WORDS), "mail": draw(WORDS), "phone": draw(WORDS)}
    return ident or draw(st.text("abc", min_size=1, max_size=3)), values


@st.composite
def deliveries(draw):
    found = draw(st.lists(organisations(), unique_by=lambda o: o[0], max_size=6))
    items = [item("organisation", ident, values) for ident, values in found]
    for number, (ident, _) in enumerate(found):
        if draw(st.booleans()):
            person = {"first_name": "Ada", "last_name": f"B{number}", "mail": draw(WORDS)}
            items.append(item("person", f"p{number}", person))
            items.append(item("function", f"f{number}", {"name": "Vorsitz"},
                              person=("person", f"p{number}"), organisation=("organisation", ident)))  # fmt: skip
    return delivery(*items)


@st.composite
def worlds(draw):
    rows = [Organisation(**draw(organisations())[1]) for _ in range(draw(st.integers(0, 5)))]
    return World(*rows)


@settings(max_examples=150)
@given(worlds(), deliveries())
def test_every_item_gets_exactly_one_action_in_the_order_of_the_list(world, arrived):
    plan = world.plan(arrived)

    assert [a.item for a in plan.actions] == list(arrived.items)


@settings(max_examples=150)
@given(worlds(), deliveries())
def test_what_was_carried_out_needs_nothing_the_second_time(world, arrived):
    world.apply(world.plan(arrived))

    again = world.plan(arrived)

    assert again.writes == 0
    assert all(isinstance(a, Unchanged) and a.settled for a in again.actions)


@settings(max_examples=150)
@given(worlds(), deliveries())
def test_no_cell_that_held_something_ever_changes_and_no_row_goes(world, arrived):
    before = dict(world.rows)

    world.apply(world.plan(arrived))

    for row_id, row in before.items():
        now = world.rows[row_id]
        for column in row.table().columns:
            if column != "ident" and not is_empty(row.value(column)):
                assert now.value(column) == row.value(column)
        assert (now.ident or "").startswith(row.ident or "")


@settings(max_examples=100)
@given(worlds(), deliveries())
def test_without_the_status_nothing_is_doubled(world, arrived):
    world.apply(world.plan(arrived))
    rows = len(world.rows)
    world.known, world.said = {}, {}

    plan = world.plan(arrived)

    assert not [a for a in plan.actions if isinstance(a, Create)]
    world.apply(plan)
    assert len(world.rows) == rows


@settings(max_examples=100)
@given(worlds(), deliveries(), st.randoms())
def test_killed_between_any_two_steps_the_next_run_completes(world, arrived, random):
    plan = world.plan(arrived)
    done = random.randint(0, len(plan.actions))
    world.apply(dataclasses.replace(plan, actions=plan.actions[:done]))
    world.apply(world.plan(arrived))

    assert world.plan(arrived).writes == 0
    idents = [line for r in world.rows.values() for line in (r.ident or "").split("\n") if line]
    assert sorted(idents) == sorted(set(idents))
    assert len(idents) == len(arrived.items)


def test_a_row_that_staff_typed_is_met_by_name_and_postcode_and_only_its_gaps_are_filled():
    world = World(Organisation(name="Lesepaten e. V.", postcode="39104", phone="0391 9"))

    plan = world.plan(
        delivery(item("organisation", "7", {"name": "LESEPATEN", "postcode": "39104", "phone": "1", "mail": "a@b.de"}))
    )
    world.apply(plan)

    assert [(type(a), a.row_id, a.columns) for a in plan.actions] == [(Write, 1, ("mail",))]
    assert [(c.column, c.ours, c.theirs) for c in plan.clashes] == [("phone", "0391 9", "1")]
    assert world.rows == {
        1: Organisation(id=1, name="Lesepaten e. V.", postcode="39104", phone="0391 9", mail="a@b.de", ident="liste:7")
    }


def test_the_same_name_without_anything_sure_is_a_new_row_and_told():
    world = World(Organisation(name="Lesepaten"))

    plan = world.plan(delivery(item("organisation", "7", {"name": "Lesepaten e.V.", "postcode": "39104"})))

    (action,) = plan.actions
    assert isinstance(action, Create)
    assert action.resembles.row_id == 1
    assert count(plan).unclear == 1
    assert "Unklar, deshalb als neue Zeile geführt" in describe_plan(plan, "Liste")


def test_two_entries_that_both_fit_one_row_are_told_and_the_row_stays_untouched():
    world = World(Organisation(name="Tafel", postcode="39104"))
    both = [item("organisation", i, {"name": "Tafel", "postcode": "39104"}) for i in "ab"]

    plan = world.plan(delivery(*both))

    assert [type(a) for a in plan.actions] == [Create, Create]
    assert {a.resembles.reason for a in plan.actions} == {"mehrere Einträge der Liste passen auf dieselbe Zeile"}


def test_a_person_is_met_by_mail_and_name_but_not_by_mail_alone():
    world = World(Person(first_name="Zoë", last_name="Müller", mail="Post@Example.org"))
    same = {"first_name": "Zoe", "last_name": "Mueller", "mail": "post@example.org", "mobile": "1"}
    other = {"first_name": "Jan", "last_name": "Müller", "mail": "post@example.org"}

    plan = world.plan(delivery(item("person", "1", same), item("person", "2", other)))

    assert [type(a) for a in plan.actions] == [Write, Create]


def test_a_function_is_met_only_when_person_and_organisation_were():
    world = World(Organisation(name="Tafel", postcode="39104"), Person(first_name="A", last_name="B", mail="a@b.de"))
    world.add(Function(name="Vorsitz", person=2, organisation=1))
    there = [
        item("organisation", "o", {"name": "Tafel", "postcode": "39104"}),
        item("person", "p", {"first_name": "A", "last_name": "B", "mail": "a@b.de"}),
    ]
    function = item("function", "f", {"name": "vorsitz"}, person=("person", "p"), organisation=("organisation", "o"))

    met = world.plan(delivery(*there, function)).actions[-1]
    new = world.plan(delivery(item("organisation", "o", {"name": "Neu"}), there[1], function)).actions[-1]

    assert (type(met), met.row_id) == (Write, 3)
    assert isinstance(new, Create)


def test_a_cell_that_staff_emptied_stays_empty_and_is_asked_about_when_the_list_changes():
    world = World()
    world.apply(world.plan(delivery(item("organisation", "1", {"name": "Tafel", "phone": "0391 1"}))))
    world.rows[1] = dataclasses.replace(world.rows[1], phone=None)

    plan = world.plan(delivery(item("organisation", "1", {"name": "Tafel", "phone": "0391 2", "mail": "a@b.de"})))

    assert [a.columns for a in plan.actions] == [("mail",)]
    assert [(c.column, c.ours, c.theirs) for c in plan.clashes] == [("phone", None, "0391 2")]


@pytest.mark.parametrize("stays", [False, True], ids=["the_former_is_named_no_longer", "both_are_named"])
def test_a_link_that_the_list_moves_is_moved_and_nobody_is_asked(stays):
    world = World()
    bodies = [item("organisation", i, {"name": name}) for i, name in (("a", "Alte Mühle"), ("b", "Bunter Hof"))]
    unit = {"name": "Werkstatt"}
    world.bring(delivery(*bodies, item("organisation", "c", unit, parent=("organisation", "b"))))
    left = bodies if stays else bodies[:1]
    plan = world.bring(delivery(*left, item("organisation", "c", unit, parent=("organisation", "a"))))
    assert plan.clashes == ()
    assert {row.name: row.parent for row in world.rows.values()} == {"Alte Mühle": None, "Bunter Hof": None,
                                                                     "Werkstatt": 1}  # fmt: skip


def test_a_row_that_staff_deleted_is_not_brought_back():
    world = World()
    world.apply(world.plan(delivery(item("organisation", "1", {"name": "Tafel"}))))
    world.rows.clear()

    plan = world.plan(delivery(item("organisation", "1", {"name": "Tafel"})))

    assert [type(a) for a in plan.actions] == [DeletedByStaff]
    assert plan.writes == 0
    assert plan_as_json(plan)["deleted_by_staff"] == 1


def test_two_sources_meet_in_one_row_and_both_know_it_again():
    world = World()
    world.apply(world.plan(delivery(item("organisation", "1", {"name": "Tafel", "postcode": "39104"}))))
    known, world.known, world.said = world.known, {}, {}
    other = Delivery("andere", 1, (item("organisation", "x", {"name": "Tafel", "postcode": "39104", "mail": "a@b"}),))

    world.apply(world.plan(other))

    assert world.rows[1].ident == "liste:1\nandere:x"
    assert world.plan(other).writes == 0
    world.known = known
    assert world.plan(delivery(item("organisation", "1", {"name": "Tafel", "postcode": "39104"}))).writes == 0


def test_a_tick_is_never_set_in_a_row_that_stands():
    world = World(Person(first_name="A", last_name="B", mail="a@b.de"))
    values = {"first_name": "A", "last_name": "B", "mail": "a@b.de", "do_not_contact": True}

    (action,) = world.plan(delivery(item("person", "1", values))).actions

    assert action.columns == ()


def test_what_a_list_replaces_stays_findable_as_a_former_value():
    world = World()
    for name, phone in (("Alt", "0391 1"), ("Neu", "0391 2")):
        said = {"name": name, "phone": phone, "mail": "a@x.example"}
        world.apply(world.plan(delivery(item("organisation", "7", said))))
    assert (world.rows[1].name, world.rows[1].aliases) == ("Neu", "Name: Alt\nTelefon: 0391 1")

    world.apply(world.plan(delivery(item("organisation", "7", {"name": "Alt", "phone": "0391 2", "note": "y"}))))
    assert (world.rows[1].name, world.rows[1].aliases) == ("Alt", "Name: Alt\nTelefon: 0391 1\nName: Neu")
    again = world.plan(delivery(item("organisation", "7", {"name": "Alt", "phone": "0391 2", "note": "y"})))
    assert again.writes == 0


def test_lines_that_staff_wrote_among_the_former_values_stay():
    world = World()
    world.apply(world.plan(delivery(item("organisation", "7", {"name": "Alt", "mail": "a@x.example"}))))
    world.rows[1] = dataclasses.replace(world.rows[1], aliases="im Volksmund: die Alten")
    world.apply(world.plan(delivery(item("organisation", "7", {"name": "Neu", "mail": "a@x.example"}))))
    assert world.rows[1].aliases == "im Volksmund: die Alten\nName: Alt"


def test_a_person_is_still_met_under_a_former_mail():
    world = World(
        Person(first_name="Ada", last_name="Beispiel", mail="neu@example.org", aliases="E-Mail: alt@example.org")
    )
    values = {"first_name": "Ada", "last_name": "Beispiel", "mail": "alt@example.org"}
    plan = world.plan(delivery(item("person", "1", values)))
    (action,) = plan.actions
    assert (type(action), action.row_id, action.columns) == (Write, 1, ())
    assert plan.clashes == ()  # what was replaced once is no difference to ask about
