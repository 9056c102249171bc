"""Say before printing which names hold characters that no font of ours has."""

from __future__ import annotations

import streamlit as st

from automations.documents.glyphs import unprintable
from streamlit_app.ui import formats, texts

SHOWN = 5


def warn(*values: object) -> None:
    """Name the texts of a paper in which a box will stand instead of a character; nothing where there is none."""
    found = unprintable(*values)
    if not found:
        return
    named = ", ".join(f"„{formats.plain(formats.shortened(one))}“" for one in found[:SHOWN])
    more = texts.UNPRINTABLE_MORE.format(count=formats.number(len(found) - SHOWN)) if len(found) > SHOWN else ""
    st.warning(texts.UNPRINTABLE.format(named=named, more=more), icon=":material/font_download_off:")
