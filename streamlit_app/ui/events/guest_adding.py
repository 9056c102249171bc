"""Adding guests: a selection with what becomes of each, one by one, or the groups of last time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from automations.events.guest_list import Found, GuestPlan, Line, by_other_way, for_organisation
from schemas.events.choices import Channel
from schemas.events.rules.picking import Pick, Whom, to_rule
from schemas.events.rules.segment_facts import BadSegment, Tie
from schemas.events.rules.segment_words import Words, describe
from schemas.events.tables import GuestGroup
from streamlit_app import event_data, event_guests
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import row_id
from streamlit_app.frames.contacts import Query
from streamlit_app.frames.search import find, haystack
from streamlit_app.ui import formats
from streamlit_app.ui.events import criteria, guest_desk
from streamlit_app.ui.events import guest_texts as words

MOST = 500
"""Rows of a list that are sent to the browser; a search finds the others."""

FEW = 30
"""People who are asked about one by one."""


def by_selection(picture: Picture, session: Session, event: int) -> None:
    """Show the controls of a selection, whom it finds, and put them on the list."""
    key = f"va_wahl_{event}_{st.session_state.setdefault('va_wahl_nummer', 0)}"
    with st.container(border=True, key=f"{key}_kasten"):
        segment = criteria.show(picture, session, key)
        first, second = st.columns(2)
        whom = (
            first.selectbox(words.WHOM, list(Whom), key=f"{key}_wen", format_func=words.WHOMS.__getitem__) or Whom.MAIN
        )
        channel = second.selectbox(
            words.CHANNEL, [None, *Channel], key=f"{key}_weg", help=words.CHANNEL_HELP,
            format_func=lambda way: words.CHANNEL_AUTO if way is None else picture.label("invitation", "channel", way),
        )  # fmt: skip
    if segment is None or whom is None:
        st.caption(words.BY_HINT)
        return
    try:
        found = event_guests.planned(picture, event, segment, whom, channel)
    except BadSegment as refused:
        st.warning(str(refused), icon=":material/error:")
        return
    lines = _preview(picture, found, key)
    if lines is not None:
        told = describe(segment, vocabulary(picture))
        _save(picture, session, event, key, _Draft(told, to_rule(segment, whom), channel, lines))


def one_by_one(picture: Picture, session: Session, event: int) -> None:
    """Find a person or organisation by name and put it on the list."""
    typed = st.text_input(words.ONE, key="va_einzeln", type="search", live="150ms", placeholder=words.ONE_HINT,
                          max_chars=100)  # fmt: skip
    if len((typed or "").strip()) < 2:
        return
    hits = picture.selected(Query(words=typed)).head(12)
    if hits.empty:
        st.info(words.ONE_NONE, icon=":material/search_off:")
    for hit in hits.itertuples():
        name, row = str(hit.name), row_id(hit.id)
        with st.container(horizontal=True, vertical_alignment="center", key=f"va_treffer_{hit.type}_{row}"):
            st.markdown(f"**{formats.plain(name)}**  \n:small[{formats.plain(str(hit.note))}]", width="stretch")
            picks = _picks(picture, str(hit.type), row)
            (line,) = event_guests.planned_for(picture, event, picks, None).lines
            if line.found == Found.NEW:
                st.button(words.ONE_PICK, key=f"va_dazu_{hit.type}_{row}", icon=":material/person_add:",
                          on_click=_add_one, args=(picture, session, event, line))  # fmt: skip
            else:
                st.caption(words.WHY_NOT[line.found].format(name=formats.plain(name)), width="content")


def vocabulary(picture: Picture) -> Words:
    """Return how choices and rows are called today."""
    return Words(picture.label, lambda table, row: picture.names(table).get(row, ""))


def new_group(
    event: int, name: str, told: str, *, order: int, rule: str = "", channel: str | None = None
) -> GuestGroup:
    """Return a group to be made; its ident is its own, so that a second try finds it."""
    return GuestGroup(name=name, event=event, order=order, channel=channel, described=told or None, rule=rule or None,
                      ident=f"gruppe:{event}:{uuid.uuid4()}")  # fmt: skip


class _Draft:
    """What is about to become a group."""

    def __init__(self, told: str, rule: str, channel: Channel | None, lines: Sequence[Line]) -> None:
        self.told, self.rule, self.channel, self.lines = told, rule, channel, lines


def _preview(picture: Picture, found: GuestPlan, key: str) -> list[Line] | None:
    """Show what becomes of everybody, and return those who are to be invited; None when there is nobody."""
    if not found.lines:
        st.info(words.FOUND_NONE, icon=":material/search_off:")
        return None
    new = found.of(Found.NEW)
    st.markdown(
        words.FOUND.format(count=formats.number(len(found.lines)), new=formats.number(len(new)))
        + "".join(f" · {words.GROUPS[kind][0]}: {formats.number(len(found.of(kind)))}"
                  for kind in words.GROUPS if found.of(kind))
    )  # fmt: skip
    other = by_other_way(_warnings(picture, found, key))
    new = [*new, *other]
    if not new:
        st.info(words.FOUND_ALL_THERE, icon=":material/info:")
        return None
    new = _which_organisation(picture, new, key)
    return _ticks(picture, new, key)


def _warnings(picture: Picture, found: GuestPlan, key: str) -> list[Line]:
    """Show who is not simply new, by reason, and return those who are to be invited by another way."""
    taken: list[Line] = []
    for kind, (title, advice) in words.GROUPS.items():
        lines = found.of(kind)
        if not lines:
            continue
        with st.expander(f"{title} ({formats.number(len(lines))})", icon=":material/warning:"):
            st.caption(advice)
            if kind == Found.OTHER_WAY and st.toggle(
                words.TAKE_OTHER.format(count=formats.number(len(lines))), key=f"{key}_anders"
            ):
                taken = lines
            show_lines(picture, lines, f"{key}_{kind}")
    instead = [line for line in found.of(Found.NEW, Found.OTHER_WAY) if line.instead]
    if instead:
        with st.expander(f"{words.INSTEAD} ({formats.number(len(instead))})", icon=":material/info:"):
            st.caption(words.INSTEAD_HINT)
            show_lines(picture, instead, f"{key}_ersatz")
    return taken


def _which_organisation(picture: Picture, lines: list[Line], key: str) -> list[Line]:
    """Ask about those who were found in two places for which of them they are invited."""
    twice = [line for line in lines if line.others]
    if not twice:
        return lines
    names, known = picture.names("organisation"), event_guests.known(picture)
    chosen: dict[str, int] = {}
    with st.expander(f"{words.TWICE} ({formats.number(len(twice))})", icon=":material/group:"):
        st.caption(words.TWICE_HINT)
        for line in twice[:FEW]:
            options = [row for row in (line.organisation, *line.others) if row is not None]
            chosen[line.ident] = st.selectbox(
                line.name, options, key=f"{key}_fuer_{line.ident}",
                format_func=lambda row: formats.shortened(names.get(row, "")),
            )  # fmt: skip
        if len(twice) > FEW:
            st.caption(words.MORE.format(count=formats.number(len(twice) - FEW)))
    return [for_organisation(x, chosen[x.ident], known) if x.ident in chosen else x for x in lines]


def _ticks(picture: Picture, lines: list[Line], key: str) -> list[Line]:
    """Show everybody who is new with a tick, and return those who kept it."""
    out: set[str] = st.session_state.setdefault(f"{key}_ohne", set())
    st.subheader(words.NEW_TITLE, anchor=False)
    st.caption(words.NEW_HINT)
    shown = lines
    if len(lines) > FEW:
        typed = st.text_input(words.NEW_SEARCH, key=f"{key}_suche", type="search", live="150ms", max_chars=100,
                              placeholder=words.SEARCH_HINT)  # fmt: skip
        if (typed or "").strip():
            names = picture.names("organisation")
            hays = [haystack([line.name, names.get(line.organisation or 0, "")]) for line in lines]
            shown = [lines[at] for at in find(hays, typed)]
    if len(shown) > MOST:
        st.caption(words.NEW_CAPPED.format(shown=MOST, total=formats.number(len(shown))))
        shown = shown[:MOST]
    frame = lines_frame(picture, shown)
    frame.insert(0, words.COLUMN["take"], [line.ident not in out for line in shown])
    editor = f"{key}_haken_{abs(hash(tuple(line.ident for line in shown)))}"
    st.data_editor(
        frame, hide_index=True, key=editor, disabled=[c for c in frame.columns if c != words.COLUMN["take"]],
        height=min(36 * (len(frame) + 1) + 2, 420), column_config=links(),
        on_change=_keep_ticks, args=(editor, f"{key}_ohne", [line.ident for line in shown]), placeholder="",
    )  # fmt: skip
    return [line for line in lines if line.ident not in out]


def _keep_ticks(editor: str, kept: str, idents: list[str]) -> None:
    out: set[str] = st.session_state[kept]
    for at, cells in st.session_state[editor]["edited_rows"].items():
        if words.COLUMN["take"] in cells:
            (out.discard if cells[words.COLUMN["take"]] else out.add)(idents[int(at)])


def show_lines(picture: Picture, lines: Sequence[Line], key: str) -> None:
    """Show people with links to the contact and to NocoDB."""
    frame = lines_frame(picture, lines[:MOST])
    st.dataframe(
        frame,
        hide_index=True,
        key=key,
        height=min(36 * (len(frame) + 1) + 2, 300),
        column_config=links(),
        placeholder="",
    )
    if len(lines) > MOST:
        st.caption(words.MORE.format(count=formats.number(len(lines) - MOST)))


def lines_frame(picture: Picture, lines: Sequence[Line]) -> pd.DataFrame:
    """Return people as they are shown."""
    names, ways = picture.names("organisation"), picture.choices("invitation", "channel")
    frame = pd.DataFrame(
        {
            words.COLUMN["name"]: [line.name for line in lines],
            words.COLUMN["organisation"]: [names.get(line.organisation or 0, "") for line in lines],
            words.COLUMN["channel"]: [
                ways.get(line.channel, "") if line.channel else " / ".join(ways.get(w, w) for w in line.ways)
                for line in lines
            ],
            words.COLUMN["why"]: [words.MAIL_BACK if line.mail_back else "" for line in lines],
            words.COLUMN["contact"]: [contact_url(line.person, line.organisation) for line in lines],
            words.COLUMN["link"]: [_row_url(picture, line) for line in lines],
        }
    )
    return frame if any(line.mail_back for line in lines) else frame.drop(columns=words.COLUMN["why"])


def links() -> dict[str, ColumnConfig | str | None]:
    """Return how the columns with links are shown."""
    shown = st.column_config.LinkColumn(display_text=words.OPEN, width="small")
    return {words.COLUMN["contact"]: shown, words.COLUMN["link"]: shown}


def contact_url(person: int | None, organisation: int | None) -> str:
    """Return the address of a contact on the page Kontakte."""
    return f"/kontakte?eintrag={f'p{person}' if person is not None else f'o{organisation}'}"


def _row_url(picture: Picture, line: Line) -> str:
    if line.person is not None:
        return picture.row_url("person", line.person)
    return picture.row_url("organisation", line.organisation) if line.organisation is not None else ""


def _save(picture: Picture, session: Session, event: int, key: str, draft: _Draft) -> None:
    name = st.text_input(words.NAME, formats.shortened(draft.told, 100), key=f"{key}_name_{abs(hash(draft.rule))}",
                         max_chars=120)  # fmt: skip
    if not session.role.may_write:
        st.caption(words.VIEWER)
        return
    label = words.ADD.format(count=formats.number(len(draft.lines)))
    if st.button(label, type="primary", key=f"{key}_ok", disabled=not draft.lines, icon=":material/playlist_add:"):
        made = st.session_state.setdefault(f"{key}_gruppe_{abs(hash((draft.rule, name)))}", new_group(
            event, (name or "").strip() or draft.told, draft.told, rule=draft.rule, channel=draft.channel,
            order=next_order(picture, event),
        ))  # fmt: skip
        if guest_desk.add(picture, session, event, [(made, draft.lines)]):
            st.session_state["va_wahl_nummer"] += 1
            st.query_params["gaeste"] = "liste"
        st.rerun()


def next_order(picture: Picture, event: int) -> int:
    """Return the place of the next group of an event."""
    return 1 + max((group.order or 0 for group in event_data.groups(picture, event)), default=0)


def _picks(picture: Picture, table: str, row: int) -> list[Pick]:
    """Return all the places of a person, or the organisation itself."""
    if table == "organisation":
        return [Pick(Tie(row, None))]
    ties: Iterable[Tie] = event_guests.known(picture).facts.ties
    return [Pick(tie) for tie in ties if tie.person == row] or [Pick(Tie(None, row))]


def _add_one(picture: Picture, session: Session, event: int, line: Line) -> None:
    by_hand = [g for g in event_data.groups(picture, event) if not g.rule and g.name == words.BY_HAND and g.ident]
    group = by_hand[0] if by_hand else GuestGroup(
        name=words.BY_HAND, event=event, order=next_order(picture, event), ident=f"gruppe:{event}:einzeln"
    )  # fmt: skip
    guest_desk.add(picture, session, event, [(group, [line])])
