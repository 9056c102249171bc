"""From the mirror to the columns that the relationship rules look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from schemas.contacts.rules.columns import Columns, Whole
from schemas.events.choices import EventState

_EPOCH = dt.date(1970, 1, 1).toordinal()

Tables = Mapping[str, pd.DataFrame]
"""Frames of the mirror by table code."""


def read_contacts(interactions: pd.DataFrame, participants: pd.DataFrame) -> Columns:
    """Return all dated contacts, each further participant as one more of the same entry; nobody is named twice."""
    main = interactions.loc[interactions["day"].notna(), ["id", "day", "kind", "organisation", "person", "team_member"]]
    if len(participants):
        more = participants[["interaction", "organisation", "person"]].merge(
            main, left_on="interaction", right_on="id", suffixes=("", "_main")
        )
        for column in ("organisation", "person"):
            named = (more[column] == more[f"{column}_main"]).fillna(False) | more.duplicated(["id", column])
            more[column] = more[column].mask(named)
        main = pd.concat([main, more.loc[more["organisation"].notna() | more["person"].notna(), list(main.columns)]])
    codes, kinds = pd.factorize(main["kind"].fillna(""), sort=False)
    return Columns(
        id=main["id"].to_numpy(np.int64),
        day=_ordinals(main["day"]),
        kind=codes.astype(np.int64),
        organisation=_rows(main["organisation"]),
        person=_rows(main["person"]),
        team_member=_rows(main["team_member"]),
        kinds=tuple(str(kind) for kind in kinds),
    )


def day_of(ordinal: int) -> dt.date:
    """Return the day of an ordinal."""
    return dt.date.fromordinal(ordinal)


def as_day(cell: Any) -> dt.date | None:
    """Return a cell of a frame as a day, None when it is empty."""
    if cell is None or pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, dt.datetime) else cell if isinstance(cell, dt.date) else None


def event_is_over(event: Mapping[Any, Any], today: dt.date) -> bool:
    """Say whether an event of a frame is called off, closed, or lies behind a day; without a day it is to come."""
    ends = as_day(event["ends_at"]) or as_day(event["starts_at"])
    return event["state"] in (EventState.CALLED_OFF, EventState.CLOSED) or (ends is not None and ends < today)


def row_id(cell: Any) -> int | None:
    """Return a cell of a frame as a whole number, None when it is empty."""
    return None if cell is None or pd.isna(cell) else int(cell)


def _ordinals(days: pd.Series[Any]) -> Whole:
    return days.to_numpy("datetime64[D]").astype(np.int64) + _EPOCH


def _rows(links: pd.Series[Any]) -> Whole:
    return links.fillna(0).to_numpy(np.int64)
