"""Why nothing goes out at the moment, in a small file beside the memory of sent mails: for people who wait for it.

A mail server that is away leaves no line in the run book, because the next turn tries again; the page that shows how
far a sending is looks here.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from pathlib import Path

from schemas.moments import is_from_future
from sync.text_files import replace_text

log = logging.getLogger(__name__)

NAME = "versand-stoerung.json"
COUNTS = dt.timedelta(minutes=30)
"""A failing job is tried again within half an hour; what is older was written by one that runs no more."""


def keep_trouble(data_dir: Path, said: str, now: dt.datetime) -> None:
    """Write down in German what keeps mails from going out, empty when nothing does any more; never raises."""
    place = data_dir / NAME
    try:
        if said:
            replace_text(place, json.dumps({"said": said, "at": now.isoformat()}))
        else:
            place.unlink(missing_ok=True)
    except OSError as problem:
        log.warning("trouble of sending not written problem=%s", type(problem).__name__)


def standing_trouble(data_dir: Path, now: dt.datetime) -> str:
    """Return what keeps mails from going out, empty when nothing is known; looks into a file only."""
    try:
        raw = json.loads((data_dir / NAME).read_text(encoding="utf-8"))
        said, at = raw["said"], dt.datetime.fromisoformat(raw["at"])
        fresh = now - at < COUNTS and not is_from_future(at, now)
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return said if fresh and isinstance(said, str) else ""
