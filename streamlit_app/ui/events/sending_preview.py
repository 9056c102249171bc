"""Every mail, letter and call as the guest will get it, one after the other."""

from __future__ import annotations

import html

import streamlit as st

from automations.documents.pdf import DocumentError
from automations.events import mail
from automations.events.facts import WordingError
from automations.events.print_letters import letter_pictures
from automations.events.sending_plan import Guest, Plan
from automations.events.tokens import answer_url
from automations.events.wording import Wording
from schemas.events.choices import Channel
from streamlit_app import context
from streamlit_app.event_sending import Outlook
from streamlit_app.ui import formats
from streamlit_app.ui.events import sending_texts as words

_WAY, _AT = "versand_weg", "versand_gast"
HEIGHT = 620


def show(found: Outlook, plan: Plan) -> bool:
    """Show the preview; False when the words cannot be used yet, so that nothing may go out."""
    ways = [channel for channel, those in plan.by_channel.items() if those]
    with st.container(border=True, key="versand_vorschau"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(words.PREVIEW, anchor=False, width="content")
            if st.session_state.get(_WAY) not in ways:
                st.session_state[_WAY] = ways[0]
            st.segmented_control(words.PREVIEW, ways, required=True, key=_WAY, format_func=words.WAYS.__getitem__,
                                 label_visibility="collapsed", on_change=_first)  # fmt: skip
        those = plan.by_channel[st.session_state[_WAY]]
        _step(plan)
        guest = those[_at(len(those))].guest
        try:
            _one(found, plan, guest)
        except WordingError as problem:
            st.error(words.BROKEN.format(problem=problem), icon=":material/error:")
            return False
    return True


def chosen_guest(plan: Plan) -> Guest:
    """Return the guest whose mail is looked at; while a letter is, the first one with a mail."""
    here = st.session_state.get(_WAY) == Channel.MAIL
    return plan.mail[_at(len(plan.mail)) if here else 0].guest


def _at(total: int) -> int:
    return min(int(st.session_state.get(_AT, 0)), total - 1)


def _first() -> None:
    st.session_state[_AT] = 0


def _go(by: int, total: int) -> None:
    st.session_state[_AT] = (_at(total) + by) % total


def _jump(key: str) -> None:
    st.session_state[_AT] = st.session_state[key]


def _step(plan: Plan) -> None:
    """Offer the way to the previous and the next guest, and to any of them by name."""
    those = plan.by_channel[st.session_state[_WAY]]
    total = len(those)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(words.PREVIOUS, key="versand_zurueck_gast", icon=":material/chevron_left:", disabled=total == 1,
                  on_click=_go, args=(-1, total))  # fmt: skip
        key = "versand_wen"
        st.session_state[key] = _at(total)
        st.selectbox(
            words.PREVIEW_WHICH, range(total), key=key, label_visibility="collapsed", width=380, on_change=_jump,
            args=(key,),
            format_func=lambda i: words.PREVIEW_OF.format(
                name=those[i].guest.facts.name, number=formats.number(i + 1), total=formats.number(total)
            ),
        )  # fmt: skip
        st.button(words.NEXT, key="versand_weiter_gast", icon=":material/chevron_right:", disabled=total == 1,
                  on_click=_go, args=(1, total))  # fmt: skip


def _one(found: Outlook, plan: Plan, guest: Guest) -> None:
    made = mail.render(plan.occasion, found.facts, guest.facts, answer_url(context.get().settings, "vorschau"))
    if st.session_state[_WAY] == Channel.MAIL:
        for label, value in ((words.PREVIEW_TO, guest.facts.mail), (words.PREVIEW_SUBJECT, made.wording.subject)):
            st.html(f'<div><span class="kn-muted">{label}:</span> {html.escape(value)}</div>')
        st.iframe(sandboxed(made.html), height=HEIGHT, alt=words.PREVIEW_MAIL.format(name=guest.facts.name))
        if made.wording.answer_link:
            st.caption(words.PREVIEW_LINK)
        return
    if st.session_state[_WAY] == Channel.LETTER:
        _letter(made.wording, guest.facts.name)
        return
    lines = [f"{guest.facts.name}: {guest.facts.phone}", "", *(f"{k}: {v}" for k, v in made.wording.facts)]
    st.text("\n".join(lines))


def _letter(wording: Wording, name: str) -> None:
    """Show the pages of a letter as they will be printed."""
    try:
        pages = letter_pictures(wording, context.get().settings.templates_dir)
    except DocumentError as problem:
        st.error(f"{problem.message} {problem.hint}", icon=":material/error:")
        return
    for number, page in enumerate(pages, start=1):
        st.image(page, width=620, alt=words.PREVIEW_LETTER.format(name=name, page=number, pages=len(pages)))


def sandboxed(page: str) -> str:
    """Return a page that shows another one in which nothing can run and no link leads anywhere."""
    return (
        '<!doctype html><html lang="de"><body style="margin:0">'
        f'<iframe sandbox="" title="{words.PREVIEW}" srcdoc="{html.escape(page, quote=True)}" '
        f'style="border:0;width:100%;height:{HEIGHT - 8}px"></iframe></body></html>'
    )
