"""Laws of addresses and greetings, whatever stands in the base."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from schemas.events.rules.address import MOST_LINES, Addressee, Form, address_lines, greeting, note_lines, problems
from schemas.events.rules.titles import read_titles

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs", "Pd")), max_size=24) | st.sampled_from([
    "", "  ", "c/o Familie Muster", "Graf von Elbe", "von der Heide", "Wien, Österreich", "Oberbürgermeister:in",
    "Arbeitsgemeinschaft der Verbände der Freien Wohlfahrtspflege in der Landeshauptstadt Magdeburg e. V.",
])  # fmt: skip
TITLES = st.sampled_from(
    ["", "Dr.", "Prof. Dr. med.", "Dr., M.A.", "Freiherr von", "Dipl.-Ing. (FH)", "Familie", "MdL"]
)
ADDRESSEES = st.builds(
    Addressee, salutation=st.sampled_from(["frau", "herr", "neutral", "unbekannt", "", "divers"]), title=TITLES,
    first_name=WORDS, last_name=WORDS, role=WORDS, organisation=WORDS, over=WORDS, care_of=WORDS, street=WORDS,
    postcode=WORDS, city=WORDS, country=WORDS, official=st.booleans(), notes=st.lists(WORDS, max_size=5).map(tuple),
)  # fmt: skip
GENDERED = re.compile(r"\b(Frau|Herrn?|Liebe|Lieber|Sehr geehrte[rs]?|Professorin|Damen)\b")


@given(ADDRESSEES)
def test_the_window_never_holds_more_than_nine_lines_and_none_is_empty(to):
    lines = (*note_lines(to), *address_lines(to))

    assert len(lines) <= MOST_LINES
    assert all(line == " ".join(line.split()) and line for line in lines)


@given(ADDRESSEES)
def test_no_part_of_a_name_is_ever_lost(to):
    shown = " ".join(address_lines(to)).split()

    for word in f"{to.first_name} {to.last_name}".split() if to.named else ():
        assert any(word in found for found in shown)


@given(TITLES, st.sampled_from(["neutral", "unbekannt", "", "divers"]), st.sampled_from(Form), st.booleans())
def test_nobody_whose_gender_we_do_not_know_is_given_one(title, salutation, form, has_first):
    to = Addressee(salutation, title, "Kim" if has_first else "", "Muster", role="Leitung", street="Am Weg 1")

    assert not GENDERED.search(" ".join((greeting(to, form), *address_lines(to))))


@given(ADDRESSEES, st.sampled_from(Form))
def test_a_greeting_is_one_line_with_one_comma_at_its_end(to, form):
    said = greeting(to, form)

    assert said.endswith(",")
    assert not said.endswith((" ,", ",,"))
    assert said == " ".join(said.split())
    assert "geehrte(r)" not in said


@given(ADDRESSEES)
def test_a_formal_greeting_never_uses_the_first_name(to):
    said = greeting(to)

    if said.startswith("Sehr geehrte") and to.named:
        assert said.split(read_titles(to.title).noble or "\0")[-1].endswith(f"{' '.join(to.last_name.split())},")


@given(ADDRESSEES)
def test_every_problem_is_a_german_sentence(to):
    assert all(problem.part and problem.text.endswith(".") for problem in problems(to))
