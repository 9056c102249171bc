"""The stands of an event, and who is behind each: organisation, contact person and where to call."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from automations.events.stand_plan import Exhibitor
from schemas.events.rules.stands import by_number
from schemas.events.tables import Stand
from streamlit_app.frames.cells import number, row_id, text
from streamlit_app.frames.records import as_records


def stands_of(table: pd.DataFrame, event: int) -> list[Stand]:
    """Return the stands of an event by number."""
    return sorted(as_records(table[(table["event"] == event).fillna(False)], Stand), key=by_number)


def exhibitors(
    organisations: Mapping[int, str], persons: pd.DataFrame, functions: pd.DataFrame, phones: Mapping[int, str]
) -> Callable[[Stand], Exhibitor]:
    """Return who is behind a stand; a person is called at work in that organisation first, ``phones`` are its own."""
    people = {
        row_id(p.id): (text(p.name_shown), text(p.mobile) or text(p.phone) or text(p.phone_other))
        for p in persons.rename(columns={"name": "name_shown"}).itertuples()
    }
    at_work = {
        (number(f.person), number(f.organisation)): text(f.phone) for f in functions.itertuples() if text(f.phone)
    }

    def who(stand: Stand) -> Exhibitor:
        name, own = people.get(stand.person or 0, ("", ""))
        phone = at_work.get((stand.person, stand.organisation)) or own or phones.get(stand.organisation or 0, "")
        return Exhibitor(organisations.get(stand.organisation or 0) or stand.name or "", name, phone)

    return who
