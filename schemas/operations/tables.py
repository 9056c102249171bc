"""What the automatic part tells people: runs, conflicts to decide, look-alikes to decide, and every write it made.

In the run book (Laufbuch) a lease row lets one writer in at a time.
"""

from __future__ import annotations

import datetime as dt

from schemas.model import (
    Checkbox,
    DateTime,
    Email,
    Filter,
    Integer,
    LongText,
    Record,
    SingleSelect,
    Sort,
    Text,
    Url,
    View,
    ViewKind,
    column,
    declare,
)
from schemas.operations import choices


@declare(
    code="job_run",
    title="Laufbuch",
    description="Was automatisch lief, wann und mit welchem Ergebnis. Nur zum Lesen.",
    views=(
        View(
            code="newest",
            title="Neueste zuerst",
            columns=("name", "state", "started_at", "finished_at", "report"),
            sorts=(Sort("started_at", descending=True),),
        ),
    ),
)
class JobRun(Record):
    """One run of one job; the row ``lease:writer`` is the lease of the writer, ``job:<code>`` that of a job."""

    name: str | None = column(Text(title="Aufgabe"))
    state: str | None = column(SingleSelect(title="Stand", choices=choices.RUN_STATES))
    started_at: dt.datetime | None = column(DateTime(title="Begonnen"))
    finished_at: dt.datetime | None = column(DateTime(title="Beendet"))
    report: str | None = column(LongText(title="Bericht"))
    slot: dt.datetime | None = column(
        DateTime(title="War fällig um", description="Letzter erledigter Termin", hidden=True, system=True)
    )
    holder: str | None = column(Text(title="Halter", hidden=True, system=True))
    ident: str | None = column(Text(title="Kennung", hidden=True, system=True))
    token: str | None = column(Text(title="Schreibmarke", hidden=True, system=True))


@declare(
    code="conflict",
    title="Abweichungen",
    description="Wo eine Liste etwas anderes sagt als das, was jemand von Ihnen eingetragen hat. "
    "Bitte wählen Sie eine Entscheidung; der nächste Abgleich führt sie aus.",
    views=(
        View(
            code="open",
            title="Zu entscheiden",
            columns=("name", "field", "ours", "theirs", "decision", "own_value", "source", "found_at", "link"),
            filters=(Filter("state", "eq", choices.CaseState.OPEN),),
            sorts=(Sort("found_at"),),
            description="Alles, was auf eine Entscheidung wartet, das Älteste zuerst",
        ),
        View(
            code="board", title="Tafel", kind=ViewKind.KANBAN, columns=("name", "field", "theirs"), stack_by="decision"
        ),
    ),
)
class Conflict(Record):
    """One field of one row in which staff and a source differ; ``ident`` names source, table, item and column."""

    name: str | None = column(Text(title="Eintrag"))
    field: str | None = column(Text(title="Feld"))
    ours: str | None = column(LongText(title="Unser Stand"))
    theirs: str | None = column(LongText(title="Stand der Quelle"))
    decision: str | None = column(SingleSelect(title="Entscheidung", choices=choices.CONFLICT_DECISIONS))
    own_value: str | None = column(
        LongText(title="Anderer Wert", description="Nur ausfüllen, wenn die Entscheidung „Anderer Wert“ ist")
    )
    state: str | None = column(SingleSelect(title="Stand", choices=choices.CASE_STATES))
    source: str | None = column(Text(title="Quelle"))
    found_at: dt.datetime | None = column(DateTime(title="Seit"))
    link: str | None = column(Url(title="Zum Eintrag"))
    table_code: str | None = column(Text(title="Tabelle (Code)", hidden=True, system=True))
    row: int | None = column(Integer(title="Zeile", hidden=True, system=True))
    data: str | None = column(LongText(title="Daten", hidden=True, system=True))
    ident: str | None = column(LongText(title="Kennung", hidden=True, system=True))
    token: str | None = column(Text(title="Schreibmarke", hidden=True, system=True))


@declare(
    code="duplicate",
    title="Dubletten",
    description="Einträge, die dasselbe meinen könnten. Bitte entscheiden Sie: dieselbe, verschieden oder später. "
    "Zusammengeführt wird nur, was Sie als dieselbe markieren.",
    views=(
        View(
            code="open",
            title="Zu entscheiden",
            columns=(
                "name",
                "group",
                "first",
                "second",
                "reasons",
                "confidence",
                "decision",
                "first_link",
                "second_link",
            ),
            filters=(Filter("state", "eq", choices.CaseState.OPEN),),
            sorts=(Sort("group"), Sort("confidence", descending=True)),
            description="Paare nebeneinander, die einer Gruppe beisammen, sonst die wahrscheinlichsten zuerst",
        ),
    ),
)
class Duplicate(Record):
    """Two rows of one table that look alike; ``ident`` names table and both rows, the smaller id first."""

    name: str | None = column(Text(title="Paar"))
    group: str | None = column(
        Text(
            title="Gruppe",
            description="Steht da, wenn drei oder mehr Einträge einander ähneln; Paare daraus gehören zusammen",
        )
    )
    first: str | None = column(LongText(title="Erster Eintrag"))
    second: str | None = column(LongText(title="Zweiter Eintrag"))
    reasons: str | None = column(LongText(title="Warum"))
    confidence: int | None = column(Integer(title="Sicherheit (%)"))
    decision: str | None = column(SingleSelect(title="Entscheidung", choices=choices.DUPLICATE_DECISIONS))
    state: str | None = column(SingleSelect(title="Stand", choices=choices.CASE_STATES))
    found_at: dt.datetime | None = column(DateTime(title="Seit"))
    first_link: str | None = column(Url(title="Zum ersten"))
    second_link: str | None = column(Url(title="Zum zweiten"))
    table_code: str | None = column(Text(title="Tabelle (Code)", hidden=True, system=True))
    first_row: int | None = column(Integer(title="Erste Zeile", hidden=True, system=True))
    second_row: int | None = column(Integer(title="Zweite Zeile", hidden=True, system=True))
    ident: str | None = column(Text(title="Kennung", hidden=True, system=True))
    token: str | None = column(Text(title="Schreibmarke", hidden=True, system=True))


def pair_ident(table: str, first: int, second: int) -> str:
    """Return the ident of a pair of look-alikes; ``first`` is the smaller row id.

    >>> pair_ident("person", 3, 8)
    'person:3:8'
    """
    return f"{table}:{first}:{second}"


@declare(
    code="journal",
    title="Journal",
    description="Jeder automatische Schreibvorgang mit vorher und nachher. Nur zum Lesen; zurücknehmen mit "
    "`kontaktnetz sync undo`.",
    views=(
        View(
            code="newest",
            title="Neueste zuerst",
            columns=("name", "kind", "at", "cause", "before", "after", "link", "undone"),
            sorts=(Sort("at", descending=True),),
        ),
    ),
)
class JournalEntry(Record):
    """One write: what stood before, what after (German text for people; ``data`` holds both for machines as JSON)."""

    name: str | None = column(Text(title="Eintrag"))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.WRITE_KINDS))
    at: dt.datetime | None = column(DateTime(title="Zeit"))
    cause: str | None = column(Text(title="Anlass"))
    before: str | None = column(LongText(title="Vorher"))
    after: str | None = column(LongText(title="Nachher"))
    link: str | None = column(Url(title="Zum Eintrag"))
    undone: bool = column(Checkbox(title="Zurückgenommen"))
    run: str | None = column(Text(title="Lauf", hidden=True, system=True))
    table_code: str | None = column(Text(title="Tabelle (Code)", hidden=True, system=True))
    row: int | None = column(Integer(title="Zeile", hidden=True, system=True))
    data: str | None = column(LongText(title="Daten", hidden=True, system=True))
    ident: str | None = column(Text(title="Kennung", hidden=True, system=True))
    token: str | None = column(Text(title="Schreibmarke", hidden=True, system=True))


@declare(
    code="outbox",
    title="Postausgang",
    description="Jede E-Mail, die hinausgeht, steht vorher hier. Stellen Sie den Stand auf „angehalten“, wird sie "
    "nicht gesendet; auf „wartet“, geht sie beim nächsten Lauf (noch einmal) hinaus.",
    views=(
        View(
            code="newest",
            title="Neueste zuerst",
            columns=("name", "recipient", "kind", "state", "queued_at", "sent_at", "problem"),
            sorts=(Sort("queued_at", descending=True),),
        ),
        View(
            code="stuck",
            title="Hängen geblieben",
            columns=("name", "recipient", "state", "problem", "attempts"),
            filters=(Filter("problem", "notblank"),),
            sorts=(Sort("queued_at", descending=True),),
            description="Was nicht hinausging, und warum",
        ),
    ),
)
class Post(Record):
    """One outgoing message; ``ident`` is its key: a second one with the same key is never made."""

    name: str | None = column(Text(title="Betreff"))
    recipient: str | None = column(Email(title="An"))
    kind: str | None = column(SingleSelect(title="Art", choices=choices.POST_KINDS))
    state: str | None = column(SingleSelect(title="Stand", choices=choices.POST_STATES))
    queued_at: dt.datetime | None = column(DateTime(title="Bereit seit"))
    sent_at: dt.datetime | None = column(DateTime(title="Gesendet am"))
    attempts: int | None = column(Integer(title="Versuche"))
    problem: str | None = column(LongText(title="Was schiefging"))
    text: str | None = column(LongText(title="Text"))
    html: str | None = column(LongText(title="Text (HTML)", hidden=True, system=True))
    calendar: str | None = column(LongText(title="Kalender (iTIP)", hidden=True, system=True))
    sender_name: str | None = column(Text(title="Absendername", hidden=True, system=True))
    reply_to: str | None = column(Email(title="Antwort an", hidden=True, system=True))
    about: str | None = column(Text(title="Gehört zu", hidden=True, system=True))
    batch: str | None = column(Text(title="Sendung", hidden=True, system=True))
    ident: str | None = column(Text(title="Kennung", hidden=True, system=True))
    token: str | None = column(Text(title="Schreibmarke", hidden=True, system=True))
