"""The certification tables: the procedure as data, rounds that keep theirs, and the cases that run through them."""

from __future__ import annotations

import datetime as dt

from schemas import shared
from schemas.certification import choices, views
from schemas.model import (
    Checkbox,
    Date,
    DateTime,
    Email,
    Integer,
    Link,
    LongText,
    Record,
    SingleSelect,
    Text,
    Url,
    column,
    declare,
)

_ASSUMPTION = "Angehakt = so nehmen wir es an, es ist nicht verbürgt"
_NEXT_ROUND = "Änderungen gelten für Runden, die danach beginnen; laufende behalten ihren Stand"

REPORT_PARTS = ("description", "strengths", "recommendations", "conclusion")
"""The texts of a report: columns of a case, in their order."""


@declare(
    code="certification_step",
    title="Zertifizierungsschritte",
    description=f"Das Verfahren des Gütesiegels, Schritt für Schritt. {_NEXT_ROUND}.",
    views=views.STEP,
)
class CertificationStep(Record):
    """One step of the procedure as it will be for the next round; ``ident`` is its name for ever."""

    name: str | None = column(Text(title="Schritt"))
    order: int | None = column(Integer(title="Reihenfolge"))
    phase: str | None = column(SingleSelect(title="Phase", choices=choices.PHASES))
    actor: str | None = column(SingleSelect(title="Wer ist dran", choices=choices.ACTORS))
    weeks: int | None = column(Integer(title="Übliche Dauer (Wochen)"))
    explanation: str | None = column(LongText(title="Erläuterung"))
    evidence: str | None = column(Text(title="Nachweis", description="Was vorliegen soll, wenn der Schritt getan ist"))
    required: bool = column(Checkbox(title="Pflicht"))
    assumption: bool = column(Checkbox(title="Annahme", description=_ASSUMPTION))
    retired: bool = column(Checkbox(title="Nicht mehr", description="In künftigen Runden weglassen"))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="criterion",
    title="Kriterien",
    description=f"Woran man eine gute Einsatzstelle erkennt: Kriterien mit Merkmalen und Beispielen. {_NEXT_ROUND}.",
    views=views.CRITERION,
)
class Criterion(Record):
    """One criterion of the guide; ``must`` ones cannot be made up for by others."""

    name: str | None = column(Text(title="Kriterium"))
    area: str | None = column(Text(title="Bereich"))
    order: int | None = column(Integer(title="Reihenfolge"))
    indicators: str | None = column(LongText(title="Woran man es erkennt"))
    example: str | None = column(LongText(title="Beispiel"))
    must: bool = column(Checkbox(title="Unverzichtbar"))
    assumption: bool = column(Checkbox(title="Annahme", description=_ASSUMPTION))
    retired: bool = column(Checkbox(title="Nicht mehr", description="In künftigen Runden weglassen"))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="certification_round",
    title="Zertifizierungsrunden",
    description="Vom Herbstseminar bis zur Übergabe auf der Engagementmesse.",
    views=views.ROUND,
)
class CertificationRound(Record):
    """A round with its own copy of the procedure (``procedure``, JSON), taken when it begins."""

    name: str | None = column(Text(title="Name"))
    year: int | None = column(Integer(title="Siegeljahr", description="Das Jahr, das auf dem Siegel steht"))
    state: str | None = column(SingleSelect(title="Stand", choices=choices.ROUND_STATES))
    seminar: int | None = column(Link(title="Seminar", target="event", reverse="Runden (Seminar)"))
    award_event: int | None = column(Link(title="Verleihung", target="event", reverse="Runden (Verleihung)"))
    signatory: int | None = column(
        Link(title="Unterschrift", target="office", reverse="Runden",
             description="Amt; auf der Urkunde steht, wer es am Tag der Verleihung innehat")
    )  # fmt: skip
    body: int | None = column(Link(title="Entscheidet", target="body", reverse="Runden"))
    validity: str | None = column(SingleSelect(title="Geltung", choices=choices.VALIDITIES))
    validity_years: int | None = column(Integer(title="Jahre", description="Bei fester Laufzeit, sonst Angebot zum "
                                                "Erneuern nach so vielen Jahren"))  # fmt: skip
    begins_on: dt.date | None = column(Date(title="Beginn"))
    procedure: str | None = column(LongText(title="Verfahren dieser Runde", hidden=True, system=True))
    note: str | None = column(LongText(title="Notiz", hidden=True))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="certification",
    title="Zertifizierungen",
    description="Eine Einrichtung auf dem Weg zum Siegel oder mit Siegel. Karten auf der Tafel dürfen Sie verschieben; "
    "die Übersicht sagt dann, was noch fehlt.",
    views=views.CERTIFICATION,
)
class Certification(Record):
    """One placement in one round; the seal belongs to the placement, the seminar seat to its coordinator."""

    name: str | None = column(Text(title="Einrichtung (wie auf der Urkunde)"))
    site: int | None = column(Link(title="Einrichtung", target="organisation", reverse="Zertifizierungen"))
    coordinator: int | None = column(
        Link(title="Koordination", target="person", reverse="Zertifizierungen",
             description="Wer dort Freiwillige begleitet und am Seminar teilnahm")
    )  # fmt: skip
    round: int | None = column(Link(title="Runde", target="certification_round", reverse="Zertifizierungen"))
    reviewer: int | None = column(Link(title="Begutachtet von", target="person", reverse="Begutachtungen"))
    phase: str | None = column(SingleSelect(title="Phase", choices=choices.PHASES))
    phase_since: dt.date | None = column(Date(title="In dieser Phase seit"))
    paused_until: dt.date | None = column(Date(title="Ruht bis"))
    pause_reason: str | None = column(Text(title="Warum es ruht"))
    description: str | None = column(LongText(title="Beschreibung", hidden=True))
    strengths: str | None = column(LongText(title="Stärken", hidden=True))
    recommendations: str | None = column(LongText(title="Empfehlungen", hidden=True))
    conclusion: str | None = column(LongText(title="Fazit", hidden=True))
    signed_off_by: str | None = column(Text(title="Bericht freigegeben von", hidden=True))
    signed_off_on: dt.date | None = column(Date(title="Bericht freigegeben am", hidden=True))
    decision: str | None = column(SingleSelect(title="Entscheidung", choices=choices.DECISIONS))
    decided_on: dt.date | None = column(Date(title="Entschieden am"))
    decided_by: int | None = column(Link(title="Entschieden von", target="body", reverse="Entscheidungen"))
    decision_text: str | None = column(LongText(title="Wortlaut der Entscheidung", hidden=True))
    recused: str | None = column(
        LongText(title="Nicht mitgewirkt", description="Befangene Sitze, mit Grund", hidden=True)
    )
    seal_year: int | None = column(Integer(title="Siegeljahr"))
    seal_number: str | None = column(Text(title="Siegelnummer"))
    handover_order: int | None = column(
        Integer(
            title="Auftritt", description="Der wievielte bei der Übergabe; leer = nach Namen, am Schluss", hidden=True
        )
    )
    awarded_on: dt.date | None = column(Date(title="Verliehen am"))
    seal_state: str | None = column(SingleSelect(title="Siegel", choices=choices.SEAL_STATES))
    revoked_on: dt.date | None = column(Date(title="Widerrufen am", hidden=True))
    revoked_why: str | None = column(Text(title="Grund des Widerrufs", hidden=True))
    mail: str | None = column(Email(title="E-Mail (für den Fragebogen)", hidden=True))
    mark: str | None = column(
        Text(
            title="Fragebogen-Marke", description="Leeren oder ändern macht den Link ungültig", hidden=True, system=True
        )
    )
    note: str | None = column(LongText(title="Notiz", hidden=True))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="step_record",
    title="Schrittprotokoll",
    description="Was in einem Verfahren wann von wem getan wurde, mit Nachweis. Keine Zeile ersetzt eine andere.",
    views=views.STEP_RECORD,
)
class StepRecord(Record):
    """One record of one step of one case; ``step_code`` is the ident of the step, ``name`` its title in that round."""

    name: str | None = column(Text(title="Schritt"))
    certification: int | None = column(Link(title="Zertifizierung", target="certification", reverse="Schritte"))
    step_code: str | None = column(Text(title="Schritt (Code)", hidden=True, system=True))
    outcome: str | None = column(SingleSelect(title="Ergebnis", choices=choices.RECORD_OUTCOMES))
    done_on: dt.date | None = column(Date(title="Am"))
    done_by: str | None = column(Text(title="Von"))
    proof: str | None = column(LongText(title="Nachweis"))
    proof_link: str | None = column(Url(title="Nachweis (Link)"))
    note: str | None = column(LongText(title="Notiz"))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())


@declare(
    code="assessment",
    title="Einschätzungen",
    description="Je Einrichtung und Kriterium: was sie selbst sagt, was im Gespräch gesehen wurde.",
    views=views.ASSESSMENT,
)
class Assessment(Record):
    """One criterion of one case, rated by the placement and by the reviewer."""

    name: str | None = column(Text(title="Kriterium"))
    certification: int | None = column(Link(title="Zertifizierung", target="certification", reverse="Einschätzungen"))
    criterion_code: str | None = column(Text(title="Kriterium (Code)", hidden=True, system=True))
    self_rating: str | None = column(SingleSelect(title="Selbst", choices=choices.RATINGS))
    self_proof: str | None = column(LongText(title="Beleg"))
    self_comment: str | None = column(LongText(title="Anmerkung"))
    rated_by: str | None = column(Text(title="Ausgefüllt von"))
    rated_at: dt.datetime | None = column(DateTime(title="Ausgefüllt am"))
    review_rating: str | None = column(SingleSelect(title="Im Gespräch", choices=choices.RATINGS))
    review_comment: str | None = column(LongText(title="Beobachtung"))
    reviewed_by: str | None = column(Text(title="Begutachtet von"))
    ident: str | None = column(shared.ident())
    token: str | None = column(shared.token())
