"""Datenqualität: what to decide, what to check, each with its number, the way to mend it and its rows."""

from __future__ import annotations

import streamlit as st

from streamlit_app import data, identity
from streamlit_app.ui import cases, findings, formats, frame, texts

_CASES = {"abweichungen": "conflict", "dubletten": "duplicate"}


def counts(picture: data.Picture) -> dict[str, int]:
    found = {name: len(cases.open_cases(picture, table)) for name, table in _CASES.items()}
    return found | {name: len(rows) for name, rows in picture.quality().items()}


def choose(numbers: dict[str, int]) -> str:
    """Show every list with its number; the address tells which one is open, else the first with something to do."""
    first = next((name for name, number in numbers.items() if number), next(iter(numbers)))
    opened = st.query_params.get("liste", first)
    opened = opened if opened in numbers else first
    with st.container(border=True, key="qualitaet_listen", gap="xxsmall"):
        st.html(f'<div class="kn-muted">{texts.QUALITY_LIST}</div>')
        for name, number in numbers.items():
            st.button(
                f"{texts.QUALITY_SECTIONS[name][0]} **{formats.number(number)}**",
                key=f"qualitaet_liste_{name}",
                type="secondary" if name == opened else "tertiary",
                icon=":material/error_outline:" if number else ":material/check:",
                width="stretch",
                on_click=lambda name=name: st.query_params.update(liste=name),
            )
    return opened


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_QUALITY, picture)
    session = identity.current()
    if session is None:
        return
    if picture.empty:
        frame.empty(picture)
        return
    left, right = st.columns([1, 2.6], gap="medium")
    with left:
        opened = choose(counts(picture))
    title, advice = texts.QUALITY_SECTIONS[opened]
    with right:
        st.header(title, anchor=False)
        st.markdown(advice)
        if opened in _CASES:
            cases.show(picture, _CASES[opened], session)
        else:
            findings.show(picture, opened)


main()
