"""Publishing the seals, in the tab *Siegel*: the public list, badges, and the file with which others check."""

from __future__ import annotations

import streamlit as st

from automations.certification import publishing
from automations.certification.seal_code import trust_of
from automations.signing import open_key, public_keys
from schemas.errors import KontaktnetzError
from streamlit_app import context, seal_data
from streamlit_app.data import Picture
from streamlit_app.frames.seals import Seals
from streamlit_app.ui import formats, link_hint
from streamlit_app.ui.certification import seal_texts as words


def show(picture: Picture, given: Seals) -> None:
    """Offer everything that leaves the house."""
    with st.expander(words.PUBLISH, icon=":material/public:"):
        st.markdown(words.PUBLISH_TEXT)
        _lists(picture, given)
        st.markdown(words.BADGES_TEXT)
        _badges(picture, given)
        st.markdown(words.TRUST_TEXT)
        st.download_button(
            words.TRUST_FILE, data=lambda: _trust(picture), mime=publishing.TRUST_MIME, icon=":material/key:",
            file_name=f"pruefdatei-siegel-{picture.today.isoformat()}.json", key="siegel_pruefdatei", on_click="ignore",
        )  # fmt: skip


def _lists(picture: Picture, given: Seals) -> None:
    settings, today, day = context.get().settings, picture.today, picture.today.isoformat()

    def label(code: str) -> str:
        return picture.label("organisation", "engagement_fields", code)

    with st.container(horizontal=True, key="siegel_listen"):
        st.download_button(
            words.PAGE_FILE, mime=publishing.HTML_MIME, file_name=f"guetesiegel-{day}.html", key="siegel_html",
            icon=":material/html:", on_click="ignore",
            data=lambda: publishing.public_page(
                given.all, label, network=settings.network_name, city=settings.city_name, today=today
            ),
        )  # fmt: skip
        st.download_button(
            words.TABLE_FILE, mime=publishing.CSV_MIME, file_name=f"guetesiegel-{day}.csv", key="siegel_csv",
            icon=":material/table:", on_click="ignore", data=lambda: publishing.public_table(given.all, label, today),
        )  # fmt: skip


def _badges(picture: Picture, given: Seals) -> None:
    settings = context.get().settings
    those = [one for one in given.lists["tragen"] if publishing.claim_of(one) is not None]
    if not those:
        st.caption(words.BADGES_NONE)
        return
    try:
        key = open_key(settings.data_dir, picture.now)
    except KontaktnetzError as problem:
        st.error(str(problem), icon=":material/error:")
        return
    address = link_hint.show(words.BADGES_BARE).address
    with st.container(horizontal=True, vertical_alignment="bottom", key="siegel_abzeichen"):
        at = st.selectbox(words.BADGE_WHOM, range(len(those)), key="siegel_abzeichen_wer", width=420,
                          format_func=lambda i: f"{formats.shortened(those[i].name)} – {those[i].number}")  # fmt: skip
        one = those[min(at or 0, len(those) - 1)]
        st.download_button(
            words.BADGE_FILE, mime=publishing.BADGE_MIME, file_name=publishing.badge_name(one),
            key="siegel_abzeichen_eins", icon=":material/workspace_premium:", on_click="ignore",
            data=lambda: publishing.badge(one, key, network=settings.network_name, address=address) or "",
        )  # fmt: skip
        st.download_button(
            words.BADGES_FILE, mime=publishing.ZIP_MIME, key="siegel_abzeichen_alle", icon=":material/folder_zip:",
            file_name=f"abzeichen-{picture.today.isoformat()}.zip", on_click="ignore",
            data=lambda: publishing.badges(
                those, key, network=settings.network_name, address=address, today=picture.today
            ),
        )  # fmt: skip


def _trust(picture: Picture) -> str:
    settings = context.get().settings
    open_key(settings.data_dir, picture.now)  # makes the first one, so that the file is never without any
    keys, void = public_keys(settings.data_dir), seal_data.void(picture)
    return trust_of(keys, void, picture.today, seal_data.claims(picture)).as_text()
