"""Laws of selections: and, or, not behave as sets do; what is stored reads back the same; words never fail."""

from __future__ import annotations

import contextlib
import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.events.choices import Answer
from schemas.events.rules import segments as s
from schemas.events.rules.picking import Whom, pick
from schemas.events.rules.segment_facts import BadSegment, Facts, Past, PastGuest, Place, Rows, SeatRole, Tie
from schemas.events.rules.segment_words import describe

TODAY = dt.date(2026, 3, 2)

kinds = st.sampled_from(["verein", "amt", "stiftung"])
rows = st.integers(1, 5)
some_kinds = st.lists(kinds, max_size=2, unique=True).map(tuple)
answers = st.lists(st.sampled_from([a.value for a in Answer]), max_size=2).map(tuple)
ago = st.one_of(st.none(), st.integers(0, 3))

conditions = st.one_of(
    st.builds(s.Kind, some_kinds), st.builds(s.InSphere, some_kinds), st.builds(s.Engaged, some_kinds),
    st.builds(s.InDistrict, st.lists(st.text(max_size=6), max_size=2).map(tuple)), st.builds(s.Below, rows),
    st.builds(s.InBody, rows, st.sampled_from(list(SeatRole))), st.builds(s.HoldsOffice, some_kinds),
    st.builds(s.Nominated, ago), st.builds(s.Awarded, ago),
    st.builds(s.Exhibited, st.one_of(st.none(), rows), st.sampled_from(["", "Messe"])),
    st.builds(s.GuestOf, st.one_of(st.none(), rows), st.sampled_from(["", "Messe"]), answers,
              st.one_of(st.none(), st.booleans())),
    st.builds(s.NotInvited, st.integers(1, 4)),
    st.builds(s.Contacts, st.text(max_size=5), sphere=st.sampled_from(["", "verwaltung"])),
    st.builds(s.View, st.sampled_from(["organisation", "person"]), st.text(max_size=4), st.text(max_size=4)),
)  # fmt: skip
segments = st.recursive(
    conditions,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: s.All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: s.Either(tuple(parts))),
        inner.map(s.Not),
    ),
    max_leaves=6,
)


@st.composite
def facts(draw):
    offices = st.frozensets(st.tuples(rows, kinds), max_size=2)
    seats = st.frozensets(st.tuples(rows, st.sampled_from(list(SeatRole)[:2])), max_size=2)
    places = st.one_of(st.none(), rows)
    ties = draw(st.lists(st.builds(Tie, places, places, st.booleans(), st.booleans(), offices, seats), max_size=8))
    place = st.builds(Place, kinds, kinds, st.frozensets(kinds), st.sampled_from(["Buckau", ""]), st.frozensets(rows))
    days = st.integers(-1500, 100).map(lambda days: TODAY + dt.timedelta(days=days))
    guests = st.builds(PastGuest, rows, places, places, st.sampled_from([a.value for a in Answer]), st.booleans(),
                       st.booleans())  # fmt: skip
    return Facts(
        TODAY, tuple(ties), draw(st.dictionaries(rows, place)),
        draw(st.dictionaries(st.tuples(st.sampled_from(["vorschlag", "auszeichnung"]), st.integers(2023, 2026)),
                             st.frozensets(rows))),
        draw(st.dictionaries(rows, st.frozensets(rows))),
        draw(st.dictionaries(rows, st.builds(Past, st.sampled_from(["Messe", ""]), days))),
        tuple(draw(st.lists(guests, max_size=6))),
    )  # fmt: skip


HERE = Rows(frozenset({1}), frozenset({2}), frozenset({(3, 4)}))
few = settings(max_examples=60)


def select(segment, known):
    return s.select(segment, known, dict.fromkeys(s.leaves(segment), HERE))


@few
@given(segments, segments, facts())
def test_and_or_not_behave_as_sets_do(one, other, known):
    everything = frozenset(range(len(known.ties)))
    a, b = select(one, known), select(other, known)
    assert select(s.All((one, other)), known) == a & b
    assert select(s.Either((one, other)), known) == a | b
    assert select(s.Not(one), known) == everything - a
    assert select(s.Not(s.All((one, other))), known) == select(s.Either((s.Not(one), s.Not(other))), known)
    assert (select(s.All(), known), select(s.Either(), known)) == (everything, frozenset())


@few
@given(segments)
def test_what_is_stored_reads_back_the_same_and_has_words(segment):
    assert s.from_data(json.loads(s.to_text(segment))) == segment
    assert describe(segment).strip()


names = st.sampled_from(["ist", "parts", "codes", "part", "event"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["art", "gast", "und"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=6,
)


@few
@given(anything)
def test_anything_else_is_refused_with_a_sentence_or_is_a_selection(data):
    with contextlib.suppress(BadSegment):
        assert s.from_data(s.as_data(s.from_data(data))) == s.from_data(data)


@few
@given(facts(), st.sampled_from(list(Whom)))
def test_no_organisation_gets_lost_and_nobody_is_made_up(known, whom):
    picks = pick(known.ties, whom)
    assert {p.tie.organisation for p in picks} == {t.organisation for t in known.ties}
    people = {(t.organisation, t.person) for t in known.ties}
    assert all(p.tie.person is None or (p.tie.organisation, p.tie.person) in people for p in picks)
    if whom == Whom.MAIN:
        places = [p.tie.organisation for p in picks if p.tie.organisation is not None]
        assert len(places) == len(set(places))


def test_a_list_that_was_not_read_is_not_taken_for_an_empty_one():
    with pytest.raises(BadSegment):
        s.select(s.View("person", "v1", "Ansicht"), Facts(TODAY, (Tie(None, 1),)))


def test_last_time_and_this_year_are_asked_anew():
    known = Facts(
        TODAY, (Tie(1, None), Tie(2, None)),
        gifts={("vorschlag", 2025): frozenset({1}), ("vorschlag", 2026): frozenset({2})},
        stands={7: frozenset({1}), 8: frozenset({2})},
        events={7: Past("Messe", dt.date(2025, 5, 1)), 8: Past("Messe", dt.date(2026, 5, 1))},
    )  # fmt: skip
    later = Facts(dt.date(2027, 3, 2), known.ties, known.places, known.gifts, known.stands, known.events)
    assert [sorted(s.select(s.Exhibited(series="Messe"), on)) for on in (known, later)] == [[0], [1]]
    assert [sorted(s.select(s.Nominated(0), on)) for on in (known, later)] == [[1], []]
    assert sorted(s.select(s.Nominated(1), later)) == [1]
