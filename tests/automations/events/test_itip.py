"""Answers as calendars really send them count, wait for a person, or do nothing: never a wrong state."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email import message_from_bytes
from types import SimpleNamespace

import itip_cases
import pytest
from guest_pages import memory
from hypothesis import given
from hypothesis import strategies as st
from itip_parts import ADA, NOW, book, calendar, mail, told

from automations.events.incoming import intake
from automations.events.incoming.carried import carried
from automations.events.incoming.decide import Outcome, key_of
from automations.events.incoming.itip import read_answers
from automations.events.incoming.recognise import judge_calendars
from schemas.events.choices import Answer
from schemas.events.tables import Reply

CASES = list(itip_cases.cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_answer_does_what_it_should(case):
    assert case.problem() == ""


def test_no_two_cases_are_called_the_same():
    assert len({case.name for case in CASES}) == len(CASES) >= 30


@given(st.sampled_from(CASES), st.data())
def test_a_mail_that_was_cut_off_or_garbled_anywhere_stops_nothing_and_changes_no_answer(case, data):
    """Whatever survives says the same or nothing; no answer turns into another one, and nothing into an answer."""
    place = data.draw(st.integers(0, len(case.raw)))
    garbled = data.draw(st.sampled_from([b"", b"\r\n", b" ", b"\xff\xfe"]))
    cut = data.draw(st.booleans())
    raw = case.raw[:place] + garbled + (b"" if cut else case.raw[place:])
    damaged = replace(case, raw=raw)

    for verdict in damaged.verdicts():
        if verdict.outcome == Outcome.COUNTS:
            assert case.outcome != Outcome.IGNORED
            assert verdict.reply.answer == case.answer or case.answer is None


@given(st.binary(max_size=400))
def test_no_bytes_whatever_stop_the_reading(raw):
    assert isinstance(read_answers(b"BEGIN:VCALENDAR\r\n" + raw), list)
    assert isinstance(read_answers(raw), list)
    carried(message_from_bytes(b"Content-Type: text/calendar; method=REPLY\r\nFrom: a@b.de\r\n\r\n" + raw))


STAMPED = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)


def named(raw: bytes, number: int) -> bytes:
    return raw.replace(b"Message-ID: <", b"Message-ID: <%d." % number)


def test_yes_no_yes_with_one_copied_stamp_are_three_answers_and_each_mail_read_twice_is_one():
    dated = [STAMPED + dt.timedelta(hours=hour) for hour in range(3)]
    statuses = ("ACCEPTED", "DECLINED", "ACCEPTED")
    said = [named(mail(calendar(one), sent=at), at.hour) for one, at in zip(statuses, dated, strict=True)]
    keys = [key_of(one.answers[0], one, {ADA}) for raw in said * 2 for one in carried(message_from_bytes(raw))]

    assert keys[:3] == keys[3:]
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("words", "contrary", "rows"),
    [("", False, 1), ("Ich brauche eine Rampe.", False, 2), ("", True, 2)],
    ids=["the same", "with words", "after another answer"],
)
def test_an_answer_recorded_before_the_mail_was_part_of_its_key_stands_once(words, contrary, rows):
    raw = mail(calendar(), text=words, sent=STAMPED + dt.timedelta(minutes=5))
    (one,) = carried(message_from_bytes(raw))
    between = told(Answer.NO, STAMPED + dt.timedelta(minutes=1)) if contrary else None
    (verdict,) = judge_calendars([one], book(given=(between,) if between else ()), NOW)
    desk = SimpleNamespace(stores=memory())
    desk.stores["reply"].create([Reply(ident=key_of(one.answers[0], one), invitation=17, answer=Answer.YES)])

    for _ in range(2):
        intake._take(desk, verdict)

    assert len(list(desk.stores["reply"].pull())) == rows


def test_an_answer_that_one_of_us_passes_on_twice_is_one():
    passed = [
        mail(calendar(), sender="rita@netz.example").replace(b"Message-ID: <", b"Message-ID: <%d" % n) for n in (1, 2)
    ]

    assert len({key_of(one.answers[0], one, {ADA}) for raw in passed for one in carried(message_from_bytes(raw))}) == 1
