"""Every sentence of the questionnaire, in German and plain English; what staff and placements wrote stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.certification.choices import Rating
from schemas.time_zone import BERLIN
from streamlit_app.public.words import PublicWords
from streamlit_app.self_assessment.form import Flaw


@dataclass(frozen=True, slots=True)
class Words(PublicWords):
    """One language. Names in braces are filled in by the pages."""

    title: str
    for_whom: str
    intro: str
    together: str
    start: str
    go_on: str
    to_end: str
    overview: str
    areas: str
    area: str
    page_of: str
    answered: str
    page_answered: str
    complete: str
    who_filled: str
    filled_many: str
    your_name: str
    name_hint: str
    name_kept: str
    filling_as: str
    other_name: str
    must: str
    must_hint: str
    indicators: str
    example: str
    choose: str
    ratings: Mapping[Rating, str]
    later: str
    proof: str
    proof_hint: str
    comment: str
    optional: str
    last_by: str
    save_next: str
    save_end: str
    save_pause: str
    saved: str
    saved_title: str
    back_link: str
    end_title: str
    end_intro: str
    open_mark: str
    change: str
    missing_title: str
    missing_how: str
    may_stay_open: str
    finish_title: str
    finish_how: str
    finish: str
    finished: str
    finished_by: str
    finished_title: str
    finished_thanks: str
    finished_open: str
    read_only: str
    read_only_how: str
    rests: str
    rests_how: str
    over: str
    over_how: str
    no_criteria: str
    no_criteria_how: str
    check: str
    flaws_title: str
    flaws: Mapping[Flaw, str]
    meanwhile_title: str
    meanwhile_how: str
    meanwhile: str
    meanwhile_nobody: str
    meanwhile_keep: str
    meanwhile_rating: str
    nothing_said: str
    stale: str
    often: str
    moved: str
    not_saved: str
    not_saved_how: str
    not_saved_read_only: str
    not_saved_yours: str
    finish_failed: str
    finish_failed_how: str

    def moment(self, moment: dt.datetime | None) -> str:
        """Return a moment as day and time."""
        return f"{moment.astimezone(BERLIN):%d.%m.%Y}, {self.time(moment)}" if moment else ""

    def rating(self, rating: Rating | None) -> str:
        """Return a rating in words."""
        return self.ratings[rating] if rating is not None else self.open_mark
