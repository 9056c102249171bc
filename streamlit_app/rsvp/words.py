"""Every sentence of the answer pages, in German and plain English; what an event is called stays as it was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.events.choices import Answer
from schemas.time_zone import BERLIN
from streamlit_app.public.words import PublicWords
from streamlit_app.rsvp.form import Flaw


@dataclass(frozen=True, slots=True)
class Words(PublicWords):
    """One language. Names in braces are filled in by the pages."""

    event: str
    flawed_title: str
    when: str
    doors: str
    where: str
    guest: str
    answer_by: str
    answer_by_start: str
    programme: str
    until: str
    so_far: str
    nothing_yet: str
    by_staff: str
    your_answer: str
    answer: str
    on_list: str
    choose: str
    offers: Mapping[Answer, str]
    said: Mapping[Answer, str]
    said_by: str
    deputy: str
    deputy_hint: str
    companions: str
    companions_hint: str
    nobody: str
    names: str
    needs: str
    needs_hint: str
    remark: str
    optional: str
    send: str
    change: str
    change_until: str
    change_until_start: str
    change_intro: str
    change_staff: str
    full: str
    waiting: str
    seated: str
    thanks: str
    noted_title: str
    noted: str
    noted_differs: str
    noted_later: str
    comes_along: str
    to_calendar: str
    flaws_title: str
    flaws: Mapping[tuple[str, Flaw], str]
    too_long: str
    stale: str
    used: str
    often: str
    not_saved: str
    not_saved_how: str
    not_saved_call: str
    not_saved_below: str
    late: str
    late_how: str
    late_refuse: str
    over: str
    over_how: str
    called_off: str
    called_off_how: str
    uninvited: str
    uninvited_how: str

    def span(self, start: dt.datetime, end: dt.datetime | None) -> str:
        """Return when something begins and ends."""
        first = start.astimezone(BERLIN)
        told = f"{self.day(first.date())}, {self.time(first)}"
        if end is None or end <= start:
            return told
        last = end.astimezone(BERLIN)
        if last.date() == first.date():
            hours = f"{self.digits(first)} {self.until} {self.digits(last)}"
            return f"{self.day(first.date())}, {self.clock.format(time=hours)}"
        return f"{told} {self.until} {self.day(last.date())}, {self.time(last)}"

    def told(self, answer: Answer, represented_by: str | None = None) -> str:
        """Return an answer in words."""
        if answer == Answer.REPRESENTED and represented_by:
            return self.said_by.format(name=represented_by)
        return self.said[answer]
