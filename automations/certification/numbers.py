"""Numbers of seals that were ever given, as the journal remembers them, and those that no certificate may claim.

The journal knows every number before it is written, and keeps it when the write is taken back, when two cases become
one, and when staff delete the row. Numbers that staff typed themselves are noted there within minutes, at the latest
when numbers are given. Numbers are compared as they read on paper (``plain_number``), so no two of them look alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.certification.choices import Decision, Phase, SealState
from schemas.certification.rules.seals import plain_number
from schemas.certification.tables import Certification
from schemas.operations.tables import JournalEntry
from sync.connection import Connection
from sync.desk import Desk
from sync.nocodb.store import TableStore

NOTE = "Siegelnummern, die es schon gab"
"""The name of a note in the journal: numbers that stood in the table and were not given by us."""

ENDED = (Phase.WITHDRAWN, Phase.DECLINED)
_NUMBER, _NUMBERS = "seal_number", "seal_numbers"


class Why(StrEnum):
    """Why a number is void."""

    REVOKED = "widerrufen"
    ENDED = "ohne Siegel beendet"
    UNDECIDED = "keine Entscheidung für das Siegel"
    GONE = "zusammengeführt, zurückgenommen oder gelöscht"


@dataclass(frozen=True, slots=True)
class VoidNumber:
    """A number that no certificate may claim; ``holder`` is the case as it was called, empty when nobody knows."""

    number: str
    holder: str
    why: Why


def given_numbers(entries: Iterable[JournalEntry]) -> dict[str, str]:
    """Return the numbers that entries of the journal tell of, with the name of the case that had each last."""
    found: dict[str, str] = {}
    for entry in entries:
        data = json.loads(entry.data or "{}")
        if entry.name == NOTE:
            found |= {plain_number(str(number)): str(name) for number, name in (data.get(_NUMBERS) or {}).items()}
        elif entry.table_code == Certification.table().code:
            found |= {number: str(cells.get("name") or entry.name or "") for number, cells in _told(data)}
    return found


def remembered_numbers(opened: Connection) -> dict[str, str]:
    """Return the numbers that the journal of the base tells of, as ``given_numbers`` does.

    Raises:
        NocoDBError: the server refused or did not answer.
    """
    return given_numbers(_entries(TableStore(opened.client, opened.base, JournalEntry)))


def remember_numbers(desk: Desk, cases: Iterable[Certification]) -> set[str]:
    """Return every number that was ever given; what stands on these cases and was never noted is noted first."""
    known = given_numbers(_entries(desk.stores["journal"]))
    standing = {plain_number(case.seal_number): case.name or "" for case in cases if case.seal_number}
    new = {number: name for number, name in standing.items() if number not in known}
    if new:
        desk.journal.note(NOTE, json.dumps({_NUMBERS: new}, ensure_ascii=False))
    return known.keys() | new.keys()


def unknown_numbers(standing: Iterable[str], entries: Iterable[JournalEntry]) -> set[str]:
    """Return which of the numbers that stand in the table (empty: none) no entry of the journal tells of."""
    numbers = {plain_number(number) for number in standing if number.strip()}
    return numbers - given_numbers(entries).keys() if numbers else set()


def void_numbers(cases: Iterable[Certification], given: Mapping[str, str] | None = None) -> dict[str, VoidNumber]:
    """Return the numbers that no certificate may claim, by number.

    These are revoked seals, numbers whose case ended or is to be decided again, and of those that were ever ``given``
    the ones that stand on no case any more.
    """
    found: dict[str, VoidNumber] = {}
    standing: set[str] = set()
    for case in cases:
        if case.seal_number:
            standing.add(number := plain_number(case.seal_number))
            if (why := why_void(case)) is not None:
                found[number] = VoidNumber(number, case.name or "", why)
    gone = {number: name for number, name in (given or {}).items() if number not in standing}
    return found | {number: VoidNumber(number, name, Why.GONE) for number, name in gone.items()}


def why_void(case: Certification) -> Why | None:
    """Return why the number on a case is void, None when a certificate may claim it."""
    if case.seal_state == SealState.REVOKED:
        return Why.REVOKED
    if case.seal_year is not None:
        return None
    if case.phase in ENDED:
        return Why.ENDED
    return None if case.decision == Decision.YES else Why.UNDECIDED


def names_by_number(cases: Iterable[Certification]) -> dict[str, str]:
    """Return under which name each number may be claimed; one that stands under two names belongs to neither."""
    found: dict[str, str] = {}
    for case in cases:
        if case.seal_number and why_void(case) is None:
            name, number = (case.name or "").strip(), plain_number(case.seal_number)
            found[number] = name if found.get(number, name) == name else ""
    return {number: name for number, name in found.items() if name}


def _told(data: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the numbers in an entry with the cells beside them: before and after a write, and a row that went."""
    for part in ("before", "after", "row"):
        cells = data.get(part)
        if isinstance(cells, Mapping) and cells.get(_NUMBER):
            yield plain_number(str(cells[_NUMBER])), cells


def _entries(store: TableStore[JournalEntry]) -> Iterator[JournalEntry]:
    columns = ("name", "table_code", "data")
    yield from store.pull(columns, where=store.condition("name", NOTE))
    yield from store.pull(columns, where=store.condition("table_code", Certification.table().code))
