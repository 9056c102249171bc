"""Rows of the mirror as the typed records that the rules speak of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd

from schemas.model import Checkbox, Column, Date, DateTime, Integer, Link, MultiSelect, Record
from streamlit_app.frames.cells import codes, day, number, text, yes

R = TypeVar("R", bound=Record)


def as_records(frame: pd.DataFrame, record: type[R]) -> list[R]:
    """Return a frame of the mirror, or a part of one, as records in its order."""
    codes = {code: _reader(column) for code, column in record.table().columns.items() if code in frame.columns}
    cells = {code: [read(cell) for cell in frame[code]] for code, read in codes.items()}
    made: Callable[..., R] = record
    return [
        made(id=int(row), **{code: values[at] for code, values in cells.items()})
        for at, row in enumerate(frame["id"])
    ]  # fmt: skip


def moment(cell: Any) -> dt.datetime | None:
    """Return a cell as a moment (aware UTC), a missing one as None."""
    return None if cell is None or pd.isna(cell) else cell.to_pydatetime()


def _reader(column: Column) -> Callable[[Any], Any]:
    if isinstance(column, Integer | Link):
        return number
    if isinstance(column, Checkbox):
        return yes
    if isinstance(column, DateTime):
        return moment
    if isinstance(column, Date):
        return _day
    if isinstance(column, MultiSelect):
        return codes
    return lambda cell: text(cell) or None


def _day(cell: Any) -> dt.date | None:
    return cell if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) else day(cell)
