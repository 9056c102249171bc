"""The run book (Laufbuch): which job ran when, with which outcome; its lease row lets one writer in at a time."""

from __future__ import annotations

import datetime as dt

from schemas.model import Choice, DateTime, LongText, Record, SingleSelect, Sort, Text, View, column, declare

RUN_STATES = (
    Choice("laeuft", "läuft", "#ffeab6"),
    Choice("fertig", "fertig", "#d1f7c4"),
    Choice("fehlgeschlagen", "fehlgeschlagen", "#ffdce5"),
    Choice("sperre", "Sperre", "#e7e7e9"),
)


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
    """One run of one job; the row whose ident is ``lease:writer`` is the lease of the automatic writer."""

    name: str | None = column(Text(title="Aufgabe"))
    state: str | None = column(SingleSelect(title="Stand", choices=RUN_STATES))
    started_at: dt.datetime | None = column(DateTime(title="Begonnen"))
    finished_at: dt.datetime | None = column(DateTime(title="Beendet"))
    report: str | None = column(LongText(title="Bericht"))
    holder: str | None = column(Text(title="Halter", hidden=True, system=True))
    ident: str | None = column(Text(title="Kennung", hidden=True, system=True))
    token: str | None = column(Text(title="Schreibmarke", hidden=True, system=True))
