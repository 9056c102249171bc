"""What was looked at already, in a file of this machine: how far a mailbox was read, which meetings were brought.

The base itself knows what stands there. This file only spares work, and keeps what staff deleted from coming again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.text_files import replace_text

NAME = "incoming.json"


@dataclass(slots=True)
class Memory:
    """The file; every change is written at once."""

    path: Path

    def read_until(self, folder: str, validity: int) -> int:
        """Return the number (UID) of the last mail of a folder that was read; 0 when its numbers are new (RFC 3501)."""
        place = self._load().get("folders", {}).get(folder, {})
        return int(place.get("until", 0)) if place.get("validity") == validity else 0

    def keep_until(self, folder: str, validity: int, until: int) -> None:
        """Remember how far a folder was read."""
        data = self._load()
        data.setdefault("folders", {})[folder] = {"validity": validity, "until": until}
        self._save(data)

    def meetings(self) -> set[str]:
        """Return the idents of the meetings that were brought in."""
        return set(self._load().get("meetings", ()))

    def keep_meetings(self, days: Mapping[str, dt.date], since: dt.date) -> None:
        """Remember meetings (their day by ident); those before ``since`` are looked at no more and can be forgotten."""
        data = self._load()
        known = data.get("meetings", {}) | {ident: day.isoformat() for ident, day in days.items()}
        data["meetings"] = {ident: day for ident, day in known.items() if day >= since.isoformat()}
        self._save(data)

    def _load(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _save(self, data: dict[str, Any]) -> None:
        replace_text(self.path, json.dumps(data, ensure_ascii=False, indent=1))
