"""What stands around every page: title, account, how old the picture is, and the banner when NocoDB is away."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from schemas.moments import is_from_future
from schemas.time_zone import BERLIN
from streamlit_app import context, data, identity
from streamlit_app.data import Picture
from streamlit_app.ui import formats, texts

WATCH_SECONDS = 5
"""How often an open page looks at the status file; it costs one small read."""

OLD_AFTER = dt.timedelta(minutes=30)
"""A picture older than this is told to be old: six refreshes have been missed."""


def session_over() -> None:
    """Say that nobody is signed in (any more); show nothing else."""
    with st.container(width=480):
        st.title(texts.SESSION_OVER, anchor=False)
        st.html(f'<p><a href="/anmelden" target="_self">{texts.SESSION_OVER_LINK}</a></p>')


def header(title: str, picture: Picture) -> None:
    """Show the page's title, the age of the picture, the refresh button and the account.

    What the page shows from here on is ``picture``: running it once more would only lose the click that it answers.
    """
    st.session_state["frame_version"] = picture.manifest.version if picture.manifest else ""
    st.session_state["frame_whole"] = True
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(title, anchor=False, width="content")
        with st.container(horizontal=True, width="content", vertical_alignment="center", gap="small"):
            _age()
            _account(picture)
    _banner()


@st.fragment(run_every=WATCH_SECONDS)
def _age() -> None:
    picture = data.picture()
    with st.container(horizontal=True, width="content", vertical_alignment="center", gap="small", key="frame_stand"):
        st.caption(_age_text(picture), width="content")
        here = context.get()
        st.button(
            texts.REFRESHING if picture.status.refreshing else texts.REFRESH,
            key="frame_refresh",
            icon=":material/refresh:",
            help=texts.REFRESH_HELP if here.refresher else texts.REFRESH_OFF,
            disabled=here.refresher is None or picture.status.refreshing or picture.status.down_since is not None,
            on_click=here.refresher.ask if here.refresher else None,
        )
    if not st.session_state.pop("frame_whole", False):
        _follow(picture)


@st.fragment(run_every=WATCH_SECONDS)
def _banner() -> None:
    picture = data.picture()
    taken = formats.moment(picture.manifest.taken_at) if picture.manifest else ""
    if picture.status.down_since:
        since = formats.clock(picture.status.down_since, picture.now)
        told = texts.DOWN.format(since=since, taken=taken) if taken else texts.DOWN_EMPTY.format(since=since)
        st.warning(f"**{told}** {texts.DOWN_HINT}", icon=":material/cloud_off:")
    elif picture.status.problem:
        st.warning(picture.status.problem, icon=":material/error:")
    elif picture.manifest and is_from_future(picture.manifest.taken_at, picture.now):
        st.warning(texts.AHEAD.format(taken=taken, now=formats.moment(picture.now)), icon=":material/schedule:")
    elif picture.manifest and picture.now - picture.manifest.taken_at > OLD_AFTER:
        st.warning(texts.OLD.format(taken=taken), icon=":material/schedule:")


def empty(picture: Picture) -> None:
    """Show what to do while there is nothing to show."""
    with st.container(border=True, key="frame_empty"):
        st.header(texts.EMPTY_TITLE, anchor=False)
        st.markdown(texts.EMPTY_INTRO)
        st.markdown("\n".join(f"{i}. {step}" for i, step in enumerate(texts.EMPTY_STEPS, 1)))
        st.caption(texts.EMPTY_THEN)
        url = context.get().settings.nocodb_url
        if url:
            target = (picture.manifest.table_url("organisation") if picture.manifest else None) or url
            st.link_button(texts.OPEN_NOCODB, target, icon=":material/open_in_new:", type="primary")


def _follow(picture: Picture) -> None:
    """Run the page again when the picture under it has changed."""
    seen = picture.manifest.version if picture.manifest else ""
    if st.session_state.get("frame_version", seen) != seen:
        st.rerun()


def _age_text(picture: Picture) -> str:
    if picture.manifest is None:
        return texts.AGE_NONE
    taken = picture.manifest.taken_at.astimezone(BERLIN)
    if taken.date() == picture.today:
        return texts.AGE.format(when=texts.AGE_TODAY.format(clock=taken.strftime("%H:%M")))
    return texts.AGE.format(when=formats.moment(taken))


def _account(picture: Picture) -> None:
    session = identity.current()
    if session is None:
        return
    with st.popover(texts.ACCOUNT, icon=":material/account_circle:"):
        st.markdown(f"**{formats.plain(session.name)}**")
        if session.email != session.name:
            st.caption(formats.plain(session.email))
        st.caption(texts.ROLES.get(session.role.value, ""))
        url = context.get().settings.nocodb_url
        target = formats.escape(url)
        link = f'<p><a href="{target}" target="_blank" rel="noopener">{texts.OPEN_NOCODB}</a></p>'
        leave = f'<p><a href="/abmelden" target="_self">{texts.SIGN_OUT}</a></p>'
        st.html(f'<div class="kn-link">{link if url else ""}{leave}</div>')
