import datetime as dt

import pytest

from sync.normalise import comparable, organisation_key, read_date, read_mails, read_postcode, read_web, text_of_html
from sync.person_names import PersonName, split_person_name, split_salutation
from sync.phone_numbers import phone_key, read_phones


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Musterverein e.V.", "Musterverein e. V."),
        ("Musterverein eV", "MUSTERVEREIN E.V."),
        ("Musterverein e .V.", "Musterverein"),
        ("Beispiel gGmbH", "Beispiel GmbH"),
        ("Rotes Beispiel Kreisverband Essen e.V.", "Rotes Beispiel KV Essen"),
        ("Beispiel e.V. Kreisverband Essen", "Beispiel Kreisverband Essen"),
        ("St. Beispiel", "Sankt Beispiel"),
        ("Müller-Straßen-Stiftung", "Mueller Strassen Stiftung"),
        ("Allgemeiner Beispielclub (ABC)", "Allgemeiner Beispielclub"),
        ("Haus & Hof", "Haus und Hof"),
        ("Ev. Kirche am Markt", "Evangelische Kirche am Markt"),
    ],
)
def test_spellings_of_one_organisation_have_one_key(one, other):
    assert organisation_key(one) == organisation_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("assistenz ost", "assistenz west"), ("Beispiel Essen", "Beispiel Bochum"), ("e.V.", "gGmbH"), ("(ABC)", "(ABD)")],
)
def test_different_organisations_have_different_keys(one, other):
    assert organisation_key(one) != organisation_key(other)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(0391) 540-3241", ("+49 391 5403241",)),
        ("0391/5403241", ("+49 391 5403241",)),
        ("0391 5401234 (dienstl.)", ("+49 391 5401234",)),
        ("Tel.: 0391 5401234", ("+49 391 5401234",)),
        ("+49 (0)391 5401234", ("+49 391 5401234",)),
        ("0391 5401234 oder 0172 1234567", ("+49 391 5401234", "+49 172 1234567")),
        ("0391 5401234/0172 1234567", ("+49 391 5401234", "+49 172 1234567")),
        ("3915401234.0", ("+49 391 5401234",)),
        ("0391 5401234/42", ("0391 5401234/42",)),
        ("5401234", ("5401234",)),
        ("bitte mailen", ("bitte mailen",)),
        ("0391 5401234 Fax", ("0391 5401234 Fax",)),
    ],
)
def test_phones_are_read_as_people_write_them(text, numbers):
    assert read_phones(text).numbers == numbers


def test_a_repaired_phone_and_an_unread_one_say_so():
    assert "Null" in read_phones("391 5401234").notes[0]
    assert "bleibt wie geschrieben" in read_phones("siehe Liste").notes[0]
    assert read_phones("0391 5401234").notes == ()


def test_a_phone_compares_by_its_number_not_its_spelling():
    assert phone_key("0391/540 12 34") == phone_key("+49 391 5401234") == "+493915401234"


def test_two_mails_in_a_cell_are_both_kept():
    reading = read_mails("Ada@example.org; zwei@example.org")
    assert (reading.value, reading.more) == ("Ada@example.org", ("zwei@example.org",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ada Beispiel <ada@example.org>", "ada@example.org"),
        ("mailto:ada@example.org", "ada@example.org"),
        ("ada(at)example.org", "ada@example.org"),
        ("ada@", "ada@"),
        ("keine", "keine"),
    ],
)
def test_mails_are_read_or_stay_as_written(text, value):
    assert read_mails(text).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("www.example.org", "https://www.example.org"),
        ("http://example.org/x", "http://example.org/x"),
        ("straßenfest.de", "https://straßenfest.de"),
        ("in Arbeit", "in Arbeit"),
        ("info@example.org", "info@example.org"),
    ],
)
def test_web_addresses_get_a_scheme_or_stay(text, value):
    assert read_web(text).value == value


@pytest.mark.parametrize(
    ("text", "value", "noted"),
    [("01067", "01067", False), ("1067", "01067", True), ("1067.0", "01067", True), ("D-39104", "39104", False),
     ("123", "123", True), ("A-1010", "A-1010", True)],
)  # fmt: skip
def test_a_lost_zero_of_a_postcode_comes_back_with_a_note(text, value, noted):
    reading = read_postcode(text)
    assert (reading.value, bool(reading.notes)) == (value, noted)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01.03.2026", dt.date(2026, 3, 1)),
        ("1.3.26", dt.date(2026, 3, 1)),
        ("1. März 2026", dt.date(2026, 3, 1)),
        ("2026-03-01T10:00:00+01:00", dt.date(2026, 3, 1)),
        ("46082", dt.date(2026, 3, 1)),
        ("31.02.2026", None),
        ("demnächst", None),
        ("2019", None),
    ],
)
def test_dates_are_read_or_refused(text, day):
    reading = read_date(text)
    assert (reading.value, reading.sound) == (day, day is not None)


def test_html_becomes_readable_text():
    markup = "<p>Hallo&nbsp;Welt</p><ul><li>eins</li><li>zwei &amp; drei</li></ul><script>weg()</script>"
    assert text_of_html(markup) == "Hallo Welt\n\n- eins\n- zwei & drei"
    assert text_of_html("3 < 4 und 5 > 2") == "3 < 4 und 5 > 2"


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


def test_comparing_follows_the_kind_of_the_column():
    assert comparable("mail", "ADA@example.org") == comparable("mail", "ada@Example.org")
    assert comparable("web", "https://www.example.org/") == comparable("web", "http://example.org")
    assert comparable("postcode", "1067") == comparable("postcode", "01067")
    assert comparable("engagement_fields", ("sport", "kultur")) == comparable("engagement_fields", ("kultur", "sport"))
    assert comparable("name", "Verein") != comparable("name", "verein")
    assert comparable("active_from", dt.date(2026, 3, 1)) == comparable("active_from", "01.03.2026")
