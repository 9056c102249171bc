"""The closed lists of the certification tables. Staff may rename labels; the code knows the codes."""

from __future__ import annotations

from enum import StrEnum

from schemas.model import Choice


class Phase(StrEnum):
    """Where a case lies on the board; each step of the procedure belongs to one of the first five."""

    SEMINAR = "seminar"
    TEAM = "einschaetzung"
    REVIEW = "begutachtung"
    DECISION = "entscheidung"
    WAITING = "wartet"
    AWARDED = "verliehen"
    PAUSED = "ruht"
    WITHDRAWN = "zurueckgezogen"
    DECLINED = "abgelehnt"


class Actor(StrEnum):
    """Who has to act in a step."""

    PLACEMENT = "einrichtung"
    AGENCY = "agentur"
    REVIEWER = "gutachten"
    NETWORK = "netzwerk"
    CITY = "stadt"


class RecordOutcome(StrEnum):
    """What became of a step: a later record of the same step counts more."""

    DONE = "erledigt"
    RETURNED = "zurueckgegeben"
    SKIPPED = "entfaellt"


class Decision(StrEnum):
    """What the network decided."""

    YES = "ja"
    NO = "nein"
    LATER = "zurueckgestellt"


class RoundState(StrEnum):
    """Where a round stands; its procedure is frozen when it begins."""

    PREPARED = "vorbereitet"
    RUNNING = "laeuft"
    CLOSED = "abgeschlossen"


class Validity(StrEnum):
    """How long a seal counts: a year without an end, a fixed term, or one year, given anew without a check."""

    YEAR_STAMP = "jahr"
    FIXED_TERM = "laufzeit"
    YEARLY = "jaehrlich"


class SealState(StrEnum):
    """Whether a seal stands."""

    VALID = "gilt"
    REVOKED = "widerrufen"


class Rating(StrEnum):
    """How far a criterion is met."""

    NOT = "0"
    PARTLY = "1"
    MOSTLY = "2"
    FULLY = "3"
    UNFIT = "entfaellt"


PHASES = (
    Choice(Phase.SEMINAR, "Seminar", "#c2f5e9"),
    Choice(Phase.TEAM, "Selbsteinschätzung", "#cfdffe"),
    Choice(Phase.REVIEW, "Begutachtung", "#d0f1fd"),
    Choice(Phase.DECISION, "Entscheidung", "#ede2fe"),
    Choice(Phase.WAITING, "Empfohlen – wartet auf Messe", "#ffeab6"),
    Choice(Phase.AWARDED, "Siegel verliehen", "#93e088"),
    Choice(Phase.PAUSED, "Ruht", "#e7e7e9"),
    Choice(Phase.WITHDRAWN, "Zurückgezogen", "#fee2d5"),
    Choice(Phase.DECLINED, "Abgelehnt", "#ffdce5"),
)

ACTORS = (
    Choice(Actor.PLACEMENT, "Einrichtung", "#cfdffe"),
    Choice(Actor.AGENCY, "Freiwilligenagentur", "#d1f7c4"),
    Choice(Actor.REVIEWER, "Gutachter:in", "#ffeab6"),
    Choice(Actor.NETWORK, "Netzwerk", "#ede2fe"),
    Choice(Actor.CITY, "Stadt", "#d0f1fd"),
)

RECORD_OUTCOMES = (
    Choice(RecordOutcome.DONE, "erledigt", "#d1f7c4"),
    Choice(RecordOutcome.RETURNED, "zurückgegeben", "#ffeab6"),
    Choice(RecordOutcome.SKIPPED, "entfällt", "#e7e7e9"),
)

DECISIONS = (
    Choice(Decision.YES, "Siegel wird verliehen", "#d1f7c4"),
    Choice(Decision.NO, "Kein Siegel", "#ffdce5"),
    Choice(Decision.LATER, "Zurückgestellt", "#ffeab6"),
)

ROUND_STATES = (
    Choice(RoundState.PREPARED, "vorbereitet", "#e7e7e9"),
    Choice(RoundState.RUNNING, "läuft", "#d1f7c4"),
    Choice(RoundState.CLOSED, "abgeschlossen", "#cfdffe"),
)

VALIDITIES = (
    Choice(Validity.YEAR_STAMP, "Siegel mit Jahr – ohne Ende", "#d1f7c4"),
    Choice(Validity.FIXED_TERM, "Feste Laufzeit", "#cfdffe"),
    Choice(Validity.YEARLY, "Jedes Jahr neu – ohne Prüfung", "#ffeab6"),
)

SEAL_STATES = (
    Choice(SealState.VALID, "gilt", "#d1f7c4"),
    Choice(SealState.REVOKED, "widerrufen", "#ffdce5"),
)

RATINGS = (
    Choice(Rating.NOT, "0 – noch nicht", "#ffdce5"),
    Choice(Rating.PARTLY, "1 – teilweise", "#fee2d5"),
    Choice(Rating.MOSTLY, "2 – überwiegend", "#ffeab6"),
    Choice(Rating.FULLY, "3 – ganz", "#d1f7c4"),
    Choice(Rating.UNFIT, "passt hier nicht", "#e7e7e9"),
)
