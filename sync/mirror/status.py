"""Whether NocoDB answers, and since when not: one small file that screens read instead of asking the server."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sync.text_files import replace_text

NAME = "status.json"


@dataclass(frozen=True, slots=True)
class MirrorStatus:
    """The last look at the server. ``down_since`` is None while it answers; ``problem`` is German or empty."""

    down_since: dt.datetime | None = None
    refreshing: bool = False
    problem: str = ""


def read_status(mirror_dir: Path) -> MirrorStatus:
    """Return the status; where nobody has looked yet, all is taken to be well."""
    try:
        raw = json.loads((mirror_dir / NAME).read_text(encoding="utf-8"))
        since = raw["down_since"]
        return MirrorStatus(dt.datetime.fromisoformat(since) if since else None, raw["refreshing"], raw["problem"])
    except (OSError, ValueError, KeyError, TypeError):
        return MirrorStatus()


def write_status(mirror_dir: Path, status: MirrorStatus) -> None:
    """Replace the status in one step."""
    mirror_dir.mkdir(parents=True, exist_ok=True)
    data = asdict(status) | {"down_since": status.down_since.isoformat() if status.down_since else None}
    replace_text(mirror_dir / NAME, json.dumps(data, ensure_ascii=False))
