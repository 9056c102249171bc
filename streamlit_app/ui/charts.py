"""What all charts share: how their axes look."""

from __future__ import annotations

from typing import Any

import altair as alt

from streamlit_app.appearance import LINE, MUTED

GRID = "#eaefed"


def axis(**more: Any) -> alt.Axis:
    """Return an axis without a title, in the colours of the pages; ``more`` as ``altair.Axis`` takes it."""
    return alt.Axis(labelColor=MUTED, domainColor=LINE, tickColor=LINE, title=None, **more)
