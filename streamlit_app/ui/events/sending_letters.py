"""Letters to print in the tab *Versand*: addresses to mend, one print file, the table for a serial letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import streamlit as st

from automations.documents import pdf
from automations.events.book import NOBODY
from automations.events.concerns import is_outdated
from automations.events.facts import EventFacts
from automations.events.links import letter_links
from automations.events.print_letters import letters_pdf
from automations.events.sending import Told
from automations.events.sending_plan import Plan, Reached
from automations.events.serial_letter import serial_table
from automations.events.wording import ANSWERABLE, Wording, answer_ways, word
from schemas.errors import KontaktnetzError
from schemas.events.rules.address import problems
from streamlit_app import context, event_sending
from streamlit_app.export import MIME
from streamlit_app.signed import connect
from streamlit_app.ui import formats, glyphs, row_list
from streamlit_app.ui import problems as told
from streamlit_app.ui.events import sending_desk
from streamlit_app.ui.events import sending_texts as words
from sync.outgoing import to_public

_PRINTED = "versand_briefe_gedruckt"
_MADE, _ASKED = "versand_briefe_gesetzt", "versand_briefe_gewollt"
"""What was made, and that it was asked for: a fresh picture that comes in between does not lose the click."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and ``of`` what: it is offered only while event and guests stay the same."""

    of: tuple[object, ...]
    paper: bytes
    table: bytes


def show(desk: sending_desk.Desk, plan: Plan) -> None:
    """Tell which addresses want mending, and offer the letters."""
    _to_mend(desk, plan)
    found = event_sending.outlook(desk.picture, desk.event)
    if found is None:
        return
    if plan.letter:
        glyphs.warn(replace(found.facts, book=NOBODY), [one.guest.facts.addressee for one in plan.letter])
    address = to_public(context.get().settings).address
    bare = plan.occasion in ANSWERABLE and not address
    if bare and not answer_ways(found.facts):
        st.error(words.LETTERS_MUTE, icon=":material/call_end:")
        return
    of = (plan.occasion, replace(found.facts, book=NOBODY), tuple(one.guest.facts for one in plan.letter), address)
    made: Made | None = st.session_state.get(_MADE)
    if made is None or made.of != of:
        count = formats.number(len(plan.letter))
        label = words.LETTERS_BARE if bare else words.LETTERS_MAKE
        st.button(label.format(count=count), key="versand_briefe_setzen", type="primary",
                  icon=":material/print:", help=words.LETTERS_HELP, on_click=_ask)  # fmt: skip
        if not st.session_state.get(_ASKED):
            return
        with st.spinner(words.LETTERS_RUN):
            made = _make(desk, found.facts, plan, of)
        st.session_state[_ASKED] = False
        if made is None:
            return
        st.session_state[_MADE] = made
        st.session_state[_PRINTED] = (desk.event, plan.occasion), told_of(plan, plan.letter)
        st.rerun()
    day = desk.picture.today.isoformat()
    with st.container(horizontal=True, key="versand_briefe_fertig_reihe"):
        st.download_button(words.LETTERS_PDF, data=made.paper, mime=pdf.MIME, file_name=f"briefe-{day}.pdf",
                           key="versand_briefe_pdf", icon=":material/print:", type="primary",
                           on_click="ignore")  # fmt: skip
        st.download_button(words.LETTERS_SERIAL, data=made.table, mime=MIME, file_name=f"serienbrief-{day}.xlsx",
                           key="versand_briefe_excel", icon=":material/table:", on_click="ignore")  # fmt: skip
    st.caption(words.LETTERS_NEXT)


def told_of(plan: Plan, those: Iterable[Reached]) -> Told:
    """Return what letters or calls to these guests tell."""
    return Told(plan.sequence, {one.row: one.guest.invitation for one in those})


def printed(desk: sending_desk.Desk) -> Told | None:
    """Return what the letters tell that were made here for this sending, None if none were: these are what is posted,
    whoever joined the list since.
    """
    of, told = st.session_state.get(_PRINTED, (None, None))
    return told if of == (desk.event, desk.occasion) else None


def warn_outdated(desk: sending_desk.Desk) -> None:
    """Name the guests whose letter, as it was made here, is true no more."""
    told, found = printed(desk), event_sending.outlook(desk.picture, desk.event)
    if told is None or found is None:
        return
    now = {guest.invitation.id: guest.invitation for guest in found.guests}
    names = [one.name or "" for row, one in told.invitations.items()
             if row in now and is_outdated(desk.occasion, one, now[row])]  # fmt: skip
    if names:
        st.warning(words.LETTERS_OUTDATED.format(names=", ".join(map(formats.plain, names))),
                   icon=":material/unsubscribe:")  # fmt: skip


def _ask() -> None:
    st.session_state[_ASKED] = True


def _make(desk: sending_desk.Desk, facts: EventFacts, plan: Plan, of: tuple[object, ...]) -> Made | None:
    """Return the print file and the table; what went wrong is said right there."""
    settings = context.get().settings
    try:
        letters = _letters(desk, facts, plan)
        return Made(of, letters_pdf(letters, settings.templates_dir), serial_table(letters))
    except KontaktnetzError as failed:
        st.error(told.told(failed), icon=":material/error:")
        return None


def _letters(desk: sending_desk.Desk, facts: EventFacts, plan: Plan) -> list[Wording]:
    """Return the letters with each guest's own link. Raises what wording and NocoDB raise."""
    links = {}
    if plan.occasion in ANSWERABLE:
        rows = [one.row for one in plan.letter]
        links = letter_links(context.get().settings, connect(desk.session, desk.picture), rows)
    return [word(plan.occasion, facts, one.guest.facts, links.get(one.row, "")) for one in plan.letter]


def _to_mend(desk: sending_desk.Desk, plan: Plan) -> None:
    wrong = [
        row_list.Row((one.guest.facts.name, problem.text), url=_place(desk, one))
        for one in plan.letter
        for problem in problems(one.guest.facts.addressee)
    ]
    if wrong:
        st.warning(words.LETTERS_WRONG.format(count=formats.number(len(wrong))), icon=":material/markunread_mailbox:")
        listed = row_list.RowList("versand_anschriften", words.BY_LETTER, words.LETTERS_WRONG_COLUMNS, wrong)
        listed.show(desk.picture.today, height=240)


def _place(desk: sending_desk.Desk, one: Reached) -> str:
    """Return where in NocoDB the address stands: at the organisation where its address is used, else at the person."""
    row = one.guest.invitation
    official = bool(one.guest.facts.addressee.organisation) and row.organisation is not None
    return desk.picture.row_url("organisation", row.organisation or 0) if official else desk.picture.row_url(
        "person", row.person or 0
    )  # fmt: skip
