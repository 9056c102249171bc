"""Laws of normalising: total, idempotent, blind to case and white space where it should be, never losing text."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.base import BASE
from sync.html_text import text_of_html
from sync.normalise import (
    clean,
    clean_lines,
    comparable,
    organisation_key,
    person_key,
    read_date,
    read_mails,
    read_postcode,
    read_unix_time,
    read_web,
    text_key,
)
from sync.person_names import split_person_name, split_salutation
from sync.phone_numbers import phone_key, read_phones

anything = st.text(max_size=60)
phoneish = st.text(alphabet="0123456789+()/-. oder,;dienstl", max_size=40)
mailish = st.text(alphabet="abc.@-<>;, /()äöü1", max_size=40)
codes = st.sampled_from(sorted({code for table in BASE.tables.values() for code in table.columns}))
words = st.text(alphabet=string.ascii_letters + "äöüÄÖÜßé .-&()", min_size=1, max_size=40)


@given(anything)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(anything)
def test_cleaning_keeps_every_letter_and_digit(text):
    kept = [c for c in clean(text) if c.isalnum()]
    assert bool(kept) == any(c.isalnum() for c in text)


@given(words)
def test_name_keys_ignore_case_and_white_space(name):
    spaced = "  " + name.replace(" ", "  ") + "\t"
    for key in (text_key, organisation_key):
        assert key(name.upper()) == key(name.lower()) == key(spaced)
    assert person_key(name.upper(), None) == person_key(spaced, "")


@given(words)
def test_name_keys_of_a_name_with_letters_are_never_empty(name):
    if any(c.isalnum() for c in name):
        assert organisation_key(name)
        assert text_key(name)


@given(words, words)
def test_equal_organisation_keys_stay_equal_under_case(one, other):
    if organisation_key(one) == organisation_key(other):
        assert organisation_key(one.upper()) == organisation_key(other.lower())


@given(anything | phoneish)
def test_phones_are_total_and_never_lost(text):
    numbers = read_phones(text).numbers
    assert bool(numbers) == bool(" ".join(text.split()))
    assert all(numbers)


@given(phoneish)
def test_reading_a_read_phone_changes_nothing(text):
    for number in read_phones(text).numbers:
        if number.startswith("+49"):
            assert read_phones(number).numbers == (number,)
            assert phone_key(number) == phone_key(number.replace(" ", ""))


@given(anything | mailish)
def test_mails_are_total_and_every_address_stays(text):
    reading = read_mails(text)
    assert (reading.value is None) == (not clean(text))
    if reading.value:
        assert read_mails(str(reading.value)).value == reading.value


@given(anything)
def test_web_and_postcode_are_total_idempotent_and_keep_the_text(text):
    for read in (read_web, read_postcode):
        reading = read(text)
        assert (reading.value is None) == (not clean(text))
        if reading.value:
            assert read(str(reading.value)).value == reading.value


@given(anything)
def test_a_date_that_is_no_date_says_so(text):
    for read in (read_date, read_unix_time):
        reading = read(text)
        if clean(text) and reading.value is None:
            assert not reading.sound
            assert reading.notes


@given(st.dates())
def test_dates_are_read_in_german_and_iso(day):
    german = f"{day.day:02}.{day.month:02}.{day.year:04}"
    assert read_date(german).value == read_date(day.isoformat()).value == day


@given(anything)
def test_html_to_text_is_total(markup):
    assert isinstance(text_of_html(markup), str)
    assert isinstance(text_of_html(f"<p>{markup}"), str)


@given(anything)
def test_a_name_is_taken_apart_without_losing_letters(text):
    name = split_person_name(text)
    parts = f"{name.title}{name.first_name}{name.last_name}{name.rest}"
    if not name.salutation:
        assert sorted(c for c in parts if c.isalnum()) == sorted(c for c in clean(text) if c.isalnum())
    split_salutation(text)


@settings(max_examples=300)
@given(codes, anything)
def test_comparing_is_total_and_blind_to_white_space(code, text):
    key = comparable(code, text)
    assert key == comparable(code, f" {text.replace(' ', '  ')} ")
    assert hash(key) is not None


@given(codes)
def test_every_empty_value_compares_as_none(code):
    assert all(comparable(code, empty) is None for empty in (None, "", (), False, "   "))


@given(words)
def test_mails_compare_without_case(local):
    assert comparable("mail", f"{local}@Example.org") == comparable("mail", f"{local.upper()}@example.ORG") or (
        local.upper().casefold() != local.casefold()
    )
