"""With whom a typed contact was: who is found is named, who may be meant is picked, who is missing is created there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from schemas.contacts.tables import Organisation
from schemas.contacts.told_names import Name
from schemas.errors import KontaktnetzError
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.contacts import ORGANISATION, PERSON, Query
from streamlit_app.frames.meant import Choice, Meant, narrow, who_is_meant
from streamlit_app.ui import formats, new_person, problems
from streamlit_app.ui import relation_texts as words
from streamlit_app.writing import ORIGIN, Pen

_NOT_THERE = Meant("", 0, words.QUICK_WHO_LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom the names of a line mean; ``complete`` when nothing is left to pick; ``unknown`` are further names."""

    found: tuple[Meant, ...] = ()
    complete: bool = False
    unknown: tuple[str, ...] = ()


def choose(picture: Picture, session: Session, names: Sequence[Name], key: str) -> Who:
    """Show whom some names mean, and let people pick or create them.

    One of them must be somebody: the first whose name some contact bears. The others may be left out, and are where
    nobody bears the name.
    """
    if not names:
        st.warning(words.QUICK_WHO_MISSING, icon=":material/help:")
        return Who()
    choices = [_choice(picture, name) for name in names]
    first = next((at for at, choice in enumerate(choices) if choice.options), 0)
    told = [
        _one(picture, session, name, choice, f"{key}_{at}", first=at == first)
        for at, (name, choice) in enumerate(zip(names, choices, strict=True))
    ]
    found = tuple(dict.fromkeys(one for one in told if one is not None and one is not _NOT_THERE))
    unknown = tuple(as_typed(names[at]) for at, c in enumerate(choices) if at != first and not c.options)
    return Who(found, None not in told, unknown)


def as_typed(name: Name) -> str:
    """Return a name with Frau or Herr, as it was typed."""
    return f"{name.salutation.capitalize()} {name.text}".strip()


def _choice(picture: Picture, name: Name) -> Choice:
    found = narrow(picture.selected(Query(words=name.text)), name.salutation)
    everybody = narrow(picture.contacts().frame, name.salutation)
    return who_is_meant(name.text, found, everybody, lambda table: picture.named_alike(table, name.text))


def _one(picture: Picture, session: Session, name: Name, choice: Choice, key: str, *, first: bool) -> Meant | None:
    """Show whom one name means; None as long as that is open."""
    label = words.QUICK_WHO if first else words.QUICK_WHO_TOO
    new_person.tell_saved(f"{key}_")
    if made := st.session_state.get(f"{key}_neu"):
        st.markdown(f"{label}: **{formats.plain(made.name)}**")
        return Meant(made.type, made.id, made.name)
    asked = formats.plain(as_typed(name))
    if not choice.options:
        st.warning(words.QUICK_WHO_NONE.format(who=asked), icon=":material/help:")
        new_person.fill(f"{key}_", name.text)
        _new(picture, session, name, key)
        return None if first else _NOT_THERE
    if choice.chosen is not None:
        why = f" ({formats.plain(choice.chosen.why)})" if choice.chosen.why else ""
        st.markdown(f"{label}: **{formats.plain(choice.chosen.name)}**{why}")
        return choice.chosen
    question = words.QUICK_WHO_MEANT if choice.unsure else words.QUICK_WHO_ASK
    options = choice.options if first else (*choice.options, _NOT_THERE)
    picked = st.radio(
        question.format(who=asked), options, index=None, key=f"{key}_wer",
        format_func=lambda one: formats.plain(one.name), captions=[formats.plain(one.told) for one in options],
    )  # fmt: skip
    if choice.unsure and picked is None:
        _new(picture, session, name, key)
    return picked


def _new(picture: Picture, session: Session, name: Name, key: str) -> None:
    """Show the two forms for who is not there yet: a person, or an organisation."""
    prefix = f"{key}_"
    opened = new_person.is_open(prefix)
    problem = new_person.problem(prefix)
    with st.expander(words.QUICK_NEW.format(who=formats.plain(as_typed(name))), icon=":material/person_add:",
                     expanded=opened):  # fmt: skip
        new_person.show(
            picture,
            session,
            prefix,
            problem,
            lambda row: _keep(key, Meant(PERSON, row, name.text)),
            salutation=name.salutation,
        )
        if not name.salutation:
            st.caption(words.QUICK_NEW_BODY)
            st.text_input(words.QUICK_NEW_BODY_NAME, value=name.text, key=f"{key}_haus", max_chars=200)
            if failed := st.session_state.pop(f"{key}_haus_fehler", None):
                st.error(failed, icon=":material/error:")
            st.button(words.QUICK_NEW_BODY_SAVE, key=f"{key}_haus_ok", on_click=_create_body,
                      args=(picture, session, key))  # fmt: skip


def _keep(key: str, made: Meant) -> None:
    st.session_state[f"{key}_neu"] = made


def _create_body(picture: Picture, session: Session, key: str) -> None:
    name = str(st.session_state.get(f"{key}_haus") or "").strip()
    if not name or picture.manifest is None:
        return
    ident = st.session_state.setdefault(f"{key}_haus_kennung", f"{ORIGIN}:{uuid.uuid4()}")
    pen = Pen(context.get().settings, picture.manifest, session.token, Organisation)
    try:
        saved = pen.save(Organisation(name=name, source=ORIGIN, ident=ident), context.now(), unclear=True)
    except KontaktnetzError as failed:
        st.session_state[f"{key}_haus_fehler"] = problems.told(failed)
        return
    _keep(key, Meant(ORGANISATION, saved.row, name))
