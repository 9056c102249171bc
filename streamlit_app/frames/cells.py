"""Reading single cells of a frame: a missing one is nothing, not NaN."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from schemas.contacts.rules import person_name


def rows_where(frame: pd.DataFrame, wanted: Iterable[bool]) -> pd.DataFrame:
    """Return the rows for which ``wanted`` says yes; of an empty frame pandas would take a plain list for columns."""
    return frame[np.fromiter(wanted, dtype=bool, count=len(frame))]


def text(value: object) -> str:
    """Return a cell as text, a missing one as nothing."""
    return value.strip() if isinstance(value, str) else ""


def day(value: object) -> dt.date | None:
    """Return a cell as a calendar day, a missing one as None."""
    return value.date() if isinstance(value, pd.Timestamp) and not pd.isna(value) else None


def number(value: Any) -> int | None:
    """Return a cell as a whole number, a missing one as None."""
    return None if value is None or pd.isna(value) else int(value)


def row_id(value: Any) -> int:
    """Return the number of a row from a cell that always holds one (``id``, or a link that was asked for)."""
    return int(value)


def yes(value: Any) -> bool:
    """Return a cell as yes or no, a missing one as no."""
    return not pd.isna(value) and bool(value)


def codes(value: Any) -> tuple[str, ...]:
    """Return the codes of a choice of several, a missing cell as none."""
    return tuple(value) if isinstance(value, list | tuple) or hasattr(value, "tolist") else ()


def name_of(row: Any) -> str:
    """Return a person's name from a row whose ``name`` (NocoDB's formula) was renamed ``shown``."""
    return text(row.shown) or person_name(text(row.title), text(row.first_name), text(row.last_name))
