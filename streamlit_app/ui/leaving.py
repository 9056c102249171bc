"""The part of the page Übergabe for one of theirs who leaves: who it is, what hangs on them, who follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

import pandas as pd
import streamlit as st

from automations import succession
from automations.departing import READ, home_of, matters
from automations.departure import Departure, Key, Matter
from schemas.contacts.rules import is_current
from streamlit_app import context, signed
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import day, number
from streamlit_app.ui import formats, handing, new_person
from streamlit_app.ui import leaving_texts as words
from streamlit_app.ui import relation_texts as shared

KEY = "person"
"""What the address says who leaves with: ``?person=12``."""

_PREFIX = "uebergabe_ihnen_"


def asked() -> int | None:
    """Return the person that the address names."""
    raw = st.query_params.get(KEY, "")
    return int(raw) if raw.isascii() and raw.isdigit() else None


def show(picture: Picture, session: Session) -> None:
    """Show the search, or what hangs on the person in the address and who is to follow."""
    st.markdown(words.ADVICE)
    person = asked()
    name = picture.names("person").get(person or 0, "")
    if person is None or not name:
        _search(picture, words.SEARCH, f"{_PREFIX}suche", _go)
        st.info(words.START, icon=":material/person_search:")
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(formats.plain(name), anchor=False, width="content")
        st.button(words.OTHER, key=f"{_PREFIX}andere", icon=":material/close:", type="tertiary", on_click=_close)
    found = matters({code: picture.table(code) for code in READ}, person, picture.today)
    if not found:
        st.success(words.NOTHING.format(name=name), icon=":material/check_circle:")
        return
    count = formats.number(len(found))
    st.markdown(words.COUNT_ONE if len(found) == 1 else words.COUNT.format(count=count))
    first, second = st.columns([1, 3], gap="small")
    with first:
        ended = [m.due for m in found if m.table == "function" and m.due]
        last = st.date_input(words.LAST_DAY, value=max(ended, default=picture.today), format="DD.MM.YYYY",
                             help=words.LAST_DAY_HELP, key=f"{_PREFIX}tag_{person}")  # fmt: skip
    heirs = _heirs(picture, person, found)
    with second:
        everybody = st.selectbox(
            words.ALL_TO, [*heirs, 0], index=None, placeholder=words.CHOOSE, key=f"{_PREFIX}alle_{person}",
            format_func=lambda row: heirs.get(row, words.NOBODY),
        )  # fmt: skip
    _somebody_else(picture, session, person)
    last_day = last if isinstance(last, dt.date) else picture.today
    to = _choose_rows(picture, found, heirs, everybody, last_day)
    home = home_of(picture.table("function"), person, picture.today)
    leaving = Departure(person, name, last_day, home, _post(found, to))
    _sheets(picture, found, to, heirs, leaving)
    if not session.role.may_write:
        st.caption(shared.VIEWER)
        return
    if any(table == "relationship" for table, _, _ in to):
        st.caption(words.RESETS)
    if any(table == "invitation" for table, _, _ in to):
        st.caption(words.INVITES)
    if to and len(to) < len(found):
        st.caption(words.STAYS.format(count=formats.number(len(found) - len(to)), name=name))
    _carry_out(picture, session, leaving, to, heirs)


def _go(person: int) -> None:
    st.query_params[KEY] = str(person)
    st.session_state[f"{_PREFIX}suche"] = ""


def _close() -> None:
    st.query_params.pop(KEY, None)


def _search(
    picture: Picture, label: str, key: str, chosen: Callable[..., None], *more: object, never: int | None = None
) -> None:
    """Show a search for persons, each hit as a button; a list of thousands to choose from helps nobody."""
    typed = st.text_input(label, key=key, placeholder=words.SEARCH_HINT)
    if len((typed or "").strip()) < 2:
        return
    hits = [one for one in new_person.persons_named(picture, typed or "") if one.id != never]
    if not hits:
        st.caption(words.NOBODY_FOUND)
    with st.container(horizontal=True, gap="small"):
        for one in hits:
            st.button(formats.plain(one.name), key=f"{key}_treffer_{one.id}", on_click=chosen, args=(one.id, *more),
                      help=formats.plain(one.told) or None)  # fmt: skip


def _heirs(picture: Picture, person: int, found: Iterable[Matter]) -> dict[int, str]:
    """Return who could follow: who was picked, who is deputy, who works there; nobody twice under one name."""
    names = picture.names("person")
    places = {m.subject[1] for m in found if m.subject[0] == "organisation"}
    functions = picture.table("function")
    there = functions[functions["organisation"].isin(places)]
    rows = [
        *st.session_state.get(f"{_PREFIX}auch_{person}", []),
        *(m.deputy for m in found if m.deputy),
        *(
            number(f.person)
            for f in there.itertuples()
            if is_current(day(f.valid_from), day(f.valid_to), picture.today)
        ),
    ]
    shown: dict[int, str] = {}
    for row in dict.fromkeys(r for r in rows if r is not None and r != person):
        if name := names.get(row, ""):
            shown[row] = f"{name} (Nr. {row})" if name in shown.values() else name
    return shown


def _pick(row: int, person: int) -> None:
    """Let somebody be chosen who does not work there, and choose them at once."""
    others = st.session_state.setdefault(f"{_PREFIX}auch_{person}", [])
    if row not in others:
        others.append(row)
    st.session_state[f"{_PREFIX}alle_{person}"] = row
    st.session_state[f"{_PREFIX}wer_{person}"] = ""


def _somebody_else(picture: Picture, session: Session, person: int) -> None:
    new_person.tell_saved(_PREFIX)
    opened = new_person.is_open(_PREFIX)
    problem = new_person.problem(_PREFIX)
    with st.expander(words.ELSE, icon=":material/person_add:", expanded=opened):
        _search(picture, words.ELSE_SEARCH, f"{_PREFIX}wer_{person}", _pick, person, never=person)
        if session.role.may_write and picture.manifest is not None:
            new_person.show(picture, session, _PREFIX, problem, lambda row: _pick(row, person), never=person)


def _choose_rows(
    picture: Picture, found: list[Matter], heirs: Mapping[int, str], everybody: int | None, last_day: dt.date
) -> dict[Key, int | None]:
    """Show what there is, and return who is to have what; None where nobody follows."""
    default = shared.HAND_NOBODY if everybody is None else heirs.get(everybody, words.NOBODY)
    kind = [words.KINDS.get(m.column) or words.KINDS[m.table] for m in found]
    known = {code: picture.names(code) for code in ("organisation", "person", "team_member")}
    names = [known[table].get(row, "") for table, row in (m.subject for m in found)]
    what = [_what(picture, m, known["team_member"]) for m in found]
    ends = [formats.date(m.due) for m in found]
    still = [m.table == "invitation" and m.due is not None and m.due <= last_day for m in found]  # in office until then
    columns = (kind, what, [shared.HAND_NOBODY if stays else default for stays in still], names, ends)
    table = pd.DataFrame(dict(zip(words.COLUMNS, columns, strict=True)))
    edited = st.data_editor(
        table, hide_index=True, key=f"{_PREFIX}tabelle_{found[0].key}_{everybody}_{sum(still)}",
        height=min(38 * (len(table) + 1), 480), disabled=[c for c in words.COLUMNS if c != words.WHO],
        column_config={words.WHO: st.column_config.SelectboxColumn(
            options=[*heirs.values(), words.NOBODY, shared.HAND_NOBODY], required=True)}, placeholder="",
    )  # fmt: skip
    by_name: dict[str, int | None] = {name: row for row, name in heirs.items()} | {words.NOBODY: None}
    chosen = zip(found, edited[words.WHO], strict=True)
    return {m.key: by_name[name] for m, name in chosen if name in by_name}


def _what(picture: Picture, matter: Matter, team: Mapping[int, str]) -> str:
    if matter.table != "relationship":
        return matter.what
    kind = picture.label("relationship", "kind", matter.what) if matter.what else ""
    return " · ".join(part for part in (kind, team.get(matter.member or 0, "")) if part)


def _post(found: list[Matter], to: Mapping[Key, int | None]) -> bool:
    """Ask whom mail to the old address belongs to, where there is one and somebody follows."""
    mails = dict.fromkeys(m.mail for m in found if m.mail and to.get(m.key) is not None)
    if not mails:
        return False
    return st.checkbox(
        words.POST.format(mails=", ".join(f"`{mail}`" for mail in mails)),
        value=True,
        key=f"{_PREFIX}post",
        help=words.POST_HELP,
    )


def _sheets(
    picture: Picture, found: list[Matter], to: Mapping[Key, int | None], heirs: Mapping[int, str], leaving: Departure
) -> None:
    follows: dict[tuple[str, int], list[str]] = {("person", leaving.person): []}
    for matter in found:
        for subject in (("person", leaving.person), matter.subject):
            names = follows.setdefault(subject, [])
            names += [heirs[row]] if (row := to.get(matter.key)) else []
    handing.offer_sheets(picture, follows, leaving.name)


def _carry_out(
    picture: Picture, session: Session, leaving: Departure, to: Mapping[Key, int | None], heirs: Mapping[int, str]
) -> None:
    label = words.DO_ONE if len(to) == 1 else words.DO.format(count=formats.number(len(to)))
    if st.button(label, type="primary", key=f"{_PREFIX}ok", disabled=not to):
        follows = ", ".join(dict.fromkeys(heirs[row] if row else words.NOBODY_SHORT for row in to.values()))
        handing.carry_out(
            lambda progress: succession.succeed(
                signed.connect(session, picture), leaving, to, follows=follows, now=context.now, on_progress=progress
            )
        )
