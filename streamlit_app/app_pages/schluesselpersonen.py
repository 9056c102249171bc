"""Schlüsselpersonen: what hangs on one person, on our side and on theirs, and who could be the second."""

from __future__ import annotations

import streamlit as st

from schemas.contacts.rules.key_persons import Risk
from streamlit_app import data, identity
from streamlit_app.ui import frame, risk_table, sections, texts
from streamlit_app.ui import relation_texts as words


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_KEY_PERSONS, picture)
    if identity.current() is None:
        return
    if picture.empty:
        frame.empty(picture)
        return
    found = picture.key_persons()
    left, right = st.columns([1, 2.6], gap="medium")
    with left:
        labels = {risk.value: title for risk, (title, _) in words.RISKS.items()}
        numbers = {risk.value: len(found[risk]) for risk in words.RISKS}
        opened = Risk(sections.choose("schluessel", words.RISK_LIST, labels, numbers))
    with right:
        title, advice = words.RISKS[opened]
        st.header(title, anchor=False)
        st.markdown(advice)
        if found[opened]:
            risk_table.show(picture, opened, found[opened])
        else:
            st.success(words.RISK_NOTHING, icon=":material/check_circle:")


main()
