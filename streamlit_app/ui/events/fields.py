"""The fields of an event as widgets, and what is wrong with them. Times are asked in Berlin and kept in UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from automations.workdays import is_free
from schemas.contacts.rules import is_current
from schemas.events.choices import AddressForm, EventState
from schemas.events.rules.deadlines import Deadlines, problems, proposed
from schemas.events.tables import Event
from schemas.time_zone import BERLIN
from streamlit_app.data import Picture
from streamlit_app.frames.cells import day, number, row_id, text
from streamlit_app.ui import formats
from streamlit_app.ui.events import form_texts as words

DEADLINES = tuple(words.DEADLINE)


def show(picture: Picture, start: Event, key: str) -> tuple[Event, list[str]]:
    """Show the fields, filled from ``start``, and return the event they make with what is wrong about it."""
    made = _what(picture, start, key)
    made, wrong = _when(picture, made, key)
    made = _who(picture, made, key)
    made = _deadlines(picture, made, key)
    made = _texts(made, key)
    if not made.name:
        wrong.insert(0, words.NEEDS_TITLE)
    if made.reply_to and ("@" not in made.reply_to or "." not in made.reply_to.rsplit("@", 1)[1]):
        wrong.append(words.BAD_MAIL.format(mail=made.reply_to))
    return made, wrong


def holders(picture: Picture, office: int, on: dt.date) -> list[str]:
    """Return the names of those who hold an office on a day."""
    names = picture.names("person")
    functions = picture.table("function")
    held = functions[(functions["office"] == office).fillna(False)]
    return [
        names[row_id(f.person)] for f in held.itertuples()
        if number(f.person) in names and is_current(day(f.valid_from), day(f.valid_to), on)
    ]  # fmt: skip


def _what(picture: Picture, start: Event, key: str) -> Event:
    st.subheader(words.WHAT, anchor=False)
    first, second, third = st.columns([2, 1, 1.4])
    name = first.text_input(words.TITLE, start.name or "", key=f"{key}_titel", placeholder=words.TITLE_HINT,
                            max_chars=200)  # fmt: skip
    with second:
        kind = _choice(words.KIND, picture.choices("event", "kind"), start.kind, f"{key}_art")
    known = sorted({text(s) for s in picture.table("event")["series"].dropna()} | {start.series or ""} - {""})
    series = third.selectbox(
        words.SERIES, known, index=known.index(start.series) if start.series in known else None, key=f"{key}_reihe",
        accept_new_options=True, help=words.SERIES_HELP, placeholder="",
    )  # fmt: skip
    return replace(start, name=_clean(name), kind=kind, series=_clean(series))


def _when(picture: Picture, start: Event, key: str) -> tuple[Event, list[str]]:
    st.subheader(words.WHEN, anchor=False)
    starts, ends, doors = (
        m.astimezone(BERLIN) if m else None for m in (start.starts_at, start.ends_at, start.doors_at)
    )
    columns = st.columns(4)
    on = columns[0].date_input(
        words.DAY, starts.date() if starts else None, format="DD.MM.YYYY", key=f"{key}_tag", on_change=_propose,
        args=(key, picture.today),
    )  # fmt: skip
    times = [
        column.time_input(label, moment.time() if moment else None, key=f"{key}_{name}", step=900)
        for column, label, moment, name in (
            (columns[1], words.STARTS, starts, "beginn"), (columns[2], words.ENDS, ends, "ende"),
            (columns[3], words.DOORS, doors, "einlass"),
        )
    ]  # fmt: skip
    over = (ends.date() - starts.date()) if starts and ends else dt.timedelta()
    made = replace(
        start, starts_at=_moment(on, times[0]), ends_at=_moment(on, times[1], over), doors_at=_moment(on, times[2])
    )
    fields = st.columns([2, 2, 0.8, 1.4, 0.8, 1])
    made = replace(
        made,
        venue=_clean(fields[0].text_input(words.VENUE, start.venue or "", key=f"{key}_haus", max_chars=200)),
        street=_clean(fields[1].text_input(words.STREET, start.street or "", key=f"{key}_strasse", max_chars=200)),
        postcode=_clean(fields[2].text_input(words.POSTCODE, start.postcode or "", key=f"{key}_plz", max_chars=10)),
        city=_clean(fields[3].text_input(words.CITY, start.city or "", key=f"{key}_ort", max_chars=100)),
        capacity=fields[4].number_input(words.CAPACITY, min_value=1, value=start.capacity, step=1,
                                         key=f"{key}_plaetze", help=words.CAPACITY_HELP),
        companions_max=fields[5].number_input(words.COMPANIONS, min_value=0, max_value=20, value=start.companions_max,
                                               step=1, key=f"{key}_begleitung", help=words.COMPANIONS_HELP),
    )  # fmt: skip
    wrong = _wrong_times(on, times, made)
    for sentence in wrong:
        st.error(sentence, icon=":material/error:")
    return made, wrong


def _wrong_times(on: object, times: list[dt.time | None], made: Event) -> list[str]:
    checks = (
        (on is not None and times[0] is None, words.NEEDS_TIME),
        (on is None and any(t is not None for t in times), words.NEEDS_DAY),
        (bool(made.starts_at and made.ends_at and made.ends_at <= made.starts_at), words.ENDS_EARLY),
        (bool(made.starts_at and made.doors_at and made.doors_at > made.starts_at), words.DOORS_LATE),
    )
    return [sentence for broken, sentence in checks if broken]


def _who(picture: Picture, start: Event, key: str) -> Event:
    st.subheader(words.WHO, anchor=False)
    offices, bodies = picture.names("office"), picture.names("body")
    columns = st.columns(3)
    with columns[0]:
        host = _choice(words.HOST, bodies, start.host, f"{key}_gastgeber", hint=words.HOST_HINT)
    with columns[1]:
        sender = _choice(words.SENDER, offices, start.sender, f"{key}_absender", hint=words.OFFICE_HINT)
    with columns[2]:
        signatory = _choice(words.SIGNATORY, offices, start.signatory, f"{key}_unterschrift", hint=words.OFFICE_HINT)
        if signatory is not None:
            _holder(picture, signatory, start)
    if not offices:
        st.info(words.NO_OFFICES, icon=":material/lightbulb:")
    left = {row_id(m.id) for m in picture.table("team_member").itertuples()
            if (until := day(m.active_to)) is not None and until < picture.today}  # fmt: skip
    team = {row: name for row, name in picture.names("team_member").items()
            if row not in left or row == start.team_member}  # fmt: skip
    columns = st.columns(3)
    with columns[0]:
        member = _choice(words.MEMBER, team, start.team_member, f"{key}_wir", tip=words.MEMBER_HELP)
    reply_to = columns[1].text_input(words.REPLY_TO, start.reply_to or "", key=f"{key}_antwort", max_chars=200,
                                     help=words.REPLY_TO_HELP)  # fmt: skip
    forms = picture.choices("event", "address_form")
    with columns[2]:
        form = _choice(words.FORM, forms, start.address_form or AddressForm.FORMAL, f"{key}_anrede")
    return replace(start, host=host, sender=sender, signatory=signatory, team_member=member,
                   reply_to=_clean(reply_to), address_form=form)  # fmt: skip


def _holder(picture: Picture, office: int, made: Event) -> None:
    """Say who signs on the day the letters go out."""
    starts = made.starts_at.astimezone(BERLIN).date() if made.starts_at else None
    on = made.invite_on or starts or picture.today
    names = holders(picture, office, on)
    if names:
        st.caption(words.HOLDS.format(day=formats.date(on), name=formats.plain(" / ".join(names))))
    else:
        st.warning(words.HOLDS_NOBODY.format(day=formats.date(on)), icon=":material/warning:")


def _deadlines(picture: Picture, start: Event, key: str) -> Event:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(words.DEADLINES, anchor=False, width="content")
        st.button(words.PROPOSE, key=f"{key}_vorschlagen", icon=":material/event_repeat:", type="tertiary",
                  help=words.DEADLINES_HELP, disabled=start.starts_at is None, on_click=_propose,
                  args=(key, picture.today, True))  # fmt: skip
    columns = st.columns(4)
    days: dict[str, Any] = {}
    for column, code in zip(columns, DEADLINES, strict=True):
        st.session_state.setdefault(f"{key}_{code}", getattr(start, code))
        days[code] = column.date_input(words.DEADLINE[code], format="DD.MM.YYYY", key=f"{key}_{code}")
    made = replace(start, **days)
    if made.starts_at is not None:
        event_on = made.starts_at.astimezone(BERLIN).date()
        found = dict(problems(Deadlines(event_on, **days)))
        for column, code in zip(columns, DEADLINES, strict=True):
            if code in found:
                column.warning(found[code], icon=":material/warning:")
    return made


def _propose(key: str, today: dt.date, afresh: bool = False) -> None:
    """Fill in deadlines that suit the day; what somebody set stays, unless the proposal was asked for."""
    on = st.session_state.get(f"{key}_tag")
    if not isinstance(on, dt.date):
        return
    found = proposed(on, is_free)
    for code in DEADLINES:
        was = st.session_state.get(f"{key}_vorschlag_{code}")
        fits: dt.date | None = getattr(found, code)
        fits = fits if fits is not None and fits >= today else today if code == "invite_on" and on > today else None
        if afresh or st.session_state.get(f"{key}_{code}") in (None, was):
            st.session_state[f"{key}_{code}"] = fits
            st.session_state[f"{key}_vorschlag_{code}"] = fits


def _texts(start: Event, key: str) -> Event:
    with st.expander(words.TEXTS, expanded=bool(start.invitation_text), icon=":material/notes:"):
        subject = st.text_input(words.SUBJECT, start.invitation_subject or "", key=f"{key}_betreff", max_chars=200)
        first, second = st.columns(2)
        told = first.text_area(words.TEXT, start.invitation_text or "", key=f"{key}_text", height=220,
                               help=words.TEXT_HELP, max_chars=5000)  # fmt: skip
        programme = second.text_area(words.PROGRAMME, start.programme or "", key=f"{key}_programm", height=220,
                                     max_chars=5000)  # fmt: skip
        note = st.text_area(words.NOTE, start.note or "", key=f"{key}_notiz", height=80, max_chars=5000)
    return replace(start, invitation_subject=_clean(subject), invitation_text=_clean(told),
                   programme=_clean(programme), note=_clean(note))  # fmt: skip


def state_field(picture: Picture, start: Event, key: str) -> Event:
    """Show where an event stands; calling off has a button of its own."""
    offered = {c: label for c, label in picture.choices("event", "state").items() if c != EventState.CALLED_OFF}
    if start.state == EventState.CALLED_OFF:
        return start
    return replace(start, state=_choice(words.STATE, offered, start.state or EventState.DRAFT, f"{key}_stand"))


def _choice(
    label: str, options: Mapping[Any, str], value: Any, key: str, *, hint: str = "", tip: str | None = None
) -> Any:  # fmt: skip
    codes = list(options)
    shown: Callable[[Any], str] = lambda code: formats.shortened(options.get(code, str(code)))  # noqa: E731
    return st.selectbox(label, codes, index=codes.index(value) if value in codes else None, key=key, format_func=shown,
                        placeholder=hint, help=tip)  # fmt: skip


def _moment(on: object, at: dt.time | None, over: dt.timedelta = dt.timedelta()) -> dt.datetime | None:
    if not isinstance(on, dt.date) or at is None:
        return None
    return dt.datetime.combine(on + over, at, BERLIN).astimezone(dt.UTC)


def _clean(value: object) -> str | None:
    return (value.strip() if isinstance(value, str) else "") or None
