"""Entry of every page run: who is there, which pages there are, the frame around them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from streamlit_app import identity
from streamlit_app.ui import frame, style, texts
from streamlit_app.ui.certification import texts as certification_texts
from streamlit_app.ui.events import texts as event_texts

ASSETS = Path(__file__).parent / "assets"

# A material icon would be fetched from another host (seen with Streamlit 1.67); a file of ours is not.
st.set_page_config(page_title=texts.APP, page_icon=ASSETS / "icon.png", layout="wide")
st.logo(str(ASSETS / "logo.svg"), size="large")
style.apply()
page = st.navigation(
    {
        "": [
            st.Page("app_pages/uebersicht.py", title=texts.PAGE_OVERVIEW, icon=":material/home:", default=True),
        ],
        texts.SECTION_CONTACTS: [
            st.Page("app_pages/kontakte.py", title=texts.PAGE_CONTACTS, icon=":material/groups:", url_path="kontakte"),
            st.Page("app_pages/datenqualitaet.py", title=texts.PAGE_QUALITY, icon=":material/fact_check:",
                    url_path="datenqualitaet"),
        ],
        event_texts.SECTION: [
            st.Page("app_pages/veranstaltungen.py", title=event_texts.PAGE, icon=":material/event:",
                    url_path="veranstaltungen"),
        ],
        certification_texts.SECTION: [
            st.Page("app_pages/zertifizierung.py", title=certification_texts.PAGE, icon=":material/verified:",
                    url_path="zertifizierung"),
        ],
        texts.SECTION_RELATIONS: [
            st.Page("app_pages/beziehungen.py", title=texts.PAGE_RELATIONS, icon=":material/handshake:",
                    url_path="beziehungen"),
            st.Page("app_pages/schluesselpersonen.py", title=texts.PAGE_KEY_PERSONS, icon=":material/key:",
                    url_path="schluesselpersonen"),
            st.Page("app_pages/netzwerkkarte.py", title=texts.PAGE_NETWORK, icon=":material/hub:",
                    url_path="netzwerkkarte"),
            st.Page("app_pages/uebergabe.py", title=texts.PAGE_HANDOVER, icon=":material/swap_horiz:",
                    url_path="uebergabe"),
        ],
        texts.SECTION_BEHIND: [
            st.Page("app_pages/laufbuch.py", title=texts.PAGE_RUNS, icon=":material/history:", url_path="laufbuch"),
        ],
    },
    position="top",
)  # fmt: skip
session = identity.current()
if session is None:
    frame.session_over()
    st.stop()
page.run()
