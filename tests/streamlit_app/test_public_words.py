"""Both languages of every public page say everything, with the same blanks."""

from __future__ import annotations

import dataclasses
import string
from collections.abc import Mapping

import pytest

from schemas.certification.choices import Rating
from schemas.events.choices import Answer
from streamlit_app.public.words import PublicWords
from streamlit_app.rsvp import english as guests_english
from streamlit_app.rsvp import german as guests_german
from streamlit_app.seal_pages import words as seals
from streamlit_app.self_assessment import english as forms_english
from streamlit_app.self_assessment import german as forms_german
from streamlit_app.self_assessment.form import Flaw

PAIRS = {
    "answers": (guests_german.GERMAN, guests_english.ENGLISH),
    "questionnaires": (forms_german.GERMAN, forms_english.ENGLISH),
    "seals": (seals.GERMAN, seals.ENGLISH),
}


def blanks(text: object) -> object:
    """Return the names to be filled in, for every sentence of a value."""
    if isinstance(text, Mapping):
        return {key: blanks(value) for key, value in text.items()}
    if isinstance(text, tuple):
        return [blanks(value) for value in text]
    return sorted(name for _, name, _, _ in string.Formatter().parse(str(text)) if name)


@pytest.mark.parametrize(("german", "english"), PAIRS.values(), ids=PAIRS)
def test_both_languages_say_everything_with_the_same_blanks(german: PublicWords, english: PublicWords) -> None:
    for field in dataclasses.fields(german):
        here, there = getattr(german, field.name), getattr(english, field.name)
        assert blanks(here) == blanks(there), field.name
        assert here, field.name
        assert there, field.name


def test_every_choice_has_its_words() -> None:
    for words in PAIRS["answers"]:
        assert set(words.said) == set(Answer)
    for words in PAIRS["questionnaires"]:
        assert set(words.ratings) == set(Rating)
        assert set(words.flaws) == set(Flaw)
