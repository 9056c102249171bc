"""Three values make one decision: every case of the table, and the laws that hold for all values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.merge import UNKNOWN, Mode, Verdict, merge

K, T, C = Verdict.KEEP, Verdict.TAKE, Verdict.CONFLICT
VALUES = st.sampled_from([None, "", "0391 1", "+49 391 1", "0391 2", "post@example.org"])


@pytest.mark.parametrize(
    ("last", "base", "source", "merged", "filled", "master"),
    [
        # last      base     source
        ("a", "a", "a", K, K, K),
        ("a", "a", "b", T, K, T),
        ("a", "b", "a", K, K, T),
        ("a", "b", "b", K, K, K),
        ("a", "b", "c", C, K, T),
        ("a", None, "a", K, K, T),
        ("a", None, "b", C, K, T),
        ("a", "a", None, K, K, K),
        ("a", "b", None, K, K, K),
        (UNKNOWN, None, "a", T, T, T),
        (UNKNOWN, "a", "a", K, K, K),
        (UNKNOWN, "a", "b", C, K, T),
        (UNKNOWN, "a", None, K, K, K),
    ],
)
def test_every_case_of_the_table(last, base, source, merged, filled, master):
    def verdict(mode):
        return merge(mode, "name", last=last, base=base, source=source).verdict

    assert (verdict(Mode.MERGE), verdict(Mode.FILL), verdict(Mode.SOURCE)) == (merged, filled, master)
    assert verdict(Mode.STAFF) is K


@given(st.sampled_from(Mode), VALUES | st.just(UNKNOWN), VALUES, VALUES)
def test_what_is_taken_is_what_the_source_says_and_agrees_the_next_time(mode, last, base, source):
    first = merge(mode, "phone", last=last, base=base, source=source)

    if first.verdict is T:
        assert first.value == source
        assert merge(mode, "phone", last=source, base=first.value, source=source).verdict is K


@given(VALUES | st.just(UNKNOWN), VALUES, VALUES)
def test_a_value_that_staff_changed_is_never_taken_away(last, base, source):
    found = merge(Mode.MERGE, "name", last=last, base=base, source=source)

    changed_by_staff = last is UNKNOWN or (base or None) != (last or None)
    if base not in (None, "") and changed_by_staff:
        assert found.verdict is not T


@given(VALUES, VALUES)
def test_a_source_that_says_the_same_again_changes_nothing(base, said):
    assert merge(Mode.MERGE, "phone", last=said, base=base, source=said).verdict is K


def test_another_spelling_of_a_number_is_no_change():
    assert (
        merge(Mode.MERGE, "phone", last="030 23125010", base="+49 30 23125010", source="(030) 23125-010").verdict is K
    )


def test_adding_never_takes_away_and_what_staff_took_out_stays_out():
    found = merge(Mode.ADD, "engagement_fields", last=("sport", "kultur"), base=("sport",), source=("kultur", "umwelt"))

    assert (found.verdict, found.value) == (T, ("sport", "umwelt"))


def test_an_untouched_tick_is_no_conflict_while_nobody_remembers():
    assert merge(Mode.MERGE, "do_not_contact", last=UNKNOWN, base=False, source=True).verdict is K
    assert merge(Mode.MERGE, "do_not_contact", last=False, base=False, source=True).verdict is T
