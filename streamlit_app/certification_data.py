"""The pages' way to what is known about certification, made once per version of the mirror, shared by all sessions."""

from __future__ import annotations

from automations.certification.cases import procedure_of
from schemas.certification.rules.procedure import Procedure
from schemas.certification.tables import Assessment, Certification, CertificationRound, StepRecord
from streamlit_app.data import Picture
from streamlit_app.frames.records import as_records


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
    """Return the procedure that a round keeps; one that has not begun is shown by the default."""
    return procedure_of(round_record(picture, round_row))
