"""The tab *Stände*: who has a stand and needs what, numbers in one click, the plan and the lists."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from automations.documents.pdf import MIME, DocumentError
from automations.events.stand_numbers import give_numbers
from automations.events.stand_plan import Who, exhibitor_list, stand_plan_pdf
from automations.events.when import place_text, when_text
from schemas.errors import KontaktnetzError
from schemas.events.choices import StandState
from schemas.events.rules.stands import new_numbers, problems, takes_part
from schemas.events.tables import Event, Stand
from streamlit_app import context, event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import text
from streamlit_app.frames.stands import exhibitors, stands_of
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats, glyphs
from streamlit_app.ui import problems as troubles
from streamlit_app.ui.events import stand_texts as words
from streamlit_app.ui.row_list import Row, RowList
from sync.mirror import patch_mirror
from sync.undo import undo

_PROBLEM, _SAID, _LAST = "staende_problem", "staende_gesagt", "staende_lauf"
_TABLES = ("stand", "event", "organisation", "person", "function")


def show(picture: Picture, session: Session, event_row: int) -> None:
    """Show the tab of one event."""
    event = event_data.record(picture, event_row)
    if event is None:
        return
    _outcome(picture, session, event_row)
    stands = stands_of(picture.table("stand"), event_row)
    if not stands:
        _empty(picture, event)
        return
    who = _who(picture)
    _figures(stands)
    _wrong(picture, stands)
    with st.container(horizontal=True, vertical_alignment="center", key="staende_tun"):
        _number(picture, session, event, stands)
        _papers(picture, event, stands)
        _link(picture)
    if not session.role.may_write:
        st.caption(words.VIEWER)
    rows = [_row(picture, stand, who) for stand in stands]
    RowList("staende", words.TITLE, words.COLUMNS, rows).show(picture.today, height=620)
    st.caption(words.PLAN_HINT)


def _outcome(picture: Picture, session: Session, event: int) -> None:
    if problem := st.session_state.pop(_PROBLEM, None):
        st.error(problem, icon=":material/error:")
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/check_circle:")
    of, run, told = st.session_state.get(_LAST, (None, "", ""))
    if of == event and run:
        with st.container(horizontal=True, vertical_alignment="center", key="staende_erfolg"):
            st.success(told, icon=":material/check_circle:", width="stretch")
            st.button(words.UNDO, key="staende_zurueck", icon=":material/undo:", on_click=_take_back,
                      args=(picture, session))  # fmt: skip


def _empty(picture: Picture, event: Event) -> None:
    with st.container(border=True, key="staende_leer"):
        st.subheader(words.EMPTY_TITLE, anchor=False)
        st.markdown(words.EMPTY_TEXT)
        if event.kind != "messe":
            st.caption(words.NOT_A_FAIR)
        _link(picture)


def _link(picture: Picture) -> None:
    if picture.manifest and (url := picture.manifest.table_url("stand")):
        st.link_button(words.TO_TABLE, url, icon=":material/open_in_new:")


def _figures(stands: Sequence[Stand]) -> None:
    there = [stand for stand in stands if takes_part(stand)]
    states = [stand.state for stand in stands]
    values = (
        len(there), states.count(StandState.CONFIRMED), states.count(StandState.ASKED),
        states.count(StandState.WAITING), sum(s.tables or 0 for s in there), sum(s.chairs or 0 for s in there),
        sum(s.power for s in there), sum(s.parking or 0 for s in there),
    )  # fmt: skip
    st.html(
        '<div class="kn-line">'
        + "".join(
            f'<span><b>{formats.number(value)}</b> <span class="kn-muted">{label}</span></span>'
            for value, label in zip(values, words.FIGURES, strict=True)
        )
        + "</div>"
    )


def _wrong(picture: Picture, stands: Sequence[Stand]) -> None:
    found = problems(stands)
    if not found:
        return
    names = {stand.id: stand.name or words.NAMELESS for stand in stands}
    rows = [Row((names[row], told), url=picture.row_url("stand", row)) for row, told in found]
    with st.expander(words.PROBLEMS.format(count=len(rows)), icon=":material/warning:", expanded=True):
        listed = RowList("staende_falsch", words.TITLE, words.PROBLEM_COLUMNS, rows)
        listed.show(picture.today, export=False, height=240)


def _number(picture: Picture, session: Session, event: Event, stands: Sequence[Stand]) -> None:
    missing = len(new_numbers(stands))
    if missing and session.role.may_write:
        st.button(words.NUMBER.format(count=formats.number(missing)), key="staende_nummern", type="primary",
                  icon=":material/format_list_numbered:", help=words.NUMBER_HELP, on_click=_give,
                  args=(picture, session, event))  # fmt: skip


def _give(picture: Picture, session: Session, event: Event) -> None:
    try:
        done = give_numbers(connect(session, picture), event, context.now)
    except KontaktnetzError as failed:
        st.session_state[_PROBLEM] = troubles.told(failed)
        return
    for stand in done.given:
        patch_mirror(context.get().settings.mirror_dir, "stand", stand.id or 0, stand.encode(), context.now())
    told = words.NUMBERED.format(count=formats.number(len(done.given)))
    told += f" {words.MISSED.format(count=formats.number(done.missed))}" if done.missed else ""
    st.session_state[_LAST] = (event.id, done.run if done.given else "", told)
    refresh()


def _take_back(picture: Picture, session: Session) -> None:
    kept = st.session_state.pop(_LAST, (None, "", ""))
    try:
        opened = connect(session, picture)
        report = undo(opened.client, opened.base, run=kept[1], now=context.now)
    except KontaktnetzError as failed:
        st.session_state[_LAST] = kept
        st.session_state[_PROBLEM] = troubles.told(failed)
        return
    st.session_state[_SAID] = words.UNDONE.format(count=formats.number(report.restored))
    refresh()


def _papers(picture: Picture, event: Event, stands: Sequence[Stand]) -> None:
    """Offer the plan and the list; a template of the agency's own that is broken is named."""
    if not any(map(takes_part, stands)):
        return
    try:
        plan, listed = _made(event.id or 0, picture.version(*_TABLES), picture)
    except DocumentError as problem:
        st.error(str(problem), icon=":material/error:")
        return
    there, who = [one for one in stands if takes_part(one)], _who(picture)
    glyphs.warn([(who(one), one.area, one.wish) for one in there])
    day = picture.today.isoformat()
    st.download_button(words.PLAN, data=plan, mime=MIME, file_name=f"standplan-{day}.pdf", key="staende_plan",
                       icon=":material/grid_view:", on_click="ignore")  # fmt: skip
    st.download_button(words.LIST, data=listed, mime=MIME, file_name=f"aussteller-{day}.pdf", key="staende_liste",
                       icon=":material/picture_as_pdf:", on_click="ignore")  # fmt: skip


@st.cache_resource(max_entries=8, ttl=60, show_spinner=False)
def _made(row: int, version: str, _picture: Picture) -> tuple[bytes, bytes]:
    event = event_data.record(_picture, row)
    stands = stands_of(_picture.table("stand"), row)
    if event is None:
        return b"", b""
    told = _Told(event)
    about = ", ".join(part for part in (when_text(told), place_text(told)) if part)
    title, who = event.name or "Stände", _who(_picture)
    own = context.get().settings.templates_dir
    return stand_plan_pdf(title, about, stands, who, own), exhibitor_list(title, about, stands, who)


class _Told:
    """An event with empty cells as empty text, as sentences about it want them."""

    def __init__(self, event: Event) -> None:
        self.starts_at, self.ends_at, self.doors_at = event.starts_at, event.ends_at, event.doors_at
        self.venue, self.street = event.venue or "", event.street or ""
        self.postcode, self.city = event.postcode or "", event.city or ""


def _who(picture: Picture) -> Who:
    table = picture.table("organisation")
    phones = {int(row): text(phone) for row, phone in zip(table["id"], table["phone"], strict=True)}
    return exhibitors(picture.names("organisation"), picture.table("person"), picture.table("function"), phones)


def _row(picture: Picture, stand: Stand, who: Who) -> Row:
    exhibitor = who(stand)
    state = picture.label("stand", "state", stand.state) if stand.state else ""
    page = f"/kontakte?eintrag=o{stand.organisation}" if stand.organisation else ""
    cells = (
        stand.number or "", exhibitor.name, stand.area or "", str(stand.row or ""), str(stand.spot or ""),
        stand.tables or 0, stand.chairs or 0, words.YES if stand.power else "", stand.parking or 0, stand.wish or "",
        state, exhibitor.contact, exhibitor.phone,
    )  # fmt: skip
    return Row(cells, page, picture.row_url("stand", stand.id or 0))
