"""Stands of a fair: numbers in the order of a walk, a plan that leaves nobody out, slips that are named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemas.events.choices import StandState
from schemas.events.rules.stands import by_number, new_numbers, plan, problems, takes_part
from schemas.events.tables import Stand

SMALL = st.integers(-1, 4) | st.none()
CELLS = st.fixed_dictionaries({
    "number": st.sampled_from([None, "", "1", "2", "A1", "7"]), "area": st.sampled_from([None, "Foyer", " Saal"]),
    "row": SMALL, "spot": SMALL, "state": st.sampled_from([*StandState, None]), "name": st.sampled_from(["Chor", None]),
})  # fmt: skip
STANDS = st.lists(CELLS, max_size=14).map(lambda rows: [Stand(id=n, **cells) for n, cells in enumerate(rows, 1)])


@given(STANDS)
def test_everybody_who_takes_part_stands_on_the_plan_once(stands):
    shown = [stand.id for area in plan(stands) for stand in area.stands]

    assert sorted(shown) == [stand.id for stand in stands if takes_part(stand)]


@given(STANDS)
def test_no_number_is_given_twice_and_none_is_changed(stands):
    given_now = new_numbers(stands)
    taken = [stand.number for stand in stands if (stand.number or "").strip()]

    assert set(given_now) == {s.id for s in stands if takes_part(s) and not (s.number or "").strip()}
    assert not set(given_now.values()) & set(taken)
    assert len(set(given_now.values())) == len(given_now)


def test_numbers_follow_areas_rows_and_spots():
    stands = [
        Stand(id=1, area="Saal", row=1, spot=1), Stand(id=2, area="Foyer", row=2, spot=1),
        Stand(id=3, area="Foyer", row=1, spot=2), Stand(id=4, area="Foyer", row=1, spot=1), Stand(id=5, number="3"),
        Stand(id=6, area="Foyer"), Stand(id=7),
    ]  # fmt: skip

    assert new_numbers(stands) == {4: "1", 3: "2", 2: "4", 6: "5", 1: "6", 7: "7"}


def test_numbers_are_ordered_as_people_count():
    numbers = ["10", "B2", "9", None, "B10", "1a"]

    assert [s.number for s in sorted((Stand(number=n) for n in numbers), key=by_number)] == [
        "1a", "9", "10", "B2", "B10", None,
    ]  # fmt: skip


def test_an_empty_spot_stays_empty_and_who_has_no_place_comes_behind():
    (foyer,) = plan([Stand(id=1, area="Foyer", row=1, spot=3), Stand(id=2, area="Foyer"), Stand(id=3, area="Foyer ")])

    assert [[s.id if s else None for s in row] for row in foyer.rows] == [[None, None, 1], [2, 3]]


def test_what_cannot_be_right_is_named_for_each_stand():
    stands = [
        Stand(id=1, name="Chor", number="1", area="Foyer", row=1, spot=1), Stand(id=2, number="1", area="Foyer"),
        Stand(id=3, area="foyer", row=1, spot=1), Stand(id=4, row=2), Stand(id=5, row=0, spot=1),
        Stand(id=6, number="1", state=StandState.CALLED_OFF), Stand(id=7, area="Saal", row=1, spot=1),
    ]  # fmt: skip

    assert [row for row, _ in problems(stands)] == [2, 3, 4, 5]
    assert problems(stands)[0][1] == "Die Nummer 1 hat auch „Chor“."
