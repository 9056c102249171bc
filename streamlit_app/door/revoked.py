"""Sessions signed out before they ended. A signed cookie cannot be taken back, so its id is remembered here."""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
from pathlib import Path

from sync.text_files import replace_text

log = logging.getLogger(__name__)


class Revoked:
    """Remember signed-out session ids until they would have ended anyway; kept in a small file over restarts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            self._ends: dict[str, float] = {str(k): float(v) for k, v in raw.items()}
        except (OSError, ValueError, AttributeError):
            self._ends = {}

    def add(self, session_id: str, expires: dt.datetime, now: dt.datetime) -> None:
        """Sign a session out for good."""
        with self._lock:
            self._ends = {k: v for k, v in self._ends.items() if v > now.timestamp()}
            self._ends[session_id] = expires.timestamp()
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                replace_text(self._path, json.dumps(self._ends))
            except OSError as problem:  # who signs out is out, also on a full disk; only a restart would forget it
                log.warning("sign-out not kept problem=%s", type(problem).__name__)

    def __contains__(self, session_id: object) -> bool:
        return session_id in self._ends
