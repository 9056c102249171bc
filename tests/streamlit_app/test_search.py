"""Laws and examples of the search: what one types first must already find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamlit_app.frames.search import digits, find, fold, haystack, needles

NAMES = st.text(alphabet="aeouäöüßMSTéçğıXyz -.", min_size=1, max_size=20)


@given(NAMES, st.integers(0, 20))
def test_folding_a_beginning_gives_a_beginning_of_the_folded_word(name: str, cut: int) -> None:
    assert fold(name).startswith(fold(name[:cut]))


@given(st.text(max_size=30))
def test_folding_text_in_capitals_finds_the_same_words(text: str) -> None:
    assert fold(text.upper().lower()) == fold(text.lower().upper().lower())


@given(st.lists(NAMES, min_size=1, max_size=8), st.data())
def test_whatever_was_found_by_a_longer_word_was_found_by_its_beginning(names: list[str], data: st.DataObject) -> None:
    lines = [haystack([n]) for n in names]
    every = [w for n in names for w in re.findall(r"[^\W_]+", n) if len(fold(w)) >= 3]
    if every:
        word = data.draw(st.sampled_from(every))
        assert set(find(lines, word)) <= set(find(lines, word[:2]))
        assert find(lines, word)


@pytest.mark.parametrize("typed", ["müller", "mueller", "Muller", "MÜLLER", "mü", "mu", "anna mü", "mu an"])
def test_a_name_is_found_however_it_is_spelled(typed: str) -> None:
    assert find([haystack(["Anna Müller"]), haystack(["Olaf Groß"])], typed) == [0]


def test_a_word_is_found_by_its_beginning_not_by_its_middle() -> None:
    lines = [haystack(["Sportverein"]), haystack(["Verein für Sport"])]
    assert find(lines, "ver") == [1]
    assert find(lines, "sport") == [0, 1]


@pytest.mark.parametrize("typed", ["0391 123", "+49 391 12345", "0391/12345", "12345", "39112"])
def test_a_phone_number_is_found_however_it_is_written(typed: str) -> None:
    assert find([haystack(["Anna"], ["+49 391 12345"]), haystack(["Olaf"], ["030 99"])], typed) == [0]


def test_one_character_finds_nothing_and_two_do() -> None:
    lines = [haystack(["Anna"])]
    assert needles("a") == ()
    assert find(lines, "a") == []
    assert find(lines, "an") == [0]


def test_digits_drop_country_code_and_zeros() -> None:
    assert digits("0049 (0)391-1") == digits("+49 0391 1") == digits("03911") == "3911"
