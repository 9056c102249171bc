"""What goes out by our own hands: letters to print and post, a list to call; ticked off afterwards, with a way back."""

from __future__ import annotations

import streamlit as st

from automations.events.sending_plan import BY_HAND_ENDS, Plan
from schemas.events.choices import Channel
from streamlit_app.export import MIME
from streamlit_app.ui import formats, row_list
from streamlit_app.ui.events import sending_letters
from streamlit_app.ui.events import sending_texts as words
from streamlit_app.ui.events.sending_desk import Desk


def show(desk: Desk, plan: Plan) -> None:
    """Show letters and calls where there are any."""
    sending_letters.warn_outdated(desk)
    if plan.letter:
        with st.container(border=True, key="versand_briefe"):
            st.subheader(words.BY_LETTER, anchor=False)
            sending_letters.show(desk, plan)
            _tick_letters(desk, plan)
    if plan.phone:
        with st.container(border=True, key="versand_telefon"):
            st.subheader(words.BY_PHONE, anchor=False)
            _calls(desk, plan)


def _tick_letters(desk: Desk, plan: Plan) -> None:
    if plan.occasion not in BY_HAND_ENDS:
        st.caption(words.NOT_TICKABLE.format(what=words.OCCASIONS[plan.occasion]))
        return
    told = sending_letters.printed(desk) or sending_letters.told_of(plan, plan.letter)
    rows = list(told.invitations)
    st.button(words.TICK_LETTER.format(count=formats.number(len(rows))), key="versand_briefe_fertig",
              icon=":material/task_alt:", help=words.TICK_LETTER_HELP, on_click=desk.tick_off,
              args=(Channel.LETTER, rows, told))  # fmt: skip


def _calls(desk: Desk, plan: Plan) -> None:
    """Offer the list to call, and ask who was reached."""
    listed = row_list.RowList(
        "versand_telefonliste", words.BY_PHONE, words.PHONE_COLUMNS,
        [
            row_list.Row((one.guest.facts.name, one.guest.facts.organisation, one.guest.facts.phone, "", ""))
            for one in plan.phone
        ],
    )  # fmt: skip
    st.download_button(
        words.PHONE_LIST, data=lambda: row_list.workbook(listed), mime=MIME, icon=":material/call:",
        file_name=f"telefonliste-{desk.picture.today.isoformat()}.xlsx", key="versand_telefonliste", on_click="ignore",
    )  # fmt: skip
    if plan.occasion not in BY_HAND_ENDS:
        st.caption(words.NOT_TICKABLE.format(what=words.OCCASIONS[plan.occasion]))
        return
    names = {one.row: f"{one.guest.facts.name}, {one.guest.facts.phone}" for one in plan.phone}
    reached = st.multiselect(words.TICK_PHONE_WHO, list(names), key="versand_erreicht", format_func=names.__getitem__,
                             help=words.TICK_PHONE_HELP, placeholder=words.TICK_PHONE_HINT)  # fmt: skip
    st.button(words.TICK_PHONE.format(count=formats.number(len(reached))), key="versand_telefon_fertig",
              icon=":material/task_alt:", disabled=not reached, on_click=desk.tick_off,
              args=(Channel.PHONE, reached, sending_letters.told_of(plan, plan.phone)))  # fmt: skip
