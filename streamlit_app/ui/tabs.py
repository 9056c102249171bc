"""One of several parts of a page is open, and the address says which: links, reloads and the way back keep it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st


def choose(
    label: str,
    options: Sequence[str],
    *,
    param: str,
    key: str,
    titled: Callable[[str], str],
    start: str = "",
    follow: Callable[[str], None] | None = None,
) -> str:
    """Show the options as buttons in a row and return the open one: as in the address, else ``start``, else the first.

    ``param`` is the name in the address, ``key`` that of the widget; ``titled`` gives the words of an option.
    ``follow`` is called with the one that was clicked; without it the address alone is changed.
    """
    asked = st.query_params.get(param, "")
    st.session_state[key] = asked if asked in options else start or options[0]

    def changed() -> None:
        chosen: str = st.session_state[key]
        if follow is None:
            st.query_params[param] = chosen
        else:
            follow(chosen)

    opened: str | None = st.segmented_control(
        label, options, required=True, key=key, format_func=titled, label_visibility="collapsed", on_change=changed
    )
    return opened or st.session_state[key]
