"""Names of persons as cells hold them: taken apart where that is certain, else left whole and told."""

import pytest

from sync.normalise import (
    comparable,
)
from sync.person_names import PersonName, split_person_name, split_salutation


@pytest.mark.parametrize("word", ["NA", "None", "null", "nan"])
def test_surnames_that_look_like_nothing_stay_text(word):
    assert split_person_name(word) == PersonName(last_name=word)
    assert comparable("last_name", word) == word


def test_names_are_taken_apart_without_guessing_a_salutation():
    assert split_person_name("Frau Prof. Dr. Ada von der Heide") == PersonName(
        "frau", "Prof. Dr.", "Ada", "von der Heide"
    )
    assert split_person_name("Dr. h.c. Ada Beispiel") == PersonName("", "Dr. h.c.", "Ada", "Beispiel")
    assert split_person_name("Beispiel, Ada") == PersonName("", "", "Ada", "Beispiel")
    assert split_salutation("Herrn Dr.") == ("herr", "Dr.")
    assert split_salutation("Familie") == ("", "Familie")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Probe, Ada von der", ("", "", "Ada", "von der Probe", "")),
        ("Probe, Dr. Ada", ("", "Dr.", "Ada", "Probe", "")),
        ("Probe, Ada, Dr.", ("", "Dr.", "Ada", "Probe", "")),
        ("Ada Probe, M.A.", ("", "M.A.", "Ada", "Probe", "")),
        ("Ada Probe, MdL", ("", "MdL", "Ada", "Probe", "")),
        ("Ada Probe, 2. Vorsitzende", ("", "", "Ada", "Probe", "2. Vorsitzende")),
        ("Frau Ada Probe, Leiterin", ("frau", "", "Ada", "Probe", "Leiterin")),
        ("Ada Probe (geb. Muster)", ("", "", "Ada", "Probe", "geb. Muster")),
        ("Ada Probe, geb. Muster", ("", "", "Ada", "Probe", "geb. Muster")),
        ("Probe, Ada geb. Muster", ("", "", "Ada", "Probe", "geb. Muster")),
        ("Bernd Probe jun.", ("", "", "Bernd", "Probe jun.", "")),
        ("Bernd Probe d. Ä.", ("", "", "Bernd", "Probe d. Ä.", "")),
        ("Prof.in Dr.in Ada Probe", ("", "Prof.in Dr.in", "Ada", "Probe", "")),
        ("Dipl.-Ing. (FH) Ada Probe", ("", "Dipl.-Ing. (FH)", "Ada", "Probe", "")),
        ("Karl von und zu Probe", ("", "", "Karl", "von und zu Probe", "")),
        ("Anna-Maria Müller-Probe", ("", "", "Anna-Maria", "Müller-Probe", "")),
        ("Frau Probe", ("frau", "", "", "Probe", "")),
    ],
)
def test_titles_roles_and_birth_names_are_no_first_names(text, parts):
    name = split_person_name(text)
    assert (name.salutation, name.title, name.first_name, name.last_name, name.rest) == parts
    assert name.note == ""


@pytest.mark.parametrize(
    "text",
    ["Herr und Frau Probe", "Frau A. Probe / Herr B. Probe", "Eheleute Anna und Bernd Probe", "Familie Probe",
     "Anna und Bernd Probe", "Herrn und Frau Dr. Probe", "Fam. Probe", "Anna & Bernd Probe"],
)  # fmt: skip
def test_two_people_in_one_name_stay_together_with_a_note(text):
    name = split_person_name(text)
    assert (name.salutation, name.first_name, name.last_name) == ("", "", text)
    assert "mehrere Menschen" in name.note


@pytest.mark.parametrize("text", ["Herr und Frau", "Frau und Herr", "Herr/Frau Frau", "Frau & Herr"])
def test_a_salutation_for_two_greets_nobody_wrongly(text):
    assert split_salutation(text) == ("", text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("von der Heide", ("", "", "", "von der Heide", "")),
        ("Frau von Berg", ("frau", "", "", "von Berg", "")),
        ("Dr. von Berg", ("", "Dr.", "", "von Berg", "")),
        ("da Silva", ("", "", "", "da Silva", "")),
        ("Dr.-Ing. Kurz", ("", "Dr.-Ing.", "", "Kurz", "")),
        ("Anna Müller (verstorben)", ("", "", "Anna", "Müller", "verstorben")),
        ("Anna Müller (Vorsitzende) (Caritas)", ("", "", "Anna", "Müller", "Vorsitzende, Caritas")),
        ("Anna Müller - Vorsitzende", ("", "", "Anna", "Müller", "Vorsitzende")),
        ("Anna Müller †", ("", "", "Anna", "Müller", "†")),
        ("Anna Kurz MdB", ("", "MdB", "Anna", "Kurz", "")),
        ("Dr. Anna Kurz M.A.", ("", "Dr. M.A.", "Anna", "Kurz", "")),
        ("Hans Müller III", ("", "", "Hans", "Müller III", "")),
        ("Kurz, Frau Anna", ("frau", "", "Anna", "Kurz", "")),
        ("Kurz, Herr Dr. Bernd", ("herr", "Dr.", "Bernd", "Kurz", "")),
        ("Kurz, Frau", ("frau", "", "", "Kurz", "")),
        ("Frau Anna Herr", ("frau", "", "Anna", "Herr", "")),
    ],
)
def test_what_stands_around_a_name_is_told_from_it(text, parts):
    name = split_person_name(text)
    assert (name.salutation, name.title, name.first_name, name.last_name, name.rest) == parts


@pytest.mark.parametrize(
    "text",
    ["Anna + Bernd Kurz", "Anna/Bernd Kurz", "Anna Kurz oder Bernd Lang", "Anna Kurz; Bernd Lang", "Anna u.Bernd Kurz"],
)
def test_two_people_are_told_however_they_are_joined(text):
    assert (split_person_name(text).last_name, bool(split_person_name(text).note)) == (text, True)


def test_a_surname_of_two_words_before_a_comma_is_told_to_be_checked():
    name = split_person_name("Anna Kurz, Bernd")
    assert (name.first_name, name.last_name, bool(name.note)) == ("Bernd", "Anna Kurz", True)
