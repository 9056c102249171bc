"""The closed lists of the operations tables. Staff may rename labels; the code knows the codes."""

from __future__ import annotations

from enum import StrEnum

from schemas.model import Choice


class ConflictDecision(StrEnum):
    """What staff decided about a conflict."""

    KEEP = "behalten"
    TAKE = "uebernehmen"
    OWN = "anderer"


class DuplicateDecision(StrEnum):
    """What staff decided about a pair that looks alike."""

    SAME = "dieselbe"
    DIFFERENT = "verschieden"
    LATER = "spaeter"


class CaseState(StrEnum):
    """Whether a conflict or a pair still waits for somebody."""

    OPEN = "offen"
    DONE = "erledigt"


class WriteKind(StrEnum):
    """What an automatic write did."""

    CREATED = "angelegt"
    CHANGED = "geaendert"
    MERGED = "zusammengefuehrt"
    UNDONE = "zurueckgenommen"


class PostState(StrEnum):
    """Where an outgoing message stands."""

    QUEUED = "wartet"
    SENDING = "unterwegs"
    SENT = "gesendet"
    FAILED = "fehlgeschlagen"
    HELD = "angehalten"
    WITHDRAWN = "zurueckgezogen"


class PostKind(StrEnum):
    """What an outgoing message is."""

    DIGEST = "wochenpost"
    SAVE_THE_DATE = "vormerken"
    INVITATION = "einladung"
    REMINDER = "erinnerung"
    CHANGE = "aenderung"
    CANCELLATION = "absage"
    PLACE = "platz"
    THANKS = "dank"
    MISSED = "schade"
    REFRESH = "auffrischen"
    QUESTIONNAIRE = "fragebogen"
    TEST = "probe"


CONFLICT_DECISIONS = (
    Choice(ConflictDecision.KEEP, "Unseren Stand behalten", "#d1f7c4"),
    Choice(ConflictDecision.TAKE, "Quelle übernehmen", "#cfdffe"),
    Choice(ConflictDecision.OWN, "Anderer Wert", "#ffeab6"),
)

DUPLICATE_DECISIONS = (
    Choice(DuplicateDecision.SAME, "Dieselbe", "#d1f7c4"),
    Choice(DuplicateDecision.DIFFERENT, "Verschieden", "#cfdffe"),
    Choice(DuplicateDecision.LATER, "Später", "#ffeab6"),
)

CASE_STATES = (
    Choice(CaseState.OPEN, "offen", "#ffeab6"),
    Choice(CaseState.DONE, "erledigt", "#d1f7c4"),
)

WRITE_KINDS = (
    Choice(WriteKind.CREATED, "angelegt", "#d1f7c4"),
    Choice(WriteKind.CHANGED, "geändert", "#cfdffe"),
    Choice(WriteKind.MERGED, "zusammengeführt", "#ede2fe"),
    Choice(WriteKind.UNDONE, "zurückgenommen", "#e7e7e9"),
)

RUN_STATES = (
    Choice("laeuft", "läuft", "#ffeab6"),
    Choice("fertig", "fertig", "#d1f7c4"),
    Choice("fehlgeschlagen", "fehlgeschlagen", "#ffdce5"),
    Choice("sperre", "Sperre", "#e7e7e9"),
)

POST_STATES = (
    Choice(PostState.QUEUED, "wartet", "#ffeab6"),
    Choice(PostState.SENDING, "wird gesendet", "#cfdffe"),
    Choice(PostState.SENT, "gesendet", "#d1f7c4"),
    Choice(PostState.FAILED, "fehlgeschlagen", "#ffdce5"),
    Choice(PostState.HELD, "angehalten", "#e7e7e9"),
    Choice(PostState.WITHDRAWN, "zurückgezogen", "#fee2d5"),
)

POST_KINDS = (
    Choice(PostKind.DIGEST, "Wochenpost", "#cfdffe"),
    Choice(PostKind.SAVE_THE_DATE, "Termin vormerken", "#d0f1fd"),
    Choice(PostKind.INVITATION, "Einladung", "#d1f7c4"),
    Choice(PostKind.REMINDER, "Erinnerung", "#ffeab6"),
    Choice(PostKind.CHANGE, "Änderung", "#fee2d5"),
    Choice(PostKind.CANCELLATION, "Absage der Veranstaltung", "#ffdce5"),
    Choice(PostKind.PLACE, "Platz oder Warteliste", "#c2f5e9"),
    Choice(PostKind.THANKS, "Dank", "#ffdaf6"),
    Choice(PostKind.MISSED, "Schade", "#ede2fe"),
    Choice(PostKind.REFRESH, "Siegel auffrischen", "#ffeab6"),
    Choice(PostKind.QUESTIONNAIRE, "Fragebogen", "#c2f5e9"),
    Choice(PostKind.TEST, "Probe", "#e7e7e9"),
)
