"""Laws of successors: following them twice changes nothing, loops end, and nobody's contact is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemas.contacts.rules.successors import today_of

links = st.dictionaries(st.integers(1, 12), st.integers(1, 12))


@given(links)
def test_what_became_of_somebody_became_nothing_else_again(successors):
    found = today_of(successors)

    assert all(end not in found for end in found.values())
    assert all(row != end for row, end in found.items())


@given(links)
def test_everybody_in_a_chain_ends_at_the_same_place(successors):
    found = today_of(successors)

    for row, after in successors.items():
        assert found.get(row, row) == found.get(after, after)


@given(links)
def test_who_has_no_successor_stays_what_it_is(successors):
    assert set(today_of(successors)) <= set(successors)
