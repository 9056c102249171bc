"""The papers of a case, from the mirror to what is set: its report, and its page for the meeting of the network."""

from __future__ import annotations

from automations.certification.decision_sheet import Decided, DecisionPage, decision_page
from automations.certification.report import texts_of
from automations.certification.report_paper import Paper, report_paper
from schemas.certification.choices import Decision, Phase
from schemas.certification.rules.progress import open_steps
from schemas.certification.tables import Certification
from streamlit_app import case_data, certification_data, context
from streamlit_app.data import Picture
from streamlit_app.frames.records import as_records

TABLES = (
    "certification", "certification_round", "certification_step", "criterion", "assessment", "step_record", "person",
    "organisation", "function", "body", "seat", "event",
)  # fmt: skip
"""The tables that both papers follow from."""

BEFORE = (Phase.SEMINAR, Phase.TEAM, Phase.REVIEW)
"""Phases whose steps should be done when the network decides."""


def report_of(picture: Picture, case: Certification) -> Paper:
    """Return the report of a case as it is saved."""
    return report_paper(
        case.name or case_data.NAMELESS, network(), case_data.facts(picture, case), texts_of(case),
        case_data.told(picture, case), draft=case.signed_off_on is None,
    )  # fmt: skip


def page_of(picture: Picture, case: Certification) -> DecisionPage:
    """Return the page of a case for the meeting; who is interested is proposed until it was decided."""
    return decision_page(
        case.name or case_data.NAMELESS, case_data.facts(picture, case), texts_of(case),
        certification_data.procedure(picture, case.round), case_data.told(picture, case),
        steps=missing_steps(picture, case), recused=recused(picture, case), signed=case.signed_off_on is not None,
        decided=decided(picture, case),
    )  # fmt: skip


def missing_steps(picture: Picture, case: Certification) -> list[str]:
    """Return the required steps before the decision that nobody recorded."""
    found = certification_data.standing(picture, case)
    if found is None:
        return []
    procedure = certification_data.procedure(picture, case.round)
    steps = open_steps(procedure, found.case)
    return [step.name for step in steps if step.required and step.phase in BEFORE]


def decided(picture: Picture, case: Certification) -> Decided | None:
    """Return what was decided, None while nothing is."""
    if case.decision not in tuple(Decision):
        return None
    day = f"{case.decided_on:%d.%m.%Y}" if case.decided_on else "–"
    body = picture.names("body").get(case.decided_by or 0, "")
    label = picture.label("certification", "decision", case.decision or "")
    return Decided(label, day, body, case.decision_text or "")


def recused(picture: Picture, case: Certification) -> list[tuple[str, str]]:
    """Return who did not take part, with the reason; before a decision who should not."""
    if case.decision in tuple(Decision):
        return [_parted(line) for line in (case.recused or "").splitlines() if line.strip()]
    round_ = certification_data.round_record(picture, case.round)
    lines = case_data.seats(picture, case, round_.body if round_ else None, picture.today)
    return [(line.name, str(line.interest)) for line in lines if line.interest is not None]


def up_for_decision(picture: Picture, case: Certification) -> tuple[int, ...]:
    """Return the cases (rows) of the same round that wait for a decision, by name."""
    book = certification_data.book(picture, case.round) if case.round is not None else None
    return tuple(one.id for one in book.cases if one.case.phase == Phase.DECISION) if book is not None else ()


def earlier_cases(picture: Picture, case: Certification) -> list[Certification]:
    """Return the other cases of the same placement, the latest first."""
    if case.site is None:
        return []
    table = picture.table("certification")
    found = as_records(table[(table["site"] == case.site).fillna(False)], Certification)
    return sorted((one for one in found if one.id != case.id), key=lambda one: one.id or 0, reverse=True)


def network() -> str:
    """Return the name of the network as it stands on papers."""
    return context.get().settings.network_name


def _parted(line: str) -> tuple[str, str]:
    name, _, reason = line.partition(": ")
    return name.strip(), reason.strip() or "–"
