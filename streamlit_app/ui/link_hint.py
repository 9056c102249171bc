"""The red hint that links and QR codes would lead nowhere, the same wherever something goes out."""

from __future__ import annotations

import streamlit as st

from streamlit_app import context
from streamlit_app.ui import formats
from sync.outgoing import Outgoing, to_public

NOWHERE = "**Links und QR-Codes könnte niemand öffnen.**"
DEMO = (
    "Vorführung: Links und QR-Codes führen auf diesen Rechner ({named}), damit Sie sie hier ausprobieren können. "
    "Außerhalb der Vorführung geht mit einer solchen Adresse kein Link hinaus."
)


def show(so: str, found: Outgoing | None = None, *, way_out: str = "") -> Outgoing:
    """Say in red why no link goes out, what goes out instead (``so``, German), and what to do; nothing where links may.

    Return what was found; links to guests are meant unless ``found`` says otherwise.
    """
    found = found or to_public(context.get().settings)
    if found.demo:
        st.info(DEMO.format(named=formats.plain(found.named)), icon=":material/science:")
    elif found.barred:
        told = f"{NOWHERE} {formats.plain(found.problem)} {so} {way_out or found.way_out}"
        st.error(told, icon=":material/link_off:")
    return found
