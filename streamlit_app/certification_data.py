"""The pages' way to what is known about certification, made once per version of the mirror, shared by all sessions."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from schemas.certification.rules.procedure import DEFAULT, Procedure, from_rows, read_procedure
from schemas.certification.tables import (
    Assessment,
    Certification,
    CertificationRound,
    CertificationStep,
    Criterion,
    StepRecord,
)
from streamlit_app.data import Picture
from streamlit_app.frames.certification import Around, RoundBook, Standing, day_of, read_round
from streamlit_app.frames.certification_rounds import RoundLine, read_rounds
from streamlit_app.frames.records import as_records

BOOK = ("certification_round", "certification", "step_record", "certification_step", "criterion", "event", "function",
        "person")  # fmt: skip
"""The tables that a round with its cases follows from."""

LINES = ("certification_round", "certification", "step_record", "certification_step", "criterion", "event")
"""The tables that the list of rounds follows from."""


def rounds(picture: Picture) -> list[CertificationRound]:
    """Return every round, the newest seal year first."""
    found = as_records(picture.table("certification_round"), CertificationRound)
    return sorted(found, key=lambda r: (r.year or 0, r.id or 0), reverse=True)


def round_record(picture: Picture, row: int | None) -> CertificationRound | None:
    """Return one round, None when it is not there."""
    table = picture.table("certification_round")
    return next(iter(as_records(table[table["id"] == row], CertificationRound)), None)


def case_record(picture: Picture, row: int | None) -> Certification | None:
    """Return one case as its row stands, None when it is not there."""
    table = picture.table("certification")
    return next(iter(as_records(table[table["id"] == row], Certification)), None)


def cases_of(picture: Picture, round_row: int) -> list[Certification]:
    """Return the rows of all cases of a round, by name."""
    table = picture.table("certification")
    found = as_records(table[(table["round"] == round_row).fillna(False)], Certification)
    return sorted(found, key=lambda c: ((c.name or "").casefold(), c.id or 0))


def records_of(picture: Picture, case_row: int) -> list[StepRecord]:
    """Return what was recorded of a case, the oldest first."""
    table = picture.table("step_record")
    found = as_records(table[(table["certification"] == case_row).fillna(False)], StepRecord)
    return sorted(found, key=lambda r: (r.done_on is None, r.done_on, r.id or 0))


def assessments_of(picture: Picture, case_row: int) -> list[Assessment]:
    """Return the ratings of a case, one row per criterion."""
    table = picture.table("assessment")
    return as_records(table[(table["certification"] == case_row).fillna(False)].sort_values("id"), Assessment)


def procedure(picture: Picture, round_row: int | None) -> Procedure:
    """Return the procedure that a round keeps; one that has not begun follows the tables as they are today."""
    return procedure_of(picture, round_record(picture, round_row))


def procedure_of(picture: Picture, round_: CertificationRound | None) -> Procedure:
    """Return the procedure of a round that is at hand, as ``procedure`` does."""
    return (read_procedure(round_.procedure) if round_ is not None else None) or procedure_today(picture)


def procedure_today(picture: Picture) -> Procedure:
    """Return the procedure as the tables hold it: what a round that begins now will keep."""
    return _today(picture.version("certification_step", "criterion"), picture)


def lines(picture: Picture) -> list[RoundLine]:
    """Return every round with its figures, those that run first."""
    return _lines(picture.version(*LINES), picture)


def line(picture: Picture, round_row: int) -> RoundLine | None:
    """Return one round with its figures, None when it is not there."""
    return next((one for one in lines(picture) if one.row == round_row), None)


def book(picture: Picture, round_row: int) -> RoundBook | None:
    """Return a round with everything that board and calendar show of it, None when it is not there."""
    return _book(round_row, picture.version(*BOOK), picture.today, picture)


def standing(picture: Picture, case: Certification) -> Standing | None:
    """Return how a case of a round stands, None for one without a round."""
    found = book(picture, case.round) if case.round is not None else None
    return found.case(case.id or 0) if found is not None else None


@st.cache_resource(max_entries=8, show_spinner=False)
def _book(round_row: int, version: str, today: dt.date, _picture: Picture) -> RoundBook | None:
    round_ = round_record(_picture, round_row)
    if round_ is None:
        return None
    award_on = day_of(_picture.table("event"), round_.award_event)
    around = Around(round_, procedure_of(_picture, round_), award_on, today)
    steps, functions = _picture.table("step_record"), _picture.table("function")
    return read_round(around, cases_of(_picture, round_row), steps, functions, _picture.names("person"))


@st.cache_resource(max_entries=2, show_spinner=False)
def _lines(version: str, _picture: Picture) -> list[RoundLine]:
    cases, steps, events = _picture.table("certification"), _picture.table("step_record"), _picture.table("event")
    return read_rounds(rounds(_picture), cases, steps, events, lambda round_: procedure_of(_picture, round_))


@st.cache_resource(max_entries=2, show_spinner=False)
def _today(version: str, _picture: Picture) -> Procedure:
    steps = as_records(_picture.table("certification_step"), CertificationStep)
    made = from_rows(steps, as_records(_picture.table("criterion"), Criterion))
    return Procedure(made.steps or DEFAULT.steps, made.criteria or DEFAULT.criteria)
