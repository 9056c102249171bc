"""A seal as a row of a table, and what all parts of the tab *Siegel* share."""

from __future__ import annotations

import datetime as dt

from automations.certification.holders import Holder
from schemas.certification.rules.seals import age, last_day
from streamlit_app import certification_data
from streamlit_app.data import Picture
from streamlit_app.ui import formats
from streamlit_app.ui.certification import chosen, desk
from streamlit_app.ui.certification import seal_texts as words
from streamlit_app.ui.row_list import Row

PLACE: desk.Place = ("", 0)
"""Where the page tells what became of a click: above the tabs that belong to no round."""


def line(picture: Picture, one: Holder) -> Row:
    """Return a seal as a row of a table."""
    return Row(
        (
            one.name, str(one.year), one.number, old(picture, one), _validity(one),
            picture.names("person").get(one.coordinator or 0, ""), one.parent, one.district, one.awarded_on,
        ),
        chosen.case_page(one.row), picture.row_url("certification", one.row),
    )  # fmt: skip


def old(picture: Picture, one: Holder) -> str:
    """Return the age of a seal in words."""
    years = age(one.seal, picture.today)
    return words.THIS_YEAR if years == 0 else words.ONE_YEAR if years == 1 else words.YEARS.format(years=years)


def next_seminar(picture: Picture) -> dt.date | None:
    """Return the day of the next seminar of a round, None where none is planned."""
    days = [one.seminar_on for one in certification_data.lines(picture) if one.seminar_on]
    return min((day for day in days if day > picture.today), default=None)


def _validity(one: Holder) -> str:
    if one.followed_by:
        return words.FOLLOWED.format(by=one.followed_by)
    return words.VALIDITY[one.seal.validity].format(day=formats.date(last_day(one.seal)), year=one.year)
