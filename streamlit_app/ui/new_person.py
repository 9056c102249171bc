"""Somebody new: a name and a mail are typed, and while they are typed the page tells who of them is there already.

Who is alike in name is told by the rule of identity (``sync.identity.typed_names``); it never forbids anything, because
namesakes exist.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from schemas.contacts.rules import person_name
from schemas.contacts.tables import Person
from schemas.errors import KontaktnetzError
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.contacts import PERSON, Query
from streamlit_app.frames.meant import MOST_FOUND, Meant, contacts_of, who_is_meant
from streamlit_app.ui import formats, problems
from streamlit_app.ui import new_person_texts as words
from streamlit_app.writing import ORIGIN, Pen
from sync.identity.mails import is_shared_mailbox

_FIELDS = (("vorname", words.FIRST_NAME), ("nachname", words.LAST_NAME), ("mail", words.MAIL))
_FEWEST = 2
"""Letters of a last name from which on the page looks for it."""


@dataclass(frozen=True, slots=True)
class _Typed:
    first: str
    last: str
    mail: str

    @property
    def problem(self) -> str:
        """What is wrong with it, empty if nothing."""
        if not self.last:
            return words.NEEDS_NAME
        wrong = self.mail and ("@" not in self.mail.strip("@") or " " in self.mail)
        return words.WRONG_MAIL.format(mail=self.mail) if wrong else ""


def persons_named(picture: Picture, asked: str) -> Sequence[Meant]:
    """Return the persons that a typed name may mean: found by its words, or alike by the rule of identity."""
    found = picture.selected(Query(words=asked, show=PERSON))
    everybody = picture.contacts().frame
    choice = who_is_meant(asked, found, everybody, lambda t: picture.named_alike(t, asked) if t == PERSON else ())
    return choice.options


def tell_saved(prefix: str) -> None:
    """Say once that somebody has just been created."""
    if told := st.session_state.pop(f"{prefix}angelegt", None):
        st.success(told, icon=":material/check_circle:")


def problem(prefix: str) -> str:
    """Return once why nobody was created at the last click, empty if all went well."""
    return str(st.session_state.pop(f"{prefix}fehler", "") or "")


def show(
    picture: Picture, session: Session, prefix: str, problem: str, chosen: Callable[[int], None], *,
    never: int | None = None, salutation: str = "",
) -> None:  # fmt: skip
    """Show the form; ``prefix`` is that of its keys, ``chosen`` is called with the row that was made or picked.

    ``never`` is the row of who is not meant for sure and not offered; ``salutation`` is written with a new person.
    """
    st.caption(words.NEW)
    for column, (key, label) in zip(st.columns(3, gap="small"), _FIELDS, strict=True):
        column.text_input(label, key=_key(prefix, key), live="300ms", max_chars=120)
    alike = [one for one in _there_already(picture, _typed(prefix)) if one.id != never]
    if alike:
        st.warning(words.THERE_ALREADY, icon=":material/person_search:")
        for one in alike:
            with st.container(horizontal=True, vertical_alignment="center", key=f"{prefix}gibt_es_{one.id}"):
                name = formats.plain(one.name)
                told = f"  \n:small[{formats.plain(one.told)}]" if one.told else ""
                st.markdown(f"**{name}**{told}", width="stretch")
                st.button(words.PICK, key=f"{prefix}nimm_{one.id}", help=words.PICK_HELP.format(name=name),
                          on_click=_choose, args=(prefix, one.id, chosen))  # fmt: skip
    if problem:
        st.error(problem, icon=":material/error:")
    st.button(words.SAVE_ALL_THE_SAME if alike else words.SAVE, key=f"{prefix}anlegen", on_click=_create,
              args=(picture, session, prefix, chosen, salutation))  # fmt: skip


def fill(prefix: str, name: str) -> None:
    """Let the form begin with a name that was typed elsewhere: the last word is the last name."""
    *first, last = name.split() or [""]
    for field, told in (("vorname", " ".join(first)), ("nachname", last)):
        st.session_state.setdefault(_key(prefix, field), told)


def is_open(prefix: str) -> bool:
    """Say whether somebody has begun to fill in the form: from then on it stays open until it is done with."""
    typed = _typed(prefix)
    begun = bool(typed.first or typed.last or typed.mail or f"{prefix}fehler" in st.session_state)
    st.session_state[f"{prefix}offen"] = begun or st.session_state.get(f"{prefix}offen", False)
    return bool(st.session_state[f"{prefix}offen"])


def _key(prefix: str, field: str) -> str:
    """Return the key of a field, another one after each person: what was typed under one stays in the browser."""
    return f"{prefix}{field}_{st.session_state.get(f'{prefix}nummer', 0)}"


def _typed(prefix: str) -> _Typed:
    first, last, mail = ((st.session_state.get(_key(prefix, key)) or "").strip() for key, _ in _FIELDS)
    return _Typed(first, last, mail)


def _there_already(picture: Picture, typed: _Typed) -> list[Meant]:
    """Return who may be meant, each once: who has the mail, then who is alike in name.

    A mailbox that a whole office reads tells of nobody.
    """
    own = {} if is_shared_mailbox(typed.mail) else picture.holders_of(typed.mail)
    holders = contacts_of(own, PERSON, picture.contacts().frame)
    found = {one.id: replace(one, why=words.SAME_MAIL if own[one.id] else words.FORMER_MAIL) for one in holders}
    if len(typed.last) >= _FEWEST:
        for one in persons_named(picture, f"{typed.first} {typed.last}".strip()):
            found.setdefault(one.id, one)
    return list(found.values())[:MOST_FOUND]


def _choose(prefix: str, row: int, chosen: Callable[[int], None]) -> None:
    _clear(prefix)
    chosen(row)


def _clear(prefix: str) -> None:
    for key in ("kennung", "offen"):
        st.session_state.pop(f"{prefix}{key}", None)
    st.session_state[f"{prefix}nummer"] = st.session_state.get(f"{prefix}nummer", 0) + 1


def _create(picture: Picture, session: Session, prefix: str, chosen: Callable[[int], None], salutation: str) -> None:
    """Create a person with a name and a mail, and choose them."""
    typed = _typed(prefix)
    problem = typed.problem
    if not problem and picture.manifest is not None:
        ident = st.session_state.setdefault(f"{prefix}kennung", f"{ORIGIN}:{uuid.uuid4()}")
        made = Person(first_name=typed.first or None, last_name=typed.last, mail=typed.mail or None, source=ORIGIN,
                      salutation=salutation or None, ident=ident)  # fmt: skip
        pen = Pen(context.get().settings, picture.manifest, session.token, Person)
        try:
            saved = pen.save(made, context.now(), unclear=True)
        except KontaktnetzError as failed:
            problem = problems.told(failed)
        else:
            _clear(prefix)
            st.session_state[f"{prefix}angelegt"] = words.SAVED.format(name=person_name(None, typed.first, typed.last))
            chosen(saved.row)
            return
    st.session_state[f"{prefix}fehler"] = problem
