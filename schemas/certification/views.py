"""The views that staff find first in the certification tables."""

from __future__ import annotations

from schemas.model import Filter, Sort, View, ViewKind

STEP = (
    View(
        code="in_order",
        title="Der Reihe nach",
        columns=("order", "name", "phase", "actor", "weeks", "evidence", "required", "assumption", "retired"),
        sorts=(Sort("order"),),
        description="So läuft die nächste Runde",
    ),
)

CRITERION = (
    View(
        code="by_area",
        title="Nach Bereich",
        columns=("name", "indicators", "example", "must", "assumption", "retired"),
        group_by="area",
        sorts=(Sort("order"),),
    ),
)

ROUND = (
    View(
        code="newest",
        title="Neueste zuerst",
        columns=("name", "year", "state", "begins_on", "validity", "validity_years"),
        sorts=(Sort("year", descending=True),),
    ),
)

CERTIFICATION = (
    View(
        code="board",
        title="Tafel nach Phase",
        kind=ViewKind.KANBAN,
        columns=("name", "phase_since", "decision"),
        stack_by="phase",
    ),
    View(
        code="running",
        title="Laufende",
        columns=("name", "phase", "phase_since", "paused_until", "decision", "decided_on"),
        filters=(Filter("seal_year", "blank"),),
        sorts=(Sort("phase_since"),),
    ),
    View(
        code="holders",
        title="Mit Siegel",
        columns=("name", "seal_year", "seal_number", "awarded_on", "seal_state"),
        filters=(Filter("seal_year", "notblank"),),
        sorts=(Sort("seal_year", descending=True), Sort("name")),
    ),
    View(
        code="with_whom",
        title="Mit Einrichtung und Runde (lädt langsamer)",
        columns=("name", "site", "coordinator", "round", "phase", "decision"),
        sorts=(Sort("name"),),
    ),
)

STEP_RECORD = (
    View(
        code="newest",
        title="Neueste zuerst",
        columns=("name", "outcome", "done_on", "done_by", "proof", "proof_link"),
        sorts=(Sort("done_on", descending=True),),
    ),
)

ASSESSMENT = (
    View(
        code="by_criterion",
        title="Nach Kriterium",
        columns=("name", "self_rating", "self_proof", "review_rating", "review_comment"),
        group_by="name",
    ),
)
