"""The rows behind a figure, each with its link into NocoDB."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from streamlit_app.data import Picture
from streamlit_app.ui import formats, texts

MOST_ROWS = 500
"""More rows than this are not sent to the browser; NocoDB has them all."""


def _close() -> None:
    st.query_params.pop("zeilen", None)


def show(picture: Picture, name: str) -> None:
    """Show the rows behind one figure, in a box that can be closed."""
    code, found = picture.rows_behind(name)
    with st.container(border=True, key="uebersicht_zeilen"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(f"{texts.ROWS_TITLES[name]} ({formats.number(len(found))})", anchor=False, width="content")
            st.button(texts.CLOSE, key="uebersicht_schliessen", icon=":material/close:", type="tertiary",
                      on_click=_close)  # fmt: skip
        shown = _columns(picture, code, found.head(MOST_ROWS))
        shown[texts.COLUMN_LINK] = [picture.row_url(code, i) for i in found["id"].head(MOST_ROWS)]
        st.dataframe(
            shown,
            hide_index=True,
            height=min(38 * (len(shown) + 1), 420),
            alt=texts.ROWS_TITLES[name],
            column_config={
                texts.COLUMN_LINK: st.column_config.LinkColumn(display_text=texts.OPEN_ROW, width="small"),
                **dict.fromkeys(("Datum", "Bis wann"), st.column_config.DateColumn(format="DD.MM.YYYY")),
            },
            placeholder="",
        )
        if len(found) > MOST_ROWS:
            st.caption(texts.ROWS_CAPPED.format(shown=MOST_ROWS, total=formats.number(len(found))))


def _columns(picture: Picture, code: str, found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as people read them."""
    people, places = picture.names("person"), picture.names("organisation")

    def named(column: str, names: dict[int, str]) -> list[str]:
        return [names.get(int(i), "") if not pd.isna(i) else "" for i in found[column]]

    def kinds() -> list[str]:
        return [picture.label(code, "kind", k) if isinstance(k, str) else "" for k in found["kind"]]

    who = {"Person": named("person", people), "Organisation": named("organisation", places)}
    if code == "interaction":
        return pd.DataFrame(
            {
                "Datum": found["day"].tolist(),
                "Art": kinds(),
                "Worum ging es": found["summary"].fillna("").tolist(),
                **who,
                "Nächster Schritt": found["next_step"].fillna("").tolist(),
                "Bis wann": found["next_step_due"].tolist(),
            }
        )
    if code == "function":
        return pd.DataFrame({"Funktion": found["name"].fillna("").tolist(), "Art": kinds(), **who})
    team = picture.names("team_member")
    return pd.DataFrame(
        {"Art": kinds(), **who, "Von uns": named("team_member", team), "Fachbereich": named("department", places)}
    )
