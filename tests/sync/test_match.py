"""A list meets the base for the first time: what is sure is met, what is not becomes a row of its own and is told."""

from __future__ import annotations

import pytest

from schemas.contacts.tables import Organisation, Person
from sync.items import Delivery, Item, Origin
from sync.match import match_columns, sure_keys
from sync.plan import Create, Write, make_plan
from sync.standing import read_standing


def first_meeting(row, values):
    """Plan one item against a base that holds one row; the row is given the columns that a run reads, and no others."""
    table = row.table().code
    read = {"ident", *values, *match_columns(table)}
    cells = {column: row.value(column) for column in read}
    item = Item(table, "7", values, {}, Origin("liste.csv", 2))
    standing = {table: read_standing("liste", [(1, cells)])}
    (action,) = make_plan(Delivery("liste", 1, (item,)), standing, {}, lambda key: {}).actions
    return action


@pytest.mark.parametrize(
    ("row", "values"),
    [
        (Organisation(name="Zoo e.V.", register_number="VR 12"), {"name": "ZOO", "register_number": "VR12"}),
        (Organisation(name="Zoo e.V.", web="https://www.zoo.example/a"), {"name": "ZOO", "web": "zoo.example"}),
        (Organisation(name="Zoo e.V.", postcode="39104"), {"name": "Zoo", "postcode": "D-39104"}),
        (Organisation(name="Zoo", mail="Post@Zoo.example"), {"name": "Zoo e. V.", "mail": "post@zoo.example"}),
        (Person(first_name="Zoë", last_name="Abel", mail2="z@a.example"),
         {"first_name": "Zoe", "last_name": "Abel", "mail": "Z@a.example"}),
        (Person(first_name="Jan", last_name="Abel", mobile="+4917012345678"),
         {"first_name": "Jan", "last_name": "Abel", "phone": "0170 12345678"}),
        (Organisation(name="Zoo", street="Ring 1", postcode="39104"),
         {"name": "Zoo e.V.", "street": "Ring 1", "postcode": "39104"}),
    ],
)  # fmt: skip
def test_a_row_with_one_sure_thing_in_common_is_met(row, values):
    action = first_meeting(row, values)
    assert isinstance(action, Write)
    assert action.row_id == 1


@pytest.mark.parametrize(
    ("row", "values"),
    [
        (Organisation(name="Haus Ost", web="https://t.example"), {"name": "Haus West", "web": "https://t.example"}),
        (Organisation(name="Zoo", web="https://zoo.example"), {"name": "Freundeskreis Zoo", "web": "zoo.example"}),
        (Organisation(name="A", web="https://facebook.com/a"), {"name": "B", "web": "https://facebook.com/a"}),
        (Organisation(name="Zoo", mail="x@traeger.example"), {"name": "Hort", "mail": "x@traeger.example"}),
        (Person(first_name="Jan", last_name="Abel", mail="f@a.example"),
         {"first_name": "Jana", "last_name": "Abel", "mail": "f@a.example"}),
        (Person(first_name="Jan", last_name="Abel", phone="+493915550101"),
         {"first_name": "Ute", "last_name": "Abel", "phone": "0391 5550101"}),
    ],
)  # fmt: skip
def test_sites_of_one_house_and_families_are_rows_of_their_own(row, values):
    action = first_meeting(row, values)
    assert isinstance(action, Create)
    assert action.resembles is None


@pytest.mark.parametrize(
    ("row", "values", "reason"),
    [
        (Organisation(name="Zoo", postcode="39104", register_number="VR 1"),
         {"name": "Zoo", "postcode": "39104", "register_number": "VR 2"}, "verschiedene Registernummern"),
        (Organisation(name="Zoo", postcode="39104", web="https://zoo.example"),
         {"name": "Zoo", "postcode": "06108", "web": "https://zoo.example"}, "verschiedene PLZ"),
        (Organisation(name="Tierpark", phone="0391 5550101", register_number="VR 12"),
         {"name": "Zoo", "phone": "0391 5550101", "register_number": "VR12"}, "gleiche Registernummer"),
        (Organisation(name="Stadt-Garten"), {"name": "Stadtgarten e.V."}, "gleiche Wörter"),
        (Organisation(name="Neu", postcode="39104", aliases="Name: Stadtgarten"),
         {"name": "Stadtgarten e.V.", "postcode": "39104"}, "früherer oder kurzer Name"),
        (Person(first_name="Jan", last_name="Abel", phone="+493915550101"),
         {"first_name": "Jan", "last_name": "Abel", "phone": "0391 5550101"}, "gleiche Telefonnummer"),
    ],
)  # fmt: skip
def test_what_is_not_sure_becomes_a_row_of_its_own_and_is_told(row, values, reason):
    action = first_meeting(row, values)
    assert isinstance(action, Create)
    assert action.resembles is not None
    assert action.resembles.row_id == 1
    assert reason in action.resembles.reason


@pytest.mark.parametrize("table", ["team_member", "office", "function"])
def test_a_row_that_says_nothing_has_no_keys(table):
    empty = dict.fromkeys(match_columns(table))
    assert [*sure_keys(table, empty)] == []
