"""The shipped steps and criteria, put into the tables: something to begin with that staff then make their own.

A table that holds anything is left alone, so nobody's edit is ever written over. Where a program asks (``once``), a
table that staff emptied stays empty as well; a person who asks gets the proposal back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from automations.certification.cases import Now
from schemas.certification.rules.procedure import DEFAULT
from schemas.certification.tables import CertificationStep, Criterion
from schemas.model import Record
from schemas.operations.tables import JobRun
from sync.connection import Connection
from sync.desk import Desk, open_desk
from sync.nocodb.store import TableStore

TASK = "Zertifizierung: Verfahren vorgeschlagen"
FAR_APART = 10
"""Orders lie so far apart, so that a step fits between two others."""


@dataclass(frozen=True, slots=True)
class Put:
    """How many steps and criteria were put into the tables, and the run in the journal; empty when nothing was."""

    steps: int = 0
    criteria: int = 0
    run: str = ""

    def describe(self) -> str:
        """Return it in German, empty when nothing was put."""
        return f"{self.steps} Schritte und {self.criteria} Kriterien vorgeschlagen" if self.run else ""


def put_defaults(opened: Connection, now: Now, *, once: bool = False) -> Put:
    """Put the shipped steps and criteria into those of both tables that are empty, in one run that can be taken back.

    ``once`` is for programs: what was put there before is not put there again. Run again after a kill it goes on.

    Raises:
        LeaseHeld: another automatic writer is at work; nothing was written.
        Forbidden, NocoDBError: the account may not, or the server did not answer; run again.
    """
    if not _is_empty(opened, CertificationStep) and not _is_empty(opened, Criterion):
        return Put()
    if once and _was_put(opened):
        return Put()
    with open_desk(opened.client, opened.base, TASK, now) as desk:
        steps = _fill(desk, _is_empty(opened, CertificationStep), step_rows())
        criteria = _fill(desk, _is_empty(opened, Criterion), criterion_rows())
        put = Put(steps, criteria, desk.journal.run)
        desk.told = put.describe()
    return put


def step_rows() -> list[CertificationStep]:
    """Return the shipped steps as rows; the ident is the code by which rounds know a step for ever."""
    return [
        CertificationStep(
            name=step.name, order=at * FAR_APART, phase=step.phase, actor=step.actor, weeks=step.weeks,
            explanation=step.explanation or None, evidence=step.evidence or None, required=step.required,
            assumption=step.assumption, ident=step.code,
        )
        for at, step in enumerate(DEFAULT.steps, start=1)
    ]  # fmt: skip


def criterion_rows() -> list[Criterion]:
    """Return the shipped criteria as rows."""
    return [
        Criterion(
            name=one.name, area=one.area or None, order=at * FAR_APART, indicators=one.indicators or None,
            example=one.example or None, must=one.must, assumption=one.assumption, ident=one.code,
        )
        for at, one in enumerate(DEFAULT.criteria, start=1)
    ]  # fmt: skip


def _is_empty(opened: Connection, kind: type[Record]) -> bool:
    return TableStore(opened.client, opened.base, kind).count() == 0


def _was_put(opened: Connection) -> bool:
    """Say whether a run came to its end once; one that was killed left no line in the run book."""
    book = TableStore(opened.client, opened.base, JobRun)
    return book.count(where=book.condition("name", TASK) & book.condition("state", "fertig")) > 0


def _fill(desk: Desk, empty: bool, rows: Sequence[Record]) -> int:
    if not empty:
        return 0
    store = desk.stores[rows[0].table().code]
    desk.journal.announce_new(rows[0].table().code, [str(row.value("ident")) for row in rows], store.table_url())
    return len(store.create(rows))
