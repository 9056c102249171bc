"""Datenqualität: what to decide, what to check, each with its number, the way to mend it and its rows."""

from __future__ import annotations

import streamlit as st

from streamlit_app import data, identity
from streamlit_app.ui import cases, conflicts, findings, frame, look_alikes, sections, texts


def counts(picture: data.Picture) -> dict[str, int]:
    return picture.undecided() | {name: len(rows) for name, rows in picture.quality().items()}


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_QUALITY, picture)
    session = identity.current()
    if session is None:
        return
    if picture.empty:
        frame.empty(picture)
        return
    if "liste" not in st.query_params:
        cases.forget_order()
    left, right = st.columns([1, 2.6], gap="medium")
    with left:
        labels = {name: title for name, (title, _) in texts.QUALITY_SECTIONS.items()}
        opened = sections.choose("qualitaet", texts.QUALITY_LIST, labels, counts(picture))
    title, advice = texts.QUALITY_SECTIONS[opened]
    with right:
        st.header(title, anchor=False)
        st.markdown(advice)
        if opened == "abweichungen":
            conflicts.show(picture, session)
        elif opened == "dubletten":
            look_alikes.show(picture, session)
        else:
            findings.show(picture, opened)


main()
