"""Saving the texts of a report and signing it off: journalled, and never over what somebody else wrote meanwhile.

Whoever changes a text that was signed off takes the sign-off back in the same write: nobody signs what they never read.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from automations.certification.report import HEADINGS, PARTS, texts_of
from schemas.certification.tables import Certification
from schemas.errors import Conflict, KontaktnetzError, NotFound, Terminal
from schemas.model import Value
from schemas.operations.tables import JournalEntry
from sync.connection import Connection
from sync.journal import Intent, Journal
from sync.nocodb.store import TableStore

TRIES = 4
"""So often a case is looked at anew when somebody else writes into it at the same moment."""

Now = Callable[[], dt.datetime]


class Unfinished(KontaktnetzError, Terminal):
    """A report that lacks what a sign-off needs."""


@dataclass(slots=True)
class Saved:
    """What became of it: the run in the journal (empty: nothing was written), the case as it stands now, the parts in
    which somebody else was quicker (their text stands), and whether a sign-off was taken back along.
    """

    run: str = ""
    row: Certification | None = None
    taken: tuple[str, ...] = ()
    unsigned: bool = False


@dataclass(slots=True)
class _Plan:
    """Cells to be written on what stands; ``sure`` are further cells that must still stand as they are."""

    cells: Mapping[str, Value]
    sure: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    unsigned: bool = field(default=False)


def save_texts(
    opened: Connection, case: int, typed: Mapping[str, str], seen: Mapping[str, str], now: Now
) -> Saved:  # fmt: skip
    """Write the parts that a person changed (``typed`` against ``seen``, by part).

    Raises:
        NotFound: the case is gone.
        Conflict: others kept changing it.
        Forbidden, NocoDBError: the account may not, or the server did not answer; do it again.
    """

    def plan(stands: Certification) -> _Plan:
        there = texts_of(stands)
        mine = {p: _clean(text) for p, text in typed.items() if p in PARTS and _clean(text) != _clean(seen.get(p, ""))}
        mine = {part: text for part, text in mine.items() if text != _clean(there[part])}
        free = {part: text or None for part, text in mine.items() if _clean(there[part]) == _clean(seen.get(part, ""))}
        signed = stands.signed_off_on is not None
        off = {"signed_off_on": None, "signed_off_by": None} if signed and free else {}
        return _Plan({**free, **off}, ("signed_off_on",), tuple(p for p in mine if p not in free), bool(off))

    return _change(opened, case, "Bericht: Texte gespeichert", plan, now)


def sign_off(
    opened: Connection, case: int, seen: Mapping[str, str], *, by: str, on: dt.date, now: Now
) -> Saved:  # fmt: skip
    """Sign a report off as it was read (``seen``, by part).

    Raises:
        Unfinished: there is no conclusion, nobody who signs, or it is signed off already.
        Conflict: the texts are not those that were read. Else what ``save_texts`` raises.
    """
    if not by.strip():
        raise Unfinished("Wer gibt den Bericht frei?", hint="Bitte tragen Sie einen Namen ein.")

    def plan(stands: Certification) -> _Plan:
        wanted: dict[str, Value] = {"signed_off_by": by.strip(), "signed_off_on": on}
        if all(stands.value(code) == value for code, value in wanted.items()):
            return _Plan({})
        if stands.signed_off_on is not None:
            raise Unfinished(
                f"Der Bericht ist schon freigegeben, am {stands.signed_off_on:%d.%m.%Y} von "
                f"{stands.signed_off_by or 'jemandem'}.", hint="Nehmen Sie die Freigabe zuerst zurück.",
            )  # fmt: skip
        there = texts_of(stands)
        other = [HEADINGS[part] for part in PARTS if _clean(there[part]) != _clean(seen.get(part, ""))]
        if other:
            raise Conflict(
                f"Jemand hat den Bericht eben geändert: {', '.join(other)}.",
                hint="Bitte lesen Sie ihn noch einmal und geben Sie ihn dann frei.",
            )
        if not _clean(there["conclusion"]):
            raise Unfinished("Dem Bericht fehlt das Fazit.", hint="Bitte schreiben und speichern Sie es zuerst.")
        return _Plan(wanted, PARTS)

    return _change(opened, case, "Bericht: freigegeben", plan, now)


def take_back_sign_off(opened: Connection, case: int, now: Now) -> Saved:
    """Take the sign-off of a report back; without one nothing changes. Raises what ``save_texts`` raises."""

    def plan(stands: Certification) -> _Plan:
        signed = stands.signed_off_on is not None or stands.signed_off_by
        return _Plan({"signed_off_on": None, "signed_off_by": None} if signed else {}, unsigned=bool(signed))

    return _change(opened, case, "Bericht: Freigabe zurückgenommen", plan, now)


def _change(opened: Connection, case: int, cause: str, plan: Callable[[Certification], _Plan], now: Now) -> Saved:
    """Read, decide, write down, swap; look again if somebody was quicker."""
    store = TableStore(opened.client, opened.base, Certification)
    run = f"{now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
    journal = Journal(TableStore(opened.client, opened.base, JournalEntry), run=run, cause=cause, now=now)
    written = ""
    for _ in range(TRIES):
        stands = store.get(case)
        if stands is None:
            raise NotFound("Diesen Fall gibt es nicht mehr.", hint="Bitte laden Sie die Seite neu.", row=case)
        meant = plan(stands)
        if not meant.cells:
            return Saved(written, stands, meant.taken)
        before = {code: stands.value(code) for code in meant.cells}
        journal.announce([Intent("certification", case, f"{cause}: {stands.name or case}", before, meant.cells,
                                 store.row_url(case))])  # fmt: skip
        written = run
        expected = before | {code: stands.value(code) for code in meant.sure}
        if store.swap(case, expected, meant.cells).applied:
            return Saved(run, store.get(case) or stands, meant.taken, meant.unsigned)
    raise Conflict("Diesen Fall ändert gerade jemand anderes.", hint="Bitte versuchen Sie es gleich noch einmal.")


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
