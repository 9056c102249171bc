"""Beziehungen: what there is to do today, for me or for all of us, each line with what can be done about it."""

from __future__ import annotations

import streamlit as st

from automations.todo import LISTS, Line
from streamlit_app import data, identity
from streamlit_app.frames.cells import day, row_id, text
from streamlit_app.ui import frame, quick, sections, texts
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui.todo_lines import Desk


def team(picture: data.Picture, mail: str) -> tuple[dict[int, str], int | None]:
    """Return our active people by id, and the row of the signed-in one."""
    found: dict[int, str] = {}
    me = None
    for row in picture.table("team_member").itertuples():
        left = day(row.active_to)
        if left is None or left >= picture.today:
            found[row_id(row.id)] = text(row.name)
            me = row_id(row.id) if text(row.mail).casefold() == mail.casefold() else me
    return found, me


def choose_member(members: dict[int, str], me: int | None) -> int | None:
    """Show whose contacts are listed, and return the row of one of us; None is everybody."""
    options = [None, *members]
    asked = st.query_params.get("wer", "")
    start = int(asked) if asked.isdigit() and int(asked) in members else None if asked else me
    return st.selectbox(
        words.WHO, options, index=options.index(start), key="beziehungen_wer",
        format_func=lambda row: words.EVERYBODY if row is None else members[row],
    )  # fmt: skip


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_RELATIONS, picture)
    session = identity.current()
    if session is None:
        return
    if picture.empty:
        frame.empty(picture)
        return
    members, me = team(picture, session.email)
    quick.show(picture, session, me)
    left, right = st.columns([1, 2.6], gap="medium")
    with left:
        member = choose_member(members, me)
        mine = [line for line in picture.todo() if member is None or line.member in (member, None)]
        by_list: dict[str, list[Line]] = {name: [line for line in mine if line.list == name] for name in LISTS}
        labels = {name: title for name, (title, _) in words.LISTS.items()}
        numbers = {name: len(lines) for name, lines in by_list.items()}
        opened = sections.choose("beziehungen", words.LIST, labels, numbers)
    with right:
        title, advice = words.LISTS[opened]
        st.header(title, anchor=False)
        st.markdown(advice)
        desk = Desk(picture, session, members)
        desk.show_outcome()
        if by_list[opened]:
            desk.show(by_list[opened])
            return
        st.success(words.NOTHING, icon=":material/check_circle:")
        relations = picture.table("relationship")
        if relations["cadence_days"].isna().all() and relations["ideal_days"].isna().all():
            st.info(words.NO_RHYTHM, icon=":material/lightbulb:")


main()
