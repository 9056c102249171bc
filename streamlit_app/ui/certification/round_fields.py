"""The fields of a round as widgets, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from schemas.certification.choices import RoundState, Validity
from schemas.certification.rules.seals import REFRESH_YEARS
from schemas.certification.tables import CertificationRound
from schemas.events.choices import EventState
from schemas.time_zone import BERLIN
from streamlit_app import event_data
from streamlit_app.data import Picture
from streamlit_app.frames.event_list import Line
from streamlit_app.ui import formats
from streamlit_app.ui.certification import form_texts as words
from streamlit_app.ui.events.fields import holders

Rounds = Sequence[CertificationRound]


def start(picture: Picture, rounds: Rounds) -> CertificationRound:
    """Return what a new round begins with: office, body and model of the last one, two years on."""
    last = rounds[0] if rounds else None
    return CertificationRound(
        year=last.year + 2 if last and last.year else picture.today.year + 1, state=RoundState.PREPARED,
        signatory=last.signatory if last else None, body=last.body if last else _only_network(picture),
        validity=(last.validity if last else None) or Validity.YEAR_STAMP,
        validity_years=last.validity_years if last else REFRESH_YEARS,
    )  # fmt: skip


def show(picture: Picture, given: CertificationRound, rounds: Rounds, key: str) -> tuple[CertificationRound, list[str]]:
    """Show the fields, filled from ``given``, and return the round they make with what is wrong about it."""
    first, second, third = st.columns([1, 2, 1.4])
    year = first.number_input(words.YEAR, min_value=2000, max_value=2100, value=given.year, step=1, key=f"{key}_jahr",
                              help=words.YEAR_HELP)  # fmt: skip
    name = second.text_input(words.NAME, given.name or "", key=f"{key}_name", max_chars=200, help=words.NAME_HELP,
                             placeholder=words.NAME_HINT.format(year=year or ""))  # fmt: skip
    begins = third.date_input(words.BEGINS, given.begins_on, format="DD.MM.YYYY", key=f"{key}_beginn",
                              help=words.BEGINS_HELP)  # fmt: skip
    made = replace(
        given, year=int(year) if year else None, begins_on=begins if isinstance(begins, dt.date) else None,
        name=name.strip() or (words.NAME_HINT.format(year=int(year)) if year else None),
    )  # fmt: skip
    made = _events(picture, made, key)
    made = _who(picture, made, key)
    made, wrong = _validity(picture, made, key)
    note = st.text_area(words.NOTE, given.note or "", key=f"{key}_notiz", height=80, max_chars=5000)
    if made.year is None:
        wrong.insert(0, words.NEEDS_YEAR)
    twin = next((r for r in rounds if r.year == made.year and r.id != given.id), None)
    if twin is not None:
        st.caption(words.TAKEN.format(year=made.year, name=formats.plain(twin.name or "")))
    return replace(made, note=note.strip() or None), wrong


def state_field(picture: Picture, given: CertificationRound, key: str) -> CertificationRound:
    """Show whether a round that has begun still runs or is over."""
    offered = {c: label for c, label in picture.choices("certification_round", "state").items()
               if c in (RoundState.RUNNING, RoundState.CLOSED)}  # fmt: skip
    return replace(given, state=_choice(words.STATE, offered, given.state, f"{key}_stand"))


def _events(picture: Picture, given: CertificationRound, key: str) -> CertificationRound:
    lines = {line.row: line for line in event_data.events(picture)}
    if not lines:
        st.info(words.NO_EVENTS, icon=":material/lightbulb:")
    first, second = st.columns(2)
    with first:
        seminar = _choice(words.SEMINAR, _offered(lines, "seminar", given.seminar), given.seminar, f"{key}_seminar",
                          hint=words.EVENT_HINT, tip=words.SEMINAR_HELP)  # fmt: skip
    with second:
        award = _choice(words.AWARD, _offered(lines, "messe", given.award_event), given.award_event,
                        f"{key}_verleihung", hint=words.EVENT_HINT, tip=words.AWARD_HELP)  # fmt: skip
    on, seminar_on = (_day(lines.get(row)) for row in (award, seminar))
    if on and seminar_on and on <= seminar_on:
        st.warning(words.AWARD_EARLY, icon=":material/warning:")
    if on and given.year and on.year != given.year:
        st.caption(words.OTHER_YEAR.format(award=on.year, year=given.year))
    return replace(given, seminar=seminar, award_event=award)


def _offered(lines: Mapping[int, Line], kind: str, now: int | None) -> dict[int, str]:
    """Return the events to choose from: those of the kind first, what was called off only while it is chosen."""
    kept = [e for e in lines.values() if e.state != EventState.CALLED_OFF or e.row == now]
    kept.sort(key=lambda e: e.kind != kind)  # stable: within a kind the latest first
    return {e.row: " · ".join(part for part in (e.name, formats.date(_day(e))) if part) for e in kept}


def _day(line: Line | None) -> dt.date | None:
    return line.starts_at.astimezone(BERLIN).date() if line is not None and line.starts_at is not None else None


def _who(picture: Picture, given: CertificationRound, key: str) -> CertificationRound:
    first, second = st.columns(2)
    with first:
        office = _choice(words.SIGNATORY, picture.names("office"), given.signatory, f"{key}_unterschrift",
                         hint=words.OFFICE_HINT, tip=words.SIGNATORY_HELP)  # fmt: skip
        if office is not None:
            _holder(picture, office, given)
    with second:
        body = _choice(words.BODY, picture.names("body"), given.body, f"{key}_gremium", hint=words.BODY_HINT,
                       tip=words.BODY_HELP)  # fmt: skip
    return replace(given, signatory=office, body=body)


def _holder(picture: Picture, office: int, given: CertificationRound) -> None:
    award = event_data.event(picture, given.award_event) if given.award_event is not None else None
    on = _day(award) or picture.today
    names = holders(picture, office, on)
    if names:
        st.caption(words.HOLDS.format(day=formats.date(on), name=formats.plain(" / ".join(names))))
    else:
        st.warning(words.HOLDS_NOBODY.format(day=formats.date(on)), icon=":material/warning:")


def _validity(picture: Picture, given: CertificationRound, key: str) -> tuple[CertificationRound, list[str]]:
    first, second = st.columns(2)
    with first:
        kind = _choice(words.VALIDITY, picture.choices("certification_round", "validity"),
                       given.validity or Validity.YEAR_STAMP, f"{key}_geltung", tip=words.VALIDITY_HELP)  # fmt: skip
    if kind == Validity.YEARLY:
        return replace(given, validity=kind, validity_years=None), []
    label = words.YEARS[kind if kind in tuple(Validity) else Validity.YEAR_STAMP]
    years = second.number_input(label, min_value=1, max_value=30, value=given.validity_years, step=1,
                                key=f"{key}_jahre")  # fmt: skip
    wrong = [words.NEEDS_YEARS] if kind == Validity.FIXED_TERM and not years else []
    return replace(given, validity=kind, validity_years=int(years) if years else None), wrong


def _only_network(picture: Picture) -> int | None:
    """Return the network's own body, if there is just one of the kind."""
    bodies = picture.table("body")
    found = [int(row) for row in bodies.loc[bodies["kind"] == "netzwerk", "id"]]
    return found[0] if len(found) == 1 else None


def _choice(
    label: str, options: Mapping[Any, str], value: Any, key: str, *, hint: str = "", tip: str | None = None
) -> Any:  # fmt: skip
    codes = list(options)
    shown: Callable[[Any], str] = lambda code: formats.shortened(options.get(code, str(code)))  # noqa: E731
    return st.selectbox(label, codes, index=codes.index(value) if value in codes else None, key=key, format_func=shown,
                        placeholder=hint, help=tip)  # fmt: skip
