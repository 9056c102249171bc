"""What of coming events and certification hangs on somebody who leaves, and what becomes of it. Plans only.

A coming invitation is for whoever stands for the office or organisation by then: the old one ends with its link, who
follows is a guest of their own. What was for the human alone stays theirs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from automations.departure import Departure, Matter, Step, about, change_of, is_set, rows_of, text_of
from automations.events.guest_list import ident_of
from automations.relations import Tables, as_day, event_is_over, row_id
from schemas.certification.choices import Phase, SealState
from schemas.certification.tables import Certification
from schemas.contacts.rules.history import Subject
from schemas.contacts.tables import Function
from schemas.events.choices import Answer, InvitationState, StandState
from schemas.events.rules.answers import Cause, move
from schemas.events.rules.segment_facts import Tie
from schemas.events.tables import Invitation, Stand
from schemas.model import Value

_OFF = (InvitationState.DROPPED, InvitationState.CALLED_OFF)


def guest_matters(tables: Tables, person: int, today: dt.date) -> Iterator[Matter]:
    """Return coming invitations on behalf of an office or organisation; what is for the human alone stays theirs."""
    offices = {int(o["id"]): row_id(o["organisation"]) for o in tables["office"].to_dict("records")}
    names = {int(o["id"]): text_of(o["name"]) for o in tables["office"].to_dict("records")}
    for one, event in _coming(tables, "invitation", person, today):
        place = row_id(one["organisation"])
        place = offices.get(row_id(one["office"]) or 0) if place is None else place
        behalf = place is not None or row_id(one["office"]) is not None
        came = as_day(one["checked_in_at"]) is not None or is_set(one["walk_in"])
        if behalf and not came and one["state"] not in _OFF:
            whom: Subject = ("person", person) if place is None else ("organisation", place)
            what = " · ".join(filter(None, (text_of(event["name"]), names.get(row_id(one["office"]) or 0, ""))))
            yield Matter("invitation", int(one["id"]), "person", whom, what, as_day(event["starts_at"]))


def stand_matters(tables: Tables, person: int, today: dt.date) -> Iterator[Matter]:
    """Return stands of coming events that somebody looks after."""
    for one, event in _coming(tables, "stand", person, today):
        if one["state"] != StandState.CALLED_OFF:
            what = " · ".join(filter(None, (text_of(event["name"]), text_of(one["name"]))))
            yield Matter("stand", int(one["id"]), "person", about(one, person), what, as_day(event["starts_at"]))


def _coming(tables: Tables, code: str, person: int, today: dt.date) -> Iterator[tuple[dict[Any, Any], dict[Any, Any]]]:
    events = tables["event"]
    for one in rows_of(tables[code], "person", person):
        for event in rows_of(events, "id", row_id(one["event"]) or 0):
            if not event_is_over(event, today):
                yield one, event


def case_matters(cases: pd.DataFrame, person: int) -> Iterator[Matter]:
    """Return cases that go on, and of each placement the last seal, which needs somebody who looks after it."""
    for one in rows_of(cases, "coordinator", person):
        later = (other for other in rows_of(cases, "site", row_id(one["site"]) or 0)
                 if (row_id(other["seal_year"]) or 0) > (row_id(one["seal_year"]) or 0))  # fmt: skip
        over = one["phase"] == Phase.AWARDED and (one["seal_state"] == SealState.REVOKED or any(later))
        if not over and one["phase"] not in (Phase.WITHDRAWN, Phase.DECLINED):
            yield _case(one, "coordinator", person)
    for one in rows_of(cases, "reviewer", person):
        if one["phase"] in (Phase.SEMINAR, Phase.TEAM, Phase.REVIEW, Phase.PAUSED):
            yield _case(one, "reviewer", person)


def _case(one: Mapping[Any, Any], column: str, person: int) -> Matter:
    site = row_id(one["site"])
    whom: Subject = ("person", person) if site is None else ("organisation", site)
    return Matter("certification", int(one["id"]), column, whom, text_of(one["name"]))


def plan_guest(
    record: Invitation,
    leaving: Departure,
    heir: int | None,
    name: str,
    there: Invitation | None,
    *,
    keeps: Function | None = None,
) -> Step | None:
    """Return what becomes of a coming invitation: the old one ends, whoever follows stands on the list as noted.

    ``name`` is how whoever follows is called, ``there`` their invitation to the same event where they have one.
    Without anybody the organisation (or the office) is the guest. Who leaves one office and ``keeps`` another (a
    function) stays a guest as its holder: a person is invited once, whatever offices they hold.
    """
    if record.person != leaving.person or record.event is None:
        return None
    if record.state in _OFF:
        return Step()
    place = record.organisation if record.organisation is not None else leaving.home
    if heir is None and place is None:
        return None
    state = _state(record)
    off = move(state, Cause.DROPPED) or move(state, Cause.CALLED_OFF)
    if keeps is not None and record.office is not None:
        ends = change_of(record, {"office": keeps.office, "organisation": keeps.organisation})
    else:
        ends = change_of(record, {"state": off, "mark": None})
    if there is not None:
        back = move(_state(there), Cause.ADDED)
        stands_for = {"organisation": record.organisation if heir else place, "office": record.office}
        return Step(None, ends, change_of(there, {"state": back, **stands_for}) if back else None)
    new = Invitation(
        name=name or None, event=record.event, person=heir, organisation=record.organisation if heir else place,
        office=record.office, guest_group=record.guest_group, channel=record.channel, state=InvitationState.NOTED,
        answer=Answer.OPEN, ident=ident_of(record.event, Tie(place, heir)),
    )  # fmt: skip
    return Step(new, ends)


def _state(one: Invitation) -> InvitationState:
    return InvitationState(one.state) if one.state in tuple(InvitationState) else InvitationState.NOTED


def give(record: Stand | Certification, column: str, leaving: Departure, heir: int | None) -> Step | None:
    """Return how a stand or a case comes to belong to who follows, or to nobody."""
    if record.value(column) != leaving.person:
        return Step() if heir is not None and record.value(column) == heir else None
    changes: dict[str, Value] = {column: heir}
    if column == "coordinator":  # the link to the questionnaire and the address for it were theirs
        changes |= {code: None for code in ("mark", "mail") if record.value(code)}
    return Step(change=change_of(record, changes))
