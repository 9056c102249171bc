"""What a click on the page *Zertifizierung* writes, what it says afterwards, and the way back. Owns no rule.

Every move goes to NocoDB with the person's own token; what stands there afterwards is laid over the mirror at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from automations.certification.cases import Entry, carry_out
from schemas.base import BASE
from schemas.certification.rules.progress import Move
from schemas.certification.tables import Certification, StepRecord
from schemas.errors import Conflict, KontaktnetzError
from schemas.model import Value
from streamlit_app import certification_data, context, data
from streamlit_app.changing import Changer
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import problems
from streamlit_app.ui.certification import texts as words
from sync.connection import Connection
from sync.mirror import patch_mirror
from sync.nocodb.store import TableStore
from sync.undo import undo

_OUTCOME = "zert_ergebnis"
_KEY = "zert_schluessel"

Place = tuple[str, int]
"""Where an outcome is told: ``("runde", row)`` or ``("fall", row)``; ``("", 0)`` is the list of rounds."""

Back = Callable[[Picture, Session], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a click: ``back`` takes it back, ``undone`` is what is said then."""

    place: Place
    said: str
    bad: bool = False
    back: Back | None = None
    undone: str = ""


def tell(outcome: Outcome) -> None:
    """Keep what became of a click for the next run of the page."""
    st.session_state[_OUTCOME] = outcome


def show_outcome(picture: Picture, session: Session, place: Place) -> None:
    """Say what became of the last click here, with the way back; elsewhere it is over."""
    outcome = st.session_state.get(_OUTCOME)
    if not isinstance(outcome, Outcome):
        return
    if outcome.place != place:
        st.session_state.pop(_OUTCOME)
        return
    if outcome.bad:
        st.warning(outcome.said, icon=":material/error:")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="zert_erfolg"):
        st.success(outcome.said, icon=":material/check_circle:", width="stretch")
        if outcome.back is not None and session.role.may_write:
            st.button(words.UNDO, key="zert_rueckgaengig", icon=":material/undo:", on_click=_take_back,
                      args=(picture, session, outcome))  # fmt: skip


def safely(place: Place, work: Callable[[], Outcome]) -> bool:
    """Do a piece of work, tell what became of it or what went wrong, and say whether it went well."""
    try:
        outcome = work()
    except KontaktnetzError as failed:
        outcome = Outcome(place, problems.told(failed), bad=True)
    tell(outcome)
    return not outcome.bad


def move(
    picture: Picture, session: Session, case: Certification, kind: Move, entry: Entry, *, said: str
) -> bool:  # fmt: skip
    """Make a move of a case; its key is used up when it went well."""
    row = case.id or 0
    place = ("fall", row)

    def work() -> Outcome:
        opened = connect(session, picture)
        try:
            run = carry_out(opened, row, kind, entry, context.now).run
        except Conflict:
            catch_up(opened, picture, row)
            raise
        catch_up(opened, picture, row)
        return Outcome(place, said, back=_by_run(run, place, row) if run else None, undone=words.UNDONE)

    done = safely(place, work)
    if done:
        st.session_state.pop(_KEY, None)
    return done


def lay_card(picture: Picture, session: Session, case: Certification, phase: str, *, said: str) -> None:
    """Lay the card of a case into a phase, if it still lies where it was seen; to be used as a callback."""
    row, today = case.id or 0, picture.today
    before: dict[str, Value] = {"phase": case.phase, "phase_since": case.phase_since}
    after: dict[str, Value] = {"phase": phase, "phase_since": today}
    place = ("fall", row)

    def lay(here: Picture, who: Session, was: Mapping[str, Value], wanted: Mapping[str, Value]) -> bool:
        assert here.manifest is not None  # noqa: S101 - the page only shows itself with one
        changer = Changer(context.get().settings, here.manifest, who.token, "certification")
        return changer.change(row, was, wanted, context.now())

    def back(here: Picture, who: Session) -> None:
        if not lay(here, who, after, before):
            raise Conflict(words.BUSY)

    def work() -> Outcome:
        if not lay(picture, session, before, after):
            return Outcome(place, words.BUSY, bad=True)
        return Outcome(place, said, back=back, undone=words.UNDONE)

    safely(place, work)


def catch_up(opened: Connection, picture: Picture, row: int) -> None:
    """Lay a case and its records over the mirror as they stand in the base now."""
    folder, now = context.get().settings.mirror_dir, context.now()
    case = TableStore(opened.client, opened.base, Certification).get(row)
    if case != certification_data.case_record(picture, row):
        patch_mirror(folder, "certification", row, case.encode() if case else None, now)
    store = TableStore(opened.client, opened.base, StepRecord)
    there = {r.id or 0: r for r in store.pull(where=store.condition("certification", row))}
    seen = {r.id or 0: r for r in certification_data.records_of(picture, row)}
    for number in seen.keys() | there.keys():
        if seen.get(number) != there.get(number):
            record = there.get(number)
            patch_mirror(folder, "step_record", number, record.encode() if record else None, now)


def key_of(meant: object) -> str:
    """Return the key of a move: the same one for a second try at the same thing, so that it is written once."""
    before, key = st.session_state.get(_KEY, (None, ""))
    if before != meant:
        key = f"schritt:{uuid.uuid4()}"
        st.session_state[_KEY] = (meant, key)
    return str(key)


def _by_run(run: str, place: Place, row: int) -> Back:
    """Return what takes back a run of the journal and looks at the case again."""

    def back(picture: Picture, session: Session) -> None:
        opened = connect(session, picture)
        undo(opened.client, opened.base, run=run, now=context.now)
        catch_up(opened, data.picture(), row)

    return back


def back_by_run(run: str, table: str, rows: Sequence[int]) -> Back:
    """Return what takes back a run that wrote these rows, and looks at them again."""

    def back(picture: Picture, session: Session) -> None:
        opened = connect(session, picture)
        undo(opened.client, opened.base, run=run, now=context.now)
        lay_over(opened, table, rows)
        refresh()

    return back


def lay_over(opened: Connection, table: str, rows: Sequence[int]) -> None:
    """Lay rows over the mirror as they stand in the base now."""
    store = TableStore(opened.client, opened.base, BASE.record(table))
    there = store.get_many(rows)
    for row in rows:
        record = there.get(row)
        raw = record.encode() if record is not None else None
        patch_mirror(context.get().settings.mirror_dir, table, row, raw, context.now())


def _take_back(picture: Picture, session: Session, outcome: Outcome) -> None:
    def work() -> Outcome:
        assert outcome.back is not None  # noqa: S101 - the button is only shown with one
        outcome.back(picture, session)
        return Outcome(outcome.place, outcome.undone or words.UNDONE)

    safely(outcome.place, work)
