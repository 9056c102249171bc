"""Which rows of a list count as not read, and under which key."""

import pytest
from mapping_rows import ORGANISATION, mapped


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"ID": "7", "PLZ": "39104"}, ("organisation", "7")),
        ({"PLZ": "39104"}, None),
        ({"ID": "1", "Name": "Ganz etwas anderes"}, None),
        ({"ID": "8", "Name": "Chor", "Seit": "irgendwann"}, ()),
    ],
    ids=["an-id-without-a-name", "neither", "the-id-of-another", "only-a-cell"],
)
def test_a_row_that_becomes_nothing_is_unread_under_the_key_it_tells(cells, key):
    delivery = mapped(ORGANISATION, {"ID": "1", "Name": "Verein Eins"}, cells)
    assert [one.key for one in delivery.unread] == ([] if key == () else [key])
    assert len(delivery.rejected) == 1  # it is never only a hint


def test_an_unread_row_is_told_again_wherever_it_stands():
    broken = {"PLZ": "39104"}
    first = mapped(ORGANISATION, {"Name": "Eins"}, broken).unread
    later = mapped(ORGANISATION, {"Name": "Zwei"}, {"Name": "Drei"}, broken, {"PLZ": "39106"}).unread
    assert later[0].fingerprint == first[0].fingerprint != later[1].fingerprint
    assert all(one.fingerprint for one in later)


def test_an_item_whose_other_end_is_not_in_the_list_is_unread_under_its_key():
    profile = (
        ORGANISATION
        + """
[[records]]
handle = "f"
table = "function"
ident = ["f:{ID}"]
required = ["organisation"]
when = [{ column = "Rolle", filled = true }]
[records.columns]
name = "Rolle"
[records.links]
organisation = { table = "organisation", ident = ["{Bei}"] }
"""
    )
    (one,) = mapped(profile, {"ID": "1", "Name": "Eins", "Rolle": "Vorsitz", "Bei": "9"}).unread
    assert one.key == ("function", "f:1")


def test_an_entry_of_a_list_column_that_has_another_form_is_unread():
    profile = ORGANISATION.replace(
        'handle = "o"', 'handle = "o"\nfor_each = { column = "Namen", separator = "|", item = "^(?P<Name>[A-Z].*)" }'
    ).replace("{ID}", "{?ID}{Name}")
    delivery = mapped(profile, {"Namen": "Eins|zwei"})
    assert [(len(delivery.items), one.key) for one in delivery.unread] == [(1, None)]
