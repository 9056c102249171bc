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
)

POST_KINDS = (Choice("wochenpost", "Wochenpost", "#cfdffe"),)
