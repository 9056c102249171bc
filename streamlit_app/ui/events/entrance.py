"""The tab *Einlass*: how to open the page at the door, who is there, who is missing, what was tried and why not."""

from __future__ import annotations

import segno
import streamlit as st

from schemas.events.rules.deputies import deputy_at_door
from schemas.events.tables import CheckIn, Invitation
from streamlit_app import context, event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.entrance import Entrance
from streamlit_app.ui import formats, link_hint
from streamlit_app.ui.events import badges
from streamlit_app.ui.events import entrance_texts as words
from streamlit_app.ui.row_list import Row, RowList
from sync.outgoing import to_staff


def show(picture: Picture, session: Session, event_row: int) -> None:
    """Show the tab of one event."""
    event = event_data.record(picture, event_row)
    if event is None:
        return
    found = event_data.entrance(picture, event_row, event.capacity)
    if not session.role.may_write:
        st.caption(words.VIEWER)
    _figures(found)
    _prepare(event_row, unused=not found.log)
    badges.show(picture, event_row)
    name = st.segmented_control(
        words.LISTS, list(words.NAMES), default=words.LOG if found.turned_away else words.MISSING, required=True,
        key=f"einlass_liste_{event_row}", label_visibility="collapsed",
        format_func=lambda code: f"{words.NAMES[code]} ({formats.number(len(_rows(found, code)))})",
    )  # fmt: skip
    _list(picture, found, name)
    if picture.manifest:
        st.caption(words.STAND.format(when=formats.moment(picture.manifest.taken_at)))


def _figures(found: Entrance) -> None:
    free = words.NO_LIMIT if found.counted.free is None else formats.number(found.counted.free)
    figures = (
        (words.THERE, formats.number(found.counted.there)),
        (words.EXPECTED, formats.number(found.counted.expected)),
        (words.FREE, free),
    )
    for column, (label, value) in zip(st.columns(3), figures, strict=True):
        column.metric(label, value, border=True)


def _prepare(event: int, *, unused: bool) -> None:
    """Show the address for tablets as a link and as a picture, and how to prepare one."""
    path = f"/einlass/{event}"
    found = to_staff(context.get().settings)
    with st.expander(words.PREPARE, expanded=unused, icon=":material/tablet:"):
        picture, told = st.columns([1, 2.6], gap="medium")
        if found.address:
            with picture:
                st.image(_qr(found.address + path), width=190, alt=words.QR)
        with told:
            st.link_button(words.OPEN, path, icon=":material/door_open:", type="primary")
            link_hint.show(words.NO_TABLETS, found, way_out=words.WAY_OUT)
            if found.address:
                st.markdown(words.ADDRESS.format(url=f"`{found.address}{path}`"))
                if found.barred is None and not found.address.startswith("https://"):
                    st.warning(words.NOT_SAFE, icon=":material/warning:")
            st.markdown(words.STEPS)
            st.caption(words.SCANNER)


def _qr(address: str) -> str:
    return str(segno.make(address, error="m", micro=False).svg_inline(scale=6, border=3, light="#fff", omitsize=False))


def _rows(found: Entrance, name: str) -> list[Invitation] | list[CheckIn]:
    if name == words.MISSING:
        return found.missing
    if name == words.PRESENT:
        return found.there
    return found.turned_away if name == words.TURNED_AWAY else found.log


def _list(picture: Picture, found: Entrance, name: str) -> None:
    rows = _rows(found, name)
    if not rows:
        st.caption(words.NONE[name])
        return
    if name in (words.MISSING, words.PRESENT):
        organisations, groups = picture.names("organisation"), picture.names("guest_group")
        cells = [_guest(picture, row, organisations, groups) for row in rows if isinstance(row, Invitation)]
        columns: tuple[str, ...] = words.GUEST_COLUMNS
    else:
        cells = [_try(picture, row) for row in rows if isinstance(row, CheckIn)]
        columns = words.LOG_COLUMNS
    RowList(f"einlass_{name}", words.NAMES[name], columns, cells).show(picture.today)


def _guest(picture: Picture, row: Invitation, organisations: dict[int, str], groups: dict[int, str]) -> Row:
    party = row.checked_in or 1 if row.checked_in_at else 1 + (row.companions or 0)
    return Row(
        (
            row.name or "", organisations.get(row.organisation or 0, ""), groups.get(row.guest_group or 0, ""), party,
            formats.clock(row.checked_in_at, picture.now) if row.checked_in_at else "",
            deputy_at_door(row.represented_by),
        ),
        url=picture.row_url("invitation", row.id or 0),
    )  # fmt: skip


def _try(picture: Picture, row: CheckIn) -> Row:
    return Row(
        (
            row.at, row.name or "", picture.label("check_in", "result", row.result) if row.result else "",
            row.why or "", row.count or 1, row.device or "", row.by or "", row.arrived_at,
        ),
        url=picture.row_url("check_in", row.id or 0),
    )  # fmt: skip
