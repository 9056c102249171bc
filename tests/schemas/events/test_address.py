"""Addresses after DIN 5008 and greetings: forty cases, what is reported, and the Du form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from address_cases import CASES

from schemas.events.rules.address import (
    Addressee,
    Form,
    address_lines,
    closing,
    form_for,
    greeting,
    note_lines,
    problems,
)

GOOD = Addressee("frau", "Dr.", "Anna", "Muster", street="Am Weg 1", postcode="39104", city="Magdeburg")


@pytest.mark.parametrize("cell", ["Frau ", "Herrn ", "Frau Herrn ", "von und zu ", "Olaf und "])
def test_a_cell_of_ten_thousand_characters_stops_no_letters(cell):
    to = Addressee("frau", "", cell * (10_000 // len(cell)), "Muster", street="Am Weg 1", postcode="39104", city="Ort")
    assert address_lines(to)[-1] == "39104 Ort"
    assert problems(to)
    assert greeting(to).endswith("Muster,")


@pytest.mark.parametrize(
    ("salutation", "title", "first", "last", "formal", "warm", "line"),
    [("herr", "", "Olaf und Anna", "Muster", "Guten Tag Olaf und Anna Muster,", "Hallo Olaf und Anna,",
      "Olaf und Anna Muster"),
     ("frau", "", "Anna & Olaf", "Muster", "Guten Tag Anna & Olaf Muster,", "Hallo Anna & Olaf,", "Anna & Olaf Muster"),
     ("herr", "Dr.", "Olaf", "Muster und Frau Eva", "Guten Tag Dr. Olaf Muster und Frau Eva,",
      "Hallo Olaf Muster und Frau Eva,", "Dr. Olaf Muster und Frau Eva"),
     ("herr", "Familie", "Olaf", "Muster", "Guten Tag Familie Olaf Muster,", "Hallo Familie Olaf Muster,",
      "Familie Olaf Muster"),
     ("", "", "Familie", "Muster", "Guten Tag Familie Muster,", "Hallo Familie Muster,", "Familie Muster"),
     ("herr", "Graf", "Karl", "von und zu Muster", "Sehr geehrter Graf von und zu Muster,", "Lieber Karl,",
      "Herrn Karl Graf von und zu Muster"),
     ("herr", "Frhr. v.", "Karl", "Muster", "Sehr geehrter Freiherr von Muster,", "Lieber Karl,",
      "Herrn Karl Frhr. v. Muster"),
     ("herr", "", "Karl", "Freiherr v. Muster", "Sehr geehrter Freiherr von Muster,", "Lieber Karl,",
      "Herrn Karl Freiherr v. Muster"),
     ("herr", "Dr. von", "Karl", "Muster", "Sehr geehrter Herr Dr. von Muster,", "Lieber Karl,",
      "Herrn Dr. Karl von Muster"),
     ("frau", "Reichsfreiin", "Eva", "von Muster", "Sehr geehrte Frau Reichsfreiin von Muster,", "Liebe Eva,",
      "Frau Eva Reichsfreiin von Muster"),
     ("frau", "Frau", "Eva", "Muster", "Sehr geehrte Frau Muster,", "Liebe Eva,", "Frau Eva Muster"),
     ("herr", "Herr Dr.", "Herr Olaf", "Muster", "Sehr geehrter Herr Dr. Muster,", "Lieber Olaf,",
      "Herrn Dr. Olaf Muster"),
     ("herr", "", "Hermann", "Herr", "Sehr geehrter Herr Herr,", "Lieber Hermann,", "Herrn Hermann Herr"),
     ("frau", "", "Eva", "Muster, M.A.", "Sehr geehrte Frau Muster,", "Liebe Eva,", "Frau Eva Muster, M.A."),
     ("", "", "", "Muster", "Guten Tag,", "Guten Tag,", "Muster"),
     ("neutral", "Dr.", "", "Muster", "Guten Tag Dr. Muster,", "Guten Tag Dr. Muster,", "Dr. Muster")],
)  # fmt: skip
def test_nobody_of_two_is_left_out_and_names_are_spoken_as_people_bear_them(
    salutation, title, first, last, formal, warm, line
):
    to = Addressee(salutation, title, first, last)
    assert (greeting(to), greeting(to, Form.DU), address_lines(to)) == (formal, warm, (line,))


@pytest.mark.parametrize(("to", "lines", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_window_and_greeting_of(to, lines, said):
    assert address_lines(to) == lines
    assert greeting(to) == said
    assert problems(to) == []


def test_there_are_forty_cases_and_no_two_are_alike():
    assert len({case[1] for case in CASES}) == 40


@pytest.mark.parametrize(
    ("salutation", "said"),
    [("frau", "Liebe Anna,"), ("herr", "Lieber Anna,"), ("neutral", "Hallo Anna,"), ("unbekannt", "Hallo Anna,")],
)
def test_du_is_said_by_first_name_and_without_titles(salutation, said):
    assert greeting(replace(GOOD, salutation=salutation, own_greeting="Sehr geehrte Frau Rätin"), Form.DU) == said


def test_nobody_is_called_du_without_a_first_name():
    assert form_for(replace(GOOD, first_name=" "), Form.DU) == Form.SIE
    assert greeting(replace(GOOD, first_name=""), Form.DU) == "Sehr geehrte Frau Dr. Muster,"
    assert (form_for(GOOD, "du"), closing(Form.DU)) == (Form.DU, "Herzliche Grüße")


@pytest.mark.parametrize(
    ("changed", "part", "word"),
    [
        ({"street": " "}, "street", "Straße"),
        ({"street": "c/o Familie Lang"}, "street", "Straße"),
        ({"city": ""}, "city", "Ort"),
        ({"postcode": ""}, "postcode", "Postleitzahl"),
        ({"postcode": "1067"}, "postcode", "fünf Ziffern"),
        ({"notes": ("a", "b", "c", "d")}, "notes", "drei Vermerke"),
        ({"last_name": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau"}, "name", "zu lang"),
        ({"first_name": "", "last_name": ""}, "name", "kein Name"),
    ],
)
def test_what_keeps_a_letter_from_arriving_is_said_in_german(changed, part, word):
    (found,) = problems(replace(GOOD, **changed))

    assert found.part == part
    assert word in found.text


def test_a_postcode_abroad_may_look_as_it_likes():
    assert problems(replace(GOOD, postcode="SW1A 1AA", city="London, England")) == []


def test_what_stands_in_one_cell_is_taken_apart():
    assert address_lines(replace(GOOD, postcode="", city="39104 Magdeburg"))[-1] == "39104 Magdeburg"
    assert address_lines(replace(GOOD, postcode="39 104"))[-1] == "39104 Magdeburg"


def test_six_columns_of_a_serial_letter_hold_the_longest_address_without_losing_a_word():
    longest = max(CASES, key=lambda case: len(case[2]))[1]

    lines = address_lines(longest, 6)

    assert len(lines) == 6
    assert " ".join(lines).replace(",", "").split() == " ".join(address_lines(longest)).replace(",", "").split()


def test_three_notes_at_most_stand_above_the_address():
    assert note_lines(replace(GOOD, notes=("", "Persönlich", " ", "b", "c", "d"))) == ("Persönlich", "b", "c")


@pytest.mark.parametrize(
    ("salutation", "title", "first", "last", "said"),
    [("herr", "Pfr.", "Karl", "Muster", "Sehr geehrter Herr Pfarrer Muster,"),
     ("frau", "Pfr.", "Anna", "Muster", "Sehr geehrte Frau Pfarrerin Muster,"),
     ("herr", "Bischof Dr.", "Karl", "Muster", "Sehr geehrter Herr Bischof Dr. Muster,"),
     ("frau", "Landesbischöfin", "Anna", "Muster", "Sehr geehrte Frau Landesbischöfin Muster,"),
     ("frau", "Oberbürgermeisterin Prof. Dr.", "A", "Muster",
      "Sehr geehrte Frau Oberbürgermeisterin Professorin Muster,"),
     ("herr", "Bürgermeister a. D.", "Karl", "Muster", "Sehr geehrter Herr Muster,"),
     ("frau", "Pfarrer", "Anna", "Muster", "Sehr geehrte Frau Muster,"),
     ("", "Pfarrer", "Kim", "Muster", "Guten Tag Kim Muster,"),
     ("herr", "Minister", "Karl", "Graf von Muster", "Sehr geehrter Herr Minister Graf von Muster,"),
     ("frau", "Sr.", "Maria", "", "Sehr geehrte Schwester Maria,"),
     ("herr", "Pater", "Anselm", "Muster", "Sehr geehrter Pater Anselm Muster,"),
     ("herr", "Sr.", "Karl", "Muster", "Sehr geehrter Herr Muster,"),
     ("herr", "Hr. Dr.", "Karl", "Muster", "Sehr geehrter Herr Dr. Muster,"),
     ("", "", "info", "", "Sehr geehrte Damen und Herren,"),
     ("", "", "", "Sekretariat", "Sehr geehrte Damen und Herren,"),
     ("herr", "", "", "Post", "Sehr geehrter Herr Post,"), ("", "", "Info", "Muster", "Guten Tag Info Muster,"),
     ("", "", "Kim", "", "Guten Tag Kim,")],
)  # fmt: skip
def test_offices_and_orders_are_spoken_and_the_word_of_an_address_is_nobody(salutation, title, first, last, said):
    to = Addressee(salutation, title, first, last)
    assert greeting(to) == said


@pytest.mark.parametrize(
    ("first", "last", "form"), [("info", "", Form.SIE), ("Team", "", Form.SIE), ("Kim", "", Form.DU)]
)
def test_a_letter_to_a_desk_says_sie(first, last, form):
    assert form_for(Addressee("", "", first, last), Form.DU) == form


@pytest.mark.parametrize(
    ("salutation", "title", "line"),
    [("frau", "Sr.", "Sr. Maria Muster"), ("herr", "Pater", "Pater Maria Muster"),
     ("herr", "Pfarrer", "Herrn Pfarrer Maria Muster")],
)  # fmt: skip
def test_who_belongs_to_an_order_is_no_frau_or_herr_in_the_address(salutation, title, line):
    assert address_lines(Addressee(salutation, title, "Maria", "Muster")) == (line,)
