"""A few controls from which a selection of guests is made: what must hold, and what must not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from automations.events import view_lists
from schemas.errors import KontaktnetzError
from schemas.events.rules import segments as s
from schemas.events.rules.segment_facts import SeatRole
from schemas.time_zone import BERLIN
from streamlit_app import event_data, event_guests
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.cells import text
from streamlit_app.signed import connect
from streamlit_app.ui import formats, problems, texts
from streamlit_app.ui.events import guest_texts as words

OFFERED = "va_ansichten_liste"
"""In the session: the views of NocoDB that can be chosen."""


def show(picture: Picture, session: Session, key: str) -> s.Segment | None:
    """Show the controls, and return the selection they make; None while nothing was chosen."""
    asker = _Asker(picture, session, key)
    wanted = st.pills(words.BY, list(words.CRITERIA), selection_mode="multi", default=["art"], key=f"{key}_nach",
                      format_func=words.CRITERIA.__getitem__, help=words.BY_HELP)  # fmt: skip
    included = asker.ask(wanted, "ja")
    with st.expander(words.BUT_NOT_BOX, icon=":material/group_remove:"):
        unwanted = st.pills(words.BUT_NOT, list(words.CRITERIA), selection_mode="multi", key=f"{key}_nicht",
                            format_func=words.CRITERIA.__getitem__)  # fmt: skip
        excluded = asker.ask(unwanted, "nein")
    if not included:
        return None
    parts = (*included, *(s.Not(part) for part in excluded))
    return parts[0] if len(parts) == 1 else s.All(parts)


@dataclass(frozen=True, slots=True)
class _Asker:
    picture: Picture
    session: Session
    key: str

    def ask(self, wanted: list[str], side: str) -> list[s.Segment]:
        """Show the controls of these criteria beside each other, and return those that were filled in."""
        found = []
        for start in range(0, len(wanted), 2):
            pair = wanted[start : start + 2]
            for column, name in zip(st.columns(2, gap="medium"), pair, strict=False):
                with column:
                    found.append(self._one(name, f"{self.key}_{side}_{name}"))
        return [segment for segment in found if segment is not None]

    def _one(self, name: str, key: str) -> s.Segment | None:
        several: Mapping[str, tuple[Callable[..., s.Segment], str, str]] = {
            "art": (s.Kind, "organisation", "kind"), "bereich": (s.InSphere, "organisation", "sphere"),
            "feld": (s.Engaged, "organisation", "engagement_fields"),
        }  # fmt: skip
        if name in several:
            kind, table, column = several[name]
            codes = self._several(words.CRITERIA[name], self.picture.choices(table, column), key)
            return kind(codes) if codes else None
        asked: Mapping[str, Callable[[str], s.Segment | None]] = {
            "stadtteil": self._district, "unter": self._below, "gremium": self._body, "amt": self._office,
            "vorschlag": lambda key: self._gift(s.Nominated, name, key),
            "auszeichnung": lambda key: self._gift(s.Awarded, name, key), "stand": self._stand, "gast": self._guest,
            "nicht-eingeladen": self._not_invited, "kontakte": self._contacts, "ansicht": self._view,
        }  # fmt: skip
        return asked[name](key)

    def _district(self, key: str) -> s.Segment | None:
        known = sorted({text(d) for d in self.picture.table("organisation")["district"].dropna().unique()} - {""})
        names = self._several(words.CRITERIA["stadtteil"], {d: d for d in known}, key)
        return s.InDistrict(names) if names else None

    def _below(self, key: str) -> s.Segment | None:
        parents = self.picture.table("organisation")["parent"].dropna().unique()
        names = self.picture.names("organisation")
        options = {int(row): names.get(int(row), "") for row in parents}
        row = self._single(words.BELOW, dict(sorted(options.items(), key=lambda o: o[1])), key)
        return None if row is None else s.Below(row)

    def _body(self, key: str) -> s.Segment | None:
        body = self._single(words.BODY, self.picture.names("body"), key)
        role = st.radio(words.ROLE, list(SeatRole), key=f"{key}_rolle", horizontal=True,
                        format_func=words.ROLES.__getitem__)  # fmt: skip
        return None if body is None or role is None else s.InBody(body, role)

    def _office(self, key: str) -> s.Segment:
        return s.HoldsOffice(self._several(words.OFFICES, self.picture.choices("office", "kind"), key))

    def _gift(self, kind: Callable[..., s.Segment], name: str, key: str) -> s.Segment:
        years = list(words.YEARS)
        year = st.selectbox(words.CRITERIA[name], years, key=key, format_func=words.YEARS.__getitem__,
                            index=len(years) - 1 if name == "auszeichnung" else 0)  # fmt: skip
        return kind(year)

    def _stand(self, key: str) -> s.Segment | None:
        event, series = self._event(words.CRITERIA["stand"], key)
        return s.Exhibited(event, series) if event is not None or series else None

    def _guest(self, key: str) -> s.Segment | None:
        event, series = self._event(words.CRITERIA["gast"], key)
        answers = self._several(words.ANSWER, self.picture.choices("invitation", "answer"), f"{key}_antwort")
        came = st.selectbox(words.CAME, list(words.CAMES), key=f"{key}_kam", format_func=words.CAMES.__getitem__)
        return s.GuestOf(event, series, answers, came) if event is not None or series else None

    def _not_invited(self, key: str) -> s.Segment:
        return s.NotInvited(int(st.number_input(words.NOT_INVITED, 1, 20, 2, key=key)))

    def _contacts(self, key: str) -> s.Segment | None:
        address = st.text_input(words.CONTACTS, key=key, help=words.CONTACTS_HINT, placeholder="…/kontakte?suche=…")
        return read_address(self.picture, address or "")

    def _view(self, key: str) -> s.Segment | None:
        if OFFERED not in st.session_state:
            st.button(words.VIEW_LOAD, key=f"{key}_laden", icon=":material/download:", on_click=self._offer)
            self._problem()
            return None
        offered: list[s.View] = st.session_state[OFFERED]
        view = st.selectbox(words.VIEW, offered, index=None, key=key, placeholder=words.ANY,
                            format_func=lambda v: f"{words.VIEW_TABLES[v.table]}: {v.name}")  # fmt: skip
        self._problem()
        if view is None:
            return None
        rows = st.session_state.get(event_guests.VIEWS, {}).get(view)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(words.VIEW_READ if rows is None else words.VIEW_READ_AGAIN, key=f"{key}_lesen",
                      icon=":material/refresh:", on_click=self._read, args=(view,))  # fmt: skip
            if rows is not None:
                count = len(rows.organisations) + len(rows.persons) + len(rows.ties)
                st.caption(words.VIEW_COUNT.format(count=formats.number(count)))
        return view if rows is not None else None

    def _offer(self) -> None:
        try:
            st.session_state[OFFERED] = view_lists.available(connect(self.session, self.picture))
        except KontaktnetzError as failed:
            st.session_state["va_ansicht_problem"] = problems.told(failed)

    def _read(self, view: s.View) -> None:
        read_views(self.picture, self.session, [view])

    @staticmethod
    def _problem() -> None:
        if problem := st.session_state.pop("va_ansicht_problem", None):
            st.error(problem, icon=":material/error:")

    def _event(self, label: str, key: str) -> tuple[int | None, str]:
        """Ask for the last event of a series, or for one of its own."""
        lines = event_data.events(self.picture)
        series = {f"r{name}": words.LAST_OF.format(series=name) for name in sorted({e.series for e in lines} - {""})}
        single = {f"e{e.row}": f"{e.name} ({formats.date(e.starts_at.astimezone(BERLIN).date())})"
                  for e in lines if e.starts_at is not None}  # fmt: skip
        chosen = self._single(label, series | single, key)
        if chosen is None:
            return None, ""
        return (None, chosen[1:]) if chosen.startswith("r") else (int(chosen[1:]), "")

    def _several(self, label: str, options: Mapping[str, str], key: str) -> tuple[str, ...]:
        return tuple(st.multiselect(label, list(options), key=key, placeholder=words.ANY,
                                    format_func=lambda code: options.get(code, code)))  # fmt: skip

    @staticmethod
    def _single(label: str, options: Mapping[Any, str], key: str) -> Any:
        return st.selectbox(label, list(options), index=None, key=key, placeholder=words.ANY,
                            format_func=lambda code: formats.shortened(options.get(code, str(code))))  # fmt: skip


def read_views(picture: Picture, session: Session, segments: list[s.Segment]) -> None:
    """Load what the views in these segments show now; what went wrong is told with the next run."""
    try:
        loaded = view_lists.read(connect(session, picture), segments)
    except KontaktnetzError as failed:
        st.session_state["va_ansicht_problem"] = problems.told(failed)
        return
    st.session_state[event_guests.VIEWS] = st.session_state.get(event_guests.VIEWS, {}) | loaded


def read_address(picture: Picture, address: str) -> s.Contacts | None:
    """Return what an address of the page Kontakte asks for; it names choices by the words that staff use."""
    given = {name: values[-1] for name, values in parse_qs(urlsplit(address.strip()).query).items()}
    kinds = {label: code for code, label in texts.SHOW_KINDS.items()}
    listings = {label: code for code, (label, _) in texts.ATTENTION_ITEMS.items()}

    def code(name: str, column: str) -> str:
        choices = {label: code for code, label in picture.choices("organisation", column).items()}
        return choices.get(given.get(name, ""), "")

    found = s.Contacts(
        given.get("suche", ""), kinds.get(given.get("zeige", ""), ""), code("bereich", "sphere"), code("art", "kind"),
        code("feld", "engagement_fields"), given.get("stadtteil", ""), listings.get(given.get("liste", ""), ""),
    )  # fmt: skip
    return found if found != s.Contacts() else None
