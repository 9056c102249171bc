"""A list of lists: each with its number, the open one kept in the address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from streamlit_app.ui import formats


def choose(page: str, heading: str, labels: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    """Show every list with its number and return the open one: as in the address, else the first that has something.

    The address keeps it from the first look on: a list that is worked off to its end stays open, and says so.
    """
    first = next((name for name, number in numbers.items() if number), next(iter(numbers)))
    opened = st.query_params.get("liste", first)
    opened = opened if opened in numbers else first
    if st.query_params.get("liste") != opened:
        st.query_params["liste"] = opened
    with st.container(border=True, key=f"{page}_listen", gap="xxsmall"):
        st.html(f'<div class="kn-muted">{heading}</div>')
        for name, number in numbers.items():
            st.button(
                f"{labels[name]} **{formats.number(number)}**",
                key=f"{page}_liste_{name}",
                type="secondary" if name == opened else "tertiary",
                icon=":material/error_outline:" if number else ":material/check:",
                width="stretch",
                on_click=lambda name=name: st.query_params.update(liste=name),
            )
    return opened
