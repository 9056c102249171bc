import datetime as dt
import time

import pytest

from sync.html_text import text_of_html
from sync.normalise import (
    clean,
    comparable,
    organisation_key,
    read_date,
    read_mails,
    read_postcode,
    read_web,
    text_key,
)
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


NUMBER = ("+49 391 5401234",)


@pytest.mark.parametrize(
    ("text", "numbers", "kept"),
    [
        ("0391 5401234 ab 18 Uhr", NUMBER, True),
        ("0391 5401234, ab 18 Uhr", NUMBER, True),
        ("0391 5401234 (Mo-Fr 9-12 Uhr)", NUMBER, True),
        ("0391 5401234 (2. Vors.)", NUMBER, True),
        ("(Zi. 12) 0391 5401234", NUMBER, True),
        ("03915401234 Haus 2", NUMBER, True),
        ("0391 5401234 Ansage 1", NUMBER, True),
        ("0391 5401234 Code 99", NUMBER, True),
        ("0391 5401234 (neu seit 2024)", NUMBER, True),
        ("0391 5401234 (Sekretariat)", NUMBER, True),
        ("privat: 0391 5401234", NUMBER, True),
        ("0391 5401234 Frau Müller 9-12", NUMBER, True),
        ("0391 5401234 / -38", NUMBER, True),
        ("0391 5401234 /-38", NUMBER, True),
        ("0391 5401234 u. 43", NUMBER, True),
        ("0391 5401234 und Fax 0391 5401235", NUMBER, True),
        ("Tel.: 0391 5401234", NUMBER, False),
        ("Telefon (0391) 540 12 34", NUMBER, False),
        ("0391 5401234 x12", ("0391 5401234 x12",), False),
        ("0391 5401234 App. 12", ("0391 5401234 App. 12",), False),
        ("0391 5401234-36", ("0391 5401234-36",), False),
        ("0391 54012 34 bis 36", ("0391 54012 34 bis 36",), False),
        ("0391 54O1234", ("0391 54O1234",), False),
        ("2x klingeln 0391 5401234", ("2x klingeln 0391 5401234",), False),
        ("4.9391540123E+11", ("4.9391540123E+11",), False),
        ("4,9391540123E11", ("4,9391540123E11",), False),
        ("0391 540-0", ("+49 391 5400",), False),
        ("0234/123456-106", ("+49 234 123456106",), False),
        ("0391 5401234 oder 5401235", (*NUMBER, "5401235"), False),
        ("0172 1234567 privat, 0391 5401234", ("+49 172 1234567", *NUMBER), True),
    ],
)
def test_digits_of_a_remark_are_no_part_of_a_phone_number(text, numbers, kept):
    found = read_phones(text)
    assert (found.numbers, found.kept) == (numbers, text if kept else "")
    assert bool(found.notes) or found.numbers == NUMBER or text in ("0391 540-0", "0234/123456-106")


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
    ("text", "kept"),
    [
        ("max@example.org (privat)", True),
        ("Max Muster <max@example.org>", True),
        ("nur Mo: max@example.org", True),
        ("E-Mail: max@example.org", False),
        ("max@example.org oder anna@example.org", False),
        ("<max@example.org>;", False),
        ("\u200emax@example.org", False),
    ],
)
def test_what_stands_beside_a_mail_address_is_kept(text, kept):
    found = read_mails(text)
    assert (found.value, found.kept) == ("max@example.org", text if kept else "")
    assert any("Notiz" in note for note in found.notes) == kept


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\u200eMüller\u202c", "Müller"),
        ("Mül\u200dler", "Müller"),
        ("👨\u200d👩\u200d👧 Treff", "👨\u200d👩\u200d👧 Treff"),
        ("نیک\u200cخواه", "نیک\u200cخواه"),
        ("\u2066Yılmaz\u2069 ", "Yılmaz"),
    ],
)
def test_signs_that_nobody_sees_go_where_they_mean_nothing(text, cleaned):
    assert clean(text) == cleaned


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
        ("So., 1. März 2026", dt.date(2026, 3, 1)),
        ("Sonntag, den 01.03.2026", dt.date(2026, 3, 1)),
        ("am 1.3.2026", dt.date(2026, 3, 1)),
        ("01-Mar-2026", dt.date(2026, 3, 1)),
        ("March 1, 2026", dt.date(2026, 3, 1)),
        ("1st March 2026", dt.date(2026, 3, 1)),
        ("2026/03/01", dt.date(2026, 3, 1)),
        ("20260301", dt.date(2026, 3, 1)),
        ("13/03/2026", dt.date(2026, 3, 13)),
        ("03/13/2026", dt.date(2026, 3, 13)),
        ("03/03/2026", dt.date(2026, 3, 3)),
        ("2026-02-28T23:00:00Z", dt.date(2026, 3, 1)),
        ("2026-03-01T00:00:00-05:00", dt.date(2026, 3, 1)),
        ("2026-03-01T23:59:59Z", dt.date(2026, 3, 1)),
        ("1.3.29", dt.date(2029, 3, 1)),
        ("1.3.69", dt.date(1969, 3, 1)),
    ],
)
def test_days_are_read_in_every_spelling_that_means_one_day(text, day):
    reading = read_date(text)
    assert (reading.value, reading.sound) == (day, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31.02.2026", "ist kein Datum"),
        ("demnächst", "ist kein Datum"),
        ("2019", "ist kein Datum"),
        ("am 27.", "ist kein Datum"),
        ("Mo.", "ist kein Datum"),
        ("KW 48", "ist kein Datum"),
        ("2026-W48", "ist kein Datum"),
        ("Nov 26", "ist kein Datum"),
        ("Herbst 2026", "ist kein Datum"),
        ("27/11/26", "ist kein Datum"),
        ("27112026", "ist kein Datum"),
        ("01.2020", "ist kein Datum"),
        ("27.11.2026 - 29.11.2026", "ist kein Datum"),
        ("27. Nov.", "nennt kein Jahr"),
        ("27. November", "nennt kein Jahr"),
        ("27.11.", "nennt kein Jahr"),
        ("Mo, 27.11.", "nennt kein Jahr"),
        ("03/04/2026", "welches der Tag und welches der Monat ist"),
        ("03-04-2026", "welches der Tag und welches der Monat ist"),
        ("Mo, 27.11.2026", "ist ein Freitag"),
        ("1.3.48", "kann 1948 oder 2048 heißen"),
    ],
)
def test_what_may_be_several_days_or_none_stays_as_written_with_the_reason(text, told):
    reading = read_date(text)
    assert (reading.value, reading.sound) == (None, False)
    assert told in reading.notes[0]
    assert "erwartet: TT.MM.JJJJ" in reading.notes[0]


def test_html_becomes_readable_text():
    markup = "<p>Hallo&nbsp;Welt</p><ul><li>eins</li><li>zwei &amp; drei</li></ul><script>weg()</script>"
    assert text_of_html(markup) == "Hallo Welt\n\n- eins\n- zwei & drei"
    assert text_of_html("3 < 4 und 5 > 2") == "3 < 4 und 5 > 2"


def test_comparing_follows_the_kind_of_the_column():
    assert comparable("mail", "ADA@example.org") == comparable("mail", "ada@Example.org")
    assert comparable("web", "https://www.example.org/") == comparable("web", "http://example.org")
    assert comparable("postcode", "1067") == comparable("postcode", "01067")
    assert comparable("engagement_fields", ("sport", "kultur")) == comparable("engagement_fields", ("kultur", "sport"))
    assert comparable("name", "Verein") != comparable("name", "verein")
    assert comparable("active_from", dt.date(2026, 3, 1)) == comparable("active_from", "01.03.2026")


@pytest.mark.parametrize(
    ("text", "numbers", "kept"),
    [
        ("Tel: 0391 5401234 Mobil: 0172 1234567", ("+49 391 5401234", "+49 172 1234567"), False),
        ("0391 5401234 & 0172 1234567", ("+49 391 5401234", "+49 172 1234567"), False),
        ("0391 5401234 + 0172 1234567", ("+49 391 5401234", "+49 172 1234567"), False),
        ("0391 5401234 (Handy 0172 1234567)", NUMBER, True),
        ("0391 5401234 [0172 1234567]", NUMBER, True),
        ("0391 5401234 #12", NUMBER, True),
        ("0391 5401234?", NUMBER, True),
        ("0391 5401234 1. Stock", NUMBER, True),
        ("0391 5401234 24 h", NUMBER, True),
        ("0391 54012 34 Büro", NUMBER, True),
        ("O391 5401234", ("O391 5401234",), False),
        ("+49 391 540 12 34 (0)", ("+49 391 540 12 34 (0)",), False),
    ],
)
def test_a_second_number_a_sign_or_a_floor_beside_a_number_is_not_lost(text, numbers, kept):
    found = read_phones(text)
    assert (found.numbers, found.kept) == (numbers, text if kept else "")


@pytest.mark.parametrize(
    "text", ["max@example.org + 0391 5401234", "max@example.org 0391/5401234", "max@example.org ?"]
)
def test_a_number_beside_a_mail_address_is_kept(text):
    assert (read_mails(text).value, read_mails(text).kept) == ("max@example.org", text)


def test_a_key_of_signs_that_unfold_eighteenfold_is_made_in_a_moment():
    begun = time.process_time()
    long, short = text_key("\ufdfa" * 1_000_000), text_key("\ufdfa")
    assert time.process_time() - begun < 2
    assert long
    assert len(short) > 10  # a name of ordinary length is unfolded as before
